/** What is decided on a finding, and why. Nobody decides about themselves. Clause 6.4. */

export const findingStates = ["open", "explained", "warned", "incident"] as const
export type FindingState = (typeof findingStates)[number]

export const verdicts = ["explained", "warned", "incident"] as const
export type Verdict = (typeof verdicts)[number]

/** Coded, so that no story about a household is told here. */
export const reasons = {
  explained: ["resident_asked", "stood_in", "lawful_task", "rule_too_strict"],
  warned: ["talked_to", "trained_again", "reach_narrowed"],
  incident: ["looked_for_oneself", "passed_on", "not_explained"],
} as const satisfies Readonly<Record<Verdict, readonly string[]>>
export type Reason = (typeof reasons)[Verdict][number]

export const allReasons = [...reasons.explained, ...reasons.warned, ...reasons.incident] as const

export function fits(verdict: Verdict, reason: Reason): boolean {
  return reasons[verdict].some((one) => one === reason)
}
