/** The tenants' key-encrypting keys, unwrapped by the root for at most a minute. Clause 3.9. */

import { Refusal } from "../base/refusal.ts"
import type { Clock } from "../platform/clock.ts"
import type { SealingKey } from "./envelope.ts"
import type { KeyringStore, UnwrappedKek } from "./keyring-sql.ts"
import { newKey } from "./new-key.ts"
import type { Root } from "./root.ts"
import { type SuiteCode, suiteOf } from "./suite.ts"
import type { KeyPlace } from "./wrap.ts"

interface Remembered {
  readonly keks: Promise<UnwrappedKek[]>
  readonly until: number
}

export interface KekRingOptions {
  readonly store: KeyringStore
  readonly root: Root
  readonly clock: Clock
  /** Milliseconds an unwrapped key is kept. */
  readonly kept: number
}

export class KekRing {
  readonly #options: KekRingOptions
  readonly #rings = new Map<string, Remembered>()
  readonly #uses = new Map<string, number>()

  constructor(options: KekRingOptions) {
    this.#options = options
  }

  /** Adds an epoch and returns its number; when another process adds it at the same time, theirs is as good. */
  async add(tenantId: string, epoch: number, suite: SuiteCode): Promise<number> {
    const { store, root } = this.#options
    const wrapped = await root.wrap(kekPlace(tenantId, epoch), newKey(suiteOf(suite).keyBytes))
    await store.addKek(tenantId, { epoch, suite, wrapped })
    this.#rings.delete(tenantId)
    return epoch
  }

  /** The epoch that new keys are wrapped under. Throws `server.sealed` when there is none. */
  async newest(tenantId: string): Promise<UnwrappedKek> {
    return required((await this.#open(tenantId)).at(-1))
  }

  /** One epoch; read again when another process made it after ours were read. */
  async of(tenantId: string, epoch: number): Promise<UnwrappedKek> {
    const use = `${tenantId}/${epoch}`
    this.#uses.set(use, (this.#uses.get(use) ?? 0) + 1)
    const known = (await this.#open(tenantId)).find((kek) => kek.epoch === epoch)
    if (known !== undefined) return known
    this.#rings.delete(tenantId)
    return required((await this.#open(tenantId)).find((kek) => kek.epoch === epoch))
  }

  /** How often keys were unwrapped with the epoch since this process began. */
  usesOf(tenantId: string, epoch: number): number {
    return this.#uses.get(`${tenantId}/${epoch}`) ?? 0
  }

  forget(): void {
    this.#rings.clear()
  }

  #open(tenantId: string): Promise<UnwrappedKek[]> {
    const { clock, kept } = this.#options
    const known = this.#rings.get(tenantId)
    if (known !== undefined && known.until > clock()) return known.keks
    const keks = this.#unwrap(tenantId)
    this.#rings.set(tenantId, { keks, until: clock() + kept })
    keks.catch(() => this.#rings.delete(tenantId))
    return keks
  }

  async #unwrap(tenantId: string): Promise<UnwrappedKek[]> {
    const { store, root } = this.#options
    const rows = await store.keks(tenantId)
    return Promise.all(
      rows.map(async (row) => {
        const what = { place: kekPlace(tenantId, row.epoch), bytes: suiteOf(row.suite).keyBytes }
        return { ...row, key: await root.unwrap(what, row.wrapped) }
      }),
    )
  }
}

export function sealing(kek: UnwrappedKek): SealingKey {
  return { suite: suiteOf(kek.suite), version: kek.epoch, key: kek.key }
}

export function kekPlace(tenantId: string, epoch: number): KeyPlace {
  return { tenant: tenantId, purpose: "kek", of: [String(epoch)] }
}

/** What must be there while the server is open. Throws `server.sealed`. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal("server.sealed")
  return value
}
