/** One search of the traces, from what was asked to the page that is shown. Clauses 3.8, 3.12. */

import { Refusal } from "../base/refusal.ts"
import type { Reader } from "../platform/database.ts"
import type { TraceRow } from "./contract.ts"
import type { Actor, Answered, Spine } from "./spine.ts"
import type { SoughtHome } from "./trace-explorer-contract.ts"
import { findActors, findHomes, findRefs } from "./trace-explorer-sql.ts"
import type { Wanted } from "./trace-query.ts"
import { type Sought, walkTraces } from "./trace-query-sql.ts"
import { traceView } from "./trace-row.ts"

/** A search answers with what it has after this long. Milliseconds. */
const patience = 1_000

export interface Search {
  readonly wanted: Wanted
  readonly after?: string | undefined
  readonly limit: number
}

export interface Searched {
  readonly traces: TraceRow[]
  readonly next: string | null
  readonly searchedTo: string | null
  readonly homes: SoughtHome[]
}

export async function search(
  spine: Spine,
  actor: Actor,
  { wanted, after, limit }: Search,
): Promise<Answered<Searched>> {
  requireCursor(after)
  const { communityId } = actor
  return apart(spine, actor, async (tx) => {
    const { homes, sought } = await lookUp(tx, communityId, wanted)
    const page = await walkTraces(tx, { communityId, after, limit, patience }, sought)
    const answer = {
      traces: page.rows.map(traceView),
      next: page.next,
      searchedTo: page.searchedTo?.toISOString() ?? null,
      homes: [...homes],
    }
    // Who asks for the traces of a home has asked about its people: that is theirs to see.
    const subjects = sought.subjects ?? []
    return { trace: { act: "trace.list", clause: "3.12", subjects }, answer }
  })
}

/** Throws `request.malformed` for what no page handed out. */
export function requireCursor(after: string | undefined): void {
  if (after !== undefined && !/^\d{1,15}$/.test(after))
    throw new Refusal("request.malformed", { field: "after" })
}

async function lookUp(
  tx: Reader,
  communityId: string,
  wanted: Wanted,
): Promise<{ homes: readonly SoughtHome[]; sought: Sought }> {
  const { homes, refs } = await findHomes(tx, communityId, wanted.homes)
  const ofPersons = wanted.persons.length === 0 ? [] : await findRefs(tx, communityId, wanted.persons)
  const isAnybody = wanted.homes.length + wanted.persons.length === 0
  const actors = wanted.by.length === 0 ? undefined : await findActors(tx, wanted.by)
  return { homes, sought: { wanted, actors, subjects: isAnybody ? undefined : [...refs, ...ofPersons] } }
}

/** On a connection of its own, so that no short read waits behind it, and stopped when it takes too long. */
export function apart<Result>(
  spine: Spine,
  actor: Actor,
  work: (tx: Reader) => Promise<Result>,
): Promise<Result> {
  return spine.database.transaction(actor.context, async (tx) => {
    await tx.query("set local statement_timeout = 10000")
    // Every question here goes along the order of traces; sorting half of them first, as a planner without figures may choose, takes a hundred times as long.
    await tx.query("set local enable_bitmapscan = off")
    return work(tx)
  })
}
