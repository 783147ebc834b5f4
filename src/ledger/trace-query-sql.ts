/**
 * Searching the traces of a community, newest first, without an index for each question: an index costs every trace that is
 * written, a search is rare. It walks the traces window by window and stops when the page is full, when it has seen all, or
 * when its time is over; it then tells how far it came, and goes on from there.
 */

import type { QueryResultRow } from "pg"
import type { Reader } from "../platform/database.ts"
import type { TraceListRow } from "./sql.ts"
import type { Wanted } from "./trace-query.ts"

/** {@link Wanted} with homes, persons and names turned into what traces hold. */
export interface Sought {
  readonly wanted: Wanted
  /** Pseudonyms; undefined: of anybody. */
  readonly subjects: readonly string[] | undefined
  readonly actors: readonly string[] | undefined
}

export interface SearchPage {
  readonly rows: readonly TraceListRow[]
  /** `seq` behind which the next page begins. */
  readonly next: string | null
  readonly searchedTo: Date | null
}

export interface SearchAsk {
  readonly communityId: string
  readonly after: string | undefined
  readonly limit: number
  /** Milliseconds after which it answers with what it has. */
  readonly patience: number
}

/**
 * In numbers of traces, which all communities share: how many are this community's shows when they are read. Never less,
 * so that a search gets on however slow the machine.
 */
const firstWidth = 2_000
/** Milliseconds that a window should take, so that the search can stop in time. */
const windowPatience = 100
/** A clock may be set back by less: the bounds of days are sought with this much to spare. */
const clockSlack = 86_400_000

export async function walkTraces(tx: Reader, ask: SearchAsk, sought: Sought): Promise<SearchPage> {
  const bounds = isNobody(sought) ? undefined : await boundsOf(tx, ask, sought.wanted)
  if (bounds === undefined) return { rows: [], next: null, searchedTo: null }
  const rows: TraceListRow[] = []
  const end = performance.now() + ask.patience
  // The traces of a use have an index: no need to walk.
  let width = sought.wanted.uses.length > 0 ? Number.MAX_SAFE_INTEGER : firstWidth
  for (let below = bounds.below; ; ) {
    const from = Math.max(bounds.from, below - width)
    const begin = performance.now()
    rows.push(...(await window(tx, sought, { ...ask, from, below, limit: ask.limit + 1 - rows.length })))
    if (rows.length > ask.limit) return fullPage(rows.slice(0, ask.limit))
    if (from <= bounds.from) return { rows, next: null, searchedTo: null }
    const now = performance.now()
    if (now > end) return { rows, next: String(from), searchedTo: await timeAt(tx, ask.communityId, from) }
    width = nextWidth(width, now - begin)
    below = from
  }
}

function fullPage(rows: readonly TraceListRow[]): SearchPage {
  return { rows, next: rows.at(-1)?.seq ?? null, searchedTo: null }
}

function nextWidth(width: number, took: number): number {
  return took < windowPatience ? 4 * width : Math.max(firstWidth, Math.ceil(width / 2))
}

function isNobody({ subjects, actors }: Sought): boolean {
  return subjects?.length === 0 || actors?.length === 0
}

interface Bounds {
  /** The first number of a trace that may be meant, and the first above all that may. */
  readonly from: number
  readonly below: number
}

/** Undefined: there are no traces. */
async function boundsOf(
  tx: Reader,
  { communityId, after }: SearchAsk,
  { from, until }: Wanted,
): Promise<Bounds | undefined> {
  const ends = await endsOf(tx, communityId)
  if (ends === undefined) return undefined
  const lowest =
    from === undefined ? ends.from : await seqAt(tx, communityId, { ends, at: from, slack: -clockSlack })
  // A cursor lies below the day's end already.
  const isOpen = until === undefined || after !== undefined
  const highest = isOpen ? ends.below : await seqAt(tx, communityId, { ends, at: until, slack: clockSlack })
  return { from: lowest, below: Math.min(highest, Number(after ?? highest)) }
}

async function endsOf(tx: Reader, communityId: string): Promise<Bounds | undefined> {
  // Not min and max: under row security they read every trace.
  const [row] = await tx.query<{ low: string | null; high: string | null }>(
    `select (select seq::text from app.trace where community_id = $1 order by trace.seq limit 1) as low,
       (select seq::text from app.trace where community_id = $1 order by trace.seq desc limit 1) as high`,
    [communityId],
  )
  if (row === undefined || row.low === null) return undefined
  return { from: Number(row.low), below: Number(row.high) + 1 }
}

interface Place extends QueryResultRow {
  readonly seq: string
  readonly at: Date
}

async function firstFrom(tx: Reader, communityId: string, seq: number): Promise<Place | undefined> {
  const [place] = await tx.query<Place>(
    "select seq, at from app.trace where community_id = $1 and seq >= $2 order by seq limit 1",
    [communityId, seq],
  )
  return place
}

async function timeAt(tx: Reader, communityId: string, seq: number): Promise<Date | null> {
  return (await firstFrom(tx, communityId, seq))?.at ?? null
}

/**
 * The first number from which on traces are not before a time, by halving: numbers and times grow together, but for the
 * slack of clocks.
 */
async function seqAt(
  tx: Reader,
  communityId: string,
  { ends, at, slack }: { ends: Bounds; at: string; slack: number },
): Promise<number> {
  const time = Date.parse(at) + slack
  let { from: low, below: high } = ends
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const next = await firstFrom(tx, communityId, middle)
    if (next !== undefined && next.at.getTime() < time) low = Number(next.seq) + 1
    else high = middle
  }
  return low
}

interface Window {
  readonly communityId: string
  readonly from: number
  readonly below: number
  readonly limit: number
}

function window(
  tx: Reader,
  sought: Sought,
  { communityId, from, below, limit }: Window,
): Promise<TraceListRow[]> {
  const values: unknown[] = [communityId, from, below, limit]
  const place = (value: unknown) => `$${values.push(value)}`
  const terms = conditions(sought, place).map((term) => ` and ${term}`)
  return tx.query<TraceListRow>(
    `select t.trace_id, t.seq, t.at, t.actor, s.name as actor_name, t.post, t.act, t.clause, t.purpose, t.use_id,
       cardinality(t.subjects) as subjects, t.fields, t.outcome, t.regime_version
     from app.trace t left join app.staff s on s.staff_id = t.actor
     where t.community_id = $1 and t.seq >= $2 and t.seq < $3${terms.join("")}
     order by t.seq desc limit $4`,
    values,
  )
}

function conditions({ wanted, subjects, actors }: Sought, place: (value: unknown) => string): string[] {
  const lists: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["t.post = any (?::text[])", wanted.posts],
    ["t.purpose = any (?::text[])", wanted.purposes],
    ["t.fields && ?::text[]", wanted.fields],
    // `roster.*` stands for all acts of that name.
    ["(t.act = any (?::text[]) or split_part(t.act, '.', 1) || '.*' = any (?::text[]))", wanted.acts],
    ["t.outcome = any (?::text[])", wanted.outcomes],
    ["t.use_id = any (?::uuid[])", wanted.uses],
    ["t.subjects && ?::bigint[]", subjects ?? []],
    ["(t.actor::text = any (?::text[]) or t.actor is null and 'system' = any (?::text[]))", actors ?? []],
  ]
  const terms = lists
    .filter(([, values]) => values.length > 0)
    .map(([term, values]) => term.replaceAll("?", place(values)))
  if (wanted.from !== undefined) terms.push(`t.at >= ${place(wanted.from)}::timestamptz`)
  if (wanted.until !== undefined) terms.push(`t.at < ${place(wanted.until)}::timestamptz`)
  return terms
}

export interface HeatRow extends QueryResultRow {
  readonly post: string
  readonly hour: number
  readonly count: number
}

/** Traces by post and hour of the day since a time. */
export async function countByHour(tx: Reader, communityId: string, since: string): Promise<HeatRow[]> {
  const ends = await endsOf(tx, communityId)
  if (ends === undefined) return []
  const from = await seqAt(tx, communityId, { ends, at: since, slack: -clockSlack })
  return tx.query<HeatRow>(
    `select post, extract(hour from at at time zone 'Asia/Shanghai')::int as hour, count(*)::int as count
     from app.trace where community_id = $1 and seq >= $2 and at >= $3::timestamptz group by 1, 2 order by 1, 2`,
    [communityId, from, since],
  )
}
