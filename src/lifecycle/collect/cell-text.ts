/** Numbers, dates and errors of a spreadsheet as the text somebody typed. */

/** What the number format of a cell says about its number. `pad`: leading zeros shown up to so many digits. */
export type NumberFormat = Readonly<{ date: boolean; pad: number }>

export type CellText = Readonly<{ text: string; truncated: boolean }>

/** A spreadsheet keeps 15 digits; the rest of a longer number is gone. */
const digitsKept = 15

/**
 * A number as the file writes it, as a person would: no exponent, no noise beyond the 15th digit.
 * `truncated` when the number has more digits than the file kept (an ID number typed into a number cell).
 */
export function numberText(raw: string): CellText {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(raw)
  if (!parts || /^-?\d+$/.test(raw)) return { text: raw, truncated: false }
  return withoutExponent(raw, parts)
}

/** Moves the point by hand: arithmetic would round the digits it moves over. */
function withoutExponent(raw: string, [, sign, whole, fraction, exponent]: RegExpExecArray): CellText {
  const digits = `${whole}${fraction ?? ""}`
  const moved = Number(exponent ?? "0")
  const point = `${whole}`.length + moved
  if (point > 40 || point < digits.length) return { text: shortest(raw), truncated: false }
  const text = digits.padEnd(point, "0").replace(/^0+(?=\d)/, "")
  return { text: `${sign}${text}`, truncated: point > digitsKept && moved !== 0 }
}

function shortest(raw: string): string {
  const value = Number(Number(raw).toPrecision(digitsKept))
  return Number.isFinite(value) ? String(value) : raw
}

/** Numbers written out with an exponent in a text file: what the digits were is gone. */
export function isExponent(text: string): boolean {
  return /^\d(\.\d+)?e\+?\d{1,2}$/i.test(text.trim())
}

export function paddedText(text: string, pad: number): string {
  return pad > 1 && /^\d+$/.test(text) ? text.padStart(pad, "0") : text
}

const day = 86_400_000
const lastSerial = 2_958_465

/** A date serial as YYYY-MM-DD, a bare time as HH:MM; undefined when no date has that serial. ISO/IEC 29500-1, 18.17.4. */
export function dateText(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial <= lastSerial)) return undefined
  const seconds = Math.round(serial * 86_400)
  if (seconds < 86_400 && seconds > 0) return new Date(seconds * 1000).toISOString().slice(11, 16)
  const whole = Math.floor(seconds / 86_400)
  if (from1904) return isoDay(Date.UTC(1904, 0, 1) + whole * day)
  if (whole === 60) return "1900-02-29"
  return isoDay(Date.UTC(1899, 11, 30) + (whole < 60 ? whole + 1 : whole) * day)
}

function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}

/** Formats 14 to 58 that mean dates: the general ones and those of the Chinese edition. ISO/IEC 29500-1, 18.8.30. */
export function builtInFormat(id: number): NumberFormat {
  const date =
    (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
  return { date, pad: 0 }
}

export function customFormat(code: string): NumberFormat {
  const first = code.split(";", 1)[0] ?? ""
  const bare = first.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general/gi, "")
  return { date: /[ymdhs]/i.test(bare), pad: /^0+$/.test(bare) ? bare.length : 0 }
}
