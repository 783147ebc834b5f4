/** Mobile numbers of the mainland, Hong Kong, Macau and Taiwan, landlines and service numbers. */

import { normalise, withoutNumberForm } from "./normalise.ts"
import { type Doubt, doubtful, invalid, type Parsed, taken } from "./parsed.ts"
import { setAside } from "./set-aside.ts"

const separators = /[/\\、,;|&\n]+|或|和|及/

/**
 * Canonical: `13812345678`, `+85291234567`, `010-62345678-12`, `62345678`, `4008001234`; several are joined with "/".
 * @param expects a bare local number is in doubt among mobiles, not among landlines
 */
export function parsePhone(raw: string, expects: "phone" | "landline"): Parsed {
  const text = normalise(raw)
  const aside = setAside(text)
  if (aside !== undefined) return aside
  const { pieces, hasNote } = piecesOf(withoutNumberForm(text))
  const numbers = [...new Set(pieces.map(canonicalPhone).filter((one) => one !== undefined))]
  if (numbers.length === 0) return invalid(faultOf(pieces))
  const doubt = doubtOf({ numbers, hasNote, expects, unread: pieces.some((one) => !canonicalPhone(one)) })
  const value = numbers.join("/")
  return doubt === undefined ? taken(value) : doubtful(value, doubt)
}

/** The single numbers of a canonical value. */
export function phonesOf(value: string): readonly string[] {
  return value.split("/").filter((one) => one !== "")
}

/** 138****5678, 91****67, 010-****5678; undefined when the value is no phone. A service number (400, 800) is a company's. */
export function maskPhone(value: string): string | undefined {
  const { pieces } = piecesOf(normalise(value))
  const masks = pieces.map((piece) => maskOne(canonicalPhone(piece) ?? ""))
  if (masks.length === 0 || masks.includes(undefined)) return undefined
  return masks.join("/")
}

function maskOne(phone: string): string | undefined {
  if (/^[48]00\d{7}$/.test(phone)) return phone
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(-4)}`
  const abroad = /^\+(?:852|853|886)(\d{8,9})$/.exec(phone)?.[1]
  if (abroad !== undefined) return `${abroad.slice(0, 2)}****${abroad.slice(-2)}`
  const line = /^(0\d{2,3}-)?(\d{7,8})(?:-\d+)?$/.exec(phone)
  return line?.[2] === undefined ? undefined : `${line[1] ?? ""}****${line[2].slice(4)}`
}

/** Typed for the form's sake: one digit throughout, counted up, or the operators' own example. */
export function isFakePhone(phone: string): boolean {
  return /(\d)\1{7}/.test(phone) || fakes.has(phone)
}

const fakes: ReadonlySet<string> = new Set(["13800138000", "12345678901", "12345678910"])

interface Reading {
  readonly numbers: readonly string[]
  readonly hasNote: boolean
  readonly unread: boolean
  readonly expects: "phone" | "landline"
}

function doubtOf({ numbers, hasNote, unread, expects }: Reading): Doubt | undefined {
  if (numbers.some(isFakePhone)) return "phone.fake"
  if (unread) return "phone.partly_readable"
  if (numbers.length > 1) return "phone.two_numbers"
  if (hasNote) return "phone.note"
  if (expects === "phone" && numbers.some((one) => /^[1-9]\d{6,7}(-|$)/.test(one)))
    return "phone.no_area_code"
  return undefined
}

function faultOf(pieces: readonly string[]): "phone.length" | "phone.format" {
  const digits = pieces.map((piece) => piece.replace(/\D/g, ""))
  return digits.some((one) => /^(?:86)?1[3-9]/.test(one) && one.length !== 11)
    ? "phone.length"
    : "phone.format"
}

/** The pieces of a cell that could be numbers, and whether words stood beside them. */
function piecesOf(text: string): { readonly pieces: readonly string[]; readonly hasNote: boolean } {
  if (canonicalPhone(text) !== undefined) return { pieces: [text], hasNote: false }
  const joined = text
    .replace(/\s*(?:转|分机号?|ext\.?)[:\s]*(\d{1,6})(?!\d)/gi, "-$1")
    .replace(/[([【]\s*(\+?\d{1,5})\s*[)\]】]/g, "$1-")
    .replace(/(?<=\d)\.(?=\d)/g, "-")
  const hasNote = /[\p{L}()]/u.test(joined.replace(separators, " ").replace(/或|和|及/g, ""))
  const spaced = joined
    .split(separators)
    .flatMap((part) => part.split(/[^\d\s+-]+/))
    .map((part) => part.trim())
    .filter((part) => /\d/.test(part))
  return { pieces: spaced.flatMap(splitRun), hasNote }
}

/** Two whole numbers with a blank, a dash or nothing between them. */
function splitRun(part: string): readonly string[] {
  if (canonicalPhone(part) !== undefined) return [part]
  const words = part.split(/\s+/)
  if (words.length > 1 && words.some((word) => canonicalPhone(word) !== undefined)) return words
  const pair = /^(1[3-9]\d{9})[\s-]*(1[3-9]\d{9})$/.exec(part)
  return pair ? [pair[1] ?? "", pair[2] ?? ""] : [part]
}

const forms: readonly (readonly [form: RegExp, canonical: string])[] = [
  [/^(?:\+?86|0086|0)?(1[3-9]\d{9})$/, "$1"],
  [/^(?:\+|00)?852([4-9]\d{7})$/, "+852$1"],
  [/^(?:\+|00)?853(6\d{7})$/, "+853$1"],
  [/^(?:(?:\+|00)?8860?|0)(9\d{8})$/, "+886$1"],
  [/^([48]00\d{7})$/, "$1"],
]

const lines: readonly (readonly [form: RegExp, canonical: string])[] = [
  [/^(?:(?:\+|00)86-?)?(0(?:10|2\d|[3-9]\d{2}))-?([1-9]\d{2,3}-?\d{4})$/, "$1-$2"],
  [/^(?:\+|00)86-?(10|2\d|[3-9]\d{2})-?([1-9]\d{2,3}-?\d{4})$/, "0$1-$2"],
  // Without an area no 3-4 grouping, 101-1001 is a home; and no leading 1, which is a mobile cut short.
  [/^()([2-9]\d{3}-?\d{4}|[2-9]\d{6})$/, "$2"],
]

function canonicalPhone(piece: string): string | undefined {
  const digits = piece.replace(/[\s-]/g, "")
  if (fakes.has(digits) || /^1(\d)\1{9}$/.test(digits)) return digits
  const form = forms.find(([pattern]) => pattern.test(digits))
  if (form) return digits.replace(form[0], form[1])
  return canonicalLine(piece.replace(/\s*-\s*/g, "-").replace(/\s+/g, "-"))
}

function canonicalLine(piece: string): string | undefined {
  const [, number = "", extension = ""] = /^(.*?\d{4})(-\d{1,6})?$/.exec(piece) ?? []
  for (const [whole, end] of [
    [piece, ""],
    [number, extension],
  ] as const) {
    const line = lines.find(([pattern]) => pattern.test(whole))
    const [, area = "", local = ""] = line?.[0].exec(whole) ?? []
    if (line) return line[1].replace("$1", area).replace("$2", local.replace("-", "")) + end
  }
  return undefined
}
