/**
 * The keeper: rolls KEKs when they are due, wraps again what lies under old epochs, fills new indexes, destroys what no backup
 * needs. Each round looks at what is there, so a killed one is simply taken up by the next. Clauses 3.9, 5.4.
 */

import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import { emptyIndex, fillIndex } from "../../lifecycle/store/reindex.ts"
import { whereOf } from "../../platform/log.ts"
import type { FormerKey, IndexKeyState } from "../../vault/key-state.ts"
import { keeperHand, machineHand } from "./hand.ts"
import { destroyFormer, resealCommunity } from "./reseal.ts"
import { communitiesOf } from "./sql.ts"

const roundMilliseconds = 30_000
const dayMilliseconds = 86_400_000

export class KeyKeeper {
  readonly #house: House
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #isAskedAgain = false
  #isClosed = false

  constructor(house: House) {
    this.#house = house
  }

  start(): void {
    this.#timer = setInterval(() => void this.round(), roundMilliseconds)
    this.#timer.unref()
  }

  /** One round, now; asked while one runs, another follows it. Never rejects. */
  round(): Promise<void> {
    this.#isAskedAgain = this.#running !== undefined
    this.#running ??= this.#rounds().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#running
  }

  readonly #goesOn = (): boolean => !this.#isClosed && !this.#house.vault.seal.state.sealed

  async #rounds(): Promise<void> {
    do {
      this.#isAskedAgain = false
      await this.#tryRound().catch((error: unknown) => {
        this.#house.log.event("job.failed", { job: "keys", id: "", where: whereOf(error) })
      })
    } while (this.#isAskedAgain && this.#goesOn())
  }

  async #tryRound(): Promise<void> {
    if (!this.#goesOn()) return
    const { rotation } = this.#house.vault
    for (const tenantId of await rotation.sql.tenants()) {
      if (this.#goesOn()) await this.#keep(tenantId)
    }
    for (const key of await rotation.sql.indexKeys()) {
      if (this.#goesOn()) await this.#keepIndex(key)
    }
  }

  async #keep(tenantId: string): Promise<void> {
    const { vault, spine, log } = this.#house
    const { rotation, schedule } = vault
    const now = spine.clock()
    if (await rotation.isDue(tenantId, schedule, now)) {
      await this.#trace("keys.rotate")
      log.event("vault.rotated", { tenant: tenantId, epoch: await rotation.rotate(tenantId) })
    }
    await this.#reseal(tenantId)
    await this.#destroyFormer(tenantId, now)
    const { done } = await rotation.rewrap(tenantId)
    if (done > 0) await this.#trace("keys.rewrap")
    for (const epoch of await rotation.destroyOld(tenantId, schedule, now)) {
      await this.#trace("keys.destroy")
      log.event("vault.destroyed", { tenant: tenantId, epoch })
    }
  }

  /** The order outlives a kill: each round goes on with what is still under another suite. */
  async #reseal(tenantId: string): Promise<void> {
    const { vault, keyring, spine, log } = this.#house
    const { former } = vault.rotation
    const order = await former.ordered(tenantId)
    if (order === undefined) return
    const suite = await keyring.suiteOf(tenantId)
    const work = { suite, goesOn: this.#goesOn }
    for (const { community_id: communityId } of await communitiesOf(this.#house, tenantId)) {
      if (!(await resealCommunity(this.#house, { tenantId, communityId }, work))) return
    }
    // Whoever had fetched a key before may still write with it: looked at once more when that is over.
    if (Date.now() - order.begunAt.getTime() < 2 * vault.kept) return
    await former.end(order, spine.clock())
    log.event("vault.resealed", { tenant: tenantId, suite })
  }

  /** Destroyed with the backups that they open. */
  async #destroyFormer(tenantId: string, now: number): Promise<void> {
    const since = new Date(now - this.#house.vault.schedule.backupDays * dayMilliseconds)
    let after: FormerKey | undefined
    do {
      const { destroyed, last } = await destroyFormer(this.#house, tenantId, { since, after })
      if (destroyed > 0) await this.#trace("keys.destroy")
      after = last
    } while (after !== undefined && this.#goesOn())
  }

  /**
   * A new key is filled once every process writes under it, and an old one emptied once none seeks with it: `kept` until all
   * have read anew, and as long again for what was under way with the keys read before.
   */
  async #keepIndex(key: IndexKeyState): Promise<void> {
    const { rotation, kept } = this.#house.vault
    const since = key.state === "filling" ? key.createdAt : key.changedAt
    if (key.state === "active" || Date.now() - since.getTime() < 2 * kept) return
    const { communityId, epoch } = key
    const actor = keeperHand(key)
    const work = { epoch, goesOn: this.#goesOn }
    if (key.state === "filling" && (await fillIndex(this.#house, actor, work))) {
      await rotation.sql.activate(communityId, epoch)
      this.#house.keyring.index.forget(communityId)
    }
    if (key.state === "retired" && (await emptyIndex(this.#house, actor, work)))
      await rotation.sql.removeIndexKey(communityId, epoch)
  }

  #trace(code: string): Promise<void> {
    return act(this.#house.spine, machineHand(), async (command) =>
      command.trace({ act: code, clause: "3.9" }),
    )
  }
}
