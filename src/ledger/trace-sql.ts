/** How traces enter the table: many in one INSERT, so that looks that wait together share one commit. */

import type { Trace } from "./trace.ts"

export const insertTraces = `
  insert into app.trace (community_id, trace_id, at, actor, post, act, clause, purpose, use_id,
    subjects, fields, outcome, regime_version, client, salt)
  select community_id, trace_id, at, actor, post, act, clause, purpose, use_id,
    coalesce(string_to_array(nullif(subjects, ''), ','), '{}')::bigint[],
    coalesce(string_to_array(nullif(fields, ''), ','), '{}'), outcome, regime_version, client, salt
  from unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::uuid[], $10::text[], $11::text[], $12::text[], $13::int[], $14::text[], $15::bytea[])
    as t (community_id, trace_id, at, actor, post, act, clause, purpose, use_id, subjects, fields, outcome,
      regime_version, client, salt)`

/** Arguments of `insertTraces`: one array a column. Lists inside a row travel as comma-joined codes and numbers. */
export function traceColumns(traces: readonly Trace[]): unknown[] {
  return [
    traces.map((trace) => trace.communityId),
    traces.map((trace) => trace.traceId),
    traces.map((trace) => new Date(trace.at).toISOString()),
    traces.map((trace) => trace.actor),
    traces.map((trace) => trace.post),
    traces.map((trace) => trace.act),
    traces.map((trace) => trace.clause),
    traces.map((trace) => trace.purpose),
    traces.map((trace) => trace.useId),
    traces.map((trace) => trace.subjects.join(",")),
    traces.map((trace) => trace.fields.join(",")),
    traces.map((trace) => trace.outcome),
    traces.map((trace) => trace.regimeVersion),
    traces.map((trace) => trace.client),
    traces.map((trace) => Buffer.from(trace.salt)),
  ]
}
