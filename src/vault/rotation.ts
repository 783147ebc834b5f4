/**
 * Rotation of KEK epochs. A new epoch wraps what is new at once; what lies under older ones is wrapped again in the
 * background, readable all the while; an epoch under which nothing lies is destroyed after the backup window. Clauses 3.9, 5.4.
 */

import { FormerKeys } from "./former-keys.ts"
import { placeOf } from "./index-ring.ts"
import { sealing } from "./kek-ring.ts"
import { dataPlace, drawNonce, type Keyring } from "./keyring.ts"
import { type DataKeyTable, dataKeyTables, type KeyName, type WrappedKey } from "./keyring-sql.ts"
import { type Rewrapped, RotationSql } from "./rotation-sql.ts"
import { type SuiteCode, suiteOf, Unopenable } from "./suite.ts"
import { type KeyPlace, unwrapKey, wrapKey } from "./wrap.ts"

const batchKeys = 500
const dayMilliseconds = 86_400_000

export interface Schedule {
  /** A KEK older than so many days gets a successor. */
  readonly kekDays: number
  /** No backup older than so many days is kept. */
  readonly backupDays: number
}

interface Wrapped {
  readonly tenantId: string
  readonly kekEpoch: number
  readonly place: KeyPlace
  readonly bytes: number
}

export class Rotation {
  readonly #keyring: Keyring
  readonly sql: RotationSql
  readonly former: FormerKeys

  constructor(keyring: Keyring) {
    this.#keyring = keyring
    this.sql = new RotationSql(keyring.store.pool)
    this.former = new FormerKeys(keyring.store.pool)
  }

  /** Begins a new epoch, of another suite when asked. Returns its number. */
  async rotate(tenantId: string, suite?: SuiteCode): Promise<number> {
    const { keks } = this.#keyring
    const newest = await keks.newest(tenantId)
    return keks.add(tenantId, newest.epoch + 1, suite ?? newest.suite)
  }

  async isDue(tenantId: string, { kekDays }: Schedule, now: number): Promise<boolean> {
    const newest = (await this.sql.keks(tenantId)).at(-1)
    return newest !== undefined && now - newest.createdAt.getTime() > kekDays * dayMilliseconds
  }

  /** Wraps everything under the newest epoch. Returns what was wrapped and what did not open, which is left as it lies. */
  async rewrap(tenantId: string): Promise<{ done: number; unopenable: KeyName[] }> {
    const { epoch } = await this.#keyring.keks.newest(tenantId)
    const unopenable: KeyName[] = []
    let done = await this.#rewrapIndexKeys(tenantId, epoch)
    for (const table of dataKeyTables) done += await this.#rewrapTable(tenantId, { table, epoch }, unopenable)
    return { done, unopenable }
  }

  async #rewrapTable(
    tenantId: string,
    under: { table: DataKeyTable; epoch: number },
    unopenable: KeyName[],
  ): Promise<number> {
    let done = 0
    let after: KeyName | undefined
    for (;;) {
      const keys = await this.sql.waiting(tenantId, { ...under, after, limit: batchKeys })
      if (keys.length === 0) return done
      const rewrapped = await this.#again(under.epoch, keys, unopenable)
      done += await this.sql.rewrap(under, rewrapped)
      after = keys.at(-1)
    }
  }

  /** Returns the epochs destroyed. */
  async destroyOld(tenantId: string, { backupDays }: Schedule, now: number): Promise<number[]> {
    await this.sql.retire(tenantId, new Date(now))
    const since = new Date(now - backupDays * dayMilliseconds)
    return this.sql.destroyRetired(tenantId, { since, now: new Date(now) })
  }

  async #again(epoch: number, keys: readonly WrappedKey[], unopenable: KeyName[]): Promise<Rewrapped[]> {
    const rewrapped: Rewrapped[] = []
    for (const before of keys) {
      const bytes = suiteOf(before.suite).keyBytes
      const what = { tenantId: before.tenantId, kekEpoch: before.kekEpoch, place: dataPlace(before), bytes }
      const wrapped = await this.#wrapAgain(epoch, what, before.wrapped)
      if (wrapped === undefined) unopenable.push(before)
      else rewrapped.push({ before, wrapped })
    }
    return rewrapped
  }

  async #rewrapIndexKeys(tenantId: string, epoch: number): Promise<number> {
    const keys = await this.sql.waitingIndexKeys(tenantId, epoch)
    for (const before of keys) {
      const what = { tenantId, kekEpoch: before.kekEpoch, place: placeOf(before, before.epoch), bytes: 32 }
      const wrapped = await this.#wrapAgain(epoch, what, before.wrapped)
      if (wrapped !== undefined) await this.sql.rewrapIndexKey(epoch, before, wrapped)
    }
    return keys.length
  }

  /** Under this epoch and no other: another process may begin a newer one at any moment. */
  async #wrapAgain(epoch: number, what: Wrapped, wrapped: Buffer): Promise<Buffer | undefined> {
    const { tenantId, kekEpoch, place, bytes } = what
    const { keks } = this.#keyring
    const [from, to] = [await keks.of(tenantId, kekEpoch), await keks.of(tenantId, epoch)]
    try {
      const key = unwrapKey(sealing(from), { place, bytes }, wrapped)
      return wrapKey(sealing(to), { place, key }, drawNonce)
    } catch (error) {
      if (error instanceof Unopenable) return undefined
      throw error
    }
  }
}
