/** The look under an application: the first starts its clock, a single use shows each thing once, all count. Clauses 4.5, 4.8. */

import { Refusal } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { House } from "../../house.ts"
import { type Actor, type LookReader, look } from "../../ledger/spine.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import { approvalsOf } from "../catalogue/approvals-v1.ts"
import { fieldOf } from "../catalogue/field.ts"
import { capReached, throughGrants, valuesOf, warningOf } from "../use/look.ts"
import { lookRefusal, untilOf } from "./application.ts"
import { minorRefusal } from "./guarded.ts"
import { outsideRefusal } from "./outside.ts"
import { boundOf } from "./sign.ts"
import {
  type ApplicationRow,
  findApplication,
  type GrantedRecord,
  readGrantedRecords,
  readSubject,
} from "./sql.ts"
import { standingOf } from "./views.ts"
import { lockApplication, writeBegun, writeLook } from "./write-sql.ts"

export interface LookAsked {
  readonly applicationId: string
  readonly personId: string
  readonly field: string
}

/** A refusal is traced like a look. */
export function lookUnder(house: House, viewer: Actor, asked: LookAsked) {
  const actor = throughGrants(viewer)
  return look(house.spine, actor, async (reader) => {
    const row = await findApplication(reader, actor.communityId, asked.applicationId)
    if (row === undefined) throw new Refusal("thing.absent")
    const subject = await readSubject(reader, actor.communityId, asked)
    const trace = {
      act: "use.look",
      clause: "4.5",
      purpose: row.purpose,
      useId: asked.applicationId,
      subjects: subject === undefined ? [] : [subject.subject_ref],
      fields: [fieldOf(asked.field).code],
    }
    const seen: Seeing = { house, actor, reader, row, asked, homeId: subject?.home_id }
    const refused = await refusalOf(seen, subject?.is_reached ?? false)
    if (refused !== undefined) return { trace, refusal: new Refusal(refused) }
    const guard = await minorRefusal(house, actor.communityId, {
      ...asked,
      purpose: row.purpose,
      posts: row.posts,
      isSingle: row.is_single,
    })
    if (guard !== undefined) return { trace, refusal: guard }
    const found = await seenValues(seen)
    if ("refusal" in found) return { trace, refusal: found.refusal }
    return { trace, answer: { ...found, seconds: approvalsOf(house.regime()).lookSeconds }, isPlain: true }
  })
}

interface Seeing {
  readonly house: House
  readonly actor: Actor
  readonly reader: LookReader
  readonly row: ApplicationRow
  readonly asked: LookAsked
  /** Of the person; undefined for whom the application does not name. */
  readonly homeId: string | undefined
}

/**
 * Whoever has moved to other buildings no longer reaches the person: the grant ends with the reach. What is to be told to a third
 * party is not shown once their contract is over.
 */
async function refusalOf(
  { actor, reader, row, asked }: Seeing,
  isReached: boolean,
): Promise<RefusalCode | undefined> {
  const { staffId, communityId } = actor
  const refusal = lookRefusal(standingOf(row), { ...asked, staffId, now: reader.now })
  if (refusal !== undefined) return refusal
  if (!isReached) return "use.ended"
  const { applicationId } = asked
  return row.form === "see"
    ? undefined
    : outsideRefusal(reader, { communityId, applicationId, now: reader.now })
}

async function seenValues(seen: Seeing) {
  const { house, actor, reader, asked } = seen
  const records = await readGrantedRecords(reader, actor.communityId, asked)
  const counted = await countSeen(seen, records)
  const reached = counted.find(({ state }) => state === "reached")
  if (reached !== undefined) return { refusal: capReached(reached) }
  // While the mirror is away nothing is shown, so nothing is begun or spent either: clause 3.11.
  const held = house.spine.second.refusal()
  if (held !== undefined) return { refusal: held }
  const closed = await begin(seen)
  if (closed !== undefined) return { refusal: new Refusal(closed) }
  const opened = await Promise.all(records.map((record) => openRecord(house, actor, record)))
  const values = opened.flatMap((facts) => [...valuesOf(facts[asked.field])])
  return { values, cap: warningOf(counted.find(({ state }) => state === "warned")) }
}

/** Each record counts; what is not on file was asked for all the same, and counts once. */
async function countSeen({ house, actor, asked, homeId }: Seeing, records: readonly GrantedRecord[]) {
  const { staffId, communityId } = actor
  if (staffId === null || homeId === undefined) throw new Error("a look without a person")
  const ids = records.length === 0 ? [asked.personId] : records.map((one) => one.record_id)
  const about = { staffId, communityId, field: asked.field, homeId, isApproved: true }
  const isService = fieldOf(asked.field).class === "service"
  return Promise.all(
    ids.map((recordId) =>
      house.caps.take({ ...about, recordId, subjectId: isService ? recordId : asked.personId }),
    ),
  )
}

/**
 * The first look starts the clock, and a single use is spent, under the lock that signing and ending take too: of a look and a
 * revocation at the same moment one comes first.
 */
async function begin({ house, actor, row, asked }: Seeing): Promise<RefusalCode | undefined> {
  if (row.begun_at !== null && !row.is_single) return undefined
  const { staffId, communityId, context } = actor
  return house.spine.database.transaction(context, async (tx) => {
    await lockApplication(tx, communityId, asked.applicationId)
    const now = house.spine.clock()
    const latest = await findApplication(tx, communityId, asked.applicationId)
    if (latest === undefined) return "thing.absent"
    const standing = standingOf(latest)
    const refusal = lookRefusal(standing, { ...asked, staffId, now })
    if (refusal !== undefined) return refusal
    const bound = boundOf(latest, actor, now)
    await writeBegun(tx, bound, new Date(untilOf(standing, now)).toISOString())
    if (latest.is_single && !(await writeLook(tx, bound, asked))) return "use.shown_once"
    return undefined
  })
}

function openRecord(house: House, actor: Actor, record: GrantedRecord) {
  const { tenantId, communityId } = actor
  const { record_id: subjectId, class: code, version, sealed } = record
  const place = { tenant: tenantId, community: communityId, subject: subjectId, name: code, version }
  return openOrReport(house, { actor, suspect: { subjectId, class: code, version } }, async () => {
    const facts = await openFacts(house.keyring, place, sealed)
    if (facts === undefined) throw new Refusal("thing.absent")
    return facts
  })
}
