/** The look in an emergency: one field of one person of the household, counted and traced like every look. Clauses 1.5, 4.8, 4.9. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import type { Facts } from "../../vault/record.ts"
import { emergencyOf } from "../catalogue/emergency-v1.ts"
import { fieldOf } from "../catalogue/field.ts"
import { capReached, throughGrants, valuesOf, warningOf } from "../use/look.ts"
import { lookRefusal } from "./emergency.ts"
import { purposeOfEmergency } from "./purpose.ts"
import { findEmergency, type OpenedRow, readPerson } from "./sql.ts"
import { standingOf } from "./views.ts"

export interface LookAsked {
  readonly emergencyId: string
  readonly personId: string
  readonly field: string
}

/** A refusal is traced like a look. */
export function lookIn(house: House, viewer: Actor, asked: LookAsked) {
  const actor = throughGrants(viewer)
  const { communityId, staffId } = actor
  return look(house.spine, actor, async (reader) => {
    const row = await findEmergency(reader, communityId, asked.emergencyId)
    if (row === undefined) throw new Refusal("thing.absent")
    const person = await readPerson(reader, communityId, asked)
    const trace = {
      act: "use.look",
      clause: "4.9",
      purpose: purposeOfEmergency,
      useId: asked.emergencyId,
      subjects: person === undefined ? [] : [person.subject_ref],
      fields: [fieldOf(asked.field).code],
    }
    const refused = lookRefusal(standingOf(row), { ...asked, staffId, now: reader.now })
    // Whoever has moved to other buildings no longer reaches the person: the emergency ends with the reach.
    if (refused !== undefined || person?.is_reached !== true)
      return { trace, refusal: new Refusal(refused ?? "use.ended") }
    const { personId, field } = asked
    const about = { communityId, homeId: row.home_id, subjectId: personId, recordId: personId, field }
    // Where an order would have to be applied for, an emergency is not; where nothing opens any more, it does not either.
    const counted = await house.caps.take({ ...about, staffId: staffId ?? "", isApproved: true })
    if (counted.state === "reached") return { trace, refusal: capReached(counted) }
    const facts = await openPerson(house, actor, { personId, person })
    const { lookSeconds: seconds } = emergencyOf(house.regime())
    const cap = warningOf(counted)
    return { trace, answer: { values: valuesOf(facts[field]), seconds, cap }, isPlain: true }
  })
}

/** Nothing on file is an answer too. */
function openPerson(
  house: House,
  actor: Actor,
  { personId, person: { version, sealed } }: { personId: string; person: OpenedRow },
): Promise<Facts> {
  if (version === null || sealed === null) return Promise.resolve({})
  const { tenantId: tenant, communityId: community } = actor
  const suspect = { subjectId: personId, class: "identity", version }
  return openOrReport(house, { actor, suspect }, async () => {
    const facts = await openFacts(
      house.keyring,
      { tenant, community, subject: personId, name: "identity", version },
      sealed,
    )
    if (facts === undefined) throw new Refusal("thing.absent")
    return facts
  })
}
