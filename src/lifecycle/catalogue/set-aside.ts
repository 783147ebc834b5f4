/** Cells that hold no value of any field. */

import { isBlank, isMasked, isSameAsAbove, spreadsheetNumber } from "./normalise.ts"
import { empty, invalid, type Parsed } from "./parsed.ts"

/** Nothing, 同上, a mask of another system, a number whose digits a spreadsheet lost; undefined: go on and read it. */
export function setAside(text: string): Parsed | undefined {
  if (isBlank(text)) return empty
  if (isSameAsAbove(text)) return invalid("value.same_as_above")
  if (isMasked(text)) return invalid("value.masked")
  return spreadsheetNumber(text)?.kind === "lost" ? invalid("value.precision_lost") : undefined
}
