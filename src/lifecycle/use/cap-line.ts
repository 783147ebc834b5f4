/** Under which line of 4.8 a field counts, and when somebody is warned. */

import type { CapLine, CapRules } from "../catalogue/approval-shape.ts"
import { fieldOf } from "../catalogue/field.ts"

/** The line that names the field, else the one that names its class. A field under none counts under the strictest. */
export function capLineOf({ lines }: CapRules, field: string): CapLine {
  const named = lines.find(({ fields }) => fields.some((one) => one === field))
  const line =
    named ?? lines.find(({ classes }) => classes.includes(fieldOf(field).class)) ?? strictest(lines)
  if (line === undefined) throw new Error("a regime without caps")
  return line
}

function strictest(lines: readonly CapLine[]): CapLine | undefined {
  return lines.toSorted((a, b) => a.limit - b.limit)[0]
}

export const capStates = ["free", "warned", "reached"] as const
export type CapState = (typeof capStates)[number]

export function capState({ warnAt }: CapRules, count: number, limit: number): CapState {
  if (count >= limit) return "reached"
  return count >= limit * warnAt ? "warned" : "free"
}
