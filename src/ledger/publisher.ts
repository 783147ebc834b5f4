/**
 * The publisher: gives durable traces their place, grows the trees, signs. Clauses 3.12, 7.2.
 *
 * A place is given by one committed row in the database, before anything is written to a tile and long before anything is
 * signed. From that row the same tree follows whatever fails later, so a restart repeats and never forks. One publisher at a
 * time: by a lock on the folder (whose process must be alive), an advisory lock, and a trigger that lets a batch only
 * follow the last one.
 */

import { setImmediate as breath, setTimeout as sleep } from "node:timers/promises"
import { type DataLock, lockData } from "../platform/data-lock.ts"
import { StartFailure } from "../platform/start-failure.ts"
import type { LogDisk } from "./disk.ts"
import { contentOf, entryOf } from "./entry.ts"
import type { Installation } from "./installation-key.ts"
import { LedgerStop } from "./ledger-stop.ts"
import { LogSet, type Owner } from "./log-set.ts"
import type { Growth, LogWriter } from "./log-writer.ts"
import type { Committed } from "./mirror-line.ts"
import { nativeSha256 } from "./native-sha256.ts"
import { parseNote } from "./note.ts"
import type { PlacedTrace } from "./place.ts"
import type { Batch, TopEntry } from "./publish-sql.ts"

/** What a log has grown by in one round, after it was signed. */
export interface Grown {
  readonly communityId: string
  readonly writer: LogWriter
  readonly firstIndex: number
  readonly committed: readonly Committed[]
}

export interface PublisherOptions extends Omit<Owner, "installation"> {
  /** Opens the key; asked for again after every failure, so that a sealed server begins to publish once it is opened. */
  readonly installation: () => Promise<Installation>
  /** The folder whose lock keeps other processes out; undefined when the caller holds one. */
  readonly folder: string | undefined
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Milliseconds between entries of the top log. */
  readonly topEvery: number
  /** Told when the logs were opened, with nothing grown, and after each signing. Must not throw. */
  readonly published?: (logs: LogSet, grown: readonly Grown[]) => void
  /** Traces that are in their logs now. Must not throw. */
  readonly seen?: (placed: readonly PlacedTrace[]) => void
  readonly changed?: (state: PublisherState) => void
}

export type PublisherState =
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  /** Another process publishes. */
  | { readonly kind: "standby" }
  /** Something failed that may pass; tried again. */
  | { readonly kind: "failing"; readonly error: unknown }
  | { readonly kind: "stopped"; readonly stop: LedgerStop; readonly since: number }

const pollMilliseconds = 250
/**
 * After a round that found something. A round costs the same few files a log whatever it holds; with this pause and the round
 * itself a trace is in its log within a second.
 */
const gatherMilliseconds = 700
const longestPause = 4_000
/** Traces in memory in one round. */
const largestRound = 65_536
const largestBatch = 8_192
/** Milliseconds of hashing in one piece: so long whoever looks meanwhile waits. */
const longestBreath = 3
/** In one commit: some ten megabytes of tiles and bundles. */
const logsTogether = 128
const utf8 = new TextEncoder()

export class Publisher {
  readonly #options: PublisherOptions
  #logs: LogSet | undefined
  /** What the top log last said of each community. */
  #topped = new Map<string, string>()
  #topAt = 0
  #lock: DataLock | undefined
  #state: PublisherState = { kind: "starting" }
  readonly #stopping = new AbortController()
  #running: Promise<void> | undefined

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  get state(): PublisherState {
    return this.#state
  }

  /** Undefined while this process does not publish. */
  get logs(): LogSet | undefined {
    return this.#logs
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends the round that runs, publishes what is durable by then, top log included, and lets go of the locks. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    this.#topAt = 0
    if (this.#state.kind === "running") await this.round().catch(() => undefined)
    if (this.#logs !== undefined) await this.#options.disk.settle().catch(() => undefined)
    await this.#reset()
  }

  /** One round. Returns how many traces entered the logs. Rejects with what went wrong, after noting it in the state. */
  async round(): Promise<number> {
    if (this.#state.kind === "stopped") throw this.#state.stop
    try {
      const logs = this.#logs ?? (await this.#open())
      if (logs === undefined) return 0
      const done = await this.#integrate(logs)
      await this.#integrateTop(logs)
      this.#become({ kind: "running" })
      return done
    } catch (error) {
      await this.#reset()
      this.#become(failure(error, this.#options.clock()))
      throw error
    }
  }

  async #run(): Promise<void> {
    let pause = pollMilliseconds
    while (!this.#stopping.signal.aborted && this.#state.kind !== "stopped") {
      const done = await this.round().catch(() => undefined)
      pause = pauseAfter(done, pause)
      if (done !== undefined && done >= largestBatch) continue
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
  }

  /** Somebody else has found that the ledger cannot go on: the mirror, or a check of old tiles. */
  halt(stop: LedgerStop): void {
    this.#become({ kind: "stopped", stop, since: this.#options.clock() })
  }

  #become(state: PublisherState): void {
    if (this.#state.kind === "stopped") return
    const isNew = state.kind !== this.#state.kind
    this.#state = state
    if (isNew) this.#options.changed?.(state)
  }

  /** Takes the locks, then opens the logs; undefined when another process has them. */
  async #open(): Promise<LogSet | undefined> {
    const { sequence, disk } = this.#options
    const installation = await this.#options.installation()
    if (!this.#takeFolder() || !(await sequence.lock())) {
      await this.#reset()
      this.#become({ kind: "standby" })
      return undefined
    }
    await disk.recover()
    const logs = await LogSet.open({ sequence, disk, installation })
    const newest = await sequence.newestTopEntries()
    this.#topped = new Map(newest.map(({ communityId, entry }) => [communityId, entry]))
    this.#logs = logs
    this.#options.published?.(logs, [])
    return logs
  }

  #takeFolder(): boolean {
    const { folder } = this.#options
    if (folder === undefined || this.#lock !== undefined) return true
    try {
      this.#lock = lockData(folder)
      return true
    } catch (error) {
      if (error instanceof StartFailure) return false
      throw error
    }
  }

  /** Whatever is in memory may be wrong after a failure: the next round starts from what is stored. */
  async #reset(): Promise<void> {
    this.#logs = undefined
    await this.#options.disk.close().catch(() => undefined)
    await this.#options.sequence.close()
    this.#lock?.release()
    this.#lock = undefined
  }

  async #integrate(logs: LogSet): Promise<number> {
    const { sequence, disk, published, seen } = this.#options
    await logs.admit()
    const each = Math.min(largestBatch, Math.ceil(largestRound / logs.writers.size))
    const waiting = await sequence.waiting(each)
    if (waiting.length === 0) return 0
    const planned: Planned[] = []
    let since = performance.now()
    for (const [communityId, placed] of Map.groupBy(waiting, ({ trace }) => trace.communityId)) {
      planned.push(plan(logs, communityId, placed))
      if (performance.now() - since < longestBreath) continue
      await breath()
      since = performance.now()
    }
    if (this.#state.kind === "stopped") throw this.#state.stop
    await sequence.addBatches(planned.map(({ batch }) => batch))
    await publishTogether(disk, planned)
    seen?.(waiting)
    published?.(logs, planned)
    return waiting.length
  }

  /** The newest checkpoint of each log that has grown since its last entry. */
  async #integrateTop(logs: LogSet): Promise<void> {
    const { sequence, clock, topEvery } = this.#options
    if (clock() - this.#topAt < topEvery) return
    const entries: TopEntry[] = []
    for (const [communityId, { note, size }] of logs.writers) {
      const entry = parseNote(note).text
      if (size > 0 && this.#topped.get(communityId) !== entry) entries.push({ communityId, entry })
    }
    if (entries.length > 0) {
      await sequence.addTopEntries(logs.top.size, entries)
      await logs.top.publish([logs.top.plan(entries.map(({ entry }) => utf8.encode(entry)))])
      for (const { communityId, entry } of entries) this.#topped.set(communityId, entry)
    }
    this.#topAt = clock()
  }
}

/** Milliseconds until the next round; `done` is undefined after one that failed. */
function pauseAfter(done: number | undefined, last: number): number {
  if (done === undefined) return Math.min(last * 2, longestPause)
  return done > 0 ? gatherMilliseconds : pollMilliseconds
}

/** One flush for all logs that have grown, as far as they fit in memory. */
async function publishTogether(disk: LogDisk, planned: readonly Planned[]): Promise<void> {
  for (let at = 0; at < planned.length; at += logsTogether) {
    const prepared = planned
      .slice(at, at + logsTogether)
      .map(({ writer, growth }) => writer.prepare([growth]))
    await disk.commit({
      fresh: prepared.flatMap(({ commit }) => commit.fresh),
      heads: prepared.flatMap(({ commit }) => commit.heads),
    })
    await Promise.all(prepared.map((one) => one.adopt()))
  }
}

interface Planned extends Grown {
  readonly growth: Growth
  readonly batch: Batch
}

function plan(logs: LogSet, communityId: string, placed: readonly PlacedTrace[]): Planned {
  const writer = logs.writers.get(communityId)
  const last = placed.at(-1)
  if (writer === undefined || last === undefined) throw new Error("a community without a log")
  const committed = placed.map(({ trace }) => ({ content: contentOf(trace), salt: trace.salt }))
  const growth = writer.plan(committed.map(({ content, salt }) => entryOf(content, salt, nativeSha256)))
  const traceIds = placed.map(({ trace }) => trace.traceId)
  const { tx, seq } = last
  const batch = { communityId, firstIndex: writer.size, traceIds, root: growth.root, tx, seq }
  return { communityId, writer, firstIndex: writer.size, committed, growth, batch }
}

function failure(error: unknown, now: number): PublisherState {
  return error instanceof LedgerStop
    ? { kind: "stopped", stop: error, since: now }
    : { kind: "failing", error }
}
