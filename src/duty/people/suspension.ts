/** Staff who are stopped for a time: they may not sign in, and keep their posts. Clause 6.3. */

import { Refusal } from "../../base/refusal.ts"

export const suspensionReasons = ["investigation", "leave", "lost_device", "other"] as const
export type SuspensionReason = (typeof suspensionReasons)[number]

/** Ends by itself at that moment; undefined or null: when it is lifted. Throws `request.malformed` for one that is over. */
export function untilOf(until: string | null | undefined, now: number): string | null {
  if (until === undefined || until === null) return null
  if (Date.parse(until) <= now) throw new Refusal("request.malformed", { field: "until" })
  return until
}

/** A post of privacy officer, held now by somebody who may sign in. */
export interface OfficerPost {
  readonly staffId: string
  /** null: the whole company. */
  readonly communityId: string | null
}

/**
 * In each community another privacy officer stays, who can let the suspended in again. Throws `staff.last_officer`.
 * Whoever is no officer, or stopped already, may be suspended.
 */
export function refuseLastOfficer(
  staffId: string,
  officers: readonly OfficerPost[],
  communityIds: readonly string[],
): void {
  const serves = (one: OfficerPost, communityId: string) =>
    one.communityId === null || one.communityId === communityId
  const own = officers.filter((one) => one.staffId === staffId)
  const others = officers.filter((one) => one.staffId !== staffId)
  const isLast = communityIds.some(
    (communityId) =>
      own.some((one) => serves(one, communityId)) && !others.some((one) => serves(one, communityId)),
  )
  if (isLast) throw new Refusal("staff.last_officer")
}
