/** One spelling for what people type, paste and export: before any rule about a field looks at it. */

/** Zero width, soft hyphens, marks of direction and order, variation selectors, controls but tab and line ends. */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** NFKC leaves these dashes alone (and turns the full-width one into a hyphen already). */
const dashes = /[\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58]/g

/**
 * NFKC (full width to half), no invisible characters, one kind of dash and blank, no apostrophe that a spreadsheet puts
 * before text, no blanks at the ends. Line ends stay as "\n": they separate two values in one cell.
 */
export function normalise(raw: string): string {
  const plain = raw.replace(invisible, "").normalize("NFKC").replace(dashes, "-")
  return plain
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim()
    .replace(/^['\u2018\u2019`]+/, "")
    .trim()
}

/** Normalised, without blanks and hyphens, in upper case: for numbers and codes that are typed in groups. */
export function compact(raw: string): string {
  return normalise(raw).replace(/[\s-]/g, "").toUpperCase()
}

/** Characters as people count them: 𠮷 is one. */
export function characters(text: string): string[] {
  return Array.from(text)
}

/** A number as a spreadsheet writes it: its digits, or `lost` when it no longer holds them all. Undefined: no such number. */
export type SpreadsheetNumber =
  | { readonly kind: "digits"; readonly digits: string }
  | { readonly kind: "lost" }

export function spreadsheetNumber(text: string): SpreadsheetNumber | undefined {
  const plain = /^(\d+)\.0+$/.exec(text)
  if (plain?.[1] !== undefined) return { kind: "digits", digits: plain[1] }
  const scientific = /^(\d)(?:\.(\d*))?E\+?(\d{1,2})$/i.exec(text)
  if (!scientific) return undefined
  const [, first = "", fraction = "", exponent = ""] = scientific
  // 1.38E+10 may have been any of ten million numbers; only a mantissa as long as the number is exact.
  if (fraction.length !== Number(exponent)) return { kind: "lost" }
  return { kind: "digits", digits: first + fraction }
}

/** The digits of a spreadsheet's number; every other text as it is. */
export function withoutNumberForm(text: string): string {
  const number = spreadsheetNumber(text)
  return number?.kind === "digits" ? number.digits : text
}

const blankWords: ReadonlySet<string> = new Set(
  "无 没有 暂无 未填 未填写 未登记 未提供 不详 未知 不知道 空 待补 待补充 拒绝提供 拒填 N/A NA NULL NONE NIL UNDEFINED #N/A".split(
    " ",
  ),
)

/** What people write to say that there is nothing: 无, 暂无, -, /, N/A. */
export function isBlank(text: string): boolean {
  return /^[-/\\.,_?~、。\s]*$/.test(text) || blankWords.has(text.toUpperCase())
}

/** 138****5678 or 张**: masked by the system it came from. */
export function isMasked(text: string): boolean {
  return /[*●•×]{2,}|\d[*●•×]|[*●•×]\d|[xX]{3,}/u.test(text)
}

/** 同上, "〃": the value stands in another row. */
export function isSameAsAbove(text: string): boolean {
  return /^(?:同上|同前|同上一行|[〃"”]|ditto)$/i.test(text)
}
