/** Log-ins made, changed and taken away by those who manage people. Runs as hudun_auth. Clauses 4.1, 6.3. */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import { inTransaction } from "./sign-in-sql.ts"

/** A log-in whose person never came to be is free again after this: its making has failed, it is not under way. */
const abandonedMilliseconds = 60_000

export interface LoginClaim {
  readonly login: string
  readonly staffId: string
  readonly tenantId: string
  readonly passwordHash: string
  readonly mustChange: boolean
  readonly now: number
}

interface LoginRow {
  staff_id: string
  /** null: the person was never made. */
  tenant_id: string | null
  left_at: Date | null
  must_change: boolean | null
  changed_at: Date | null
}

/**
 * Gives a log-in and a password to somebody who is about to be made. Comes before the person is written: a log-in without
 * a person opens nothing. Repeatable until the password has been changed by its owner. Throws `login.taken`.
 */
export async function claimLogin(pool: pg.Pool, claim: LoginClaim): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<LoginRow>(
      `select l.staff_id, t.tenant_id, t.left_at, c.must_change, c.changed_at
       from app.login l left join app.staff t using (staff_id) left join app.credential c using (staff_id)
       where l.login = $1 for update of l`,
      [claim.login],
    )
    const [row] = rows
    if (row !== undefined && isAbandoned(row, claim)) await deleteLogins(client, [row.staff_id])
    else if (row !== undefined && !isOwn(row, claim)) throw new Refusal("login.taken")
    await writeLogin(client, claim)
  })
}

function isOwn(row: LoginRow, claim: LoginClaim): boolean {
  if (row.staff_id !== claim.staffId) return false
  if (row.tenant_id === null) return true
  return row.tenant_id === claim.tenantId && row.left_at === null && row.must_change === true
}

function isAbandoned(row: LoginRow, claim: LoginClaim): boolean {
  if (row.tenant_id !== null || row.staff_id === claim.staffId) return false
  return (row.changed_at?.getTime() ?? 0) < claim.now - abandonedMilliseconds
}

/** Throws `login.taken` as well when somebody else was quicker, or when the person has another log-in. */
async function writeLogin(client: pg.PoolClient, claim: LoginClaim): Promise<void> {
  await client.query(
    `delete from app.login where staff_id = $2 and login <> $1
       and not exists (select from app.staff t where t.staff_id = $2)`,
    [claim.login, claim.staffId],
  )
  await client.query("insert into app.login (login, staff_id) values ($1, $2) on conflict do nothing", [
    claim.login,
    claim.staffId,
  ])
  const { rowCount } = await client.query(
    `insert into app.credential (staff_id, password_hash, must_change, changed_at)
     select l.staff_id, $3, $4, $5 from app.login l where l.login = $1 and l.staff_id = $2
     on conflict (staff_id) do update set password_hash = excluded.password_hash,
       must_change = excluded.must_change, changed_at = excluded.changed_at`,
    [claim.login, claim.staffId, claim.passwordHash, claim.mustChange, new Date(claim.now)],
  )
  if (rowCount !== 1) throw new Refusal("login.taken")
}

export interface NewPassword {
  readonly staffId: string
  readonly passwordHash: string
  readonly now: number
}

/** The person's own new password; every session but this one ends. */
export async function changeOwnPassword(
  pool: pg.Pool,
  { staffId, passwordHash, now }: NewPassword,
  keep: Buffer,
): Promise<void> {
  await pool.query(
    `with others as (update app.session set ended_at = $3 where staff_id = $1 and ended_at is null and token_hash <> $4)
     update app.credential set password_hash = $2, must_change = false, changed_at = $3, failures = 0,
       locked_until = null where staff_id = $1`,
    [staffId, passwordHash, new Date(now), keep],
  )
}

/** A first password from somebody else: lockout lifted, second factor gone, sessions ended. */
export async function resetCredential(
  pool: pg.Pool,
  { staffId, passwordHash, now }: NewPassword,
): Promise<void> {
  await pool.query(
    `with sessions as (update app.session set ended_at = $3 where staff_id = $1 and ended_at is null)
     update app.credential set password_hash = $2, must_change = true, changed_at = $3, failures = 0,
       locked_until = null, second_factor = null, second_factor_pending = null where staff_id = $1`,
    [staffId, passwordHash, new Date(now)],
  )
}

/** Keeps a sealed secret until its first code confirms it. */
export async function keepPendingFactor(pool: pg.Pool, staffId: string, sealed: Buffer): Promise<void> {
  await pool.query("update app.credential set second_factor_pending = $2 where staff_id = $1", [
    staffId,
    sealed,
  ])
}

/** The pending secret counts from now on; the code that confirmed it is used up. */
export async function confirmFactor(
  pool: pg.Pool,
  { staffId, step, pending }: { staffId: string; step: number; pending: Buffer },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update app.credential set second_factor = second_factor_pending, second_factor_pending = null, last_step = $2
     where staff_id = $1 and second_factor_pending = $3`,
    [staffId, step, pending],
  )
  return rowCount === 1
}

/** A leaver: sessions end, password and second factor go; the log-in stays taken, for traces name its person. */
export async function endCredential(pool: pg.Pool, staffId: string, now: number): Promise<void> {
  await pool.query(
    `with sessions as (update app.session set ended_at = $2 where staff_id = $1 and ended_at is null)
     delete from app.credential where staff_id = $1`,
    [staffId, new Date(now)],
  )
}

/** Sessions, log-ins and credentials of these people, as if they had never been. */
export function removeLogins(pool: pg.Pool, staffIds: readonly string[]): Promise<void> {
  return inTransaction(pool, (client) => deleteLogins(client, staffIds))
}

async function deleteLogins(client: pg.PoolClient, staffIds: readonly string[]): Promise<void> {
  await client.query("delete from app.session where staff_id = any ($1)", [staffIds])
  await client.query("delete from app.credential where staff_id = any ($1)", [staffIds])
  await client.query("delete from app.login where staff_id = any ($1)", [staffIds])
}
