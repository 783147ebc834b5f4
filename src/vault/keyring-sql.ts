/** The keyring's own statements. They run as hudun_keyring, in the data's server or in another one. */

import type { KeyObject } from "node:crypto"
import pg from "pg"
import { looks } from "../platform/crowd.ts"
import { Lane } from "../platform/lane.ts"
import { openPool } from "../platform/pool.ts"
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
  /** The suite the key seals with. */
  readonly suite: SuiteCode
  readonly kekEpoch: number
  readonly wrapped: Buffer
}

export interface KekRow {
  readonly epoch: number
  readonly suite: SuiteCode
  readonly wrapped: Buffer
}

export interface UnwrappedKek extends KekRow {
  readonly key: KeyObject
}

export type IndexState = "filling" | "active" | "retired"

export interface WrappedIndexKey {
  readonly tenantId: string
  readonly communityId: string
  readonly epoch: number
  readonly suite: SuiteCode
  readonly state: IndexState
  readonly kekEpoch: number
  readonly wrapped: Buffer
}

/** Tables of data keys: those in use, then those that have a successor. */
export const dataKeyTables = ["data_key", "former_key"] as const
export type DataKeyTable = (typeof dataKeyTables)[number]

interface DataKeyRow {
  position: number
  suite: SuiteCode
  kek_epoch: number
  wrapped: Buffer
}

/** Up to this many keys are asked for one by one: in one write that is cheaper than a join, which is planned each time. */
const askedOneByOne = 32

export class KeyringStore {
  readonly #config: pg.ClientConfig
  readonly #pool: pg.Pool
  /** For the keys of looks, which come one at a time and all at once. */
  readonly #lane: Lane

  constructor(config: pg.ClientConfig) {
    this.#config = config
    this.#lane = new Lane({ ...config, application_name: "hudun keys" }, { connections: 1, crowd: looks })
    this.#pool = openPool({ ...config, max: 4, connectionTimeoutMillis: 5_000, query_timeout: 30_000 })
  }

  async keks(tenantId: string): Promise<KekRow[]> {
    const { rows } = await this.#pool.query<KekRow>(
      "select epoch, suite, wrapped from keyring.kek where tenant_id = $1 and wrapped is not null order by epoch",
      [tenantId],
    )
    return rows
  }

  /** False when a second process made the same epoch first. */
  async addKek(tenantId: string, kek: KekRow): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      "insert into keyring.kek (tenant_id, epoch, suite, wrapped, created_at) values ($1, $2, $3, $4, now()) on conflict do nothing",
      [tenantId, kek.epoch, kek.suite, kek.wrapped],
    )
    return rowCount === 1
  }

  /** Whether any key was ever made here: if so, a new root would lose it. */
  async hasKeks(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ found: boolean }>(
      "select exists (select from keyring.kek) as found",
    )
    return rows[0]?.found ?? true
  }

  async isSealOrdered(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ sealed: boolean }>("select sealed from keyring.seal_order")
    return rows[0]?.sealed ?? true
  }

  /** Durable when it returns; the others are told, and find out by themselves when that is lost. */
  async orderSeal(sealed: boolean): Promise<void> {
    await this.#pool.query("update keyring.seal_order set sealed = $1, changed_at = now()", [sealed])
    await this.#pool.query("notify hudun_seal")
  }

  /** Calls back when the order may have changed, and once when no more will be heard. Returns how to stop. */
  async onSealHint(hear: () => void, lose: () => void): Promise<() => Promise<void>> {
    const client = new pg.Client({
      ...this.#config,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    })
    client.on("error", () => undefined)
    client.on("end", lose)
    await client.connect()
    client.on("notification", hear)
    await client.query("listen hudun_seal")
    return () => client.end().catch(() => undefined)
  }

  /** For a connection of one's own, such as a backup's. */
  get config(): pg.ClientConfig {
    return this.#config
  }

  /** The statements of rotation, which live in a file of their own. */
  get pool(): pg.Pool {
    return this.#pool
  }

  /** The community's index keys that are in use: the active one and, while it is made, its successor. */
  async indexKeys(communityId: string): Promise<WrappedIndexKey[]> {
    const { rows } = await this.#pool.query<WrappedIndexKey>(
      `select tenant_id as "tenantId", community_id as "communityId", epoch, suite, state, kek_epoch as "kekEpoch", wrapped
       from keyring.index_key where community_id = $1 and state <> 'retired' order by epoch`,
      [communityId],
    )
    return rows
  }

  /** False when another process was quicker. */
  async addIndexKey(key: WrappedIndexKey): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `insert into keyring.index_key (tenant_id, community_id, epoch, suite, state, kek_epoch, wrapped, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict do nothing`,
      [key.tenantId, key.communityId, key.epoch, key.suite, key.state, key.kekEpoch, key.wrapped],
    )
    return rowCount === 1
  }

  /** The wrapped keys at the positions of `names`; undefined where there is none. */
  dataKeys(names: readonly KeyName[]): Promise<Array<WrappedKey | undefined>> {
    if (names.length > askedOneByOne) return this.#joinedKeys(names)
    return Promise.all(names.map((name) => this.#dataKey(name)))
  }

  async #dataKey(name: KeyName): Promise<WrappedKey | undefined> {
    const { communityId, subjectId } = name
    const [row] = await this.#lane.read<Omit<DataKeyRow, "position">>(
      undefined,
      "select suite, kek_epoch, wrapped from keyring.data_key where community_id = $1 and subject_id = $2 and class = $3",
      [communityId, subjectId, name.class],
    )
    return row && { ...name, suite: row.suite, kekEpoch: row.kek_epoch, wrapped: row.wrapped }
  }

  async #joinedKeys(names: readonly KeyName[]): Promise<Array<WrappedKey | undefined>> {
    const { rows } = await this.#pool.query<DataKeyRow>({
      name: "data_keys",
      text: `select w.position::int as position, k.suite, k.kek_epoch, k.wrapped
        from unnest($1::bigint[], $2::uuid[], $3::text[]) with ordinality as w (community_id, subject_id, class, position)
        join keyring.data_key k using (community_id, subject_id, class)`,
      values: columns(names),
    })
    const found = new Array<WrappedKey | undefined>(names.length)
    for (const { position, suite, kek_epoch, wrapped } of rows) {
      const name = names[position - 1]
      if (name) found[position - 1] = { ...name, suite, kekEpoch: kek_epoch, wrapped }
    }
    return found
  }

  /** Adds keys that are not there yet. */
  async addDataKeys(keys: readonly WrappedKey[]): Promise<void> {
    await this.#pool.query({
      name: "add_data_keys",
      text: `insert into keyring.data_key (community_id, subject_id, class, tenant_id, suite, kek_epoch, wrapped)
        select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::int[], $7::bytea[])
        on conflict do nothing`,
      values: [
        ...columns(keys),
        keys.map((key) => key.tenantId),
        keys.map((key) => key.suite),
        keys.map((key) => key.kekEpoch),
        keys.map((key) => key.wrapped),
      ],
    })
  }

  async destroyKeys(names: readonly KeyName[]): Promise<void> {
    const named = "unnest($1::bigint[], $2::uuid[], $3::text[]) as w (community_id, subject_id, class)"
    const isNamed = "k.community_id = w.community_id and k.subject_id = w.subject_id and k.class = w.class"
    await this.#destroy(
      dataKeyTables.map((table) => `delete from keyring.${table} k using ${named} where ${isNamed}`),
      columns(names),
    )
  }

  async destroyCommunity(communityId: string): Promise<void> {
    await this.#destroy(
      [...dataKeyTables, "index_key"].map((table) => `delete from keyring.${table} where community_id = $1`),
      [communityId],
    )
  }

  /**
   * All or nothing. The keys in use go first: whoever is giving one a successor is waited for there, and the former key they
   * leave is seen only by a statement that begins afterwards.
   */
  async #destroy(statements: readonly string[], values: unknown[]): Promise<void> {
    const client = await this.#pool.connect()
    let isBroken = true
    try {
      await client.query("begin")
      for (const text of statements) await client.query(text, values)
      await client.query("commit")
      isBroken = false
    } finally {
      // A connection that is closed rolls back.
      client.release(isBroken)
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#lane.close(), this.#pool.end()])
  }
}

function columns(names: readonly KeyName[]): unknown[] {
  return [
    names.map((name) => name.communityId),
    names.map((name) => name.subjectId),
    names.map((name) => name.class),
  ]
}
