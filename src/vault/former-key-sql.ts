/** Data keys that have a successor, and the order to seal records anew. Run as hudun_keyring. */

import type pg from "pg"
import type { FormerKey } from "./key-state.ts"
import type { KeyName, WrappedKey } from "./keyring-sql.ts"

const columns = `tenant_id as "tenantId", community_id as "communityId", subject_id as "subjectId", class, suite,
  kek_epoch as "kekEpoch", wrapped`

export interface Reseal {
  readonly tenantId: string
  readonly begunAt: Date
  readonly endedAt: Date | null
}

/** The key as it is now, behind any cache, then those before it, the newest first. */
export async function everyKey(pool: pg.Pool, name: KeyName): Promise<WrappedKey[]> {
  const { rows } = await pool.query<WrappedKey>(
    `select ${columns} from (
       select tenant_id, community_id, subject_id, class, suite, kek_epoch, wrapped, 'infinity'::timestamptz as until
         from keyring.data_key where community_id = $1 and subject_id = $2 and class = $3
       union all
       select tenant_id, community_id, subject_id, class, suite, kek_epoch, wrapped, replaced_at
         from keyring.former_key where community_id = $1 and subject_id = $2 and class = $3
     ) k order by until desc`,
    [name.communityId, name.subjectId, name.class],
  )
  return rows
}

/** Puts these keys in the place of those of another suite, which are kept as former ones. All or nothing. */
export async function replaceKeys(pool: pg.Pool, keys: readonly WrappedKey[]): Promise<void> {
  await pool.query(
    `with given as (select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bytea[])
         as g (community_id, subject_id, class, suite, kek_epoch, wrapped)),
       old as (select k.* from keyring.data_key k join given g using (community_id, subject_id, class)
         where k.suite <> g.suite for update of k),
       kept as (insert into keyring.former_key (tenant_id, community_id, subject_id, class, suite, kek_epoch, wrapped, replaced_at)
         select tenant_id, community_id, subject_id, class, suite, kek_epoch, wrapped, clock_timestamp() from old)
     update keyring.data_key k set suite = g.suite, kek_epoch = g.kek_epoch, wrapped = g.wrapped
       from given g join old o using (community_id, subject_id, class)
       where k.community_id = g.community_id and k.subject_id = g.subject_id and k.class = g.class`,
    [
      keys.map((key) => key.communityId),
      keys.map((key) => key.subjectId),
      keys.map((key) => key.class),
      keys.map((key) => key.suite),
      keys.map((key) => key.kekEpoch),
      keys.map((key) => key.wrapped),
    ],
  )
}

export interface OldKeys {
  readonly since: Date
  /** The last one of the batch before. */
  readonly after: FormerKey | undefined
  readonly limit: number
}

/** Former keys of the tenant that were replaced before `since`, the oldest first. */
export async function oldFormerKeys(
  pool: pg.Pool,
  tenantId: string,
  { since, after, limit }: OldKeys,
): Promise<FormerKey[]> {
  const { rows } = await pool.query<FormerKey>(
    `select tenant_id as "tenantId", community_id as "communityId", subject_id as "subjectId", class,
       replaced_at as "replacedAt"
     from keyring.former_key where tenant_id = $1 and replaced_at < $2
       and (replaced_at, community_id, subject_id, class) > ($3::timestamptz, $4::bigint, $5::uuid, $6::text)
     order by replaced_at, community_id, subject_id, class limit $7`,
    [
      tenantId,
      since,
      after?.replacedAt ?? new Date(0),
      after?.communityId ?? "-1",
      after?.subjectId ?? "00000000-0000-0000-0000-000000000000",
      after?.class ?? "",
      limit,
    ],
  )
  return rows
}

/** What they sealed, in old backups, is noise from here on. */
export async function destroyFormerKeys(
  pool: pg.Pool,
  names: readonly KeyName[],
  since: Date,
): Promise<void> {
  await pool.query(
    `delete from keyring.former_key k using unnest($1::bigint[], $2::uuid[], $3::text[]) as w (community_id, subject_id, class)
     where k.community_id = w.community_id and k.subject_id = w.subject_id and k.class = w.class and k.replaced_at < $4`,
    [
      names.map((name) => name.communityId),
      names.map((name) => name.subjectId),
      names.map((name) => name.class),
      since,
    ],
  )
}

/** Orders that the tenant's records be sealed anew. Ordered twice, it begins again. */
export async function orderReseal(pool: pg.Pool, tenantId: string, now: Date): Promise<void> {
  await pool.query(
    `insert into keyring.reseal (tenant_id, begun_at) values ($1, $2)
     on conflict (tenant_id) do update set begun_at = excluded.begun_at, ended_at = null`,
    [tenantId, now],
  )
}

export async function readReseal(pool: pg.Pool, tenantId: string): Promise<Reseal | undefined> {
  const { rows } = await pool.query<Reseal>(
    `select tenant_id as "tenantId", begun_at as "begunAt", ended_at as "endedAt" from keyring.reseal where tenant_id = $1`,
    [tenantId],
  )
  return rows[0]
}

/** Ends the order that was read; one that came in the meantime stays. */
export async function endReseal(pool: pg.Pool, { tenantId, begunAt }: Reseal, now: Date): Promise<void> {
  await pool.query("update keyring.reseal set ended_at = $3 where tenant_id = $1 and begun_at = $2", [
    tenantId,
    begunAt,
    now,
  ])
}
