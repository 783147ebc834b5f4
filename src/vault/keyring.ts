/**
 * The keyring: root → KEK epoch per tenant → data key per subject and class, index key per community. Clause 3.9.
 * Unwrapped data keys are cached for at most 60 s, as KeyObjects; concurrent requests for keys share one statement.
 */

import { randomFillSync } from "node:crypto"
import type { Clock } from "../platform/clock.ts"
import type { SealingKey } from "./envelope.ts"
import { type CommunityIndexKey, IndexRing } from "./index-ring.ts"
import { KekRing, kekPlace, required, sealing } from "./kek-ring.ts"
import type { KeyName, KeyringStore, WrappedKey } from "./keyring-sql.ts"
import { newKey } from "./new-key.ts"
import { nonceSource } from "./nonce.ts"
import type { Root } from "./root.ts"
import { type SuiteCode, suiteOf } from "./suite.ts"
import { type KeyPlace, unwrapKey, wrapKey } from "./wrap.ts"

/** Milliseconds an unwrapped key is kept, whatever it is. */
export const keptMilliseconds = 60_000
const cachedKeys = 20_000
/** Version of a data key within its name, written in the header of what it seals. */
export const dataKeyVersion = 1

/** One nonce source for the process: every seal draws from here. */
export const drawNonce = nonceSource((bytes) => randomFillSync(bytes))

/** A root that may be closed at any moment. */
export interface GuardedRoot extends Root {
  /** Throws `server.sealed`. */
  assertOpen(): void
}

export interface KeyringOptions {
  readonly store: KeyringStore
  readonly root: GuardedRoot
  readonly clock: Clock
  /** Milliseconds; a test may wait less. */
  readonly kept?: number
}

interface Waiting {
  readonly name: KeyName
  readonly resolve: (key: SealingKey | undefined) => void
  readonly reject: (error: unknown) => void
}

export class Keyring {
  readonly #store: KeyringStore
  readonly #root: GuardedRoot
  readonly #clock: Clock
  readonly #kept: number
  readonly #keks: KekRing
  readonly #index: IndexRing
  readonly #cache = new Map<string, { key: SealingKey; until: number }>()
  #waiting: Waiting[] = []
  /** Counts how often everything was forgotten: what was under way before is not remembered after. */
  #forgotten = 0

  constructor({ store, root, clock, kept = keptMilliseconds }: KeyringOptions) {
    this.#store = store
    this.#root = root
    this.#clock = clock
    this.#kept = kept
    this.#keks = new KekRing({ store, root, clock, kept })
    this.#index = new IndexRing({ store, keks: this.#keks, clock, kept, draw: drawNonce })
  }

  get store(): KeyringStore {
    return this.#store
  }

  get keks(): KekRing {
    return this.#keks
  }

  get index(): IndexRing {
    return this.#index
  }

  /** Makes the tenant's first KEK epoch under the suite, unless it has one. */
  async ensureTenant(tenantId: string, suite: SuiteCode): Promise<void> {
    if ((await this.#store.keks(tenantId)).length > 0) return
    await this.#keks.add(tenantId, 1, suite)
  }

  /** The key, or undefined when there is none: never made, or destroyed. */
  async dataKey(name: KeyName): Promise<SealingKey | undefined> {
    this.#root.assertOpen()
    const cached = this.#cache.get(cacheName(name))
    if (cached && cached.until > this.#clock()) return cached.key
    return new Promise((resolve, reject) => {
      this.#waiting.push({ name, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => void this.#fetch())
    })
  }

  /** The keys of these names, made where missing. Durable before they are handed out. Not kept: thousands come at once. */
  async ensureDataKeys(names: readonly KeyName[]): Promise<SealingKey[]> {
    this.#root.assertOpen()
    const found = await this.#store.dataKeys(names)
    const missing = names.filter((_, index) => found[index] === undefined)
    if (missing.length === 0) return Promise.all(found.map((key) => this.#opened(required(key))))
    const made = await Promise.all(missing.map((name) => this.#made(name)))
    await this.#store.addDataKeys(made.map(({ row }) => row))
    const own = new Map(made.map((one) => [cacheName(one.row), one]))
    const wrapped = await this.#store.dataKeys(names)
    return Promise.all(
      wrapped.map(async (key) => {
        const row = required(key)
        const mine = own.get(cacheName(row))
        // Another process may have been first; its key counts.
        return mine?.row.wrapped.equals(row.wrapped) === true ? mine.key : this.#opened(row)
      }),
    )
  }

  /** The community's index key, made at first use. */
  async indexKey(tenantId: string, communityId: string): Promise<CommunityIndexKey> {
    this.#root.assertOpen()
    return this.#index.key(tenantId, communityId)
  }

  /** The suite a tenant seals with now. */
  async suiteOf(tenantId: string): Promise<SuiteCode> {
    return (await this.#keks.newest(tenantId)).suite
  }

  /** What these keys sealed is noise from here on, in every copy that has no copy of the keyring. Clause 5.3. */
  async destroy(names: readonly KeyName[]): Promise<void> {
    await this.#store.destroyKeys(names)
    for (const name of names) this.#cache.delete(cacheName(name))
  }

  async destroyCommunity(communityId: string): Promise<void> {
    await this.#store.destroyCommunity(communityId)
    this.#index.forget(communityId)
    this.#cache.clear()
  }

  /** Drops every key of the process. Node frees the memory of a dropped KeyObject, zeroed, when it collects it. */
  forget(): void {
    this.#forgotten += 1
    this.#cache.clear()
    this.#keks.forget()
    this.#index.forget()
  }

  async close(): Promise<void> {
    this.forget()
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

  async #made(name: KeyName): Promise<{ readonly row: WrappedKey; readonly key: SealingKey }> {
    const kek = await this.#keks.newest(name.tenantId)
    const suite = suiteOf(kek.suite)
    const key = newKey(suite.keyBytes)
    const wrapped = wrapKey(sealing(kek), { place: dataPlace(name), key }, drawNonce)
    return {
      row: { ...name, suite: kek.suite, kekEpoch: kek.epoch, wrapped },
      key: { suite, version: dataKeyVersion, key },
    }
  }

  async #unwrapped(wrapped: WrappedKey): Promise<SealingKey> {
    const forgotten = this.#forgotten
    const opened = await this.#opened(wrapped)
    if (forgotten === this.#forgotten) this.#remember(wrapped, opened)
    return opened
  }

  async #opened(wrapped: WrappedKey): Promise<SealingKey> {
    const kek = await this.#keks.of(wrapped.tenantId, wrapped.kekEpoch)
    const suite = suiteOf(wrapped.suite)
    const key = unwrapKey(sealing(kek), { place: dataPlace(wrapped), bytes: suite.keyBytes }, wrapped.wrapped)
    return { suite, version: dataKeyVersion, key }
  }

  #remember(name: KeyName, key: SealingKey): void {
    if (this.#cache.size >= cachedKeys) {
      const [oldest] = this.#cache.keys()
      if (oldest !== undefined) this.#cache.delete(oldest)
    }
    this.#cache.set(cacheName(name), { key, until: this.#clock() + this.#kept })
  }
}

/** The root must open the newest key of the installation itself. Throws Unopenable when it is another keyring's root. */
export async function proveRoot(store: KeyringStore, root: Root, ownTenant: string): Promise<void> {
  const kek = (await store.keks(ownTenant)).at(-1)
  if (kek === undefined) return
  const bytes = suiteOf(kek.suite).keyBytes
  await root.unwrap({ place: kekPlace(ownTenant, kek.epoch), bytes }, kek.wrapped)
}

export function dataPlace(name: KeyName): KeyPlace {
  return { tenant: name.tenantId, purpose: "data", of: [name.communityId, name.subjectId, name.class] }
}

function cacheName(name: KeyName): string {
  return `${name.communityId}/${name.subjectId}/${name.class}`
}
