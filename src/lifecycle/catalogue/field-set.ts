/** Sets of fields as bits: what a row shows is an OR and one look-up, whatever the number of fields. */

import { type FieldCode, fieldCodes } from "./field.ts"

/** The first 32 of the catalogue, and the rest. */
export interface FieldSet {
  readonly low: number
  readonly high: number
}

interface Place extends FieldSet {
  readonly code: FieldCode
}

const places: ReadonlyMap<string, Place> = new Map(
  fieldCodes.map((code, at) => [
    code,
    { code, low: at < 32 ? 1 << at : 0, high: at < 32 ? 0 : 1 << (at - 32) },
  ]),
)

/** A word that is no field of the catalogue is in no set. */
export function fieldSet(fields: readonly string[]): FieldSet {
  let low = 0
  let high = 0
  for (const field of fields) {
    const place = places.get(field)
    if (place === undefined) continue
    low |= place.low
    high |= place.high
  }
  return { low, high }
}

const none: FieldSet = { low: 0, high: 0 }

/** The set of this field alone, to be held against many; of a word that is no field the empty one. */
export function oneField(field: string): FieldSet {
  return places.get(field) ?? none
}

export function overlap(a: FieldSet, b: FieldSet): boolean {
  return ((a.low & b.low) | (a.high & b.high)) !== 0
}

const known = new Map<number, readonly FieldCode[]>()
/** A regime has some dozens of sets; more than these are worked out each time. */
const mostKnown = 4_096

/** The members, in the order of the catalogue. */
export function membersOf(set: FieldSet): readonly FieldCode[] {
  const key = (set.high >>> 0) * 2 ** 32 + (set.low >>> 0)
  const found = known.get(key)
  if (found !== undefined) return found
  const members = fieldCodes.filter((code) => overlap(set, oneField(code)))
  if (known.size < mostKnown) known.set(key, members)
  return members
}
