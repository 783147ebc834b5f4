/** Links, their steps, photos and incidents. Writes no other slice's tables. Clause 4.6. */

import type { QueryResultRow } from "pg"
import type { Reader } from "../../platform/database.ts"
import type { OrderKind } from "../use/contract.ts"

interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** A link with its order and what has become of both. */
export interface LinkRow {
  link_id: string
  order_id: string
  use_id: string
  building_id: string
  assignee: string
  repairer: string
  tenant_id: string
  secret_hash: Buffer
  visit_from: Date | null
  visit_until: Date | null
  valid_until: Date
  at: Date
  number: string
  kind: OrderKind
  place: string
  masks: Record<string, string>
  subject_ref: string
  purpose: string
  order_assignee: string | null
  closed_at: Date | null
  device_hash: Buffer | null
  opened_at: Date | null
  other_devices: number
  ended: boolean
  /** Whether whom it was made for still holds a post of a repairer here, and is not suspended. */
  employed: boolean
}

const selectLinks = `
  select l.link_id, l.order_id, l.use_id, l.building_id, l.assignee, s.name as repairer, c.tenant_id::text, l.secret_hash,
    l.visit_from, l.visit_until, l.valid_until, l.at, o.number, o.kind, o.place, o.masks, o.subject_ref::text, u.purpose,
    o.assignee as order_assignee, o.closed_at, d.device_hash, d.at as opened_at,
    (select count(*)::int from app.visit_step x
       where x.community_id = l.community_id and x.link_id = l.link_id and x.step = 'other_device') as other_devices,
    exists (select from app.visit_step x
       where x.community_id = l.community_id and x.link_id = l.link_id and x.step = 'ended') as ended,
    s.left_at is null and not app.is_suspended(l.assignee, $2) and exists (select from app.appointment a
       where a.staff_id = l.assignee and a.post = 'repairer' and a.tenant_id = c.tenant_id
         and (a.community_id is null or a.community_id = l.community_id)
         and a.valid_from <= $2 and (a.valid_until is null or a.valid_until > $2)) as employed
  from app.visit_link l
  join app.community c on c.community_id = l.community_id
  join app.work_order o on o.community_id = l.community_id and o.order_id = l.order_id
  join app.use_applied u on u.community_id = l.community_id and u.use_id = l.use_id
  join app.staff s on s.staff_id = l.assignee
  left join app.visit_step d on d.community_id = l.community_id and d.link_id = l.link_id and d.step = 'opened'
  where l.community_id = $1`

export async function readLink(
  { query }: Asked,
  communityId: string,
  { linkId, at }: { linkId: string; at: string },
): Promise<LinkRow | undefined> {
  const rows = await query<LinkRow & QueryResultRow>(`${selectLinks} and l.link_id = $3`, [
    communityId,
    at,
    linkId,
  ])
  return rows[0]
}

export function readLinksOf(
  { query }: Asked,
  communityId: string,
  { orderId, at }: { orderId: string; at: string },
): Promise<LinkRow[]> {
  return query<LinkRow & QueryResultRow>(`${selectLinks} and l.order_id = $3 order by l.seq desc`, [
    communityId,
    at,
    orderId,
  ])
}

export interface OrderOfVisit {
  order_id: string
  use_id: string
  building_id: string
  subject_ref: string
  purpose: string
  assignee: string | null
  assignee_post: string | null
  closed_at: Date | null
}

/** Locked, so that a link is not made while the order is handed on or closed. */
export async function lockedOrder(
  tx: Reader,
  communityId: string,
  orderId: string,
): Promise<OrderOfVisit | undefined> {
  await tx.query("select from app.work_order where community_id = $1 and order_id = $2 for update", [
    communityId,
    orderId,
  ])
  return orderOfVisit(tx, communityId, orderId)
}

export async function orderOfVisit(
  { query }: Asked,
  communityId: string,
  orderId: string,
): Promise<OrderOfVisit | undefined> {
  const rows = await query<OrderOfVisit & QueryResultRow>(
    `select o.order_id, o.use_id, o.building_id, o.subject_ref::text, u.purpose, o.assignee, o.assignee_post, o.closed_at
     from app.work_order o join app.use_applied u on u.community_id = o.community_id and u.use_id = o.use_id
     where o.community_id = $1 and o.order_id = $2`,
    [communityId, orderId],
  )
  return rows[0]
}

export interface NewLink {
  readonly linkId: string
  readonly orderId: string
  readonly useId: string
  readonly buildingId: string
  readonly assignee: string
  readonly secretHash: Buffer
  readonly window: { readonly from: string; readonly until: string } | undefined
  readonly validUntil: string
  readonly by: { readonly staffId: string; readonly post: string }
  readonly at: string
}

export async function writeLink(tx: Reader, communityId: string, link: NewLink): Promise<void> {
  await tx.query(
    `insert into app.visit_link (community_id, link_id, order_id, use_id, building_id, assignee, secret_hash, visit_from,
       visit_until, valid_until, made_by, made_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      communityId,
      link.linkId,
      link.orderId,
      link.useId,
      link.buildingId,
      link.assignee,
      link.secretHash,
      link.window?.from ?? null,
      link.window?.until ?? null,
      link.validUntil,
      link.by.staffId,
      link.by.post,
      link.at,
    ],
  )
}

interface StepOf {
  readonly link_id: string
  readonly building_id: string
  readonly assignee: string
}

export interface Step {
  readonly link: StepOf
  readonly stepId: string
  readonly step: "opened" | "other_device" | "called" | "ended"
  readonly deviceHash?: Buffer
  readonly call?: { readonly binding: string; readonly number: string; readonly until: string }
  readonly at: string
}

/** False when the device was told of before: a second opening, or the same stranger again. */
export async function writeStep(tx: Reader, communityId: string, { link, ...step }: Step): Promise<boolean> {
  const rows = await tx.query(
    `insert into app.visit_step (community_id, step_id, link_id, building_id, assignee, step, device_hash, binding, number, until, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning step_id`,
    [
      communityId,
      step.stepId,
      link.link_id,
      link.building_id,
      link.assignee,
      step.step,
      step.deviceHash ?? null,
      step.call?.binding ?? null,
      step.call?.number ?? null,
      step.call?.until ?? null,
      step.at,
    ],
  )
  return rows.length > 0
}

/** Calls through the bridge that still run, of whatever link of the order. */
export async function runningCalls(
  { query }: Asked,
  communityId: string,
  { orderId, at }: { orderId: string; at: string },
): Promise<ReadonlyArray<{ binding: string; number: string }>> {
  return query<{ binding: string; number: string }>(
    `select s.binding, s.number from app.visit_step s
     join app.visit_link l on l.community_id = s.community_id and l.link_id = s.link_id
     where s.community_id = $1 and l.order_id = $2 and s.step = 'called' and s.until > $3`,
    [communityId, orderId, at],
  )
}

export interface PhotoRow {
  photo_id: string
  kind: "jpeg" | "png"
  removed: number
  at: Date
}

export function listPhotos({ query }: Asked, communityId: string, orderId: string): Promise<PhotoRow[]> {
  return query<PhotoRow & QueryResultRow>(
    "select photo_id, kind, removed, at from app.visit_photo where community_id = $1 and order_id = $2 order by seq",
    [communityId, orderId],
  )
}

export async function writePhoto(
  tx: Reader,
  communityId: string,
  photo: {
    photoId: string
    link: StepOf & { order_id: string }
    kind: string
    size: number
    removed: number
    at: string
  },
): Promise<void> {
  await tx.query(
    `insert into app.visit_photo (community_id, photo_id, order_id, building_id, assignee, kind, size_bytes, removed, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      communityId,
      photo.photoId,
      photo.link.order_id,
      photo.link.building_id,
      photo.link.assignee,
      photo.kind,
      photo.size,
      photo.removed,
      photo.at,
    ],
  )
}
