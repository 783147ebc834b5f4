/** Bank cards: 13 to 19 digits with a Luhn digit, which some old cards do not have. */

import { isLuhn } from "./check-digits.ts"
import { compact, isBlank, isMasked, normalise, spreadsheetNumber } from "./normalise.ts"
import { doubtful, empty, invalid, type Parsed, taken } from "./parsed.ts"

/** A spreadsheet keeps 15 digits of a number and writes zeros for the rest. */
const zeroed = /^\d{15}0+$/

export function parseBankCard(raw: string): Parsed {
  const text = normalise(raw)
  if (isBlank(text)) return empty
  if (isMasked(text)) return invalid("value.masked")
  const number = spreadsheetNumber(text)
  if (number?.kind === "lost") return invalid("value.precision_lost")
  const digits = number?.digits ?? compact(text)
  if (!/^\d{13,19}$/.test(digits)) return invalid("bank_card.format")
  if (isLuhn(digits)) return taken(digits)
  return zeroed.test(digits) && digits.length > 16
    ? invalid("value.precision_lost")
    : doubtful(digits, "bank_card.check_digit")
}

/** `**** 5702`: the last four only. */
export function maskBankCard(value: string): string | undefined {
  const digits = compact(value)
  return /^\d{13,19}$/.test(digits) ? `**** ${digits.slice(-4)}` : undefined
}
