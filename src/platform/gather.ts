/**
 * What waits together is asked together: while one group is under way the next gathers. Whoever is in a group that fails is
 * asked again alone, so that nobody's mistake is another's.
 */

import type { Crowd } from "./crowd.ts"

/** The answers at the positions of `asks`. */
export type AnswerAll<Ask, Answer> = (asks: readonly Ask[]) => Promise<readonly Answer[]>

interface Waiting<Ask, Answer> {
  readonly ask: Ask
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

const largestGroup = 128

export class Gatherer<Ask, Answer> {
  readonly #answerAll: AnswerAll<Ask, Answer>
  readonly #crowd: Crowd
  #waiting: Array<Waiting<Ask, Answer>> = []
  #isBusy = false

  constructor(crowd: Crowd, answerAll: AnswerAll<Ask, Answer>) {
    this.#crowd = crowd
    this.#answerAll = answerAll
  }

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject })
      if (this.#isBusy) return
      this.#isBusy = true
      // One turn of the event loop gathers whatever else is ready to be asked.
      setImmediate(() => void this.#run())
    })
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#crowd.gather(() => this.#waiting.length)
      await this.#answer(this.#waiting.splice(0, largestGroup))
    }
    this.#isBusy = false
  }

  async #answer(group: ReadonlyArray<Waiting<Ask, Answer>>): Promise<void> {
    try {
      const answers = await this.#answerAll(group.map(({ ask }) => ask))
      for (const [at, { resolve, reject }] of group.entries()) {
        const answer = answers[at]
        if (answer === undefined) reject(new Error("an ask was left without an answer"))
        else resolve(answer)
      }
    } catch (error) {
      if (group.length === 1) for (const { reject } of group) reject(error)
      else await Promise.all(group.map((one) => this.#answer([one])))
    }
  }
}
