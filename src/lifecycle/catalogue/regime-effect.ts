/** What a draft would have changed in the last thirty days, from traces and imports: codes, counts and ids, no value. Clause 2.3. */

import { type FieldCode, isFieldCode } from "./field.ts"
import { cell } from "./regime.ts"
import type { Regime } from "./regime-shape.ts"

export const effectDays = 30

/** So many traces of one act touched this field for this purpose. */
export interface Seen {
  readonly purpose: string
  readonly field: string
  readonly act: string
  readonly outcome: "done" | "refused"
  readonly count: number
  /** Ids of a few of the traces, newest first. */
  readonly examples: readonly string[]
}

/** So many cells of imports were dropped because nothing allowed the field. */
export interface Dropped {
  readonly field: string
  readonly cells: number
  /** Ids of a few of the imports. */
  readonly examples: readonly string[]
}

export const effectKinds = ["refused", "allowed", "consent", "without_consent", "approval"] as const
export type EffectKind = (typeof effectKinds)[number]

export interface Effect {
  readonly kind: EffectKind
  readonly purpose: string
  readonly field: string
  readonly act: string
  readonly count: number
  readonly examples: readonly string[]
}

/** An import takes a roster for this purpose. */
const rosterPurpose = "move_in"

/** Newly refused, allowed, in need of consent or of approval. The most first. */
export function effectsOf(
  { before, after }: { readonly before: Regime; readonly after: Regime },
  seen: readonly Seen[],
  dropped: readonly Dropped[],
): readonly Effect[] {
  const ofTraces = seen.flatMap(({ outcome, ...one }): Effect[] => {
    const kind = isFieldCode(one.field)
      ? kindOf({ before, after }, { ...one, field: one.field, outcome })
      : undefined
    return kind === undefined ? [] : [{ ...one, kind }]
  })
  const ofImports = dropped.flatMap(({ field, cells, examples }): Effect[] => {
    if (!isFieldCode(field)) return []
    const isNew =
      cell(before, rosterPurpose, field) === "forbidden" && cell(after, rosterPurpose, field) !== "forbidden"
    if (!isNew) return []
    return [{ kind: "allowed", purpose: rosterPurpose, field, act: "import.check", count: cells, examples }]
  })
  return [...ofTraces, ...ofImports].toSorted((a, b) => b.count - a.count)
}

interface One {
  readonly purpose: string
  readonly field: FieldCode
  readonly act: string
  readonly outcome: Seen["outcome"]
}

function kindOf({ before, after }: { before: Regime; after: Regime }, one: One): EffectKind | undefined {
  const [was, is] = [cell(before, one.purpose, one.field), cell(after, one.purpose, one.field)]
  if (one.outcome === "refused") return turns[`${was} ${is}`] === "allowed" ? "allowed" : undefined
  const turn = turns[`${was} ${is}`]
  if (turn === "refused") return turn
  if (approvedAhead(before, one) && !approvedAhead(after, one)) return "approval"
  return turn === "allowed" ? undefined : turn
}

/** What a cell that changes means for whoever used it. */
const turns: Readonly<Partial<Record<string, EffectKind>>> = {
  "required forbidden": "refused",
  "optional forbidden": "refused",
  "forbidden required": "allowed",
  "forbidden optional": "allowed",
  "required optional": "consent",
  "optional required": "without_consent",
}

/** Whether a standing rule stands for the approval. Clause 4.3. */
function approvedAhead({ standingRules }: Regime, { purpose, field }: One): boolean {
  return standingRules.some((rule) => rule.purpose === purpose && rule.fields.includes(field))
}
