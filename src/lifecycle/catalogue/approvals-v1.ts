/** Approvals and caps as the product begins with them. A regime that says nothing of its own about them is held to these. */

import type { ApprovalRule, ApprovalRules, CapLine, CapRules, GrantForm } from "./approval-shape.ts"
import { overlaid, remembered } from "./own-limits.ts"
import type { Regime } from "./regime-shape.ts"

const oldAfterDays = 365

const rules: readonly ApprovalRule[] = [
  { code: "approval.by_clerk", applicants: ["clerk"], needs: ["supervisor"] },
  // Nobody signs for those above them.
  { code: "approval.by_supervisor", applicants: ["supervisor"], needs: ["manager"] },
  { code: "approval.by_manager", applicants: ["manager"], needs: ["privacy_officer"] },
  {
    code: "approval.sensitive",
    fields: ["id_number", "passport", "bank_card", "title_deed", "elder_alone", "children"],
    needs: ["manager"],
  },
  {
    code: "approval.old_service",
    classes: ["service"],
    olderThanDays: oldAfterDays,
    needs: ["supervisor", "archivist", "manager"],
  },
  { code: "approval.apart", classes: ["trajectory", "special"], needs: ["manager", "privacy_officer"] },
  { code: "approval.many_homes", homesFrom: 6, needs: ["manager"] },
  { code: "approval.very_many_homes", homesFrom: 31, needs: ["manager", "privacy_officer"] },
  { code: "approval.leaves", forms: ["print", "export", "share"], needs: ["manager"] },
  { code: "approval.night", hours: [22, 6], needs: ["manager"] },
  { code: "approval.often_refused", refusalsFrom: 3, needs: ["manager"] },
  {
    code: "approval.greeting",
    purposes: ["greeting"],
    classes: ["service", "trajectory", "special"],
    needs: "refuse",
  },
]

const approvalsV1: ApprovalRules = {
  rules,
  timeOutHours: 24,
  windowHours: 24,
  longestHours: 72,
  mostPersons: 50,
  oldAfterDays,
  lookSeconds: 30,
}

export const capsV1: CapRules = {
  days: 30,
  warnAt: 0.8,
  lines: [
    { code: "trajectory", limit: 25, classes: ["trajectory"], fields: ["title_deed", "bank_card"] },
    { code: "service", limit: 250, classes: ["service", "special"], fields: [] },
    { code: "other", limit: 2_500, classes: ["identity", "life"], fields: [] },
  ],
}

const mostLeaving = 500

/** How many persons one application may be about. */
export function mostPersonsOf(regime: Regime, form: GrantForm): number {
  const approvals = approvalsOf(regime)
  return form === "see" ? approvals.mostPersons : (approvals.mostLeaving ?? mostLeaving)
}

export function approvalsOf(regime: Regime): ApprovalRules {
  return regime.approvals ?? approvalsV1
}

export const capsOf = remembered(({ caps, own }: Pick<Regime, "caps" | "own">): CapRules => {
  const rules = overlaid(caps ?? capsV1, "caps", own)
  const limitOf = ({ code, limit }: CapLine) => own?.numbers[`caps.lines.${code}`] ?? limit
  return { ...rules, lines: rules.lines.map((line) => ({ ...line, limit: limitOf(line) })) }
})
