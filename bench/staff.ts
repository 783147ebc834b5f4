/** Communities and people with posts and sessions, without the ceremony of signing in: the load is not about that. */

import { randomUUID } from "node:crypto"
import type pg from "pg"
import { hashOf } from "../src/duty/people/session.ts"
import type { Actor } from "../src/ledger/spine.ts"
import { fieldClasses } from "../src/lifecycle/catalogue/field.ts"

export interface Staff {
  readonly staffId: string
  readonly cookie: string
  readonly tenantId: string
  readonly communityId: string
  readonly post: "manager" | "clerk"
  /** Building ids; null: the whole community. */
  readonly buildings: readonly string[] | null
}

export async function makeCommunities(
  admin: pg.Client,
  tenantId: string,
  communityIds: readonly string[],
): Promise<void> {
  await admin.query(
    "insert into app.tenant values ($1, '基准物业', 'A1', false, now()) on conflict do nothing",
    [tenantId],
  )
  await admin.query(
    "insert into app.community select id, $1, '基准小区' || id, false, now() from unnest($2::bigint[]) as c (id)",
    [tenantId, communityIds],
  )
}

export async function appoint(
  admin: pg.Client,
  appointed: Omit<Staff, "staffId" | "cookie">,
): Promise<Staff> {
  const staff = { ...appointed, staffId: randomUUID(), cookie: `${randomUUID()}${randomUUID()}` }
  const { staffId } = staff
  await admin.query(
    "insert into app.staff (staff_id, tenant_id, name, created_at) values ($1, $2, $3, now())",
    [staffId, staff.tenantId, `基准${staff.post}`],
  )
  await admin.query(
    `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, building_ids, valid_from)
     values ($1, $2, $3, $4, $5, $6, now() - interval '1 day')`,
    [randomUUID(), staffId, staff.post, staff.tenantId, staff.communityId, staff.buildings],
  )
  await admin.query("insert into app.login values ($1, $2)", [`b${staffId.slice(0, 12)}`, staffId])
  await admin.query(
    `insert into app.credential (staff_id, password_hash, must_change, second_factor, changed_at)
     values ($1, 'none', false, '\\x00', now())`,
    [staffId],
  )
  await admin.query("insert into app.session values ($1, $2, now(), now() + interval '1 year')", [
    hashOf(staff.cookie),
    staffId,
  ])
  return staff
}

/** As the server itself acts for them while filling: every building, every class. */
export function actorOf({ staffId, post, tenantId, communityId }: Staff): Actor {
  const context = {
    communities: communityId,
    buildings: "*",
    classes: fieldClasses.join(","),
    posts: post,
    actor: staffId,
  }
  return { tenantId, communityId, staffId, post, client: "bench", context }
}
