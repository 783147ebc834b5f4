/** What the rows of an emergency say at a moment: its state, whether one may look, end, review. Clauses 4.2, 4.9. */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import { isClosedKind } from "../catalogue/closed-kind.ts"

export const emergencyStates = ["running", "to_review", "overdue", "archived"] as const
export type EmergencyState = (typeof emergencyStates)[number]

/** Times in milliseconds since the epoch. */
export interface Standing {
  readonly applicant: string
  readonly fields: readonly string[]
  readonly persons: readonly string[]
  readonly until: number
  readonly reviewBy: number
  /** Handed back or stopped, or whoever broke the glass has left. */
  readonly isEnded: boolean
  readonly isArchived: boolean
  /** Accounts that have reviewed it. */
  readonly reviewers: readonly string[]
}

/** Reviews that an emergency asks for, each of another person. */
export const reviewsNeeded = 2

export function stateOf(standing: Standing, now: number): EmergencyState {
  if (standing.isArchived) return "archived"
  if (isRunning(standing, now)) return "running"
  return now < standing.reviewBy ? "to_review" : "overdue"
}

export function isRunning({ isEnded, until }: Standing, now: number): boolean {
  return !isEnded && now < until
}

export interface LookAsked {
  readonly staffId: string | null
  readonly personId: string
  readonly field: string
  readonly now: number
}

/** Why the viewer may not look; undefined: they may. What is closed is closed before anything else. */
export function lookRefusal(standing: Standing, asked: LookAsked): RefusalCode | undefined {
  if (isClosedKind(asked.field)) return "emergency.closed_kind"
  if (standing.applicant !== asked.staffId) return "use.none"
  if (!isRunning(standing, asked.now)) return "use.ended"
  return standing.fields.includes(asked.field) && standing.persons.includes(asked.personId)
    ? undefined
    : "use.field_not_granted"
}

export interface Judge {
  readonly staffId: string | null
  /** The natural person behind an account. */
  readonly personOf: (staffId: string) => string
}

/** Why they may not review it: while it runs, after two, their own by whatever account, twice. */
export function reviewRefusal(standing: Standing, judge: Judge, now: number): RefusalCode | undefined {
  const { personOf } = judge
  const self = personOf(judge.staffId ?? "")
  if (self === personOf(standing.applicant)) return "emergency.own"
  if (standing.isArchived) return "emergency.archived"
  if (standing.reviewers.some((one) => personOf(one) === self)) return "emergency.reviewed_before"
  return isRunning(standing, now) ? "emergency.not_over" : undefined
}

/** Whoever broke the glass hands it back; whoever supervises stops it. */
export function endRefusal(
  standing: Standing,
  { staffId, posts }: { readonly staffId: string | null; readonly posts: readonly string[] },
  now: number,
): RefusalCode | undefined {
  if (!isRunning(standing, now)) return "emergency.over"
  const supervises = ["supervisor", "manager", "privacy_officer"].some((post) => posts.includes(post))
  return standing.applicant === staffId || supervises ? undefined : "post.not_allowed"
}
