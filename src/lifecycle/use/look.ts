/** The look: one field of one household, released after its trace is durable. Clauses 4.2, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, type Looked, type LookReader, look } from "../../ledger/spine.ts"
import type { TraceDraft } from "../../ledger/trace.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import type { Facts } from "../../vault/record.ts"
import { fieldClasses, fieldOf } from "../catalogue/field.ts"
import { fieldSet } from "../catalogue/field-set.ts"
import { standingRule } from "../catalogue/regime.ts"
import { refuseWithoutConsent } from "../consent/consent-for.ts"
import type { Counted } from "./cap-meter.ts"
import { decideLook, type Grant, type Viewer } from "./grant.ts"
import type { GrantRow } from "./grants-together.ts"
import { readGrants } from "./sql.ts"

export interface Shown {
  readonly values: readonly string[]
  readonly seconds: number
  /** How near the viewer is to a line of 4.8; null while they are far from it. */
  readonly cap: Counted | null
}

/** As long as the rule of repairs says, whatever the order is about. */
const usualLookSeconds = 30

/** A refusal is traced like a look. */
export function lookAtField(
  house: House,
  actor: Actor,
  asked: { useId: string; field: string },
): Promise<Shown> {
  const { useId, field } = asked
  const seeing = throughGrants(actor)
  return look(house.spine, seeing, async (reader) => {
    const viewer = { staffId: actor.staffId, posts: actor.context.posts.split(",") }
    const { rows, decision } = await decided(house, reader, { actor: seeing, useId, field, viewer })
    // A word that is no field may be anything, a phone too: it stays out of the trace.
    const trace = { act: "use.look", clause: "4.2", useId, fields: [fieldOf(field).code] }
    if ("refusal" in decision) return { trace, refusal: new Refusal(decision.refusal) }
    const row = rows.find((one) => one.grant_id === decision.grant.grantId)
    if (row === undefined) throw new Error("a grant that was decided on is not among those read")
    const seen = { ...trace, purpose: row.purpose, subjects: [row.subject_ref] }
    return showGranted(house, actor, { row, field, seen })
  })
}

interface Granted {
  readonly row: GrantRow
  readonly field: string
  readonly seen: TraceDraft
}

/** What the grant opens, unless consent is missing or a cap is reached. */
async function showGranted(
  house: House,
  actor: Actor,
  { row, field, seen }: Granted,
): Promise<Looked<Shown>> {
  const consent = { personId: row.subject_id, purpose: row.purpose, fields: [field] }
  if (row.is_minor) return { trace: seen, refusal: new Refusal("minor.by_order") }
  const refusal = await refuseWithoutConsent(house, actor.communityId, consent)
  if (refusal !== undefined) return { trace: seen, refusal }
  // Opened while it is counted; shown only when it may be.
  const opening = openGranted(house, actor, row)
  const [facts, counted] = await Promise.all([opening, countSeen(house, actor, { row, field })])
  if (counted?.state === "reached") return { trace: seen, refusal: capReached(counted) }
  const values = valuesOf(facts[field])
  const seconds = standingRule(house.regime(), "repair")?.lookSeconds ?? usualLookSeconds
  return { trace: seen, answer: { values, seconds, cap: warningOf(counted) }, isPlain: true }
}

/** Towards the caps of 4.8: a field that is not in the record counts too, for it was asked. */
async function countSeen(
  { caps }: House,
  { staffId, communityId }: Actor,
  { row, field }: { row: GrantRow; field: string },
): Promise<Counted | undefined> {
  if (staffId === null) return undefined
  // What a caller said of themselves is no more than what is on file of them; each matter of service is another piece.
  const isService = fieldOf(field).class === "service"
  const subjectId = isService ? row.subject_id : (row.person_id ?? row.subject_id)
  const about = { recordId: row.subject_id, field, homeId: row.home_id, subjectId }
  return caps.take({ staffId, communityId, ...about, isApproved: false })
}

export function capReached({ line, limit, bound }: Counted): Refusal {
  if (bound !== undefined) return new Refusal(bound.code, bound.facts)
  return new Refusal("use.cap_reached", { line, limit })
}

export function warningOf(counted: Counted | undefined): Counted | null {
  return counted?.state === "warned" ? counted : null
}

interface Question {
  readonly actor: Actor
  readonly useId: string
  readonly field: string
  readonly viewer: Viewer
}

/** From the few grants that can answer; why there is none, when there is none, from all of them. */
async function decided(house: House, reader: LookReader, { actor, useId, field, viewer }: Question) {
  const { communityId, context } = actor
  const asked = { field, now: reader.now }
  const near = await house.grantsOf({ communityId, context, useId, field })
  const decision = decideLook(near.map(grantOf), viewer, asked)
  if ("grant" in decision) return { rows: near, decision }
  const rows = await readGrants(reader, communityId, useId)
  return { rows, decision: decideLook(rows.map(grantOf), viewer, asked) }
}

/**
 * A grant opens what the post's level alone does not, so here row security lets every class through; which of them is
 * decided by the grant that was read under the viewer's own reach.
 */
export function throughGrants(actor: Actor): Actor {
  return { ...actor, context: { ...actor.context, classes: fieldClasses.join(",") } }
}

export function grantOf(row: GrantRow): Grant {
  return {
    grantId: row.grant_id,
    subjectId: row.subject_id,
    class: row.class,
    fields: fieldSet(row.fields),
    grantee: row.grantee,
    granteePost: row.grantee_post,
    from: row.valid_from.getTime(),
    until: row.valid_until.getTime(),
    isEnded: row.ended,
  }
}

/** Opens the record a grant speaks of. Throws `thing.absent` when it, or its key, is gone; `record.unreadable`. */
export async function openGranted(house: House, actor: Actor, row: GrantRow | undefined): Promise<Facts> {
  if (row === undefined || row.sealed === null || row.version === null) throw new Refusal("thing.absent")
  const { tenantId, communityId } = actor
  const { subject_id: subjectId, class: code, version, sealed } = row
  const place = { tenant: tenantId, community: communityId, subject: subjectId, name: code, version }
  const suspect = { subjectId, class: code, version }
  return openOrReport(house, { actor, suspect }, async () => {
    const facts = await openFacts(house.keyring, place, sealed)
    if (facts === undefined) throw new Refusal("thing.absent")
    return facts
  })
}

export function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === "string" ? [value] : value
}
