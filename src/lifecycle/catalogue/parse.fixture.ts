/** Short forms for tables of expectations, and text nobody would type. */

import fc from "fast-check"
import { type Doubt, doubtful, empty, type Fault, invalid, type Parsed, taken } from "./parsed.ts"

export type Expected = readonly [raw: string, expected: Parsed]

export const ok = (raw: string, value = raw): Expected => [raw, taken(value)]
export const doubt = (raw: string, reason: Doubt, value = raw): Expected => [raw, doubtful(value, reason)]
export const fault = (raw: string, reason: Fault): Expected => [raw, invalid(reason)]
export const blank = (raw: string): Expected => [raw, empty]

/** Any text of up to so many code points; fast-check's own "binary" unit takes seconds to build. */
export function anyText(longest: number): fc.Arbitrary<string> {
  const point = fc.oneof(fc.integer({ min: 0, max: 0x2fff }), fc.integer({ min: 0, max: 0x10ffff }))
  return fc.array(point, { maxLength: longest }).map((points) => String.fromCodePoint(...points))
}
