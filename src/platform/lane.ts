/**
 * A fast lane for short reads. Each statement runs under its own context: behind a call of `app.ctx` that sets every key with
 * `set local`, so that nothing of a context survives the Sync, not on an error either.
 *
 * What is asked while the server answers goes out together when it has answered: one write, one wake-up, one Sync for all of
 * it, and one call of `app.ctx` for statements under equal contexts. That costs a third of asking one by one. A second
 * connection takes over when the first is held up by something slow.
 */

import type pg from "pg"
import { type Context, contextValues } from "./context.ts"
import type { Crowd } from "./crowd.ts"
import { LaneSession, type Read } from "./lane-session.ts"

const largestBatch = 64
/** Milliseconds after which a batch counts as held up. */
const patience = 3

type Slot = "closed" | "opening" | LaneSession

export interface LaneOptions {
  readonly connections?: number
  /** Who of it asks here waits a moment for others. Without one nobody waits. */
  readonly crowd?: Crowd
}

export class Lane {
  readonly #config: pg.ClientConfig
  readonly #slots: Slot[]
  #waiting: Read[] = []
  #isSendDue = false
  #patience: NodeJS.Timeout | undefined
  #isClosed = false
  readonly #crowd: Crowd | undefined
  #gathering: NodeJS.Timeout | undefined
  #isOverdue = false

  constructor(config: pg.ClientConfig, { connections = 2, crowd }: LaneOptions = {}) {
    this.#config = config
    this.#crowd = crowd
    this.#slots = Array.from({ length: connections }, () => "closed")
  }

  /**
   * Reads under row security; `undefined` where a role has none by context. Resolves when the statement's transaction has
   * ended. Rejects with PostgreSQL's error; a lost connection is opened anew by the next call.
   */
  read<Row extends pg.QueryResultRow>(
    context: Context | undefined,
    text: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const call = context === undefined ? undefined : contextValues(context)
      const answer = (rows: readonly unknown[]) => {
        if (areRows<Row>(rows)) resolve(rows)
      }
      this.#waiting.push({ call, key: call?.join("\n") ?? "", text, values, resolve: answer, reject })
      if (this.#isSendDue) return
      this.#isSendDue = true
      // One turn of the event loop gathers whatever else is ready to be asked.
      setImmediate(() => {
        this.#isSendDue = false
        this.#send()
      })
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#patience)
    clearTimeout(this.#gathering)
    await Promise.all(this.#slots.map(async (slot) => (typeof slot === "string" ? undefined : slot.close())))
    this.#rejectWaiting(new Error("the lane is closed"))
  }

  #send(): void {
    if (this.#isClosed) return this.#rejectWaiting(new Error("the lane is closed"))
    if (this.#isGathering()) return
    for (const [index, slot] of this.#slots.entries()) {
      if (this.#waiting.length === 0) return
      if (slot === "opening") return
      if (slot === "closed") return void this.#open(index)
      if (!slot.isIdle && performance.now() - slot.busySince < patience) return this.#sendLater()
      if (slot.isIdle) slot.send(this.#taken())
    }
  }

  #taken(): Read[] {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    this.#isOverdue = false
    return this.#waiting.splice(0, largestBatch)
  }

  #isGathering(): boolean {
    if (this.#waiting.length === 0) return false
    if (this.#crowd === undefined || this.#isOverdue || this.#crowd.isEnough(this.#waiting.length))
      return false
    this.#gathering ??= this.#crowd.later(() => {
      this.#isOverdue = true
      this.#send()
    })
    return true
  }

  /** Comes back to what waits, should the connection that is busy not be the one to ask for it. */
  #sendLater(): void {
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined
      this.#send()
    }, patience)
  }

  async #open(index: number): Promise<void> {
    this.#slots[index] = "opening"
    try {
      this.#slots[index] = await LaneSession.open(this.#config, {
        onIdle: () => this.#send(),
        onLost: () => {
          this.#slots[index] = "closed"
          this.#send()
        },
      })
      this.#send()
    } catch (error) {
      this.#slots[index] = "closed"
      this.#rejectWaiting(error)
    }
  }

  #rejectWaiting(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}

/** A statement's author says what its rows are and is taken at their word, as pg does. */
function areRows<Row>(rows: readonly unknown[]): rows is Row[] {
  return Array.isArray(rows)
}
