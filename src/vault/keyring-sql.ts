/** The keyring's own statements. They run as hudun_keyring, in the data's server or in another one. */

import type { KeyObject } from "node:crypto"
import pg from "pg"
import type { SuiteCode } from "./suite.ts"

/** Which data key: one a subject and class. */
export interface KeyName {
  readonly tenantId: string
  readonly communityId: string
  /** A person, an order, an import. */
  readonly subjectId: string
  readonly class: string
}

export interface WrappedKey extends KeyName {
  readonly kekEpoch: number
  readonly wrapped: Buffer
}

export interface KekRow {
  readonly epoch: number
  readonly suite: SuiteCode
  readonly wrapped: Buffer | null
}

export interface UnwrappedKek extends KekRow {
  readonly key: KeyObject
}

interface DataKeyRow {
  position: number
  kek_epoch: number
  wrapped: Buffer
}

export class KeyringStore {
  readonly #pool: pg.Pool

  constructor(config: pg.ClientConfig) {
    this.#pool = new pg.Pool({ ...config, max: 4, connectionTimeoutMillis: 10_000 })
    this.#pool.on("error", () => undefined)
  }

  async keks(tenantId: string): Promise<KekRow[]> {
    const { rows } = await this.#pool.query<KekRow>(
      "select epoch, suite, wrapped from keyring.kek where tenant_id = $1 order by epoch",
      [tenantId],
    )
    return rows
  }

  /** Adds an epoch; a second process that made the same one first wins. */
  async addKek(tenantId: string, kek: KekRow): Promise<void> {
    await this.#pool.query(
      "insert into keyring.kek (tenant_id, epoch, suite, wrapped, created_at) values ($1, $2, $3, $4, now()) on conflict do nothing",
      [tenantId, kek.epoch, kek.suite, kek.wrapped],
    )
  }

  async indexKey(communityId: string): Promise<{ kekEpoch: number; wrapped: Buffer } | undefined> {
    const { rows } = await this.#pool.query<{ kekEpoch: number; wrapped: Buffer }>(
      `select kek_epoch as "kekEpoch", wrapped from keyring.index_key where community_id = $1 order by epoch desc limit 1`,
      [communityId],
    )
    return rows[0]
  }

  async addIndexKey(key: {
    tenantId: string
    communityId: string
    kekEpoch: number
    wrapped: Buffer
  }): Promise<void> {
    await this.#pool.query(
      `insert into keyring.index_key (tenant_id, community_id, epoch, kek_epoch, wrapped, created_at)
       values ($1, $2, 1, $3, $4, now()) on conflict do nothing`,
      [key.tenantId, key.communityId, key.kekEpoch, key.wrapped],
    )
  }

  /** The wrapped keys at the positions of `names`; undefined where there is none. */
  async dataKeys(names: readonly KeyName[]): Promise<Array<WrappedKey | undefined>> {
    const { rows } = await this.#pool.query<DataKeyRow>({
      name: "data_keys",
      text: `select w.position::int as position, k.kek_epoch, k.wrapped
        from unnest($1::bigint[], $2::uuid[], $3::text[]) with ordinality as w (community_id, subject_id, class, position)
        join keyring.data_key k using (community_id, subject_id, class)`,
      values: columns(names),
    })
    const found = new Array<WrappedKey | undefined>(names.length)
    for (const { position, kek_epoch, wrapped } of rows) {
      const name = names[position - 1]
      if (name) found[position - 1] = { ...name, kekEpoch: kek_epoch, wrapped }
    }
    return found
  }

  /** Adds keys that are not there yet. */
  async addDataKeys(keys: readonly WrappedKey[]): Promise<void> {
    await this.#pool.query({
      name: "add_data_keys",
      text: `insert into keyring.data_key (community_id, subject_id, class, tenant_id, kek_epoch, wrapped)
        select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::int[], $6::bytea[])
        on conflict do nothing`,
      values: [
        ...columns(keys),
        keys.map((key) => key.tenantId),
        keys.map((key) => key.kekEpoch),
        keys.map((key) => key.wrapped),
      ],
    })
  }

  async destroyKeys(names: readonly KeyName[]): Promise<void> {
    await this.#pool.query(
      `delete from keyring.data_key k using unnest($1::bigint[], $2::uuid[], $3::text[]) as w (community_id, subject_id, class)
       where k.community_id = w.community_id and k.subject_id = w.subject_id and k.class = w.class`,
      columns(names),
    )
  }

  async destroyCommunity(communityId: string): Promise<void> {
    await this.#pool.query("delete from keyring.data_key where community_id = $1", [communityId])
    await this.#pool.query("delete from keyring.index_key where community_id = $1", [communityId])
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

function columns(names: readonly KeyName[]): unknown[] {
  return [
    names.map((name) => name.communityId),
    names.map((name) => name.subjectId),
    names.map((name) => name.class),
  ]
}
