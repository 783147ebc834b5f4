/**
 * The keyring: root → KEK epoch per tenant → data key per subject and class, index key per community. Clause 3.9.
 * Unwrapped data keys are cached for at most 60 s, as KeyObjects; concurrent requests for keys share one statement.
 */

import { createSecretKey, type KeyObject, randomBytes, randomFillSync } from "node:crypto"
import { Refusal } from "../base/refusal.ts"
import type { Clock } from "../platform/clock.ts"
import type { IndexKey } from "./blind-index.ts"
import type { SealingKey } from "./envelope.ts"
import type { KeyName, KeyringStore, UnwrappedKek, WrappedKey } from "./keyring-sql.ts"
import { nonceSource } from "./nonce.ts"
import type { Root } from "./root.ts"
import { type SuiteCode, suiteOf } from "./suite.ts"
import { type KeyPlace, unwrapKey, wrapKey } from "./wrap.ts"

const cachedMilliseconds = 60_000
const cachedKeys = 20_000
const indexKeyBytes = 32
/** Version of a data key within its name; a new one would come with re-sealing. */
const dataKeyVersion = 1

/** One nonce source for the process: every seal draws from here. */
export const drawNonce = nonceSource((bytes) => randomFillSync(bytes))

interface Waiting {
  readonly name: KeyName
  readonly resolve: (key: SealingKey | undefined) => void
  readonly reject: (error: unknown) => void
}

export class Keyring {
  readonly #store: KeyringStore
  readonly #root: Root
  readonly #clock: Clock
  readonly #keks = new Map<string, Promise<UnwrappedKek[]>>()
  readonly #indexKeys = new Map<string, Promise<IndexKey>>()
  readonly #cache = new Map<string, { key: SealingKey; until: number }>()
  #waiting: Waiting[] = []

  constructor(store: KeyringStore, root: Root, clock: Clock) {
    this.#store = store
    this.#root = root
    this.#clock = clock
  }

  /** Makes the tenant's first KEK epoch under the suite, unless it has one. */
  async ensureTenant(tenantId: string, suite: SuiteCode): Promise<void> {
    if ((await this.#store.keks(tenantId)).length > 0) return
    const key = newKey(suiteOf(suite).keyBytes)
    const wrapped = await this.#root.wrap(kekPlace(tenantId, 1), key)
    await this.#store.addKek(tenantId, { epoch: 1, suite, wrapped })
    this.#keks.delete(tenantId)
  }

  /** The key, or undefined when there is none: never made, or destroyed. */
  dataKey(name: KeyName): Promise<SealingKey | undefined> {
    const cached = this.#cache.get(cacheName(name))
    if (cached && cached.until > this.#clock()) return Promise.resolve(cached.key)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => void this.#fetch())
    })
  }

  /** The keys of these names, made where missing. Durable before they are handed out. */
  async ensureDataKeys(names: readonly KeyName[]): Promise<SealingKey[]> {
    const found = await this.#store.dataKeys(names)
    const missing = names.filter((_, index) => found[index] === undefined)
    if (missing.length > 0)
      await this.#store.addDataKeys(await Promise.all(missing.map((name) => this.#made(name))))
    const wrapped = missing.length > 0 ? await this.#store.dataKeys(names) : found
    return Promise.all(wrapped.map((key) => this.#unwrapped(required(key))))
  }

  /** The community's index key, made at first use. */
  indexKey(tenantId: string, communityId: string): Promise<IndexKey> {
    const known = this.#indexKeys.get(communityId)
    if (known) return known
    const opening = this.#openIndexKey(tenantId, communityId)
    this.#indexKeys.set(communityId, opening)
    opening.catch(() => this.#indexKeys.delete(communityId))
    return opening
  }

  /** The suite a tenant seals with now. */
  async suiteOf(tenantId: string): Promise<SuiteCode> {
    return (await this.#newestKek(tenantId)).suite
  }

  /** What these keys sealed is noise from here on, in every copy that has no copy of the keyring. Clause 5.3. */
  async destroy(names: readonly KeyName[]): Promise<void> {
    await this.#store.destroyKeys(names)
    for (const name of names) this.#cache.delete(cacheName(name))
  }

  async destroyCommunity(communityId: string): Promise<void> {
    await this.#store.destroyCommunity(communityId)
    this.#indexKeys.delete(communityId)
    this.#cache.clear()
  }

  async close(): Promise<void> {
    this.#cache.clear()
    this.#keks.clear()
    this.#indexKeys.clear()
    await this.#store.close()
  }

  async #fetch(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    try {
      const wrapped = await this.#store.dataKeys(waiting.map(({ name }) => name))
      await Promise.all(
        waiting.map(async ({ resolve, reject }, index) => {
          const key = wrapped[index]
          if (key === undefined) return resolve(undefined)
          await this.#unwrapped(key).then(resolve, reject)
        }),
      )
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  async #made(name: KeyName): Promise<WrappedKey> {
    const kek = await this.#newestKek(name.tenantId)
    const key = newKey(suiteOf(kek.suite).keyBytes)
    return {
      ...name,
      kekEpoch: kek.epoch,
      wrapped: wrapKey(sealing(kek), { place: dataPlace(name), key }, drawNonce),
    }
  }

  async #unwrapped(wrapped: WrappedKey): Promise<SealingKey> {
    const kek = await this.#kek(wrapped.tenantId, wrapped.kekEpoch)
    const suite = suiteOf(kek.suite)
    const key = unwrapKey(sealing(kek), { place: dataPlace(wrapped), bytes: suite.keyBytes }, wrapped.wrapped)
    const made = { suite, version: dataKeyVersion, key }
    this.#remember(wrapped, made)
    return made
  }

  #remember(name: KeyName, key: SealingKey): void {
    if (this.#cache.size >= cachedKeys) {
      const [oldest] = this.#cache.keys()
      if (oldest !== undefined) this.#cache.delete(oldest)
    }
    this.#cache.set(cacheName(name), { key, until: this.#clock() + cachedMilliseconds })
  }

  async #openIndexKey(tenantId: string, communityId: string): Promise<IndexKey> {
    const place: KeyPlace = { tenant: tenantId, purpose: "index", of: [communityId] }
    const found = await this.#store.indexKey(communityId)
    if (found === undefined) {
      const kek = await this.#newestKek(tenantId)
      const wrapped = wrapKey(sealing(kek), { place, key: newKey(indexKeyBytes) }, drawNonce)
      await this.#store.addIndexKey({ tenantId, communityId, kekEpoch: kek.epoch, wrapped })
    }
    const stored = required(found ?? (await this.#store.indexKey(communityId)))
    const kek = await this.#kek(tenantId, stored.kekEpoch)
    return { suite: kek.suite, key: unwrapKey(sealing(kek), { place, bytes: indexKeyBytes }, stored.wrapped) }
  }

  async #newestKek(tenantId: string): Promise<UnwrappedKek> {
    return required((await this.#openKeks(tenantId)).at(-1))
  }

  async #kek(tenantId: string, epoch: number): Promise<UnwrappedKek> {
    return required((await this.#openKeks(tenantId)).find((kek) => kek.epoch === epoch))
  }

  #openKeks(tenantId: string): Promise<UnwrappedKek[]> {
    const known = this.#keks.get(tenantId)
    if (known) return known
    const opening = this.#unwrapKeks(tenantId)
    this.#keks.set(tenantId, opening)
    opening.catch(() => this.#keks.delete(tenantId))
    return opening
  }

  async #unwrapKeks(tenantId: string): Promise<UnwrappedKek[]> {
    const rows = await this.#store.keks(tenantId)
    const keks: UnwrappedKek[] = []
    for (const row of rows) {
      if (row.wrapped === null) continue
      const what = { place: kekPlace(tenantId, row.epoch), bytes: suiteOf(row.suite).keyBytes }
      keks.push({ ...row, key: await this.#root.unwrap(what, row.wrapped) })
    }
    return keks
  }
}

function newKey(bytes: number): KeyObject {
  const raw = randomBytes(bytes)
  const key = createSecretKey(raw)
  raw.fill(0)
  return key
}

function sealing(kek: UnwrappedKek): SealingKey {
  return { suite: suiteOf(kek.suite), version: kek.epoch, key: kek.key }
}

function kekPlace(tenantId: string, epoch: number): KeyPlace {
  return { tenant: tenantId, purpose: "kek", of: [String(epoch)] }
}

function dataPlace(name: KeyName): KeyPlace {
  return { tenant: name.tenantId, purpose: "data", of: [name.communityId, name.subjectId, name.class] }
}

function cacheName(name: KeyName): string {
  return `${name.communityId}/${name.subjectId}/${name.class}`
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal("server.sealed")
  return value
}
