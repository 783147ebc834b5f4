/** The scanner of stored text: at night by itself, in between when somebody asks. Takes up what a restart left. Clause 2.9. */

import { setTimeout as sleep } from "node:timers/promises"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { sqlState } from "../../platform/database.ts"
import { whereOf } from "../../platform/log.ts"
import { newId } from "../../platform/random.ts"
import { beginScan, scanBatch, scannerHand, type Town, townsOf } from "./scan.ts"
import { lastNight } from "./scan-sql.ts"
import { isNightDue } from "./stored-text.ts"

const roundMilliseconds = 60_000
/** Between two batches, so that a scan stays in nobody's way. */
const pauseMilliseconds = 20

export class TextScanner {
  readonly #house: House
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #isAskedAgain = false
  #isClosed = false

  constructor(house: House) {
    this.#house = house
  }

  /** What was under way goes on at once. */
  start(): void {
    this.#timer = setInterval(() => void this.round(), roundMilliseconds)
    this.#timer.unref()
    void this.#begin(false)
  }

  /** Begins what is due, then goes on to the end; asked while it runs, another round follows. Never rejects. */
  round(): Promise<void> {
    return this.#begin(true)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#running
  }

  #begin(mayStart: boolean): Promise<void> {
    this.#isAskedAgain = this.#running !== undefined
    this.#running ??= this.#rounds(mayStart).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  readonly #goesOn = (): boolean => !this.#isClosed && !this.#house.vault.seal.state.sealed

  async #rounds(mayStart: boolean): Promise<void> {
    do {
      this.#isAskedAgain = false
      await this.#walkAll(mayStart).catch((error: unknown) => {
        this.#house.log.event("job.failed", { job: "text", id: "", where: whereOf(error) })
      })
    } while (this.#isAskedAgain && this.#goesOn())
  }

  async #walkAll(mayStart: boolean): Promise<void> {
    if (!this.#goesOn()) return
    for (const town of await townsOf(this.#house)) {
      if (mayStart) await this.#beginNight(town)
      while (this.#goesOn() && (await scanBatch(this.#house, town))) await sleep(pauseMilliseconds)
    }
  }

  async #beginNight(town: Town): Promise<void> {
    const actor = scannerHand(town)
    const { spine } = this.#house
    const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
      spine.database.read<Row>(actor.context, text, values)
    const last = await lastNight({ query }, town.communityId)
    if (last === undefined || !isNightDue(spine.clock(), last)) return
    await beginScan(this.#house, actor, { scanId: newId(spine.clock()), occasion: "nightly" }).catch(
      // One under way by hand goes first, or another process was faster: the next round looks again.
      (error: unknown) => {
        if (!(error instanceof Refusal) && sqlState(error) !== uniqueViolation) throw error
      },
    )
  }
}

const uniqueViolation = "23505"
