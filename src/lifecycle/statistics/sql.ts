/** Counting by group, and releases. Any table may be read; releases are this slice's. Asked by the server's own hand. */

import type { QueryResultRow } from "pg"
import type { Counted } from "./release.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export function listBuildings(
  { query }: Asked,
  communityId: string,
): Promise<{ code: string; name: string }[]> {
  return query<{ code: string; name: string }>(
    `select building_id::text as code, name from app.building where community_id = $1 order by sort_key, building_id`,
    [communityId],
  )
}

/** Different homes of whose persons, or of whose orders, something of the class is on file. */
export function countClasses({ query }: Asked, communityId: string): Promise<Counted[]> {
  return query<Counted & QueryResultRow>(
    `select held.building_id::text as "row", held.class as "column", count(distinct held.home_id)::int as count,
       count(distinct held.home_id)::int as households
     from (select s.building_id, s.home_id, r.class from app.record r
         join app.residence s on s.community_id = r.community_id and s.person_id = r.subject_id where r.community_id = $1
       union select o.building_id, o.home_id, 'service' from app.work_order o where o.community_id = $1) held
     group by held.building_id, held.class`,
    [communityId],
  )
}

/** Orders of a month and the different homes behind them; `''` names a total. */
export function countOrders(
  { query }: Asked,
  communityId: string,
  { from, until }: { from: string; until: string },
): Promise<Counted[]> {
  return query<Counted & QueryResultRow>(
    `select coalesce(building_id::text, '') as "row", coalesce(kind, '') as "column", count(*)::int as count,
       count(distinct home_id)::int as households
     from app.work_order where community_id = $1 and opened_at >= $2 and opened_at < $3
     group by grouping sets ((building_id, kind), (building_id), (kind), ())`,
    [communityId, from, until],
  )
}

export interface ReleaseRow {
  kind: "classes" | "orders"
  month: string
  content: unknown
  at: Date
}

export function listReleases(
  { query }: Asked,
  communityId: string,
  months: readonly string[],
): Promise<ReleaseRow[]> {
  return query<ReleaseRow & QueryResultRow>(
    "select kind, month, content, at from app.statistic_release where community_id = $1 and month = any ($2)",
    [communityId, months],
  )
}

/** The newest release of classes before the month. */
export async function findFormer({ query }: Asked, communityId: string, month: string): Promise<unknown> {
  const [row] = await query<{ content: unknown }>(
    `select content from app.statistic_release where community_id = $1 and kind = 'classes' and month < $2
     order by month desc limit 1`,
    [communityId, month],
  )
  return row?.content
}

/** The first that is written stays. */
export async function writeRelease(
  { query }: Asked,
  communityId: string,
  { kind, month, content, at }: Omit<ReleaseRow, "at"> & { at: string },
): Promise<void> {
  await query(
    `insert into app.statistic_release (community_id, kind, month, content, at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [communityId, kind, month, JSON.stringify(content), at],
  )
}
