/** Who may hold which posts together, and who may change whose. Clause 6.1. */

import { Refusal } from "../../base/refusal.ts"
import { excludes } from "../../lifecycle/catalogue/regime.ts"
import type { Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import type { Post } from "./post.ts"
import { type Appointment, isHeld } from "./reach.ts"

/** They make log-ins and appoint; they see no owners' data. */
export const managingPosts = ["privacy_officer", "system_admin"] as const satisfies readonly Post[]

/** System, security and audit administration exclude each other, over the whole company. Throws `post.exclusive`. */
export function refuseExclusive(
  regime: Regime,
  wanted: Post,
  kept: readonly Pick<Appointment, "post">[],
): void {
  const other = kept.find((one) => excludes(regime, wanted, one.post))
  if (other !== undefined) throw new Refusal("post.exclusive", { post: other.post })
}

/** Nobody changes their own post or log-in. Throws `staff.self`. */
export function refuseSelf(actor: string | null, staffId: string): void {
  if (actor === staffId) throw new Refusal("staff.self")
}

/** What is held now or will be. */
export function isRunning(appointment: Appointment, now: number): boolean {
  return appointment.until === null || now < appointment.until
}

/** The communities in which these appointments let their holder manage people. */
export function managedBy(
  appointments: readonly Appointment[],
  communityIds: readonly string[],
  now: number,
): readonly string[] {
  const managing = appointments.filter(
    (one) => isHeld(one, now) && managingPosts.some((post) => post === one.post),
  )
  if (managing.some((one) => one.communityId === null)) return communityIds
  return managing.flatMap((one) => one.communityId ?? [])
}

/**
 * A person's posts are changed only by somebody who manages wherever the change is felt: a post over the company is felt
 * in each of its communities. Throws `post.not_allowed`.
 */
export function refuseBeyond(
  managed: readonly string[],
  communityIds: readonly string[],
  touched: readonly Appointment[],
): void {
  const felt = touched.flatMap((one) => (one.communityId === null ? communityIds : [one.communityId]))
  if (felt.some((communityId) => !managed.includes(communityId))) throw new Refusal("post.not_allowed")
}
