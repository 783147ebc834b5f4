/** What an approver is told beside the application: where to look twice. Clause 4.4. */

import type { Application } from "./decision.ts"

export const riskHints = [
  "night",
  "many_homes",
  "old_material",
  "apart",
  "often_refused",
  "again_same_person",
  "long",
  "first_application",
  "under_14",
  "under_18",
] as const
export type RiskHint = (typeof riskHints)[number]

export interface History {
  /** Of the applicant, in the last 30 days. */
  readonly applied: number
  readonly refused: number
  /** Applications of theirs about one of the same persons. */
  readonly samePerson: number
}

export interface Weighed {
  readonly application: Application
  readonly classes: readonly string[]
  readonly history: History
  readonly hours: number
  readonly oldAfterDays: number
  /** How many of the persons are under 14. */
  readonly minors: number
  /** How many of the others are under 18. */
  readonly young: number
}

const longHours = 24

export function hintsOf(weighed: Weighed): RiskHint[] {
  const { application, classes, history, hours, oldAfterDays, minors, young } = weighed
  const { hour, homes, ageDays } = application
  const signs: Readonly<Record<RiskHint, boolean>> = {
    night: hour < 6 || hour >= 22,
    many_homes: homes > 5,
    old_material: ageDays > oldAfterDays,
    apart: classes.some((one) => one === "trajectory" || one === "special"),
    often_refused: history.refused >= 2,
    again_same_person: history.samePerson > 0,
    long: hours > longHours,
    first_application: history.applied === 0,
    under_14: minors > 0,
    under_18: young > 0,
  }
  return riskHints.filter((hint) => signs[hint])
}
