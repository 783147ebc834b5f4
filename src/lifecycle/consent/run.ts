/** A use that runs on consent: started for those who have consented, looked at one by one, stopped. Clauses 2.5–2.7, 4.2. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command, look } from "../../ledger/spine.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import { fieldClasses, fieldOf } from "../catalogue/field.ts"
import { consentFor } from "./consent-for.ts"
import { coveredFields } from "./lapse.ts"
import type { Occasion } from "./run-contract.ts"
import {
  lockRun,
  type RunRow,
  readRun,
  readRunPersons,
  readRunRecord,
  writeRun,
  writeRunEnd,
} from "./run-sql.ts"
import { readTextsInForce } from "./sql.ts"

const lookSeconds = 30

export interface RunAsked {
  readonly runId: string
  readonly feature: string
  readonly occasion: Occasion
}

/** Sent again with the same id it changes nothing. Throws `consent.no_text`, `consent.missing` when nobody has consented. */
export async function startRun(house: House, actor: Actor, asked: RunAsked): Promise<void> {
  await act(house.spine, actor, async (command) => {
    if ((await readRun(command, actor.communityId, asked.runId)) !== undefined) {
      command.trace({ act: "consent.run_sent_again", clause: "2.5", useId: asked.runId })
      return
    }
    const [text] = await readTextsInForce(command, actor.communityId, asked.feature)
    if (text === undefined) throw new Refusal("consent.no_text")
    const { purpose, fields } = text
    const regime = house.regime()
    if (coveredFields(text, regime).length < fields.length) throw new Refusal("consent.missing")
    const subjects = await writeRun(command, actor.communityId, {
      ...asked,
      purpose,
      fields,
      rule: `consent.${asked.feature}`,
      startedBy: actor.staffId ?? "",
      startedPost: actor.post,
      regimeVersion: house.spine.regimeVersion(),
      at: isoOf(command),
    })
    if (subjects.length === 0) throw new Refusal("consent.missing")
    command.trace({ act: "consent.run_start", clause: "2.5", purpose, useId: asked.runId, subjects, fields })
  })
}

/** Ends it for everybody; whoever has not been reached by then is not reached. */
export async function stopRun(house: House, actor: Actor, runId: string): Promise<void> {
  await act(house.spine, actor, async (command) => {
    const run = await openRun(command, actor, runId)
    const end = { runId, reason: "stopped" as const, by: actor.staffId, at: isoOf(command) }
    await writeRunEnd(command, actor.communityId, end)
    command.trace({ act: "consent.run_stop", clause: "2.7", purpose: run.purpose, useId: runId })
  })
}

/**
 * One field of one person on the list, in plain text, if their consent covers it at this moment. A refusal is traced like a
 * look. Throws `thing.absent` for whoever is not on the list.
 */
export function lookInRun(
  house: House,
  actor: Actor,
  { runId, personId, field }: { runId: string; personId: string; field: string },
): Promise<{ values: string[]; seconds: number }> {
  const { communityId } = actor
  const through = { ...actor, context: { ...actor.context, classes: fieldClasses.join(",") } }
  return look(house.spine, through, async (reader) => {
    const run = await readRun(reader, communityId, runId)
    const listed = await readRunPersons(reader, communityId, { runId, personId })
    const [person] = listed
    if (run === undefined || person === undefined) throw new Refusal("thing.absent")
    const code = fieldOf(field).code
    const trace = {
      act: "consent.run_look",
      clause: "2.7",
      purpose: run.purpose,
      useId: runId,
      subjects: [person.subject_ref],
      fields: [code],
    }
    if (run.ended_at !== null) return { trace, refusal: new Refusal("consent.run_ended") }
    if (!run.fields.includes(field)) return { trace, refusal: new Refusal("use.field_not_granted") }
    const asked = { personId, purpose: run.purpose, fields: [field] }
    const moment = { regime: house.regime(), now: house.spine.clock() }
    const refusal = await consentFor(reader, { communityId, ...moment }, asked)
    if (refusal !== undefined) return { trace, refusal }
    const record = await readRunRecord(reader, communityId, { personId, class: fieldOf(field).class })
    const values = record === undefined ? [] : await valuesIn(house, actor, { personId, field, record })
    return { trace, answer: { values, seconds: lookSeconds }, isPlain: true }
  })
}

interface Opening {
  readonly personId: string
  readonly field: string
  readonly record: { readonly class: string; readonly version: number; readonly sealed: Buffer }
}

async function valuesIn(house: House, actor: Actor, { personId, field, record }: Opening): Promise<string[]> {
  const { tenantId, communityId } = actor
  const { class: code, version, sealed } = record
  const place = { tenant: tenantId, community: communityId, subject: personId, name: code, version }
  const suspect = { subjectId: personId, class: code, version }
  const facts = await openOrReport(house, { actor, suspect }, () => openFacts(house.keyring, place, sealed))
  const value = facts?.[field] ?? []
  return typeof value === "string" ? [value] : [...value]
}

/** Throws `thing.absent`, `consent.run_ended`. Waits for whoever walks it. */
async function openRun(command: Command, { communityId }: Actor, runId: string): Promise<RunRow> {
  await lockRun(command, runId)
  const run = await readRun(command, communityId, runId)
  if (run === undefined) throw new Refusal("thing.absent")
  if (run.ended_at !== null) throw new Refusal("consent.run_ended")
  return run
}

function isoOf({ now }: Command): string {
  return new Date(now).toISOString()
}
