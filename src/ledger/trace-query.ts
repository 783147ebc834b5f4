/**
 * The language in which traces are sought: `post:clerk field:phone after:2026-10-04 by:"王 明"`. Clauses 3.12, 4.1.
 *
 * ```
 * query = term *( SP term )        term = qualifier ":" value        value = word | '"' *( char | '""' ) '"'
 * ```
 *
 * A colon and quotes may be the full-width ones. Values of one qualifier are alternatives; different qualifiers must all hold.
 */

export const qualifiers = [
  "post",
  "purpose",
  "field",
  "act",
  "outcome",
  "by",
  "home",
  "person",
  "use",
  "after",
  "before",
] as const
export type Qualifier = (typeof qualifiers)[number]

export interface Term {
  readonly qualifier: Qualifier
  /** A code, an id, a day, a label of a home or a name of staff. */
  readonly value: string
}

export type ProblemKind =
  /** There is no such qualifier. */
  | "unknown"
  /** A word without a qualifier. */
  | "bare"
  /** A qualifier without a value. */
  | "empty"
  /** A quote that is not closed. */
  | "open"
  /** A value which that qualifier does not have. */
  | "value"
  /** A day that is given twice. */
  | "twice"

export interface QueryProblem {
  readonly kind: ProblemKind
  /** The qualifier, or the word where there is none, as it was typed. */
  readonly word: string
}

export interface TraceQuery {
  readonly terms: readonly Term[]
  readonly problems: readonly QueryProblem[]
}

/** What words stand for. `undefined`: nothing. */
export interface Vocabulary {
  readonly qualifier: (word: string) => Qualifier | undefined
  readonly value: (qualifier: Qualifier, value: string) => string | undefined
}

/** More would be no question of a person. */
export const longestQuery = 600

const token = /\s*(?:([^\s:："“”]+)[:：](?:"((?:[^"]|"")*)"|“([^”]*)”|([^\s"“”]*))|(\S+))/y

/** Reads whatever was typed; never throws. Terms with a problem are left out. */
export function readTraceQuery(text: string, vocabulary: Vocabulary = codes): TraceQuery {
  const terms: Term[] = []
  const problems: QueryProblem[] = []
  const input = text.slice(0, longestQuery).trimEnd()
  token.lastIndex = 0
  for (let at = 0; at < input.length; at = token.lastIndex) {
    token.lastIndex = at
    const parts = token.exec(input)
    if (parts === null) break
    const isOpen = parts[4] === "" && /["“]/.test(input[token.lastIndex] ?? "")
    const read = isOpen ? problem("open", parts[1]) : readTerm(parts, vocabulary)
    if (isOpen) token.lastIndex = input.length
    if ("kind" in read) problems.push(read)
    else if (isSecondDay(read, terms)) problems.push(problem("twice", read.qualifier))
    else terms.push(read)
  }
  return { terms, problems }
}

/** As {@link readTraceQuery} reads it again. */
export function writeTraceQuery(terms: readonly Term[]): string {
  return terms.map(({ qualifier, value }) => `${qualifier}:${quoted(value)}`).join(" ")
}

function readTerm(parts: RegExpExecArray, { qualifier, value }: Vocabulary): Term | QueryProblem {
  const [, word, straight, curled, simple, bare] = parts
  if (word === undefined) return problem("bare", bare)
  const known = qualifier(word)
  if (known === undefined) return problem("unknown", word)
  const said = (straight?.replaceAll('""', '"') ?? curled ?? simple ?? "").trim()
  if (said === "") return problem("empty", word)
  const meant = value(known, said)
  return meant === undefined ? problem("value", word) : { qualifier: known, value: meant }
}

function problem(kind: ProblemKind, word = ""): QueryProblem {
  return { kind, word }
}

function isSecondDay({ qualifier }: Term, terms: readonly Term[]): boolean {
  return isDay(qualifier) && terms.some((term) => term.qualifier === qualifier)
}

function isDay(qualifier: Qualifier): boolean {
  return qualifier === "after" || qualifier === "before"
}

function quoted(value: string): string {
  return /^[^\s"“”]+$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`
}

/** The words of the wire: qualifiers by their own name, values as codes. Whether a code means anything shows in what is found. */
export const codes: Vocabulary = {
  qualifier: (word) => qualifiers.find((one) => one === word.toLowerCase()),
  value: (qualifier, value) =>
    forms[qualifier].test(value) && isMeant(qualifier, value) ? value : undefined,
}

/** China has had one zone and no summer time since 1991. */
const houseOffset = 8 * 3_600_000

const code = /^[a-z][a-z0-9_]{0,39}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const words = /^[^\p{Cc}]{1,80}$/u
const day = /^\d{4}-\d{2}-\d{2}$/

const forms: Readonly<Record<Qualifier, RegExp>> = {
  post: code,
  purpose: code,
  field: code,
  act: /^[a-z]+\.(?:[a-z0-9_]+|\*)$/,
  outcome: /^(?:done|refused)$/,
  by: words,
  home: words,
  person: uuid,
  use: uuid,
  after: day,
  before: day,
}

function isMeant(qualifier: Qualifier, value: string): boolean {
  return !isDay(qualifier) || startOfDay(value) !== undefined
}

/** Midnight at which a day of the house begins, ISO 8601; `undefined` for what is no day. */
export function startOfDay(text: string): string | undefined {
  const at = day.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // 30 February would otherwise be a day of March.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text)) return undefined
  return new Date(at - houseOffset).toISOString()
}

export function isId(text: string): boolean {
  return uuid.test(text)
}

/**
 * Whether a term may be written down, in a saved search or in an address: a home or somebody who acted only by id. What was
 * typed for a name may be anybody's name or phone. Clause 3.12.
 */
export function isOpenTerm({ qualifier, value }: Term): boolean {
  if (qualifier === "home") return isId(value)
  if (qualifier === "by") return isId(value) || value === "system"
  return true
}

/** What the terms ask for: alternatives by qualifier. An empty list asks for nothing. */
export interface Wanted {
  readonly posts: readonly string[]
  readonly purposes: readonly string[]
  readonly fields: readonly string[]
  readonly acts: readonly string[]
  readonly outcomes: readonly string[]
  /** Ids or names of staff; `system` for the server itself. */
  readonly by: readonly string[]
  /** Ids or labels. */
  readonly homes: readonly string[]
  readonly persons: readonly string[]
  readonly uses: readonly string[]
  /** Instants: from the first on, and before the second. */
  readonly from: string | undefined
  readonly until: string | undefined
}

export function wantedOf(terms: readonly Term[]): Wanted {
  const of = (qualifier: Qualifier) =>
    terms.filter((term) => term.qualifier === qualifier).map(({ value }) => value)
  const [after] = of("after")
  const [before] = of("before")
  return {
    posts: of("post"),
    purposes: of("purpose"),
    fields: of("field"),
    acts: of("act"),
    outcomes: of("outcome"),
    by: of("by"),
    homes: of("home"),
    persons: of("person"),
    uses: of("use"),
    from: after === undefined ? undefined : startOfDay(after),
    until: before === undefined ? undefined : startOfDay(before),
  }
}
