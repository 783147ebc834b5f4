/** Whether the clock was set back, told from the traces that entered the logs; remembered beside them. Clause 3.12. */

import { z } from "zod"
import { acceptClock, behindBy, type ClockMark, joined, markAfter, noMark } from "./clock-rule.ts"
import type { NewestAsked } from "./clock-sql.ts"
import type { Disk } from "./disk.ts"
import type { PlacedTrace } from "./place.ts"

/** The clock is behind: by how much, and since when by a clock that was right. Milliseconds. */
export interface ClockStop {
  readonly behind: number
  readonly since: number
}

export interface ClockGuardOptions {
  readonly disk: Disk
  readonly reader: ClockReader
  readonly clock: () => number
  readonly tolerance: number
}

export interface ClockReader {
  connect(): Promise<void>
  /** The newest time from the last accepted clock on, among the newest traces of each community: `depth`, or all. */
  newest(asked: NewestAsked): Promise<ClockMark>
  close(): Promise<void>
}

const path = "clock-mark"
const writeEvery = 10_000
/** What the file may not know after a kill is among these. */
const newestDepth = 64

const markShape = z.object({
  newest: z.number(),
  from: z.object({ tx: z.string(), seq: z.string() }).optional(),
})

export class ClockGuard {
  readonly #options: ClockGuardOptions
  #mark: ClockMark
  #writtenAt = Number.NEGATIVE_INFINITY
  #writing: Promise<void> = Promise.resolve()

  private constructor(options: ClockGuardOptions, mark: ClockMark) {
    this.#options = options
    this.#mark = mark
  }

  static async open(options: ClockGuardOptions): Promise<ClockGuard> {
    const bytes = await options.disk.read(path)
    const kept = bytes && markIn(bytes)
    return new ClockGuard(options, joined(kept ?? noMark, await markOf(options.reader, kept)))
  }

  /** The newest trace's time is the last that is known of a right clock. */
  get stop(): ClockStop | undefined {
    const behind = behindBy(this.#mark, this.#options.clock(), this.#options.tolerance)
    return behind === 0 ? undefined : { behind, since: this.#mark.newest }
  }

  /** The newest time that counts, in milliseconds; 0 when there is none. */
  get newest(): number {
    return this.#mark.newest
  }

  /** Traces that are in the logs now. */
  see(placed: readonly PlacedTrace[]): void {
    const { from } = this.#mark
    this.#mark = markAfter(this.#mark, placed)
    const isAccepted = this.#mark.from?.seq !== from?.seq
    if (isAccepted || performance.now() - this.#writtenAt > writeEvery) this.#write()
  }

  async close(): Promise<void> {
    this.#write()
    await this.#writing
  }

  #write(): void {
    const { newest, from } = this.#mark
    this.#writtenAt = performance.now()
    const bytes = new TextEncoder().encode(`${JSON.stringify({ newest, from })}\n`)
    // A full disk stops the publisher itself; the mark is written again with the next traces.
    this.#writing = this.#writing
      .then(() => this.#options.disk.replace({ path, bytes }))
      .catch(() => {
        this.#writtenAt = Number.NEGATIVE_INFINITY
      })
  }
}

/** Undefined when the file is damaged. */
function markIn(bytes: Uint8Array): ClockMark | undefined {
  try {
    const { newest, from } = markShape.parse(JSON.parse(new TextDecoder().decode(bytes)))
    return { newest, from }
  } catch {
    return undefined
  }
}

/** From the table: what came after the file was written or, without a file, all. */
async function markOf(reader: ClockReader, kept: ClockMark | undefined): Promise<ClockMark> {
  await reader.connect()
  try {
    return await reader.newest({ act: acceptClock, from: kept?.from, depth: kept && newestDepth })
  } finally {
    await reader.close()
  }
}
