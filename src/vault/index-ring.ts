/** The communities' index keys: one that is sought with and, while a new one is filled, its successor. Clauses 3.9, 3.10. */

import type { Clock } from "../platform/clock.ts"
import type { IndexKey } from "./blind-index.ts"
import type { KekRing } from "./kek-ring.ts"
import { required, sealing } from "./kek-ring.ts"
import type { IndexState, KeyringStore, WrappedIndexKey } from "./keyring-sql.ts"
import { newKey } from "./new-key.ts"
import type { DrawNonce } from "./nonce.ts"
import { type KeyPlace, unwrapKey, wrapKey } from "./wrap.ts"

const indexKeyBytes = 32

/** An index key with its epoch, which is written beside each tag. */
export interface EpochKey extends IndexKey {
  readonly epoch: number
}

/** The key to seek with. Whoever writes tags writes those of `successor` too. */
export interface CommunityIndexKey extends EpochKey {
  readonly successor: EpochKey | undefined
}

export interface IndexRingOptions {
  readonly store: KeyringStore
  readonly keks: KekRing
  readonly clock: Clock
  readonly kept: number
  readonly draw: DrawNonce
}

interface Remembered {
  readonly key: Promise<CommunityIndexKey>
  readonly until: number
}

export class IndexRing {
  readonly #options: IndexRingOptions
  readonly #keys = new Map<string, Remembered>()

  constructor(options: IndexRingOptions) {
    this.#options = options
  }

  /** Made at first use. */
  key(tenantId: string, communityId: string): Promise<CommunityIndexKey> {
    const { clock, kept } = this.#options
    const known = this.#keys.get(communityId)
    if (known !== undefined && known.until > clock()) return known.key
    const key = this.#open(tenantId, communityId)
    this.#keys.set(communityId, { key, until: clock() + kept })
    key.catch(() => this.#keys.delete(communityId))
    return key
  }

  /** Makes the key of an epoch. False when it is there already, or another is being filled. */
  async add(
    name: { tenantId: string; communityId: string },
    epoch: number,
    state: IndexState,
  ): Promise<boolean> {
    const { store, keks, draw } = this.#options
    const kek = await keks.newest(name.tenantId)
    const place = placeOf(name, epoch)
    const wrapped = wrapKey(sealing(kek), { place, key: newKey(indexKeyBytes) }, draw)
    const { suite, epoch: kekEpoch } = kek
    this.#keys.delete(name.communityId)
    return store.addIndexKey({ ...name, epoch, suite, state, kekEpoch, wrapped })
  }

  forget(communityId?: string): void {
    if (communityId === undefined) this.#keys.clear()
    else this.#keys.delete(communityId)
  }

  async #open(tenantId: string, communityId: string): Promise<CommunityIndexKey> {
    const { store } = this.#options
    let rows = await store.indexKeys(communityId)
    if (rows.length === 0) {
      await this.add({ tenantId, communityId }, 1, "active")
      rows = await store.indexKeys(communityId)
    }
    const active = await this.#unwrapped(required(rows.find((row) => row.state === "active")))
    const filling = rows.find((row) => row.state === "filling")
    return { ...active, successor: filling && (await this.#unwrapped(filling)) }
  }

  async #unwrapped(row: WrappedIndexKey): Promise<EpochKey> {
    const kek = await this.#options.keks.of(row.tenantId, row.kekEpoch)
    const what = { place: placeOf(row, row.epoch), bytes: indexKeyBytes }
    return { suite: row.suite, epoch: row.epoch, key: unwrapKey(sealing(kek), what, row.wrapped) }
  }
}

/** The first epoch is bound without its number, as it was before there were others. */
export function placeOf(name: { tenantId: string; communityId: string }, epoch: number): KeyPlace {
  const of = epoch === 1 ? [name.communityId] : [name.communityId, String(epoch)]
  return { tenant: name.tenantId, purpose: "index", of }
}
