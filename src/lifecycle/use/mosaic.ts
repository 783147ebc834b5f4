/**
 * The mosaic of 1.5: pieces that are harmless alone draw a family together. What one person was answered of one household is
 * summed over a year and all classes. It depends on past answers only, never on what a record holds: a refusal tells nothing.
 */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import { fieldCodes } from "../catalogue/field.ts"
import type { MosaicRules } from "../catalogue/mosaic-shape.ts"
import { sideOf, weightOf } from "../catalogue/mosaic-v1.ts"

export interface Bound {
  readonly code: RefusalCode
  readonly facts: Readonly<Record<string, string | number>>
}

/** What `app.take_looks` says of a look that was not taken. */
const beyond = -2
const apart = -3

/** Why the mosaic keeps a look back; nothing when it is a cap that does. `exposure`: with this look. */
export function boundOf(
  { refuseAt }: Pick<MosaicRules, "refuseAt">,
  count: number,
  exposure: number,
): { readonly bound?: Bound } {
  if (count === apart) return { bound: { code: "use.mosaic_apart", facts: {} } }
  if (count !== beyond) return {}
  const code = exposure > refuseAt ? "use.mosaic_reached" : "use.mosaic_apply"
  return { bound: { code, facts: {} } }
}

const texts = new WeakMap<MosaicRules, string>()

/** The rules as the database reads them; made once. */
export function mosaicText(rules: MosaicRules): string {
  const known = texts.get(rules)
  if (known !== undefined) return known
  const fields = Object.fromEntries(
    fieldCodes.map((field) => [field, [weightOf(rules, field), sideOf(rules, field)]]),
  )
  const text = JSON.stringify({ days: rules.days, again: rules.again, fields })
  texts.set(rules, text)
  return text
}

export interface Piece {
  readonly field: string
  /** Of how many subjects of the household. */
  readonly subjects: number
}

/** The same sum, for people to read. */
export function exposureOf(rules: MosaicRules, pieces: readonly Piece[]): number {
  return pieces.reduce(
    (sum, { field, subjects }) => sum + weightOf(rules, field) * Math.min(subjects, rules.again),
    0,
  )
}

/** Where it is highest among several households. */
export function worstOf(
  rules: MosaicRules,
  pieces: readonly (Piece & { readonly home: string })[],
): ExposureState {
  const homes = [...Map.groupBy(pieces, ({ home }) => home).values()]
  return exposureState(rules, Math.max(0, ...homes.map((one) => exposureOf(rules, one))))
}

export const exposureStates = ["free", "apply", "reached"] as const
export type ExposureState = (typeof exposureStates)[number]

/** What comes next for whoever stands there: nothing, an application for more, nothing more at all. */
export function exposureState({ applyAt, refuseAt }: MosaicRules, exposure: number): ExposureState {
  if (exposure >= refuseAt) return "reached"
  return exposure >= applyAt ? "apply" : "free"
}
