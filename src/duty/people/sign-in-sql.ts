/** What the sign-in door reads and writes of one person: log-in, credential, sessions. Runs as hudun_auth. Clause 4.1. */

import type pg from "pg"
import type { Lockout } from "./lockout.ts"

/** Whoever tries to sign in, or the one whose password is asked again. */
export interface Applicant {
  /** null: nobody has this log-in. */
  readonly staffId: string | null
  readonly tenantId: string
  /** Where the attempt is traced: the person's first post. */
  readonly communityId: string
  readonly post: string
  readonly login: string
  readonly passwordHash: string
  readonly secondFactor: Buffer | null
  readonly secondFactorPending: Buffer | null
  /** The last time step a code was used for. */
  readonly lastStep: number
  /** The password is a first one, which somebody else handed out. */
  readonly mustChange: boolean
  /** Told to nobody who has not proven who they are. Clause 6.3. */
  readonly suspended: boolean
}

export interface KnownApplicant extends Applicant {
  readonly staffId: string
}

/** The credential on which attempts with unknown log-ins are counted, so that they cost what the others cost. */
export const nobody = "00000000-0000-0000-0000-000000000000"

interface ApplicantRow {
  staff_id: string
  tenant_id: string
  community_id: string
  post: string
  login: string
  password_hash: string
  second_factor: Buffer | null
  second_factor_pending: Buffer | null
  last_step: string
  must_change: boolean
  suspended: boolean
}

const readApplicant = `
  select l.staff_id, t.tenant_id, l.login, c.password_hash, c.second_factor, c.second_factor_pending, c.last_step,
    c.must_change, app.is_suspended(l.staff_id, $2) as suspended,
    coalesce(a.post, 'none') as post, coalesce(a.community_id, m.community_id, 0) as community_id
  from app.login l
  join app.staff t on t.staff_id = l.staff_id and t.left_at is null
  join app.credential c on c.staff_id = l.staff_id
  left join lateral (select post, community_id from app.appointment
    where staff_id = l.staff_id and valid_from <= $2 and (valid_until is null or valid_until > $2)
    order by valid_from, appointment_id limit 1) a on true
  left join lateral (select community_id from app.community
    where tenant_id = t.tenant_id and removed_at is null order by community_id limit 1) m on true
  where `

export function findByLogin(pool: pg.Pool, login: string, now: number): Promise<KnownApplicant | undefined> {
  return findApplicant(pool, { text: `${readApplicant} l.login = $1`, values: [login, new Date(now)] })
}

export function findByStaff(
  pool: pg.Pool,
  staffId: string,
  now: number,
): Promise<KnownApplicant | undefined> {
  return findApplicant(pool, { text: `${readApplicant} l.staff_id = $1`, values: [staffId, new Date(now)] })
}

async function findApplicant(
  pool: pg.Pool,
  query: { text: string; values: unknown[] },
): Promise<KnownApplicant | undefined> {
  const { rows } = await pool.query<ApplicantRow>(query)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    staffId: row.staff_id,
    tenantId: row.tenant_id,
    communityId: row.community_id,
    post: row.post,
    login: row.login,
    passwordHash: row.password_hash,
    secondFactor: row.second_factor,
    secondFactorPending: row.second_factor_pending,
    lastStep: Number(row.last_step),
    mustChange: row.must_change,
    suspended: row.suspended,
  }
}

/** The posts somebody holds now, wherever. */
export async function heldPosts(pool: pg.Pool, staffId: string, now: number): Promise<string[]> {
  const { rows } = await pool.query<{ post: string }>(
    `select distinct post from app.appointment
     where staff_id = $1 and valid_from <= $2 and (valid_until is null or valid_until > $2)`,
    [staffId, new Date(now)],
  )
  return rows.map((row) => row.post)
}

/** Makes the credential of {@link nobody}, once an installation. Its hash is of no password. */
export async function ensureNobody(pool: pg.Pool, passwordHash: string, now: number): Promise<void> {
  await pool.query(
    `insert into app.credential (staff_id, password_hash, must_change, changed_at) values ($1, $2, true, $3)
     on conflict do nothing`,
    [nobody, passwordHash, new Date(now)],
  )
}

/**
 * Writes down the next state of a lockout before the password is looked at, so that guesses at the same time count one by
 * one. Returns the state before.
 */
export function countAttempt(
  pool: pg.Pool,
  staffId: string,
  next: (before: Lockout) => Lockout,
): Promise<Lockout> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ failures: number; locked_until: Date | null }>(
      "select failures, locked_until from app.credential where staff_id = $1 for update",
      [staffId],
    )
    const [row] = rows
    const before = { failures: row?.failures ?? 0, lockedUntil: row?.locked_until?.getTime() ?? null }
    const after = next(before)
    await client.query("update app.credential set failures = $2, locked_until = $3 where staff_id = $1", [
      staffId,
      after.failures,
      dateOf(after.lockedUntil),
    ])
    return before
  })
}

/** Takes back an attempt that was no failure: the password was right and a code is still to come. */
export async function takeBackAttempt(pool: pg.Pool, staffId: string, before: Lockout): Promise<void> {
  await pool.query(
    `update app.credential set failures = $2, locked_until = $3 where staff_id = $1 and failures = $2 + 1`,
    [staffId, before.failures, dateOf(before.lockedUntil)],
  )
}

/** Marks a time step as used. False when it, or a later one, was used before: each code counts once. */
export async function useStep(pool: pg.Pool, staffId: string, step: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    "update app.credential set last_step = $2 where staff_id = $1 and last_step < $2",
    [staffId, step],
  )
  return rowCount === 1
}

export interface NewSession {
  readonly tokenHash: Buffer
  readonly staffId: string
  /** The hash that the password was found to be right for. */
  readonly passwordHash: string
  /** The same password hashed today, which replaces it. */
  readonly rehashed: string
  readonly now: number
  readonly expires: number
}

/**
 * Opens a session, lifts the lockout and forgets the person's expired sessions, all in one statement. False, and no
 * session, when the password was changed or taken away in the meantime.
 */
export async function openSession(pool: pg.Pool, session: NewSession): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with proven as (update app.credential set failures = 0, locked_until = null, password_hash = $6
         where staff_id = $2 and password_hash = $5 returning staff_id),
       expired as (delete from app.session where staff_id = $2 and expires_at < $3)
     insert into app.session (token_hash, staff_id, created_at, expires_at)
       select $1, staff_id, $3, $4 from proven`,
    [
      session.tokenHash,
      session.staffId,
      new Date(session.now),
      new Date(session.expires),
      session.passwordHash,
      session.rehashed,
    ],
  )
  return rowCount === 1
}

export async function endSession(pool: pg.Pool, tokenHash: Buffer, now: number): Promise<void> {
  await pool.query("update app.session set ended_at = $2 where token_hash = $1 and ended_at is null", [
    tokenHash,
    new Date(now),
  ])
}

export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query("begin")
    const result = await work(client)
    await client.query("commit")
    broken = false
    return result
  } catch (error) {
    broken = await client.query("rollback").then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
