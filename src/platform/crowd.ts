/**
 * How many looks are under way at once. What each of them asks costs a share of one statement, flush or wake-up, and the share
 * shrinks with those that wait together: in a crowd it pays to wait a moment for company, alone it never does.
 */

/** Below this many nobody waits for anybody. */
const smallest = 12
/** Of those under way this part is company enough. */
const part = 3
/** Milliseconds that somebody waits for company at most. */
const longestWait = 1

export class Crowd {
  #size = 0

  async through<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#size += 1
    try {
      return await work()
    } finally {
      this.#size -= 1
    }
  }

  isEnough(waiting: number): boolean {
    return this.#size < smallest || waiting * part >= this.#size
  }

  /** Resolves when `waiting` says enough, or after a moment. */
  async gather(waiting: () => number): Promise<void> {
    if (!this.isEnough(waiting())) await new Promise((resolve) => setTimeout(resolve, longestWait))
  }

  /** Calls back after that moment. */
  later(due: () => void): NodeJS.Timeout {
    return setTimeout(due, longestWait)
  }
}

/** Of this process. */
export const looks = new Crowd()
