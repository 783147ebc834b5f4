/** Which purposes may not start without an impact assessment (PIPL 55, 56), and whether they have one. Clauses 2.2, 2.11. */

import { fieldOf } from "./field.ts"
import type { Purpose, RegimeText, WithMatrix } from "./regime-shape.ts"
import { regimeV1 } from "./regime-v1.ts"

/** What there is to assess in a purpose, and what a signed assessment speaks of. */
export interface Need {
  readonly purpose: string
  /** The sensitive fields, in the order of their codes. */
  readonly fields: readonly string[]
  readonly isShared: boolean
  readonly isPublished: boolean
}

/** Undefined: nothing sensitive, nothing given away, nothing published. Identity numbers and bank cards count as sensitive. */
function needOf(regime: WithMatrix, purpose: Purpose): Need | undefined {
  const fields = Object.entries(regime.matrix[purpose.code] ?? {})
    .filter(([field, cell]) => cell.rule !== "forbidden" && fieldOf(field).sensitivity !== "general")
    .map(([field]) => field)
    .toSorted()
  const { isShared, isPublished } = purpose
  if (fields.length === 0 && !isShared && !isPublished) return undefined
  return { purpose: purpose.code, fields, isShared, isPublished }
}

/** Whether what was assessed is at least what is needed. */
function covers(assessed: Need, need: Need): boolean {
  return (
    assessed.purpose === need.purpose &&
    need.fields.every((field) => assessed.fields.includes(field)) &&
    (assessed.isShared || !need.isShared) &&
    (assessed.isPublished || !need.isPublished)
  )
}

/** Whether an assessment lets these fields be given to somebody outside for this purpose. Clauses 2.11, 4.10. */
export function mayShare(
  assessed: readonly Need[],
  { purpose, fields }: Pick<Need, "purpose" | "fields">,
): boolean {
  const sensitive = fields.filter((field) => fieldOf(field).sensitivity !== "general")
  const need = { purpose, fields: sensitive, isShared: true, isPublished: false }
  return assessed.some((one) => covers(one, need))
}

export interface Needs {
  /** They keep the regime from coming into force. */
  readonly missing: readonly Need[]
  /** What version 1 brought along: it runs, and waits to be assessed. */
  readonly inherited: readonly Need[]
}

/** `assessed`: what assessments that are signed, and not past their review, speak of. */
export function needsOf(regime: Pick<RegimeText, "purposes" | "matrix">, assessed: readonly Need[]): Needs {
  const open = regime.purposes
    .flatMap((purpose) => needOf(regime, purpose) ?? [])
    .filter((need) => !assessed.some((one) => covers(one, need)))
  const isInherited = (need: Need) => started.some((one) => covers(one, need))
  return { missing: open.filter((need) => !isInherited(need)), inherited: open.filter(isInherited) }
}

const started = regimeV1.purposes.flatMap((purpose) => needOf(regimeV1, purpose) ?? [])
