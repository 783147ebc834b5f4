/** Reading orders, grants and uses. Row security narrows every statement to the viewer's reach. */

import type { QueryResultRow } from "pg"
import type { OrderKind } from "./contract.ts"
import { type GrantRow, grantColumns, saidFirst } from "./grants-together.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface OrderRow {
  order_id: string
  use_id: string
  seq: string
  number: string
  kind: OrderKind
  building_id: string
  home_id: string
  place: string
  masks: Record<string, string>
  person_id: string | null
  subject_ref: string
  opened_by: string
  opened_by_name: string
  opened_post: string
  opened_at: Date
  assignee: string | null
  assignee_name: string | null
  assignee_post: string | null
  closed_at: Date | null
}

const orderColumns = `o.order_id, o.use_id, o.seq, o.number, o.kind, o.building_id, o.home_id, o.place, o.masks, o.person_id,
  o.subject_ref, o.opened_by, s.name as opened_by_name, o.opened_post, o.opened_at, o.assignee, a.name as assignee_name,
  o.assignee_post, o.closed_at`
const orderTables = `app.work_order o join app.staff s on s.staff_id = o.opened_by left join app.staff a on a.staff_id = o.assignee`

export async function readOrder(
  { query }: Asked,
  communityId: string,
  orderId: string,
): Promise<OrderRow | undefined> {
  const rows = await query<OrderRow & QueryResultRow>(
    `select ${orderColumns} from ${orderTables} where o.community_id = $1 and o.order_id = $2`,
    [communityId, orderId],
  )
  return rows[0]
}

const stateTerm = {
  open: " and o.closed_at is null and o.assignee is null",
  dispatched: " and o.closed_at is null and o.assignee is not null",
  closed: " and o.closed_at is not null",
} as const

export interface OrderAsk {
  readonly communityId: string
  readonly state: keyof typeof stateTerm | undefined
  readonly kind: string | undefined
  /** The `seq` of the last row of the page before. */
  readonly after: string | undefined
  readonly limit: number
}

/** Newest first; one row more than `limit` when there are more. */
export function listOrders({ query }: Asked, ask: OrderAsk): Promise<Array<OrderRow & QueryResultRow>> {
  return query<OrderRow & QueryResultRow>(
    `select ${orderColumns} from ${orderTables}
     where o.community_id = $1 and ($2::text is null or o.kind = $2) and ($3::bigint is null or o.seq < $3)
       ${ask.state === undefined ? "" : stateTerm[ask.state]}
     order by o.seq desc limit $4`,
    [ask.communityId, ask.kind ?? null, ask.after ?? null, ask.limit + 1],
  )
}

export interface OrderEventRow {
  kind: "opened" | "taken" | "dispatched" | "closed"
  by_staff: string
  by_name: string
  by_post: string
  to_staff: string | null
  to_name: string | null
  to_post: string | null
  at: Date
}

export function readHistory(
  { query }: Asked,
  communityId: string,
  orderId: string,
): Promise<OrderEventRow[]> {
  return query<OrderEventRow & QueryResultRow>(
    `select e.kind, e.by_staff, b.name as by_name, e.by_post, e.to_staff, t.name as to_name, e.to_post, e.at
     from app.order_event e join app.staff b on b.staff_id = e.by_staff left join app.staff t on t.staff_id = e.to_staff
     where e.community_id = $1 and e.order_id = $2 order by e.seq`,
    [communityId, orderId],
  )
}

const selectGrants = `
  select ${grantColumns}
  from app.use_grant g
  join app.work_order o on o.community_id = g.community_id and o.use_id = g.use_id
  left join app.grant_ended e on e.community_id = g.community_id and e.grant_id = g.grant_id
  left join app.record r on r.community_id = g.community_id and r.subject_id = g.subject_id and r.class = g.class
  where g.community_id = $1 and g.use_id = $2`

/**
 * The grants of a use with the records they open: all a look needs, in one round trip. Whoever cannot see the order (any
 * more) has none of them.
 */
export function readGrants({ query }: Asked, communityId: string, useId: string): Promise<GrantRow[]> {
  return query<GrantRow & QueryResultRow>(`${selectGrants} order by ${saidFirst}`, [communityId, useId])
}

export interface HandlerRow {
  staff_id: string
  name: string
  post: string
}

/** Colleagues who hold a desk or repair post in the community at this moment; of a building: those who reach it. */
export function listHandlers(
  { query }: Asked,
  communityId: string,
  { at, buildingId }: { at: string; buildingId: string | null },
): Promise<HandlerRow[]> {
  return query<HandlerRow & QueryResultRow>(
    `select distinct on (s.staff_id) s.staff_id, s.name, a.post
     from app.appointment a join app.staff s on s.staff_id = a.staff_id
     join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
     where (a.community_id is null or a.community_id = $1) and a.post in ('repairer', 'clerk', 'supervisor')
       and a.valid_from <= $2 and (a.valid_until is null or a.valid_until > $2) and s.left_at is null
       and not app.is_suspended(s.staff_id, $2)
       and (a.post = 'repairer' or $3::bigint is null or a.building_ids is null or $3 = any (a.building_ids))
     order by s.staff_id, array_position(array['repairer', 'clerk', 'supervisor'], a.post)`,
    [communityId, at, buildingId],
  )
}

export interface UseRow {
  use_id: string
  seq: string
  order_id: string
  subject_ref: string
  number: string
  kind: OrderKind
  place: string
  purpose: string
  fields: string[]
  regime_version: number
  applicant: string
  applicant_name: string
  applicant_post: string
  applied_at: Date
  verdict: "granted" | "refused" | null
  rule: string | null
  decided_by: string | null
  decided_by_name: string | null
  decided_post: string | null
  decided_at: Date | null
  archived_by: string | null
  archived_by_name: string | null
  archived_post: string | null
  archived_at: Date | null
  looks: number | null
}

const useSelect = `
  select u.use_id, u.seq, u.order_id, o.subject_ref, o.number, o.kind, o.place, u.purpose, u.fields, u.regime_version,
    u.applicant, s.name as applicant_name, u.applicant_post, u.at as applied_at,
    d.verdict, d.rule, d.decided_by, ds.name as decided_by_name, d.decided_post, d.at as decided_at,
    a.archived_by, r.name as archived_by_name, a.archived_post, a.at as archived_at, a.looks
  from app.use_applied u
  join app.work_order o on o.community_id = u.community_id and o.order_id = u.order_id
  join app.staff s on s.staff_id = u.applicant
  left join app.use_decided d on d.community_id = u.community_id and d.use_id = u.use_id
  left join app.staff ds on ds.staff_id = d.decided_by
  left join app.use_archived a on a.community_id = u.community_id and a.use_id = u.use_id
  left join app.staff r on r.staff_id = a.archived_by`

export async function readUse(
  { query }: Asked,
  communityId: string,
  useId: string,
): Promise<UseRow | undefined> {
  const rows = await query<UseRow & QueryResultRow>(
    `${useSelect} where u.community_id = $1 and u.use_id = $2`,
    [communityId, useId],
  )
  return rows[0]
}

export interface UseAsk {
  readonly communityId: string
  readonly state: "running" | "archived" | undefined
  readonly after: string | undefined
  readonly limit: number
}

export function listUses({ query }: Asked, ask: UseAsk): Promise<Array<UseRow & QueryResultRow>> {
  return query<UseRow & QueryResultRow>(
    `${useSelect} where u.community_id = $1 and ($2::bigint is null or u.seq < $2)
       and ($3::text is null or (a.use_id is not null) = ($3 = 'archived'))
     order by u.seq desc limit $4`,
    [ask.communityId, ask.after ?? null, ask.state ?? null, ask.limit + 1],
  )
}

export interface RegisterRow {
  use_id: string
  trace_id: string
  at: Date
  actor: string
  actor_name: string
  post: string
  fields: string[]
}

/** Step 3 of these uses: every opening of plaintext, as the traces that carry their ids. */
export function readRegister(
  { query }: Asked,
  communityId: string,
  useIds: readonly string[],
): Promise<RegisterRow[]> {
  return query<RegisterRow & QueryResultRow>(
    `select t.use_id, t.trace_id, t.at, t.actor, s.name as actor_name, t.post, t.fields
     from app.trace t join app.staff s on s.staff_id = t.actor
     where t.community_id = $1 and t.use_id = any ($2::uuid[]) and t.act in ('use.look', 'order.read') and t.outcome = 'done' and cardinality(t.fields) > 0
     order by t.seq`,
    [communityId, useIds],
  )
}

/** How many openings of plaintext a use has seen. */
export async function countLooks({ query }: Asked, communityId: string, useId: string): Promise<number> {
  const rows = await query<{ looks: number }>(
    `select count(*)::int as looks from app.trace
     where community_id = $1 and use_id = $2 and act in ('use.look', 'order.read') and outcome = 'done' and cardinality(fields) > 0`,
    [communityId, useId],
  )
  return rows[0]?.looks ?? 0
}

/** Who of those that work here can look at plain text at all. */
export function listLookers(
  { query }: Asked,
  communityId: string,
): Promise<Array<{ staff_id: string; name: string }>> {
  return query<{ staff_id: string; name: string }>(
    `select s.staff_id, s.name from app.staff s
     where s.left_at is null and exists (select from app.appointment a join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
       where a.staff_id = s.staff_id and (a.community_id is null or a.community_id = $1)
         and a.post in ('clerk', 'supervisor', 'manager', 'repairer'))
     order by s.name, s.staff_id`,
    [communityId],
  )
}
