/** What the rows of an application say at a moment: its state, what is granted, whether one may look. Clauses 4.2, 4.4, 4.5. */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import { type GrantForm, handingForms } from "../catalogue/approval-shape.ts"

export const applicationStates = ["pending", "refused", "granted", "ended"] as const
export type ApplicationState = (typeof applicationStates)[number]

const hourMilliseconds = 3_600_000

export interface Signature {
  readonly verdict: "approved" | "refused"
  readonly fields: readonly string[]
  readonly persons: readonly string[]
  readonly hours: number
  readonly at: number
}

/** Times in milliseconds since the epoch. */
export interface Standing {
  readonly form: GrantForm
  readonly posts: readonly string[]
  readonly applicant: string
  readonly fields: readonly string[]
  readonly persons: readonly string[]
  readonly hours: number
  readonly windowHours: number
  readonly expiresAt: number
  readonly signed: readonly Signature[]
  readonly begunUntil: number | null
  readonly isEnded: boolean
  /** The order it was applied for is closed. */
  readonly isOrderClosed: boolean
}

/** What stands after the last signature: an approver may only narrow. */
export interface Scope {
  readonly fields: readonly string[]
  readonly persons: readonly string[]
  readonly hours: number
}

export function scopeOf({ signed, fields, persons, hours }: Standing): Scope {
  return signed.at(-1) ?? { fields, persons, hours }
}

export function stateOf(standing: Standing, now: number): ApplicationState {
  const { posts, signed } = standing
  if (posts.length === 0 || signed.some(({ verdict }) => verdict === "refused")) return "refused"
  if (signed.length < posts.length) {
    if (standing.isEnded) return "ended"
    return now < standing.expiresAt ? "pending" : "refused"
  }
  return grantEnd(standing) > now && !standing.isEnded && !standing.isOrderClosed ? "granted" : "ended"
}

/** When the first look must have come, or, behind it, when the grant is over. */
export function grantEnd({ signed, windowHours, begunUntil }: Standing): number {
  return begunUntil ?? (signed.at(-1)?.at ?? 0) + windowHours * hourMilliseconds
}

/** When a grant ends whose first look is now. */
export function untilOf(standing: Standing, now: number): number {
  return now + scopeOf(standing).hours * hourMilliseconds
}

export interface LookAsked {
  readonly staffId: string | null
  readonly personId: string
  readonly field: string
  readonly now: number
}

/** Why the viewer may not look; undefined: they may. Single use is the database's to tell. */
export function lookRefusal(standing: Standing, asked: LookAsked): RefusalCode | undefined {
  if (standing.applicant !== asked.staffId) return "use.none"
  const state = stateOf(standing, asked.now)
  if (state === "pending" || state === "refused") return "use.none"
  if (state === "ended") return "use.ended"
  if (standing.form !== "see" && standing.form !== "share") return "use.field_not_granted"
  const { fields, persons } = scopeOf(standing)
  return fields.includes(asked.field) && persons.includes(asked.personId)
    ? undefined
    : "use.field_not_granted"
}

/** Why nothing may leave under it; undefined: it may. Clauses 4.7, 4.10. */
export function leaveRefusal(
  standing: Standing,
  { staffId, now }: Pick<LookAsked, "staffId" | "now">,
): RefusalCode | undefined {
  if (standing.applicant !== staffId || !handingForms.some((form) => form === standing.form))
    return "use.none"
  const state = stateOf(standing, now)
  if (state === "granted") return undefined
  return state === "ended" ? "use.ended" : "use.none"
}

/** Why nothing more can be signed; undefined: the next step can. */
export function signRefusal(standing: Standing, now: number): RefusalCode | undefined {
  const state = stateOf(standing, now)
  if (state === "pending") return undefined
  const isLate = standing.signed.length < standing.posts.length && now >= standing.expiresAt
  return isLate ? "application.timed_out" : "application.decided"
}

/** What an approver leaves of the scope. Undefined when it would be wider, or nothing. */
export function narrowed(scope: Scope, wanted: Partial<Scope>): Scope | undefined {
  const next = { ...scope, ...wanted }
  const isPart = (part: readonly string[], whole: readonly string[]) =>
    part.length > 0 && part.every((one) => whole.includes(one))
  const fits =
    isPart(next.fields, scope.fields) &&
    isPart(next.persons, scope.persons) &&
    next.hours > 0 &&
    next.hours <= scope.hours
  return fits ? next : undefined
}
