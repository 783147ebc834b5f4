/** Suspensions and their lifting, inside a command. Runs as hudun_app under row security. Clause 6.3. */

import type { QueryResultRow } from "pg"
import type { OfficerPost, SuspensionReason } from "./suspension.ts"

interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** One after the other in a company: of two who suspend each other the second finds themselves suspended. */
export async function lockSuspensions({ query }: Asked, tenantId: string): Promise<void> {
  await query("select pg_advisory_xact_lock(47, hashtext($1))", [tenantId])
}

export async function isSuspended(
  { query }: Asked,
  { staffId, at }: { staffId: string | null; at: string },
): Promise<boolean> {
  const rows = await query<{ suspended: boolean }>("select app.is_suspended($1, $2) as suspended", [
    staffId,
    at,
  ])
  return rows[0]?.suspended === true
}

/** Who is privacy officer in the company now and may sign in. */
export async function listOfficers(
  { query }: Asked,
  { tenantId, at }: { tenantId: string; at: string },
): Promise<OfficerPost[]> {
  return query<OfficerPost & QueryResultRow>(
    `select a.staff_id as "staffId", a.community_id::text as "communityId"
     from app.appointment a join app.staff t on t.staff_id = a.staff_id and t.left_at is null
     where a.tenant_id = $1 and a.post = 'privacy_officer' and a.valid_from <= $2
       and (a.valid_until is null or a.valid_until > $2) and not app.is_suspended(a.staff_id, $2)`,
    [tenantId, at],
  )
}

export interface By {
  readonly by: string | null
  readonly post: string
  readonly at: string
}

export interface NewSuspension extends By {
  readonly suspensionId: string
  readonly staffId: string
  readonly tenantId: string
  readonly reason: SuspensionReason
  readonly until: string | null
}

export async function writeSuspension({ query }: Asked, suspension: NewSuspension): Promise<void> {
  const { suspensionId, staffId, tenantId, reason, until, by, post, at } = suspension
  await query(
    `insert into app.staff_suspension (suspension_id, staff_id, tenant_id, reason, until, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [suspensionId, staffId, tenantId, reason, until, by, post, at],
  )
}

/** Lifts whatever still runs of this person; nothing where nothing does. */
export async function liftSuspensions(
  { query }: Asked,
  staffId: string,
  { by, post, at }: By,
): Promise<void> {
  await query(
    `insert into app.staff_suspension_lifted (suspension_id, by_staff, by_post, at)
     select s.suspension_id, $2, $3, $4 from app.staff_suspension s where s.staff_id = $1 and (s.until is null or s.until > $4)
     on conflict do nothing`,
    [staffId, by, post, at],
  )
}
