/** Following the traces: what is new, what is remembered, what was found. Under the watcher's own hand. Clause 6.4. */

import type { QueryResultRow } from "pg"
import type { Place } from "./event.ts"
import type { TracedRow } from "./event-of.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface Cursor {
  readonly begunAt: number
  readonly tx: string
  readonly seq: string
}

export function listTowns({ query }: Asked): Promise<Array<{ community_id: string; tenant_id: string }>> {
  return query<{ community_id: string; tenant_id: string }>(
    "select community_id, tenant_id from app.community where removed_at is null and community_id <> 0 order by 1",
  )
}

export async function readCursor({ query }: Asked, communityId: string): Promise<Cursor | undefined> {
  const [row] = await query<{ begun_at: Date; tx: string; seq: string }>(
    "select begun_at, tx::text as tx, seq from app.watch_cursor where community_id = $1",
    [communityId],
  )
  return row === undefined ? undefined : { begunAt: row.begun_at.getTime(), tx: row.tx, seq: row.seq }
}

export async function beginCursor({ query }: Asked, communityId: string, at: string): Promise<void> {
  await query("insert into app.watch_cursor values ($1, $2, '0', 0) on conflict do nothing", [
    communityId,
    at,
  ])
}

/** False when somebody else has moved it. */
export async function moveCursor(
  { query }: Asked,
  communityId: string,
  { from, to }: { from: Cursor; to: { tx: string; seq: string } },
): Promise<boolean> {
  const rows = await query(
    `update app.watch_cursor set tx = $4::xid8, seq = $5 where community_id = $1 and tx = $2::xid8 and seq = $3
     returning community_id`,
    [communityId, from.tx, from.seq, to.tx, to.seq],
  )
  return rows.length === 1
}

export interface FollowedRow extends TracedRow, QueryResultRow {
  tx: string
  seq: string
}

/**
 * Traces behind the cursor in the order in which they were committed: only of transactions before which all others have ended,
 * so that none is missed. They are chosen before anything is joined: far behind, a batch would else cost what is left.
 */
export function readNews(
  { query }: Asked,
  communityId: string,
  { from, limit }: { from: { tx: string; seq: string }; limit: number },
): Promise<FollowedRow[]> {
  return query<FollowedRow>(
    `with news as materialized (
       select community_id, trace_id, at, actor, act, outcome, use_id, fields, subjects, tx, seq from app.trace
       where community_id = $1 and (tx, seq) > ($2::xid8, $3::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
       order by tx, seq limit $4
     )
     select t.trace_id, t.at, t.actor, t.act, t.outcome, t.use_id, t.fields, cardinality(t.subjects) as subjects, t.tx::text as tx, t.seq,
       coalesce(o.home_id, m.home_id, r.home_id) as home_id, coalesce(o.building_id, m.building_id, r.building_id)::text as building_id,
       o.order_id is not null as is_order, m.reason as emergency,
       coalesce(o.opened_by = t.actor and not exists (
         select from app.order_event e where e.community_id = o.community_id and e.order_id = o.order_id and e.at <= t.at
           and (e.by_staff <> t.actor or e.to_staff <> t.actor)), false) as is_own,
       (select g.reason from app.application_signed g
        where t.act = 'use.refuse' and g.community_id = t.community_id and g.application_id = t.use_id and g.signed_by = t.actor) as reason
     from news t
     left join app.work_order o on o.community_id = t.community_id and o.use_id = t.use_id
     left join app.emergency m on m.community_id = t.community_id and m.emergency_id = t.use_id
     left join lateral (
       select min(h.home_id::text)::uuid as home_id, min(h.building_id) as building_id
       from app.person p join app.residence h on h.community_id = p.community_id and h.person_id = p.person_id
       where o.order_id is null and m.emergency_id is null and cardinality(t.subjects) between 1 and 8
         and p.community_id = t.community_id and p.subject_ref = any (t.subjects)
       having count(distinct h.home_id) = 1 or cardinality(t.subjects) = 1
     ) r on true
     order by t.tx, t.seq`,
    [communityId, from.tx, from.seq, limit],
  )
}

export function readMemories(
  { query }: Asked,
  communityId: string,
  staffIds: readonly string[],
): Promise<Array<{ staff_id: string; memory: unknown }>> {
  return query<{ staff_id: string; memory: unknown }>(
    "select staff_id, memory from app.watch_memory where community_id = $1 and staff_id = any ($2::uuid[])",
    [communityId, staffIds],
  )
}

export async function writeMemories(
  { query }: Asked,
  communityId: string,
  memories: ReadonlyMap<string, unknown>,
): Promise<void> {
  await query(
    `insert into app.watch_memory select $1, staff_id, memory from unnest($2::uuid[], $3::jsonb[]) as u (staff_id, memory)
     on conflict on constraint watch_memory_key do update set memory = excluded.memory`,
    [communityId, [...memories.keys()], [...memories.values()].map((one) => JSON.stringify(one))],
  )
}

export interface TieRow extends Place {
  readonly staffId: string
  readonly kind: "own" | "relative"
}

/** Ties that are not over. */
export function readTies({ query }: Asked, communityId: string): Promise<TieRow[]> {
  return query<TieRow & QueryResultRow>(
    `select t.staff_id as "staffId", t.kind, h.home_id as "homeId", h.building_id::text as "buildingId", h.unit, h.room
     from app.staff_tie t join app.home h on h.community_id = t.community_id and h.home_id = t.home_id
     where t.community_id = $1
       and not exists (select from app.staff_tie_ended e where e.community_id = t.community_id and e.tie_id = t.tie_id)`,
    [communityId],
  )
}

/** Homes under the same roof as one of these. */
export function readAround(
  { query }: Asked,
  communityId: string,
  homeIds: readonly string[],
): Promise<Place[]> {
  return query<Place & QueryResultRow>(
    `select h.home_id as "homeId", h.building_id::text as "buildingId", h.unit, h.room from app.home h
     where h.community_id = $1 and exists (select from app.home o where o.community_id = $1 and o.home_id = any ($2::uuid[])
       and o.building_id = h.building_id and o.unit = h.unit)`,
    [communityId, homeIds],
  )
}

export interface NewFinding {
  readonly findingId: string
  readonly staffId: string
  readonly code: string
  readonly home: string | null
  readonly traceId: string
  readonly evidence: readonly string[]
  readonly at: string
}

export async function writeFinding(
  { query }: Asked,
  communityId: string,
  { one, regimeVersion }: { one: NewFinding; regimeVersion: number },
): Promise<void> {
  await query(
    `insert into app.watch_finding (community_id, finding_id, staff_id, code, home_id, trace_id, evidence, regime_version, at)
     values ($1, $2, $3, $4, $5, $6, $7::uuid[], $8, $9)`,
    [
      communityId,
      one.findingId,
      one.staffId,
      one.code,
      one.home,
      one.traceId,
      one.evidence,
      regimeVersion,
      one.at,
    ],
  )
}
