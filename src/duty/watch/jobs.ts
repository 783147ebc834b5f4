/** Watching goes on behind the traces, every few seconds, on whichever process comes first. Clause 6.4. */

import { setTimeout } from "node:timers/promises"
import type { House } from "../../house.ts"
import { whereOf } from "../../platform/log.ts"
import { Follower, townsOf } from "./follow.ts"

/** A finding is raised within a minute of its trace: three rounds may fail. */
const roundMilliseconds = 15_000

export class Watch {
  readonly #house: House
  readonly #follower: Follower
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #isClosed = false

  constructor(house: House) {
    this.#house = house
    this.#follower = new Follower(house)
  }

  start(): void {
    this.#timer = setInterval(() => void this.round(), roundMilliseconds)
    this.#timer.unref()
  }

  /** One round, to the newest trace. Never rejects. */
  round(): Promise<void> {
    this.#running ??= this.#follow()
      .catch((error: unknown) => {
        this.#house.log.event("job.failed", { job: "watch", id: "", where: whereOf(error) })
      })
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#running
  }

  async #follow(): Promise<void> {
    for (const town of await townsOf(this.#house)) {
      let isMore = true
      while (isMore && !this.#isClosed) {
        const begun = performance.now()
        isMore = await this.#follower.batch(town)
        // Far behind, it takes half of a processor at most: the other half is for whoever works.
        if (isMore) await setTimeout(performance.now() - begun)
      }
    }
  }
}
