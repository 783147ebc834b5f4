/** What the traces and imports of a community tell of purposes and fields: counts, times and ids. Clauses 2.2, 2.3. */

import type { Reader } from "../../platform/database.ts"
import type { LastUse } from "./purpose-lint.ts"
import type { Dropped, Seen } from "./regime-effect.ts"

/** Traces since then, by purpose, field, act and outcome, each with the newest three. */
export function countSeen(reader: Reader, communityId: string, since: string): Promise<Seen[]> {
  return reader.query<Seen>(
    `select purpose, field, act, outcome, count(*)::int as count, (array_agg(trace_id order by seq desc))[1:3] as examples
     from app.trace, unnest(fields) as field
     where community_id = $1 and at >= $2 and purpose is not null
     group by purpose, field, act, outcome`,
    [communityId, since],
  )
}

/** Columns that imports since then dropped, by field. */
export function countDropped(reader: Reader, communityId: string, since: string): Promise<Dropped[]> {
  return reader.query<Dropped>(
    `select field, sum(cells)::int as cells, (array_agg(distinct import_id))[1:3] as examples
     from app.not_collected where community_id = $1 and at >= $2 group by field`,
    [communityId, since],
  )
}

export async function countTraces(reader: Reader, communityId: string, since: string): Promise<number> {
  const [row] = await reader.query<{ count: number }>(
    "select count(*)::int as count from app.trace where community_id = $1 and at >= $2",
    [communityId, since],
  )
  return row?.count ?? 0
}

/** When each purpose last took each field, and since when there are traces; undefined: there is none. */
export async function lastUses(
  reader: Reader,
  communityId: string,
  since: string,
): Promise<{ since: number; last: LastUse[] } | undefined> {
  const [oldest] = await reader.query<{ at: Date }>(
    "select at from app.trace where community_id = $1 order by seq limit 1",
    [communityId],
  )
  if (oldest === undefined) return undefined
  const rows = await reader.query<{ purpose: string; field: string; at: Date }>(
    `select purpose, field, max(at) as at from app.trace, unnest(fields) as field
     where community_id = $1 and at >= $2 and purpose is not null and outcome = 'done' group by purpose, field`,
    [communityId, since],
  )
  return { since: oldest.at.getTime(), last: rows.map((row) => ({ ...row, at: row.at.getTime() })) }
}
