/** Bank cards: 13 to 19 digits with a Luhn digit, which some old cards do not have. */

import { isLuhn } from "./check-digits.ts"
import { compact, normalise, withoutNumberForm } from "./normalise.ts"
import { doubtful, invalid, type Parsed, taken } from "./parsed.ts"
import { setAside } from "./set-aside.ts"

/** A spreadsheet keeps 15 digits of a number and writes zeros for the rest. */
const zeroed = /^\d{15}00+$/

export function parseBankCard(raw: string): Parsed {
  const text = normalise(raw)
  const aside = setAside(text)
  if (aside !== undefined) return aside
  const digits = compact(withoutNumberForm(text))
  if (!/^\d{13,19}$/.test(digits)) return invalid("bank_card.format")
  if (zeroed.test(digits))
    return isLuhn(digits) ? doubtful(digits, "value.zeros_at_end") : invalid("value.precision_lost")
  return isLuhn(digits) ? taken(digits) : doubtful(digits, "bank_card.check_digit")
}

/** `**** 5702`: the last four only. */
export function maskBankCard(value: string): string | undefined {
  const digits = compact(value)
  return /^\d{13,19}$/.test(digits) ? `**** ${digits.slice(-4)}` : undefined
}
