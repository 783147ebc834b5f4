/** What the regime in force says: collection, levels, exclusions, standing rules. Clauses 2.3, 3.8, 4.3, 6.1. */

import type { Post } from "../../duty/people/post.ts"
import type { FieldClass, FieldCode, Words } from "./field.ts"
import type {
  CellRule,
  Level,
  PostRule,
  PurposeCode,
  Regime,
  StandingOrderKind,
  StandingRule,
  WithMatrix,
} from "./regime-shape.ts"

/** What is not listed is forbidden. Clause 2.3. */
export function cell(regime: WithMatrix, purpose: PurposeCode, field: FieldCode): CellRule {
  return regime.matrix[purpose]?.[field]?.rule ?? "forbidden"
}

/** The condition written beside a cell, e.g. "verified, not kept". */
export function cellNote(regime: WithMatrix, purpose: PurposeCode, field: FieldCode): Words | undefined {
  return regime.matrix[purpose]?.[field]?.note
}

export interface MatrixCell {
  readonly purpose: PurposeCode
  readonly field: string
  readonly rule: CellRule
}

/** The matrix as rows, by purpose and field: what it lists, nothing of what it leaves out. */
export function cellsOf({ matrix }: Regime): readonly MatrixCell[] {
  return Object.entries(matrix).flatMap(([purpose, row]) =>
    Object.entries(row).map(([field, { rule }]) => ({ purpose, field, rule })),
  )
}

/** Whether the purpose may take the field at all; `optional` still needs its consent. Clause 2.3. */
export function mayCollect(regime: WithMatrix, purpose: PurposeCode, field: FieldCode): boolean {
  return cell(regime, purpose, field) !== "forbidden"
}

/** Classes whose masks the post sees within its reach. Clause 3.8. */
export function visibleClasses(regime: Regime, post: Post): readonly FieldClass[] {
  return ruleOf(regime, post)?.classes ?? []
}

/** A post the regime does not name has no level. Clause 3.8. */
export function levelOf(regime: Regime, post: Post): Level {
  return ruleOf(regime, post)?.level ?? 0
}

/** A post the regime does not name counts as powerful. */
export function needsSecondFactor(regime: Regime, post: Post): boolean {
  return ruleOf(regime, post)?.secondFactor ?? true
}

/** Whether one person may never hold both posts. Clause 6.1. */
export function excludes(regime: Regime, a: Post, b: Post): boolean {
  return regime.exclusions.some(([one, other]) => (one === a && other === b) || (one === b && other === a))
}

/** The approval signed in advance for orders of this kind; undefined: such an order opens no use. Clause 4.3. */
export function standingRule(regime: Regime, orderKind: StandingOrderKind): StandingRule | undefined {
  return regime.standingRules.find((rule) => rule.orderKind === orderKind)
}

function ruleOf(regime: Regime, post: Post): PostRule | undefined {
  return regime.posts.find((rule) => rule.post === post)
}
