/** Writing orders and the steps of a use. Runs inside a command, under its row security. */

import type { Reader } from "../../platform/database.ts"
import type { OrderKind } from "./contract.ts"

export interface Stamp {
  readonly communityId: string
  /** ISO 8601. */
  readonly at: string
  readonly staffId: string | null
  readonly post: string
}

export interface NewOrder {
  readonly orderId: string
  readonly useId: string
  readonly number: string
  readonly kind: OrderKind
  readonly buildingId: string
  readonly homeId: string
  readonly place: string
  readonly masks: Readonly<Record<string, string>>
  readonly personId: string | null
  readonly subjectRef: string
}

/** The next number of the day, in the community: 1, 2, 3 … */
export async function nextNumber(tx: Reader, communityId: string, day: string): Promise<number> {
  const rows = await tx.query<{ last: number }>(
    `insert into app.order_counter as c (community_id, day, last) values ($1, $2, 1)
     on conflict (community_id, day) do update set last = c.last + 1 returning last`,
    [communityId, day],
  )
  return rows[0]?.last ?? 1
}

export async function writeOrder(tx: Reader, order: NewOrder, by: Stamp): Promise<void> {
  await tx.query(
    `insert into app.work_order (community_id, order_id, use_id, number, kind, building_id, home_id, place, masks, person_id,
       subject_ref, opened_by, opened_post, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      by.communityId,
      order.orderId,
      order.useId,
      order.number,
      order.kind,
      order.buildingId,
      order.homeId,
      order.place,
      JSON.stringify(order.masks),
      order.personId,
      order.subjectRef,
      by.staffId,
      by.post,
      by.at,
    ],
  )
}

export interface Event {
  readonly eventId: string
  readonly orderId: string
  readonly buildingId: string
  readonly kind: "opened" | "taken" | "dispatched" | "closed"
  readonly to: { readonly staffId: string; readonly post: string } | null
}

export async function writeEvent(tx: Reader, event: Event, by: Stamp): Promise<void> {
  await tx.query(
    `insert into app.order_event (community_id, event_id, order_id, building_id, kind, by_staff, by_post, to_staff, to_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      by.communityId,
      event.eventId,
      event.orderId,
      event.buildingId,
      event.kind,
      by.staffId,
      by.post,
      event.to?.staffId,
      event.to?.post,
      by.at,
    ],
  )
}

export interface Application {
  readonly useId: string
  readonly orderId: string
  readonly buildingId: string
  readonly purpose: string
  readonly fields: readonly string[]
  readonly subjectRef: string
  readonly regimeVersion: number
  /** The standing rule that decides at once. */
  readonly rule: string
}

/** Steps 1 and 2: the order applies, the standing rule approves. */
export async function writeApplication(tx: Reader, use: Application, by: Stamp): Promise<void> {
  await tx.query(
    `insert into app.use_applied (community_id, use_id, order_id, building_id, purpose, fields, subject_ref, applicant,
       applicant_post, regime_version, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      by.communityId,
      use.useId,
      use.orderId,
      use.buildingId,
      use.purpose,
      use.fields,
      use.subjectRef,
      by.staffId,
      by.post,
      use.regimeVersion,
      by.at,
    ],
  )
  await tx.query(
    "insert into app.use_decided (community_id, use_id, building_id, verdict, rule, at) values ($1, $2, $3, 'granted', $4, $5)",
    [by.communityId, use.useId, use.buildingId, use.rule, by.at],
  )
}

export interface NewGrant {
  readonly grantId: string
  readonly useId: string
  readonly subjectId: string
  readonly class: string
  readonly subjectRef: string
  readonly buildingId: string
  readonly grantee: string | null
  readonly granteePost: string | null
  readonly fields: readonly string[]
  readonly purpose: string
  readonly until: string
}

export async function writeGrants(tx: Reader, grants: readonly NewGrant[], by: Stamp): Promise<void> {
  for (const grant of grants) {
    await tx.query(
      `insert into app.use_grant (community_id, grant_id, use_id, subject_id, class, subject_ref, building_id, grantee,
         grantee_post, fields, purpose, form, valid_from, valid_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'see', $12, $13)`,
      [
        by.communityId,
        grant.grantId,
        grant.useId,
        grant.subjectId,
        grant.class,
        grant.subjectRef,
        grant.buildingId,
        grant.grantee,
        grant.granteePost,
        grant.fields,
        grant.purpose,
        by.at,
        grant.until,
      ],
    )
  }
}

export async function endGrants(
  tx: Reader,
  communityId: string,
  end: { grantIds: readonly string[]; reason: "closed" | "handed_on"; at: string },
): Promise<void> {
  await tx.query(
    `insert into app.grant_ended (community_id, grant_id, building_id, grantee, reason, at)
     select g.community_id, g.grant_id, g.building_id, g.grantee, $3, $4 from app.use_grant g
     where g.community_id = $1 and g.grant_id = any ($2::uuid[]) on conflict do nothing`,
    [communityId, end.grantIds, end.reason, end.at],
  )
}

export async function pointTo(
  tx: Reader,
  communityId: string,
  { orderId, to }: { orderId: string; to: { staffId: string; post: string } },
): Promise<void> {
  await tx.query(
    "update app.work_order set assignee = $3, assignee_post = $4 where community_id = $1 and order_id = $2",
    [communityId, orderId, to.staffId, to.post],
  )
}

/** Locks the order for this command, so that closing and handing on do not pass each other. */
export async function lockOrder(tx: Reader, communityId: string, orderId: string): Promise<void> {
  await tx.query("select from app.work_order where community_id = $1 and order_id = $2 for update", [
    communityId,
    orderId,
  ])
}

/** Step 4: the order is closed, its use archived with the number of looks it saw. */
export async function writeArchive(
  tx: Reader,
  {
    orderId,
    useId,
    buildingId,
    looks,
  }: { orderId: string; useId: string; buildingId: string; looks: number },
  by: Stamp,
): Promise<void> {
  await tx.query("update app.work_order set closed_at = $3 where community_id = $1 and order_id = $2", [
    by.communityId,
    orderId,
    by.at,
  ])
  await tx.query(
    `insert into app.use_archived (community_id, use_id, building_id, archived_by, archived_post, looks, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [by.communityId, useId, buildingId, by.staffId, by.post, looks, by.at],
  )
}

export async function writeKept(
  tx: Reader,
  {
    orderId,
    buildingId,
    rows,
  }: {
    orderId: string
    buildingId: string
    rows: readonly { keptId: string; kind: string; reason: string }[]
  },
  by: Stamp,
): Promise<void> {
  for (const { keptId, kind, reason } of rows) {
    await tx.query(
      `insert into app.text_kept (community_id, kept_id, order_id, building_id, kind, reason, by_staff, by_post, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [by.communityId, keptId, orderId, buildingId, kind, reason, by.staffId, by.post, by.at],
    )
  }
}

/** What was moved out of an order's text into a field of its own: shown masked like the rest, and granted to whom the text is. */
export async function writeMoved(
  tx: Reader,
  moved: { orderId: string; subjectId: string; field: string; mask: string; grantIds: readonly string[] },
  by: Stamp,
): Promise<void> {
  const { communityId, at } = by
  await tx.query(
    "update app.work_order set masks = masks || jsonb_build_object($3::text, $4::text) where community_id = $1 and order_id = $2",
    [communityId, moved.orderId, moved.field, moved.mask],
  )
  await tx.query(
    `insert into app.use_grant (community_id, grant_id, use_id, subject_id, class, subject_ref, building_id, grantee,
       grantee_post, fields, purpose, form, valid_from, valid_until)
     select g.community_id, i.grant_id, g.use_id, g.subject_id, g.class, g.subject_ref, g.building_id, g.grantee, g.grantee_post,
       array[$4::text], g.purpose, g.form, $5, g.valid_until
     from (select row_number() over (order by grant_id) as at, * from app.use_grant
       where community_id = $1 and subject_id = $2 and class = 'service') g
     join unnest($3::uuid[]) with ordinality as i (grant_id, at) on i.at = g.at
     where g.valid_until > $5
       and not exists (select from app.grant_ended e where e.community_id = g.community_id and e.grant_id = g.grant_id)`,
    [communityId, moved.subjectId, moved.grantIds, moved.field, at],
  )
}

/** How many grants speak of what an order's own record holds. */
export async function countOwnGrants(tx: Reader, communityId: string, subjectId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    "select count(*)::int as count from app.use_grant where community_id = $1 and subject_id = $2 and class = 'service'",
    [communityId, subjectId],
  )
  return row?.count ?? 0
}
