/** Walks the uses that run on consent, writes down what has lapsed and who is no longer a child, in the background, on every process. Clause 2.7. */

import type { House } from "../../house.ts"
import { whereOf } from "../../platform/log.ts"
import { dayOf, isNightDue } from "../text/stored-text.ts"
import { lapseConsents } from "./lapse-consents.ts"
import { letGrow } from "./note-age.ts"
import { walkRuns } from "./walk-run.ts"

const pauseMilliseconds = 1_000

export class ConsentWalker {
  readonly #house: House
  #timer: NodeJS.Timeout | undefined
  #walking: Promise<void> | undefined
  #isFailing = false
  #isClosed = false
  /** Under which version, and on which day, this process last looked for what has lapsed. */
  #lapsed: { readonly version: number; readonly day: string } | undefined

  constructor(house: House) {
    this.#house = house
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#begin(), pauseMilliseconds).unref()
  }

  /** Waits for the batch that is being decided on. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#walking
  }

  #begin(): void {
    this.#walking ??= this.#walk().finally(() => (this.#walking = undefined))
  }

  /** Tried again each second; told once, until it goes on. */
  async #walk(): Promise<void> {
    try {
      await this.#lapseThenWalk()
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing) this.#house.log.event("consent.failed", { where: whereOf(error) })
      this.#isFailing = true
    }
  }

  /** In this order, so that the record of a lapse names the uses it stopped. The walk goes on without it. */
  async #lapseThenWalk(): Promise<void> {
    try {
      await this.#lapse()
    } finally {
      await walkRuns(this.#house)
    }
  }

  /** Once the regime is another, and each night; also when the server starts. Nothing waits for it: a use looks for itself. */
  async #lapse(): Promise<void> {
    const { spine, regime } = this.#house
    const { version } = regime()
    const now = spine.clock()
    const last = this.#lapsed
    if (last?.version === version && !isNightDue(now, last)) return
    await lapseConsents(this.#house, () => !this.#isClosed)
    await letGrow(this.#house, () => !this.#isClosed)
    this.#lapsed = { version, day: dayOf(now) }
  }
}
