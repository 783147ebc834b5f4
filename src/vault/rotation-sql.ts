/** Statements of rotation. Each changes what it found and nothing else, so that it may be broken off and run again. */

import type pg from "pg"
import type { IndexKeyState, KekState } from "./key-state.ts"
import type { DataKeyTable, KeyName, WrappedIndexKey, WrappedKey } from "./keyring-sql.ts"

export interface Rewrapped {
  readonly before: WrappedKey
  readonly wrapped: Buffer
}

const wraps = `(select count(*)::int from keyring.data_key d where d.tenant_id = k.tenant_id and d.kek_epoch = k.epoch)
  + (select count(*)::int from keyring.former_key f where f.tenant_id = k.tenant_id and f.kek_epoch = k.epoch)
  + (select count(*)::int from keyring.index_key i where i.tenant_id = k.tenant_id and i.kek_epoch = k.epoch)`

interface Waiting {
  readonly table: DataKeyTable
  readonly epoch: number
  readonly after: KeyName | undefined
  readonly limit: number
}

export class RotationSql {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async tenants(): Promise<string[]> {
    const { rows } = await this.#pool.query<{ tenant_id: string }>(
      "select distinct tenant_id from keyring.kek order by tenant_id",
    )
    return rows.map((row) => row.tenant_id)
  }

  async keks(tenantId: string): Promise<KekState[]> {
    const { rows } = await this.#pool.query<KekState>(
      `select epoch, suite, created_at as "createdAt", retired_at as "retiredAt", destroyed_at as "destroyedAt", ${wraps} as wraps,
         (select count(*)::int from keyring.data_key d where d.tenant_id = k.tenant_id and d.kek_epoch = k.epoch
           and d.class in ('identity', 'life', 'service', 'trajectory', 'special')) as records
       from keyring.kek k where tenant_id = $1 order by epoch`,
      [tenantId],
    )
    return rows
  }

  /** Data keys under an epoch before `epoch`, in the order of their names, behind `after`. */
  async waiting(tenantId: string, { table, epoch, after, limit }: Waiting): Promise<WrappedKey[]> {
    const { rows } = await this.#pool.query<WrappedKey>(
      `select tenant_id as "tenantId", community_id as "communityId", subject_id as "subjectId", class, suite,
         kek_epoch as "kekEpoch", wrapped
       from keyring.${table}
       where tenant_id = $1 and kek_epoch < $2 and (community_id, subject_id, class) > ($3::bigint, $4::uuid, $5::text)
       order by community_id, subject_id, class limit $6`,
      [
        tenantId,
        epoch,
        after?.communityId ?? "-1",
        after?.subjectId ?? "00000000-0000-0000-0000-000000000000",
        after?.class ?? "",
        limit,
      ],
    )
    return rows
  }

  /** One statement a batch: killed anywhere, each key lies whole under one epoch or the other. */
  async rewrap(
    { table, epoch }: Pick<Waiting, "table" | "epoch">,
    keys: readonly Rewrapped[],
  ): Promise<number> {
    const { rowCount } = await this.#pool.query(
      `update keyring.${table} k set kek_epoch = $1, wrapped = w.after
       from unnest($2::bigint[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[]) as w (community_id, subject_id, class, before, after)
       where k.community_id = w.community_id and k.subject_id = w.subject_id and k.class = w.class and k.wrapped = w.before`,
      [
        epoch,
        keys.map(({ before }) => before.communityId),
        keys.map(({ before }) => before.subjectId),
        keys.map(({ before }) => before.class),
        keys.map(({ before }) => before.wrapped),
        keys.map(({ wrapped }) => wrapped),
      ],
    )
    return rowCount ?? 0
  }

  async waitingIndexKeys(tenantId: string, epoch: number): Promise<WrappedIndexKey[]> {
    const { rows } = await this.#pool.query<WrappedIndexKey>(
      `select tenant_id as "tenantId", community_id as "communityId", epoch, suite, state, kek_epoch as "kekEpoch", wrapped
       from keyring.index_key where tenant_id = $1 and kek_epoch < $2`,
      [tenantId, epoch],
    )
    return rows
  }

  async rewrapIndexKey(epoch: number, before: WrappedIndexKey, wrapped: Buffer): Promise<void> {
    await this.#pool.query(
      "update keyring.index_key set kek_epoch = $1, wrapped = $2 where community_id = $3 and epoch = $4 and wrapped = $5",
      [epoch, wrapped, before.communityId, before.epoch, before.wrapped],
    )
  }

  /** Marks epochs that nothing lies under any more; one that something came back under counts anew. */
  async retire(tenantId: string, now: Date): Promise<void> {
    const isUsed = `(${wraps}) > 0`
    const isOld = "k.epoch < (select max(epoch) from keyring.kek n where n.tenant_id = k.tenant_id)"
    await this.#pool.query(
      `update keyring.kek k set retired_at = null where tenant_id = $1 and retired_at is not null and wrapped is not null and ${isUsed}`,
      [tenantId],
    )
    await this.#pool.query(
      `update keyring.kek k set retired_at = $2 where tenant_id = $1 and retired_at is null and wrapped is not null and ${isOld} and not ${isUsed}`,
      [tenantId, now],
    )
  }

  /** Destroys epochs retired before `since`. What lies under one, in an old copy of the keyring, is noise from then on. */
  async destroyRetired(tenantId: string, { since, now }: { since: Date; now: Date }): Promise<number[]> {
    const { rows } = await this.#pool.query<{ epoch: number }>(
      `update keyring.kek k set wrapped = null, destroyed_at = $3
       where tenant_id = $1 and retired_at < $2 and wrapped is not null and (${wraps}) = 0
         and epoch < (select max(epoch) from keyring.kek n where n.tenant_id = k.tenant_id)
       returning epoch`,
      [tenantId, since, now],
    )
    return rows.map((row) => row.epoch)
  }

  async indexKeys(tenantId?: string): Promise<IndexKeyState[]> {
    const { rows } = await this.#pool.query<IndexKeyState>(
      `select tenant_id as "tenantId", community_id as "communityId", epoch, suite, state, kek_epoch as "kekEpoch",
         created_at as "createdAt", changed_at as "changedAt"
       from keyring.index_key where $1::bigint is null or tenant_id = $1 order by community_id, epoch`,
      [tenantId ?? null],
    )
    return rows
  }

  /** The filled key becomes the one that is sought with; the one before it retires. In one transaction: there is always one. */
  async activate(communityId: string, epoch: number): Promise<void> {
    const client = await this.#pool.connect()
    try {
      await client.query("begin")
      await client.query(
        "update keyring.index_key set state = 'retired', changed_at = now() where community_id = $1 and state = 'active' and epoch < $2",
        [communityId, epoch],
      )
      await client.query(
        "update keyring.index_key set state = 'active', changed_at = now() where community_id = $1 and state = 'filling' and epoch = $2",
        [communityId, epoch],
      )
      await client.query("commit")
    } catch (error) {
      await client.query("rollback").catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

  async removeIndexKey(communityId: string, epoch: number): Promise<void> {
    await this.#pool.query(
      "delete from keyring.index_key where community_id = $1 and epoch = $2 and state = 'retired'",
      [communityId, epoch],
    )
  }
}
