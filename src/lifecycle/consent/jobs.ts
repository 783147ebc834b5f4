/** Walks the uses that run on consent, in the background, on every process. Clause 2.7. */

import type { House } from "../../house.ts"
import { whereOf } from "../../platform/log.ts"
import { walkRuns } from "./walk-run.ts"

const pauseMilliseconds = 1_000

export class ConsentWalker {
  readonly #house: House
  #timer: NodeJS.Timeout | undefined
  #walking: Promise<void> | undefined
  #isFailing = false

  constructor(house: House) {
    this.#house = house
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#begin(), pauseMilliseconds).unref()
  }

  /** Waits for the batch that is being decided on. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#walking
  }

  #begin(): void {
    this.#walking ??= this.#walk().finally(() => (this.#walking = undefined))
  }

  /** Tried again each second; told once, until it goes on. */
  async #walk(): Promise<void> {
    try {
      await walkRuns(this.#house)
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing) this.#house.log.event("consent.failed", { where: whereOf(error) })
      this.#isFailing = true
    }
  }
}
