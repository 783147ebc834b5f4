/** Work that may crowd out other work: so many at once, so many waiting, and whoever comes then is refused at once. */

import { Refusal } from "../../base/refusal.ts"

export interface LaneLimits {
  readonly running: number
  readonly waiting: number
}

export class Lane {
  readonly #limits: LaneLimits
  readonly #waiting: Array<() => void> = []
  #running = 0

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** Runs the work in its turn, first come, first served. Throws `server.busy`, without starting it, when too many wait. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#turn()
    try {
      return await work()
    } finally {
      // The place is handed on: nobody who comes now gets ahead of whoever waits.
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }

  #turn(): Promise<void> | undefined {
    if (this.#running < this.#limits.running) {
      this.#running += 1
      return undefined
    }
    if (this.#waiting.length >= this.#limits.waiting) throw new Refusal("server.busy")
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
