/** Whoever signs, with the reach of those for whom the duty roster has them stand in. Clause 4.4. */

import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { findDuties, findHeld, findPersons, isSuspended } from "./duty-sql.ts"
import type { Duty, Hands, Held } from "./signing.ts"
import type { ApplicationRow, Asked } from "./sql.ts"

export interface StandIn {
  /** The actor, reading as far as they or those they stand in for do. */
  readonly actor: Actor
  readonly held: readonly Held[]
  readonly duties: readonly Duty[]
}

export async function standInOf({ spine }: House, actor: Actor): Promise<StandIn> {
  const { communityId, staffId } = actor
  const at = new Date(spine.clock()).toISOString()
  const asked: Asked = { query: (text, values) => spine.database.read(actor.context, text, values ?? []) }
  const deputy = staffId ?? ""
  const duties = await findDuties(asked, communityId, { deputy, at })
  const staffIds = [deputy, ...duties.map(({ forStaff }) => forStaff)]
  const held = await findHeld(asked, communityId, { staffIds, at })
  return { actor: widened(actor, { held, duties }), held, duties }
}

function widened(actor: Actor, { held, duties }: Omit<StandIn, "actor">): Actor {
  const stood = held.filter((one) =>
    duties.some((duty) => duty.forStaff === one.staffId && duty.post === one.post),
  )
  if (stood.length === 0) return actor
  const { buildings, posts } = actor.context
  const isWhole = buildings === "*" || stood.some((one) => one.buildingIds === null)
  const reached = [...buildings.split(","), ...stood.flatMap((one) => one.buildingIds ?? [])]
  const context = {
    ...actor.context,
    buildings: isWhole ? "*" : [...new Set(reached.filter((one) => one !== ""))].join(","),
    posts: [...new Set([...posts.split(","), ...stood.map((one) => one.post)])].join(","),
  }
  return { ...actor, context }
}

/** What the rule of signing needs to know of everybody who has a part in it. */
export async function handsOf(
  { now, ...asked }: Asked & { readonly now: number },
  row: ApplicationRow,
  standIn: StandIn,
): Promise<Hands> {
  const { held, duties, actor } = standIn
  const personOf = await findPersons(asked, [
    actor.staffId ?? "",
    row.applicant,
    ...signersOf(row),
    ...duties.flatMap(({ forStaff, madeBy }) => [forStaff, madeBy]),
  ])
  const { staffId } = actor
  const at = new Date(now).toISOString()
  return { held, duties, personOf, isSuspended: await isSuspended(asked, { staffId: staffId ?? "", at }) }
}

export function signersOf(row: ApplicationRow): string[] {
  return row.signed.flatMap((one) =>
    one.instead_of === null ? [one.signed_by] : [one.signed_by, one.instead_of],
  )
}
