/**
 * Going through stored text again: a batch at a time, each in a transaction with its findings and how far it has come, so that
 * a killed scan is taken up behind its last batch, by whichever process comes first. Opens records and lets no word out. Clause 2.9.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { type Context, contextCall, contextValues } from "../../platform/context.ts"
import { newId } from "../../platform/random.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import type { Facts } from "../../vault/record.ts"
import { fieldClasses } from "../catalogue/field.ts"
import {
  countTexts,
  findRunning,
  listCommunities,
  lockScans,
  type NewFinding,
  readBelonging,
  readDecided,
  readScan,
  readTexts,
  type ScanRow,
  type TextRecordRow,
  tryLockScan,
  writeFindings,
  writeScan,
  writeStep,
} from "./scan-sql.ts"
import { dayOf, findInFacts, news, textClasses, textFields } from "./stored-text.ts"

const batchRecords = 100
const kinds = { classes: textClasses, fields: textFields }

export interface Town {
  readonly communityId: string
  readonly tenantId: string
}

/** The server's own hand. */
export function scannerHand({ communityId, tenantId }: Town): Actor {
  const context = reachOf(communityId)
  return { communityId, tenantId, staffId: null, post: "scanner", client: "server", context }
}

/** Reads records and orders as the whole community does, and may write findings. */
function reachOf(communities: string): Context {
  return { communities, buildings: "*", classes: fieldClasses.join(","), posts: "manager,setup", actor: "" }
}

export async function townsOf({ spine }: House): Promise<Town[]> {
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    spine.database.read<Row>(reachOf(""), text, values)
  const rows = await listCommunities({ query })
  return rows.map((row) => ({ communityId: row.community_id, tenantId: row.tenant_id }))
}

/** Begins a scan. Throws `text.scan_running` while another is under way; sent again with the same id, it changes nothing. */
export async function beginScan(
  house: House,
  actor: Actor,
  { scanId, occasion }: { scanId: string; occasion: "nightly" | "by_hand" },
): Promise<void> {
  await act(house.spine, actor, async (command) => {
    const { communityId } = actor
    await lockScans(command, communityId)
    const isNew = (await readScan(command, communityId, scanId)) === undefined
    if (isNew && (await findRunning(command, communityId)) !== undefined)
      throw new Refusal("text.scan_running")
    if (isNew) {
      const total = await underOwnHand(command, actor, () => countTexts(command, communityId, kinds))
      const by = { by: actor.staffId, post: actor.post, at: new Date(command.now).toISOString() }
      await writeScan(command, communityId, { scanId, occasion, day: dayOf(command.now), total, ...by })
    }
    command.trace({ act: "text.scan", clause: "2.9" })
  })
}

/** An officer's level opens no record: how many there are is counted by the server's own hand. */
async function underOwnHand<Result>(
  command: Command,
  actor: Actor,
  work: () => Promise<Result>,
): Promise<Result> {
  await command.query(contextCall, contextValues(reachOf(actor.communityId)))
  const result = await work()
  await command.query(contextCall, contextValues(actor.context))
  return result
}

/** One batch of the scan that is under way; false when there is none, or another process has it. */
export async function scanBatch(house: House, town: Town, limit = batchRecords): Promise<boolean> {
  const actor = scannerHand(town)
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    house.spine.database.read<Row>(actor.context, text, values)
  const running = await findRunning({ query }, town.communityId)
  if (running === undefined) return false
  const { scan_id: scanId } = running
  return act(house.spine, actor, async (command) => {
    const isMine = await tryLockScan(command, scanId)
    const scan = isMine ? await readScan(command, town.communityId, scanId) : undefined
    if (scan === undefined || scan.is_last) throw new NotMine()
    await walk({ house, actor, command }, scan, limit)
    return true
  }).catch((error: unknown) => {
    if (error instanceof NotMine) return false
    throw error
  })
}

/** Another process has this batch, or the scan has ended: nothing is done, so nothing is traced. */
class NotMine extends Error {}

interface Walk {
  readonly house: House
  readonly actor: Actor
  readonly command: Command
}

async function walk({ house, actor, command }: Walk, scan: ScanRow, limit: number): Promise<void> {
  const { communityId } = actor
  const after = { subjectId: scan.after_subject, class: scan.after_class }
  const rows = await readTexts(command, communityId, { ...kinds, after, limit })
  const opened = await Promise.all(rows.map((row) => openText(house, actor, row)))
  const findings = await findingsOf({ house, actor, command }, rows, opened)
  const at = new Date(command.now).toISOString()
  await writeFindings(command, communityId, { scanId: scan.scan_id, findings, at })
  const last = rows.at(-1)
  await writeStep(command, communityId, {
    scanId: scan.scan_id,
    step: scan.step + 1,
    after: last === undefined ? after : { subjectId: last.subject_id, class: last.class },
    scanned: scan.scanned + rows.length,
    unreadable: scan.unreadable + opened.filter((facts) => facts === undefined).length,
    found: scan.found + findings.length,
    isLast: rows.length < limit,
    at,
  })
  const subjects = findings.flatMap(({ of }) => (of === undefined ? [] : [of.subject_ref]))
  const found = [...new Set(findings.map(({ kind }) => kind))]
  command.trace({ act: "text.find", clause: "2.9", subjects: [...new Set(subjects)], fields: found })
}

async function findingsOf(
  { actor, command }: Walk,
  rows: readonly TextRecordRow[],
  opened: readonly (Facts | undefined)[],
): Promise<NewFinding[]> {
  const found = rows.map((record, at) => ({ record, found: findInFacts(opened[at] ?? {}) }))
  const suspects = found.filter((one) => one.found.length > 0)
  if (suspects.length === 0) return []
  const ids = suspects.map(({ record }) => record.subject_id)
  const decided = Map.groupBy(
    await readDecided(command, actor.communityId, ids),
    ({ subjectId }) => subjectId,
  )
  const belonging = new Map(
    (await readBelonging(command, actor.communityId, ids)).map((row) => [row.subject_id, row]),
  )
  return suspects.flatMap(({ record, found: all }) =>
    news(all, decided.get(record.subject_id) ?? []).map((one) => ({
      ...one,
      findingId: newId(command.now),
      record,
      of: belonging.get(record.subject_id),
    })),
  )
}

/** Undefined for one that does not open, which is set aside by then, or whose key was destroyed. */
export async function openText(
  house: House,
  actor: Actor,
  row: Pick<TextRecordRow, "subject_id" | "class" | "version" | "sealed">,
): Promise<Facts | undefined> {
  const { subject_id: subjectId, class: code, version, sealed } = row
  const place = {
    tenant: actor.tenantId,
    community: actor.communityId,
    subject: subjectId,
    name: code,
    version,
  }
  const suspect = { subjectId, class: code, version }
  try {
    return await openOrReport(house, { actor, suspect }, () => openFacts(house.keyring, place, sealed))
  } catch (error) {
    if (error instanceof Refusal && error.code === "record.unreadable") return undefined
    throw error
  }
}
