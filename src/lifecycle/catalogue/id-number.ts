/** Identity documents: the citizen's number of GB 11643 and its kin, permits of Hong Kong, Macau and Taiwan, passports. */

import { citizenCheck } from "./check-digits.ts"
import { creditCode } from "./credit-code.ts"
import { realDay, yearsBetween } from "./day.ts"
import { compact, normalise, withoutNumberForm } from "./normalise.ts"
import { doubtful, invalid, type Parsed, taken } from "./parsed.ts"
import { setAside } from "./set-aside.ts"

/** Citizens, holders of a residence permit (81, 82, 83…) and, from 2023, permanent residents (9…): one shape, one check. */
const citizen = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/
const citizenOld = /^(\d{6})(\d{2})(\d{2})(\d{2})(\d{3})$/
const residentOld = /^[A-Z]{3}\d{12}$/
/** Hong Kong and Macau: H or M and 8 digits, 10 with the issue. Taiwan: 8 digits, or 10 and a letter. */
const permit = /^(?:[HM]\d{8}(?:\d{2})?|\d{10}[A-Z])$/
const permitTaiwan = /^\d{8}$/
const passportChinese = /^[EGDSPHM][A-Z0-9]?\d{7}$/
const passportForeign = /^(?=.*[A-Z])[A-Z0-9]{6,17}$/

/** A spreadsheet keeps 15 digits of a number and writes zeros for the rest; one such number in 11 still passes the check. */
const zeroed = "000"

/** @param today YYYY-MM-DD; a birth after it is refused */
export function parseIdNumber(raw: string, today: string | undefined): Parsed {
  const typed = normalise(raw)
  const aside = setAside(typed)
  if (aside !== undefined) return aside
  const text = numberOf(typed)
  if (citizen.test(text)) return parseCitizen(text, today)
  if (citizenOld.test(text)) return parseOld(text)
  return parseOther(text)
}

/** Passports and permits; a number of another kind is kept in doubt. */
export function parsePassport(raw: string): Parsed {
  const typed = normalise(raw)
  const aside = setAside(typed)
  if (aside !== undefined) return aside
  const text = numberOf(typed)
  if (citizen.test(text) || citizenOld.test(text)) return doubtful(text, "passport.kind_unknown")
  if (passportChinese.test(text) || permit.test(text) || permitTaiwan.test(text)) return taken(text)
  if (passportForeign.test(text)) return taken(text)
  return /^\d{5,17}$/.test(text) ? doubtful(text, "passport.kind_unknown") : invalid("passport.format")
}

/** First and last character for citizens, first and last two for the others. A credit code is public. */
export function maskIdNumber(value: string): string | undefined {
  const text = compact(value)
  if (citizen.test(text)) return ends(text, 16)
  if (citizenOld.test(text) || residentOld.test(text)) return ends(text, 13)
  return creditCode(text) ?? maskPassport(text)
}

export function maskPassport(value: string): string | undefined {
  const text = compact(value)
  if (citizen.test(text)) return ends(text, 16)
  if (citizenOld.test(text) || residentOld.test(text)) return ends(text, 13)
  const isKnown = [permit, permitTaiwan, passportChinese, passportForeign].some((form) => form.test(text))
  // Six stars whatever the length: a rare length would tell the country.
  return isKnown ? `${text.charAt(0)}******${text.slice(-2)}` : undefined
}

/** YYYY-MM-DD; undefined for documents that do not tell. Worked out once, before the number is sealed. Clause 2.10. */
export function birthDateOf(idNumber: string): string | undefined {
  const [, year = "", month = "", date = ""] = citizen.exec(idNumber) ?? []
  return realDay(year, month, date)
}

/** Whether the holder is younger than so many years on that day; undefined when the number does not tell. Clause 2.10. */
export function isYoungerThan(idNumber: string, years: number, today: string): boolean | undefined {
  const born = birthDateOf(idNumber)
  return born === undefined ? undefined : yearsBetween(born, today) < years
}

/** The characters of the number, without the words that name it. */
function numberOf(text: string): string {
  return compact(withoutNumberForm(text)).replace(/^(?:身份证号?码?|护照号?码?|证件号?码?):?/, "")
}

function parseCitizen(text: string, today: string | undefined): Parsed {
  const isRight = citizenCheck(text) === text.charAt(17)
  if (!isRight && text.endsWith(zeroed)) return invalid("value.precision_lost")
  if (!isBirth(birthDateOf(text), today)) return creditInstead(text) ?? invalid("id_number.date")
  if (!isRight) return invalid("id_number.checksum")
  return text.endsWith(zeroed) ? doubtful(text, "value.zeros_at_end") : taken(text)
}

function isBirth(day: string | undefined, today: string | undefined): boolean {
  return day !== undefined && day >= "1800-01-01" && day <= (today ?? "2099-12-31")
}

/** One identity number in 31 passes for a credit code by chance: only what has no year of birth may be one. */
function creditInstead(text: string): Parsed | undefined {
  const credit = /^\d{6}(?:18|19|20)/.test(text) ? undefined : creditCode(text)
  return credit === undefined ? undefined : doubtful(credit, "id_number.credit_code")
}

function parseOther(text: string): Parsed {
  const isKnown = [residentOld, permit, passportChinese].some((form) => form.test(text))
  if (isKnown) return taken(text)
  const credit = creditInstead(text)
  if (credit !== undefined) return credit
  if (permitTaiwan.test(text) || passportForeign.test(text)) return doubtful(text, "id_number.kind_unknown")
  return invalid(/^\d{13,20}X?$/.test(text) ? "id_number.length" : "id_number.format")
}

/** Upgraded to 18 characters. It never had a check character, so that a slip of the pen cannot be seen. */
function parseOld(text: string): Parsed {
  const [, region = "", year = "", month = "", date = "", sequence = ""] = citizenOld.exec(text) ?? []
  if (realDay(`19${year}`, month, date) === undefined) return invalid("id_number.date")
  const digits = `${region}19${year}${month}${date}${sequence}`
  return doubtful(digits + citizenCheck(digits), "id_number.old")
}

function ends(text: string, stars: number): string {
  return text.charAt(0) + "*".repeat(stars) + text.slice(-1)
}
