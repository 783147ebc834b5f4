/** What a regime says about uses that people apply for, and about how much one person may see. Clauses 3.4, 4.4, 4.5, 4.8. */

import type { FieldClass, FieldCode } from "./field.ts"

/** In which form plain text is handed out. `call` is not served so far; `share` is told or written to a third party. */
export const grantForms = ["see", "call", "print", "export", "share"] as const
export type GrantForm = (typeof grantForms)[number]

/** Forms in which a file or a paper leaves the system. Clause 4.7. */
export const leavingForms = ["print", "export"] as const
export type LeavingForm = (typeof leavingForms)[number]

/** In which it can go to somebody outside. Clause 4.10. */
export const handingForms = [...leavingForms, "share"] as const
export type HandingForm = (typeof handingForms)[number]

export const applyingPosts = ["clerk", "supervisor", "manager"] as const
export type ApplyingPost = (typeof applyingPosts)[number]

/** In the order in which they sign. */
export const signingPosts = ["supervisor", "archivist", "manager", "privacy_officer"] as const
export type SigningPost = (typeof signingPosts)[number]

/** Holds of an application when every condition that is there does; a list or a number that is not there asks nothing. */
export interface ApprovalRule {
  readonly code: string
  /** Codes of purposes. */
  readonly purposes?: readonly string[] | undefined
  readonly forms?: readonly GrantForm[] | undefined
  readonly applicants?: readonly ApplyingPost[] | undefined
  /** Any field of these classes, or any of these fields. */
  readonly classes?: readonly FieldClass[] | undefined
  readonly fields?: readonly FieldCode[] | undefined
  /** So many homes, or more. */
  readonly homesFrom?: number | undefined
  /** The oldest record is older than so many days. */
  readonly olderThanDays?: number | undefined
  /** Applied for at or after the first hour and before the second; over midnight too. */
  readonly hours?: readonly [from: number, until: number] | undefined
  /** So many refusals of the applicant in the last 30 days, or more. */
  readonly refusalsFrom?: number | undefined
  /** Whose signatures it asks for; `refuse`: nobody can give it. */
  readonly needs: readonly SigningPost[] | "refuse"
}

export interface ApprovalRules {
  /** All that hold are asked for together: a rule added never makes an approval easier. Where none holds, it is refused. */
  readonly rules: readonly ApprovalRule[]
  /** An application that is not decided within so many hours is refused. */
  readonly timeOutHours: number
  /** The first look must come within so many hours of the last signature. */
  readonly windowHours: number
  /** A grant lasts at most so many hours from its first look. */
  readonly longestHours: number
  readonly mostPersons: number
  /** In one copy that leaves the system; 500 where nothing is said. */
  readonly mostLeaving?: number | undefined
  /** Service records older than this are old material. Clause 3.4. */
  readonly oldAfterDays: number
  readonly lookSeconds: number
}

export interface CapLine {
  readonly code: string
  readonly limit: number
  /** What counts under it: any of the fields, or any field of the classes that no line names by itself. */
  readonly fields: readonly FieldCode[]
  readonly classes: readonly FieldClass[]
}

/** Clause 4.8: the criminal lines for insiders (half of those of the interpretation of 2017, article 5). */
export interface CapRules {
  readonly days: number
  /** From this share of a line on the person is warned. */
  readonly warnAt: number
  readonly lines: readonly CapLine[]
}
