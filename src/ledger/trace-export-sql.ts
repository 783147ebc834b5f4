/** Parts of a log in the order of its leaves, as somebody may read them under row security. */

import type { QueryResultRow } from "pg"
import { type TraceForReceipt, traceColumnsForReceipt, traceOfRow } from "./receipt-sql.ts"
import type { Trace } from "./trace.ts"

interface Asked {
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]>
}

/** The first leaf that entered the log at that time or later; undefined when none has. */
export async function firstLeafSince(
  asked: Asked,
  communityId: string,
  at: string,
): Promise<number | undefined> {
  const [row] = await asked.query<{ first: string | null }>(
    `select min(b.first_index)::text as first from (select first_index from app.ledger_batch
     where community_id = $1 and at >= $2::timestamptz order by at, first_index limit 1) b`,
    [communityId, at],
  )
  const first = row?.first ?? undefined
  return first === undefined ? undefined : Number(first)
}

export interface ExportedLeaf {
  readonly index: number
  /** Undefined when it is gone. */
  readonly trace: Trace | undefined
}

interface LeafRow extends TraceForReceipt {
  readonly trace_id: string | null
}

/** Leaves from `from` on and before `to`, in order, at most `limit`. */
export async function leavesFrom(
  asked: Asked,
  communityId: string,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<ExportedLeaf[]> {
  const rows = await asked.query<LeafRow>(
    `select (b.first_index + i.place - 1)::text as index, t.trace_id, ${traceColumnsForReceipt}
     from app.ledger_batch b cross join lateral unnest(b.trace_ids) with ordinality as i (id, place)
     left join app.trace t on t.community_id = b.community_id and t.trace_id = i.id
     where b.community_id = $1 and b.first_index < $3 and b.first_index + i.place - 1 >= $2 and b.first_index + i.place - 1 < $3
       and b.first_index >= (select max(o.first_index) from app.ledger_batch o where o.community_id = $1 and o.first_index <= $2)
     order by b.first_index, i.place limit $4`,
    [communityId, from, to, limit],
  )
  return rows.map((row) => ({
    index: Number(row.index),
    trace: row.trace_id === null ? undefined : traceOfRow(row, communityId, row.trace_id),
  }))
}
