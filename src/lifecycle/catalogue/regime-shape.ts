/** What a version of the regime says, as data that can be stored and compared. Clauses 1.6, 2.3, 3.8, 4.3, 5.1, 6.1. */

import type { Post } from "../../duty/people/post.ts"
import type { ApprovalRules, CapRules } from "./approval-shape.ts"
import type { EmergencyRules } from "./emergency-shape.ts"
import type { Field, FieldClass, FieldCode, Words } from "./field.ts"
import type { MosaicRules } from "./mosaic-shape.ts"
import type { OwnLimits } from "./own-limits.ts"
import type { WatchRules } from "./watch-shape.ts"

/** The purposes that the product comes with. The privacy officer may add others; their codes fit {@link purposePattern}. */
export const purposeCodes = [
  "handover",
  "move_in",
  "repair",
  "fee",
  "parking",
  "gate",
  "complaint",
  "elder_care",
  "greeting",
  "renovation",
  "owners_meeting",
  "authority_assist",
] as const
export type StartingPurpose = (typeof purposeCodes)[number]
export type PurposeCode = string
export const purposePattern = /^[a-z][a-z0-9_]{1,39}$/

/** `optional` needs consent, or the document named in the cell's note. */
export type CellRule = "required" | "optional" | "forbidden"

export interface Cell {
  readonly rule: CellRule
  readonly note?: Words | undefined
  /** The article or document that asks for it; what is most delicate needs one. Clause 2.2. */
  readonly ground?: string | undefined
}

export interface Purpose {
  readonly code: PurposeCode
  readonly label: Words
  /** The service the purpose belongs to. */
  readonly service: Words
  /** The ground, e.g. `PIPL 13(2) contract`. Clause 2.1. */
  readonly basis: string
  /** Given to somebody outside, or made public: needs an impact assessment. Clause 2.11. */
  readonly isShared: boolean
  readonly isPublished: boolean
}

export type MatrixRow = Readonly<Partial<Record<FieldCode, Cell>>>

export type RetentionTrigger =
  | "residence_end"
  | "order_closed"
  | "event"
  | "service_done"
  | "consent_end"
  | "staff_left"
  | "record_made"
  | "never_collected"

export interface Retention {
  readonly code: string
  readonly label: Words
  readonly trigger: RetentionTrigger
  /** Days in use after the trigger; null: for ever. */
  readonly days: number | null
  /** Days frozen (stored, not used) after that. */
  readonly frozenDays: number
  readonly atEnd: "destroy" | "pseudonymise" | "keep"
}

/** Same words as the orders of the use slice. */
export type StandingOrderKind = "repair" | "complaint" | "parking"

/** How somebody stands to an order. */
export type OrderRelation = "handler" | "supervisor" | "assignee"

export interface StandingRule {
  readonly code: string
  readonly orderKind: StandingOrderKind
  readonly purpose: PurposeCode
  readonly fields: readonly FieldCode[]
  readonly form: "see"
  /** How long one look shows. */
  readonly lookSeconds: number
  /** Who may look. A manager is none of them: managers apply like everybody else. */
  readonly relations: readonly OrderRelation[]
  /** The grant ends after so many days even if nobody closes the order. */
  readonly windowDays: number
  readonly onClose: "end_grants_and_archive"
}

/** 0: no owners' data · 1: basic information · 2: also life and service · 3: that of the whole community. Clause 3.8. */
export type Level = 0 | 1 | 2 | 3

export interface PostRule {
  readonly post: Post
  readonly level: Level
  readonly classes: readonly FieldClass[]
  readonly secondFactor: boolean
}

/** Purpose × field. What is not listed is forbidden. */
export interface WithMatrix {
  readonly matrix: Readonly<Record<PurposeCode, MatrixRow>>
}

/** What the privacy officer edits. The rest of a regime goes from version to version. */
export interface RegimeText extends WithMatrix {
  readonly purposes: readonly Purpose[]
  readonly fields: readonly Pick<Field, "code" | "label" | "retention">[]
  /** Of a stored regime: `limitsOf`. */
  readonly limits?: OwnLimits | undefined
}

export interface Regime extends Omit<RegimeText, "limits"> {
  readonly version: number
  readonly fields: readonly Field[]
  readonly retention: readonly Retention[]
  readonly standingRules: readonly StandingRule[]
  readonly posts: readonly PostRule[]
  /** Pairs of posts that one person never holds together. */
  readonly exclusions: readonly (readonly [Post, Post])[]
  /** Not in the versions before there were any: read them by `approvalsOf`, `capsOf` and `mosaicOf`. */
  readonly approvals?: ApprovalRules | undefined
  readonly caps?: CapRules | undefined
  /** How many households a cell of statistics has at least; five where nothing is said. Clause 4.13. */
  readonly statistics?: { readonly fewestHouseholds: number } | undefined
  readonly mosaic?: MosaicRules | undefined
  /** Read it by `emergencyOf`. */
  readonly emergency?: EmergencyRules | undefined
  readonly watch?: WatchRules | undefined
  /** Upon the rules above: read those by the functions named there. */
  readonly own?: OwnLimits | undefined
}
