/** How much of one household one person may put together, as the product begins with it. Clause 1.5. */

import { fieldOf } from "./field.ts"
import type { FieldGroup, MosaicRules } from "./mosaic-shape.ts"
import { overlaid, remembered } from "./own-limits.ts"
import type { Regime } from "./regime-shape.ts"

const mosaicV1: MosaicRules = {
  days: 365,
  weights: { identity: 1, life: 2, service: 2, trajectory: 6, special: 6 },
  fields: { id_number: 4, passport: 4, title_deed: 4, bank_card: 4, elder_alone: 4, children: 4 },
  again: 3,
  applyAt: 20,
  refuseAt: 40,
  apart: [
    { classes: ["trajectory"], fields: [] },
    { classes: [], fields: ["elder_alone", "children"] },
  ],
}

export const mosaicOf = remembered(
  ({ mosaic, own }: Pick<Regime, "mosaic" | "own">): MosaicRules =>
    overlaid(mosaic ?? mosaicV1, "mosaic", own),
)

/** What the field adds to the exposure of a household. A field that the catalogue does not know weighs like the heaviest. */
export function weightOf({ fields, weights }: MosaicRules, field: string): number {
  const { code, class: kind } = fieldOf(field)
  const own = Object.entries(fields).find(([name]) => name === code)?.[1]
  return own ?? weights[kind]
}

/** On which side of what must stay apart the field is: 1, 2, or 0 for neither. */
export function sideOf({ apart }: MosaicRules, field: string): 0 | 1 | 2 {
  const { code, class: kind } = fieldOf(field)
  const isIn = ({ classes, fields }: FieldGroup) =>
    classes.includes(kind) || fields.some((one) => one === code)
  if (isIn(apart[0])) return 1
  return isIn(apart[1]) ? 2 : 0
}
