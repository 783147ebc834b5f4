/** Reach: what a person's posts open in one community, now. Clauses 3.8, 4.5, 6.1. */

import type { Post } from "./post.ts"

/** A post held, as the session knows it. Times in milliseconds since the epoch. */
export interface Appointment {
  readonly post: Post
  /** null: every community of the tenant. */
  readonly communityId: string | null
  /** null: every building of the community. */
  readonly buildingIds: readonly string[] | null
  readonly from: number
  readonly until: number | null
}

export interface Reach {
  readonly posts: readonly Post[]
  /** null: the whole community. */
  readonly buildingIds: readonly string[] | null
}

/** What the appointments open in this community at this moment; undefined when nothing. */
export function reachIn(
  appointments: readonly Appointment[],
  communityId: string,
  now: number,
): Reach | undefined {
  const held = appointments.filter((one) => isHeld(one, now) && covers(one, communityId))
  if (held.length === 0) return undefined
  return { posts: [...new Set(held.map((one) => one.post))], buildingIds: buildingsOf(held) }
}

export function isHeld(appointment: Appointment, now: number): boolean {
  return appointment.from <= now && (appointment.until === null || now < appointment.until)
}

function covers(appointment: Appointment, communityId: string): boolean {
  return appointment.communityId === null || appointment.communityId === communityId
}

function buildingsOf(held: readonly Appointment[]): readonly string[] | null {
  const lists = held.map((one) => one.buildingIds)
  if (lists.includes(null)) return null
  return [...new Set(lists.flatMap((list) => list ?? []))]
}
