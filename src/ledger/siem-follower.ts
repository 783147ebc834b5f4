/**
 * Brings every trace of every log to the SIEM, at least once and in order, and raises an alarm when it comes late or when the
 * order has a hole. Nothing waits for it. Clause 3.12.
 */

import { setTimeout as sleep } from "node:timers/promises"
import type { SiemCursor } from "./siem-cursor.ts"
import type { SiemMessage } from "./siem-message.ts"
import type { SiemPlace } from "./siem-place.ts"
import { type LogHead, type Portion, readPortion, type SiemSource } from "./siem-reader.ts"

export interface SiemState {
  /** Whether the last attempt succeeded; undefined before the first. */
  readonly isUp: boolean | undefined
  /** Leaves that are not there yet. */
  readonly behind: number
  /** Milliseconds that the oldest of them has waited. */
  readonly lag: number
  /** Whether it waits longer than it may. */
  readonly isLate: boolean
  /** Leaves without a trace, or with a number used before, found since the start. */
  readonly holes: number
  /** Messages delivered since the start. */
  readonly delivered: number
}

export type SiemEvent =
  | { readonly kind: "up" | "caught_up" }
  | { readonly kind: "down"; readonly error: unknown }
  | { readonly kind: "late"; readonly lag: number }
  | { readonly kind: "gap"; readonly log: string; readonly seq: number; readonly through: number }

export interface SiemFollowerOptions {
  readonly place: SiemPlace
  readonly source: SiemSource
  readonly cursor: SiemCursor
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Milliseconds that a trace may wait. */
  readonly patience: number
  readonly tell: (event: SiemEvent) => void
  /** Milliseconds before the first new attempt; each next one waits twice as long, a minute at most. */
  readonly retryAfter?: number
}

const largestGroup = 4_096
const longestPause = 60_000
const watchEvery = 1_000
const longestEnd = 3_000

export class SiemFollower {
  readonly #options: SiemFollowerOptions
  readonly #heads = new Map<string, LogHead>()
  /** Read from the table and not delivered yet. */
  #group: readonly Portion[] = []
  #isUp: boolean | undefined
  #isLate = false
  #behindSince: number | undefined
  #holes = 0
  #delivered = 0
  #failures = 0
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #watch: NodeJS.Timeout
  #isClosed = false

  constructor(options: SiemFollowerOptions) {
    this.#options = options
    this.#watch = setInterval(() => this.#look(), watchEvery)
    this.#watch.unref()
  }

  get state(): SiemState {
    const lag = this.#lag()
    return {
      isUp: this.#isUp,
      behind: this.#behind(),
      lag,
      isLate: lag > this.#options.patience,
      holes: this.#holes,
      delivered: this.#delivered,
    }
  }

  /** The logs have grown, or were opened. */
  follow(heads: readonly LogHead[]): void {
    for (const head of heads) this.#heads.set(head.origin, head)
    if (this.#timer === undefined) this.#start()
  }

  /** Tries once more to bring everything there. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#watch)
    clearTimeout(this.#timer)
    // A receiver that hangs does not hold up a server that is to stop: the rest comes after the next start.
    await Promise.race([this.#last(), sleep(longestEnd, undefined, { ref: false })])
    await Promise.all([this.#options.place.close(), this.#options.source.close()])
  }

  async #last(): Promise<void> {
    await this.#running
    if (this.#failures === 0) await this.#deliverAll().catch(() => undefined)
  }

  #start(): void {
    if (this.#isClosed) return
    this.#timer = undefined
    this.#running ??= this.#deliverAll()
      .then(() => {
        this.#failures = 0
      })
      .catch((error: unknown) => {
        this.#become(false, error)
        const pause = Math.min((this.#options.retryAfter ?? 500) * 2 ** this.#failures++, longestPause)
        this.#timer = setTimeout(() => this.#start(), pause)
        this.#timer.unref()
      })
      .finally(() => {
        this.#running = undefined
        // What has grown while the last look was made would wait for the next growth.
        if (this.#timer === undefined && this.#behind() > 0) this.#start()
      })
  }

  async #deliverAll(): Promise<void> {
    const { place, cursor } = this.#options
    await cursor.open()
    for (;;) {
      if (this.#group.length === 0) this.#group = await this.#read()
      const group = this.#group
      if (group.length === 0) break
      const messages = group.flatMap((portion) => portion.messages)
      await place.deliver(messages)
      await cursor.advance(new Map(group.map(({ log, next }) => [log, next])))
      this.#group = []
      this.#count(messages)
    }
    this.#behindSince = undefined
    this.#look()
  }

  /**
   * A portion of each log that is behind, so that a busy log does not hold up the others, and again until the group is full:
   * a delivery may take a second however little it carries.
   */
  async #read(): Promise<Portion[]> {
    const { cursor } = this.#options
    const portions: Portion[] = []
    let places = [...this.#heads.values()].map((head) => ({ head, from: cursor.next(head.origin) }))
    let room = largestGroup
    while (places.length > 0 && room > 0) {
      const round = await this.#readRound(places, room)
      portions.push(...round.map(({ portion }) => portion))
      room -= round.reduce((sum, { portion }) => sum + portion.messages.length, 0)
      places = round.map(({ head, portion }) => ({ head, from: portion.next }))
    }
    return portions
  }

  async #readRound(
    places: readonly { readonly head: LogHead; readonly from: number }[],
    room: number,
  ): Promise<{ head: LogHead; portion: Portion }[]> {
    const { source, clock } = this.#options
    const round: { head: LogHead; portion: Portion }[] = []
    let count = 0
    for (const { head, from } of places) {
      if (count >= room) break
      const portion = await readPortion(source, head, { from, now: clock() })
      if (portion === undefined) continue
      round.push({ head, portion })
      count += portion.messages.length
    }
    return round
  }

  #count(messages: readonly SiemMessage[]): void {
    this.#delivered += messages.length
    this.#failures = 0
    for (const message of messages) {
      if (message.kind === "trace") continue
      const { log, seq, through } = message
      this.#holes += through - seq + 1
      this.#options.tell({ kind: "gap", log, seq, through })
    }
    this.#become(true)
  }

  #become(isUp: boolean, error?: unknown): void {
    if (this.#isUp === isUp) return
    this.#isUp = isUp
    this.#options.tell(isUp ? { kind: "up" } : { kind: "down", error })
  }

  /** Says once when it is late, and once when it no longer is. */
  #look(): void {
    const { isLate, lag } = this.state
    if (isLate === this.#isLate) return
    this.#isLate = isLate
    this.#options.tell(isLate ? { kind: "late", lag } : { kind: "caught_up" })
  }

  #behind(): number {
    const { cursor } = this.#options
    return [...this.#heads.values()].reduce(
      (sum, { origin, size }) => sum + Math.max(0, size - cursor.next(origin)),
      0,
    )
  }

  /** Since the oldest trace was written; while none could be read, since something was missing. */
  #lag(): number {
    if (this.#behind() === 0) {
      this.#behindSince = undefined
      return 0
    }
    const now = this.#options.clock()
    this.#behindSince ??= now
    const times = this.#group.flatMap(({ messages }) => messages.slice(0, 1).map(timeOf))
    return Math.max(0, now - Math.min(this.#behindSince, ...times))
  }
}

function timeOf(message: SiemMessage): number {
  return message.kind === "trace" ? message.trace.at : message.at
}
