/** What a regime says about uses in an emergency. Clause 4.9. */

import type { FieldCode } from "./field.ts"

/** Of general sensitivity, and enough to reach a household. The database knows no other. */
export const emergencyFields = ["phone", "landline", "emergency_contact", "title", "name", "home"] as const

export const emergencyReasons = ["fire", "flood", "gas", "medical", "lift"] as const
export type EmergencyReason = (typeof emergencyReasons)[number]

export interface EmergencyRules {
  readonly code: string
  /** What may be opened, of one household. */
  readonly fields: readonly FieldCode[]
  /** How long, at most 30. */
  readonly minutes: number
  /** Within so many hours two people review it; at most 24. */
  readonly reviewHours: number
  /** Within so many hours the owner is told. */
  readonly tellHours: number
  readonly lookSeconds: number
}

export const longestMinutes = 30
export const longestReviewHours = 24
