/** Calendar days as YYYY-MM-DD, whatever a form or a spreadsheet made of them. */

import { normalise } from "./normalise.ts"
import { invalid, type Parsed, taken } from "./parsed.ts"
import { setAside } from "./set-aside.ts"

const forms = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]

/** Serial 1 is 1900-01-01, and 60 is a day that never was: from 61 on, 1970-01-01 is 25569. ISO/IEC 29500-1, 18.17.4. */
const unixSerial = 25_569
const dayMilliseconds = 86_400_000

/** @param today YYYY-MM-DD; a later day is refused */
export function parseDay(raw: string, today: string | undefined): Parsed {
  const text = normalise(raw)
  const aside = setAside(text)
  if (aside !== undefined) return aside
  const day = dayOf(text)
  if (day === undefined) return invalid("date.format")
  return today !== undefined && day > today ? invalid("date.future") : taken(day)
}

/** The day as YYYY-MM-DD, when it is one that was. */
export function realDay(year: string, month: string, date: string): string | undefined {
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(day) ? day : undefined
}

/** Full years from one day to another, both YYYY-MM-DD. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

/** The year alone. */
export function maskDay(value: string): string | undefined {
  return /^(\d{4})-\d{2}-\d{2}$/.exec(value)?.[1]
}

function dayOf(text: string): string | undefined {
  const day = serialDay(text) ?? writtenDay(text)
  return day !== undefined && /^(?:18|19|20)/.test(day) ? day : undefined
}

function serialDay(text: string): string | undefined {
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text)?.[1]
  if (serial === undefined) return undefined
  return new Date((Number(serial) - unixSerial) * dayMilliseconds).toISOString().slice(0, 10)
}

function writtenDay(text: string): string | undefined {
  for (const form of forms) {
    const [, year, month, date] = form.exec(text) ?? []
    if (year !== undefined && month !== undefined && date !== undefined) return realDay(year, month, date)
  }
  return undefined
}
