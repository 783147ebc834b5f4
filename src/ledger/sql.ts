/** Reading traces. Writing is the spine's alone (spine.ts, trace-lane.ts). */

import type { QueryResultRow } from "pg"

export interface TraceFilter {
  readonly actor?: string | undefined
  readonly act?: string | undefined
  readonly post?: string | undefined
  readonly purpose?: string | undefined
  readonly outcome?: string | undefined
  readonly use?: string | undefined
  readonly person?: string | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** The `seq` of the last row of the page before. */
  readonly after?: string | undefined
}

export interface TraceListRow extends QueryResultRow {
  trace_id: string
  seq: string
  at: Date
  actor: string | null
  actor_name: string | null
  post: string
  act: string
  clause: string
  purpose: string | null
  use_id: string | null
  subjects: number
  fields: string[]
  outcome: "done" | "refused"
  regime_version: number
}

interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>
}

const columns = { use: "t.use_id = ?::uuid", after: "t.seq < ?::bigint" } as const

/** The newest traces, or those of one use: what an index finds at once. One row more than `limit` when there are more. */
export function findTraces(
  { query }: Asked,
  communityId: string,
  { filter, limit }: { filter: Pick<TraceFilter, "use" | "after">; limit: number },
): Promise<TraceListRow[]> {
  const values: unknown[] = [communityId, limit + 1]
  const terms = (["use", "after"] as const).flatMap((key) => {
    const value = filter[key]
    if (value === undefined) return []
    values.push(value)
    return [` and ${columns[key].replace("?", `$${values.length}`)}`]
  })
  return query<TraceListRow>(
    `select t.trace_id, t.seq, t.at, t.actor, s.name as actor_name, t.post, t.act, t.clause, t.purpose, t.use_id,
       cardinality(t.subjects) as subjects, t.fields, t.outcome, t.regime_version
     from app.trace t left join app.staff s on s.staff_id = t.actor
     where t.community_id = $1${terms.join("")}
     order by t.seq desc limit $2`,
    values,
  )
}
