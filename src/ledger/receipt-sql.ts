/** Where a trace stands in its log, and the trace as it was committed to. */

import type { QueryResultRow } from "pg"
import type { Trace } from "./trace.ts"

interface Asked {
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]>
}

/** The columns of {@link traceColumnsForReceipt}, with the index of the leaf. */
export interface TraceForReceipt extends QueryResultRow {
  index: string | null
  at: string
  actor: string | null
  post: string
  act: string
  clause: string
  purpose: string | null
  use_id: string | null
  subjects: string[]
  fields: string[]
  outcome: "done" | "refused"
  regime_version: number
  client: string
  salt: Buffer
}

/** Of `app.trace t`, byte for byte as they were committed to. */
export const traceColumnsForReceipt = `(extract(epoch from t.at) * 1000)::bigint::text as at, t.actor, t.post, t.act, t.clause,
  t.purpose, t.use_id, t.subjects::text[] as subjects, t.fields, t.outcome, t.regime_version, t.client, t.salt`

export interface PlacedForReceipt {
  readonly trace: Trace
  /** Undefined while the trace has no place in the log. */
  readonly index: number | undefined
}

/** Undefined when the reader may not see such a trace. */
export async function findForReceipt(
  asked: Asked,
  communityId: string,
  traceId: string,
): Promise<PlacedForReceipt | undefined> {
  const [row] = await asked.query<TraceForReceipt>(
    `select (b.first_index + array_position(b.trace_ids, t.trace_id) - 1)::text as index,
       ${traceColumnsForReceipt}
     from app.trace t left join lateral (
       select b.first_index, b.trace_ids from app.ledger_batch b where b.community_id = t.community_id
       and (b.last_tx, b.last_seq) >= (t.tx, t.seq) order by b.last_tx, b.last_seq limit 1) b on true
     where t.community_id = $1 and t.trace_id = $2`,
    [communityId, traceId],
  )
  if (row === undefined) return undefined
  const index = row.index === null ? undefined : Number(row.index)
  return { index, trace: traceOfRow(row, communityId, traceId) }
}

export function traceOfRow(row: TraceForReceipt, communityId: string, traceId: string): Trace {
  const { actor, post, act, clause, purpose, subjects, fields, outcome, client } = row
  return {
    communityId,
    traceId,
    at: Number(row.at),
    actor,
    post,
    act,
    clause,
    purpose,
    subjects,
    fields,
    outcome,
    client,
    useId: row.use_id,
    regimeVersion: row.regime_version,
    salt: new Uint8Array(row.salt),
  }
}
