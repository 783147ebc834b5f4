/** What a search names, looked up under the viewer's row security, and the searches that somebody keeps. */

import type { QueryResultRow } from "pg"
import { Refusal } from "../base/refusal.ts"
import type { Reader } from "../platform/database.ts"
import type { SoughtHome, TraceView } from "./trace-explorer-contract.ts"
import { isId } from "./trace-query.ts"

interface HomeRow extends QueryResultRow {
  readonly home_id: string
  readonly label: string
  readonly refs: string[]
}

export interface FoundHomes {
  readonly homes: readonly SoughtHome[]
  /** Pseudonyms of the persons of these homes. */
  readonly refs: readonly string[]
}

/** Homes by id or label. One outside the viewer's reach is not there, as one that nobody has built. Clause 3.8. */
export async function findHomes(
  tx: Reader,
  communityId: string,
  names: readonly string[],
): Promise<FoundHomes> {
  const rows = await tx.query<HomeRow>(
    `select h.home_id, h.label, coalesce(array_agg(distinct r.subject_ref::text) filter (where r.subject_ref is not null), '{}') as refs
     from app.home h left join app.residence r on r.community_id = h.community_id and r.home_id = h.home_id
     where h.community_id = $1 and (h.home_id = any ($2::uuid[]) or h.label = any ($3::text[]))
     group by h.home_id, h.label order by h.label`,
    [communityId, names.filter(isId), names.filter((name) => !isId(name))],
  )
  const homes = rows.map((row) => ({ homeId: row.home_id, label: row.label, persons: row.refs.length }))
  return { homes, refs: [...new Set(rows.flatMap(({ refs }) => refs))] }
}

/** Pseudonyms of persons within the viewer's reach. */
export async function findRefs(
  tx: Reader,
  communityId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ subject_ref: string }>(
    "select subject_ref::text from app.person where community_id = $1 and person_id = any ($2::uuid[])",
    [communityId, personIds],
  )
  return rows.map(({ subject_ref }) => subject_ref)
}

/** Ids of staff by id or name; `system` stays. */
export async function findActors(tx: Reader, by: readonly string[]): Promise<string[]> {
  const names = by.filter((one) => !isId(one) && one !== "system")
  const known = by.filter((one) => isId(one) || one === "system")
  if (names.length === 0) return known
  const rows = await tx.query<{ staff_id: string }>(
    "select staff_id from app.staff where name = any ($1::text[])",
    [names],
  )
  return [...known, ...rows.map(({ staff_id }) => staff_id)]
}

const mostViews = 100

export async function listViews(reader: Reader, communityId: string): Promise<TraceView[]> {
  const rows = await reader.query<{ view_id: string; name: string; query: string }>(
    "select view_id, name, query from app.trace_view where community_id = $1 order by created_at, view_id limit $2",
    [communityId, mostViews],
  )
  return rows.map(({ view_id, name, query }) => ({ viewId: view_id, name, query }))
}

export interface NewView extends TraceView {
  readonly communityId: string
  readonly staffId: string | null
  /** Milliseconds. */
  readonly at: number
}

/** Sent twice, it is kept once. @throws Refusal `trace.views_full` rather than keep one that would never be listed. */
export async function insertView(tx: Reader, view: NewView): Promise<void> {
  const others = await tx.query(
    "select from app.trace_view where community_id = $1 and view_id <> $2 limit $3",
    [view.communityId, view.viewId, mostViews],
  )
  if (others.length === mostViews) throw new Refusal("trace.views_full", { limit: mostViews })
  await tx.query(
    `insert into app.trace_view (community_id, view_id, staff_id, name, query, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [view.communityId, view.viewId, view.staffId, view.name, view.query, new Date(view.at).toISOString()],
  )
}

/** Whether there was one. */
export async function deleteView(tx: Reader, communityId: string, viewId: string): Promise<boolean> {
  const rows = await tx.query(
    "delete from app.trace_view where community_id = $1 and view_id = $2 returning view_id",
    [communityId, viewId],
  )
  return rows.length > 0
}
