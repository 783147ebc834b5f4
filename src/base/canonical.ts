/** JSON Canonicalization Scheme, RFC 8785: one value, one sequence of bytes. What is hashed, signed or sealed is written this way. */

export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue }

const utf8 = new TextEncoder()

/** The canonical bytes in UTF-8. Throws what {@link canonicalText} throws. */
export function canonicalBytes(value: CanonicalValue): Uint8Array {
  return utf8.encode(canonicalText(value))
}

/**
 * The canonical text. Throws on what RFC 8785 cannot write (NaN, infinities, lone surrogates: §3.2.2) and on what is not
 * JSON at all (undefined, functions, bigint, a hole in an array, a Date), instead of leaving it out as JSON.stringify does.
 */
export function canonicalText(value: CanonicalValue): string {
  if (typeof value === "string") return quoted(value)
  if (typeof value === "number") return numeral(value)
  if (value === null || value === true || value === false) return String(value)
  if (isList(value)) return list(value)
  if (isPlainObject(value)) return object(value)
  throw new Error("not a JSON value")
}

const needsNoEscape = /^[ !#-[\]-~]*$/

/** §3.2.2.2: the escapes of ECMAScript are the canonical ones once lone surrogates are refused. */
function quoted(text: string): string {
  // Codes, identifiers and times, which is most of what is written: twice as fast as JSON.stringify.
  if (needsNoEscape.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new Error("lone surrogate")
  return JSON.stringify(text)
}

/** §3.2.2.3: the shortest numeral of ECMAScript; minus zero is written as zero. */
function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new Error("not a finite number")
  return value === 0 ? "0" : String(value)
}

function list(values: readonly CanonicalValue[]): string {
  let text = ""
  // Not map(): it skips holes, and a hole must be refused.
  for (const value of values) text += text === "" ? canonicalText(value) : `,${canonicalText(value)}`
  return `[${text}]`
}

/** §3.2.3: names in the order of their UTF-16 code units, which is the order of Array.sort. */
function object(value: { readonly [name: string]: CanonicalValue }): string {
  let text = ""
  for (const name of sortedNames(value)) {
    const member = value[name]
    if (member === undefined) throw new Error("not a JSON value")
    text += `${text === "" ? "" : ","}${quoted(name)}:${canonicalText(member)}`
  }
  return `{${text}}`
}

/** What is written often is written in order already: looking costs less than sorting. */
function sortedNames(value: object): string[] {
  const names = Object.keys(value)
  return names.every((name, at) => at === 0 || (names[at - 1] ?? "") < name) ? names : names.sort()
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: unknown): value is readonly CanonicalValue[] {
  return Array.isArray(value)
}

function isPlainObject(value: unknown): value is { readonly [name: string]: CanonicalValue } {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
