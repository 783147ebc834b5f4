/** A trace as it crosses the wire. */

import type { TraceRow } from "./contract.ts"
import type { TraceListRow } from "./sql.ts"

export function traceView(row: TraceListRow): TraceRow {
  return {
    traceId: row.trace_id,
    at: row.at.toISOString(),
    actor: row.actor,
    actorName: row.actor_name,
    post: row.post,
    act: row.act,
    clause: row.clause,
    purpose: row.purpose,
    useId: row.use_id,
    subjects: row.subjects,
    fields: row.fields,
    outcome: row.outcome,
    regimeVersion: row.regime_version,
  }
}
