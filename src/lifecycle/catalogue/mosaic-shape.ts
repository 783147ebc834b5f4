/** What a regime says about how much of one household one person may put together. Clause 1.5. */

import type { FieldClass, FieldCode } from "./field.ts"

/** Fields, and all fields of classes. */
export interface FieldGroup {
  readonly classes: readonly FieldClass[]
  readonly fields: readonly FieldCode[]
}

export interface MosaicRules {
  /** The rolling window. */
  readonly days: number
  /** What a field adds, by its class. */
  readonly weights: Readonly<Record<FieldClass, number>>
  /** Fields that weigh otherwise than their class. */
  readonly fields: Readonly<Partial<Record<FieldCode, number>>>
  /** The same field of so many subjects of the household adds its weight each time; more of it adds nothing. */
  readonly again: number
  /** Beyond this an order alone opens nothing new of the household: one has to apply. */
  readonly applyAt: number
  /** Beyond this nothing new is opened to the person, with an approval neither. */
  readonly refuseAt: number
  /** Nobody is shown of one household what is in both. */
  readonly apart: readonly [FieldGroup, FieldGroup]
}
