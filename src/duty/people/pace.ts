/** How often something may be tried: so many times in a window that starts with the first try. */

const rememberedKeys = 10_000

export interface PaceLimit {
  readonly tries: number
  readonly milliseconds: number
}

export class Pace {
  readonly #limit: PaceLimit
  readonly #windows = new Map<string, { since: number; tries: number }>()

  constructor(limit: PaceLimit) {
    this.#limit = limit
  }

  /** Counts a try; false when it is one too many. */
  admits(key: string, now: number): boolean {
    const window = this.#windows.get(key)
    if (window === undefined || now - window.since >= this.#limit.milliseconds) {
      this.#remember(key, now)
      return true
    }
    window.tries += 1
    return window.tries <= this.#limit.tries
  }

  #remember(key: string, now: number): void {
    this.#windows.delete(key)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size >= rememberedKeys && oldest !== undefined) this.#windows.delete(oldest)
    this.#windows.set(key, { since: now, tries: 1 })
  }
}
