/** Keeps the second place's copies of the logs up to date, whenever it is there. Clause 3.11. */

import type { Disk } from "./disk.ts"
import { contentOf } from "./entry.ts"
import { LedgerStop } from "./ledger-stop.ts"
import type { LogSet } from "./log-set.ts"
import type { LogWriter } from "./log-writer.ts"
import { MirrorCopy, type SignedLog } from "./mirror-copy.ts"
import type { Committed } from "./mirror-line.ts"
import type { MirrorStore } from "./mirror-store.ts"
import type { PublishSql } from "./publish-sql.ts"
import type { Grown } from "./publisher.ts"

export interface MirrorFollowerOptions {
  readonly store: MirrorStore
  readonly disk: Disk
  /** A connection of its own, for what was missed. */
  readonly reader: PublishSql
  /** The mirror has seen another log than ours. */
  readonly stop: (stop: LedgerStop) => void
}

const retryMilliseconds = 1_000
/** Between copies: a copy costs each log that has grown one append, one flush or one object, whatever it holds. */
const restMilliseconds = 3_000
/** Of a log, while it waits; what is older comes from the table. */
const mostFresh = 8

export class MirrorFollower {
  readonly #options: MirrorFollowerOptions
  readonly #copy: MirrorCopy
  /** The newest signed state of each log that is not there yet. */
  readonly #behind = new Map<string, SignedLog>()
  /** Since when each of them waits, in milliseconds of a clock that nobody sets. */
  readonly #since = new Map<string, number>()
  /** What each of them has grown by lately, one after the other. */
  readonly #fresh = new Map<string, readonly Grown[]>()
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: MirrorFollowerOptions) {
    this.#options = options
    this.#copy = new MirrorCopy(options.store, (communityId, from) => this.#tracesFrom(communityId, from))
  }

  /** How many logs wait for the mirror to take their newest traces. */
  get behind(): number {
    return this.#behind.size
  }

  /** Milliseconds for which the first of them has waited. */
  get lag(): number {
    return this.#since.size === 0 ? 0 : performance.now() - Math.min(...this.#since.values())
  }

  /** After opening nothing has grown and every log is looked at. */
  follow(logs: LogSet, grown: readonly Grown[]): void {
    const changed = grown.length > 0 ? grown.map(({ communityId }) => communityId) : [...logs.writers.keys()]
    for (const communityId of changed) {
      const writer = logs.writers.get(communityId)
      if (writer === undefined || writer.note === "") continue
      this.#behind.set(communityId, signedLog(this.#options.disk, communityId, writer))
      if (!this.#since.has(communityId)) this.#since.set(communityId, performance.now())
    }
    for (const one of grown) {
      const waiting = this.#fresh.get(one.communityId) ?? []
      this.#fresh.set(one.communityId, [...waiting, one].slice(-mostFresh))
    }
    this.#start()
  }

  /** Tries once more to bring everything there. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#running
    await this.#catchUp().catch(() => undefined)
    await this.#copy.close()
    await this.#options.reader.close()
  }

  #start(): void {
    if (this.#isClosed || this.#timer !== undefined) return
    this.#running ??= this.#catchUp()
      .then(
        () => this.#startIn(restMilliseconds),
        (error: unknown) => {
          if (error instanceof LedgerStop) this.#options.stop(error)
          else this.#startIn(retryMilliseconds)
        },
      )
      .finally(() => {
        this.#running = undefined
      })
  }

  #startIn(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#behind.size > 0) this.#start()
    }, milliseconds)
    this.#timer.unref()
  }

  async #catchUp(): Promise<void> {
    for (let next = first(this.#behind); next !== undefined; next = first(this.#behind)) {
      const [communityId, log] = next
      const begun = performance.now()
      await this.#copy.follow(log)
      // What came during the copy has waited since its beginning at most.
      this.#since.set(communityId, begun)
      if (this.#behind.get(communityId) !== log) continue
      this.#behind.delete(communityId)
      this.#since.delete(communityId)
    }
  }

  #freshFrom(communityId: string, from: number): readonly Committed[] {
    const found: Committed[] = []
    for (const { firstIndex, committed } of this.#fresh.get(communityId) ?? [])
      if (firstIndex === from + found.length) found.push(...committed)
    this.#fresh.delete(communityId)
    return found
  }

  /** What has just grown is at hand; what was missed comes from the table. */
  async #tracesFrom(communityId: string, from: number): Promise<readonly Committed[]> {
    const fresh = this.#freshFrom(communityId, from)
    if (fresh.length > 0) return fresh
    const { reader } = this.#options
    await reader.connect()
    const [batch] = await reader.batches(communityId, from, 1)
    if (batch === undefined) return []
    const found = new Map(
      (await reader.traces(communityId, batch.traceIds)).map((trace) => [trace.traceId, trace]),
    )
    const traces = batch.traceIds.map((id) => found.get(id))
    if (traces.includes(undefined)) throw new LedgerStop("trace_changed", communityId)
    return traces
      .filter((trace) => trace !== undefined)
      .slice(from - batch.firstIndex)
      .map((trace) => ({ content: contentOf(trace), salt: trace.salt }))
  }
}

function first(map: ReadonlyMap<string, SignedLog>): [string, SignedLog] | undefined {
  for (const entry of map) return entry
  return undefined
}

/** What a writer has signed now, for those who follow it. */
export function signedLog(disk: Disk, communityId: string, { log, note }: LogWriter): SignedLog {
  const { folder, origin } = log
  return { communityId, folder, origin, note, files: { read: (path) => disk.read(`${folder}/${path}`) } }
}
