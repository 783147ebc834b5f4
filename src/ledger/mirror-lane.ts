/**
 * What a look waits for besides its row: the trace on stable storage in the second place. Clause 3.11.
 * Group commit, like the row's: one append and one flush for all that wait. When the place fails or takes too long, all that
 * wait are refused at once, and those that come later too, until it has been written to again.
 */

import { Refusal } from "../base/refusal.ts"
import type { Clock } from "../platform/clock.ts"
import { looks } from "../platform/crowd.ts"
import { contentOf } from "./entry.ts"
import { openedLine, traceLine } from "./mirror-line.ts"
import { type MirrorFile, type MirrorStore, type MirrorTrouble, MirrorUnusable } from "./mirror-store.ts"
import type { Trace } from "./trace.ts"

export type MirrorReason = MirrorTrouble | "starting" | "failed" | "closed"

export interface MirrorState {
  readonly isUp: boolean
  readonly reason: MirrorReason | undefined
  /** Milliseconds since the epoch. */
  readonly since: number
}

export interface MirrorLaneOptions {
  readonly store: MirrorStore
  readonly clock: Clock
  readonly changed: (state: MirrorState) => void
  /** Milliseconds after which a look waits no longer. */
  readonly patience?: number
  /** Milliseconds between attempts to write again. */
  readonly retryEvery?: number
}

interface Waiting {
  readonly line: Uint8Array
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const largestGroup = 1_024

export class MirrorLane {
  readonly #options: MirrorLaneOptions
  readonly #patience: number
  #state: MirrorState
  #file: MirrorFile | undefined
  #waiting: Waiting[] = []
  #isBusy = false
  #retry: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: MirrorLaneOptions) {
    this.#options = options
    this.#patience = options.patience ?? 2_000
    this.#state = { isUp: false, reason: "starting", since: options.clock() }
  }

  get state(): MirrorState {
    return this.#state
  }

  /** Opens the place, and goes on trying when it cannot. */
  async start(): Promise<void> {
    await this.#reopen()
    this.#retry = setInterval(() => void this.#reopen(), this.#options.retryEvery ?? 1_000)
    this.#retry.unref()
  }

  /** Undefined while plain text may be shown. */
  refusal(): Refusal | undefined {
    return this.#state.isUp
      ? undefined
      : new Refusal("mirror.down", { reason: this.#state.reason ?? "failed" })
  }

  /** Rejects with the refusal `mirror.down`; the line may be there all the same, which errs on the safe side. */
  append(trace: Trace): Promise<void> {
    const refusal = this.refusal()
    if (refusal !== undefined) return Promise.reject(refusal)
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        line: traceLine({ content: contentOf(trace), salt: trace.salt }),
        resolve,
        reject,
      })
      if (this.#isBusy) return
      this.#isBusy = true
      setImmediate(() => void this.#flush())
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#retry)
    this.#become("closed")
    if (!this.#isBusy) await this.#file?.close().catch(() => undefined)
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      await looks.gather(() => this.#waiting.length)
      const group = this.#waiting.splice(0, largestGroup)
      const timer = setTimeout(() => this.#giveUp(group), this.#patience)
      try {
        await this.#written(group)
        for (const { resolve } of group) resolve()
      } catch (error) {
        this.#fail(group, error)
      } finally {
        clearTimeout(timer)
      }
    }
    this.#isBusy = false
    if (this.#isClosed) return void this.#file?.close().catch(() => undefined)
    // It was slow, not dead: what it was given is written.
    if (this.#state.reason === "slow" && this.#file !== undefined) this.#become(undefined)
  }

  async #written(group: readonly Waiting[]): Promise<void> {
    if (this.#file === undefined) throw new MirrorUnusable("absent")
    await this.#file.append(Buffer.concat(group.map(({ line }) => line)))
  }

  #giveUp(group: readonly Waiting[]): void {
    this.#become("slow")
    this.#refuse(group)
  }

  #fail(group: readonly Waiting[], error: unknown): void {
    this.#file?.close().catch(() => undefined)
    this.#file = undefined
    this.#become(reasonOf(error))
    this.#refuse(group)
  }

  #refuse(group: readonly Waiting[]): void {
    const refusal = this.refusal()
    for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(refusal)
  }

  /** Up again only when a line has been written: a full disk opens and reads, but takes nothing. */
  async #reopen(): Promise<void> {
    if (this.#file !== undefined || this.#isBusy || this.#isClosed) return
    this.#isBusy = true
    try {
      const now = this.#options.clock()
      const file = await this.#options.store.open(looksFile(now))
      await file.append(openedLine(now)).catch(async (error: unknown) => {
        await file.close().catch(() => undefined)
        throw error
      })
      this.#file = file
      this.#become(undefined)
    } catch (error) {
      this.#become(reasonOf(error))
    } finally {
      this.#isBusy = false
    }
  }

  #become(reason: MirrorReason | undefined): void {
    if (this.#state.reason === reason) return
    this.#state = { isUp: reason === undefined, reason, since: this.#options.clock() }
    this.#options.changed(this.#state)
  }
}

/** A file a month of the server's start. */
function looksFile(now: number): string {
  return `looks-${new Date(now).toISOString().slice(0, 7)}`
}

function reasonOf(error: unknown): MirrorReason {
  if (error instanceof MirrorUnusable) return error.reason
  const code = error instanceof Error && "code" in error ? error.code : undefined
  return code === "ENOSPC" || code === "EDQUOT" ? "full" : "failed"
}
