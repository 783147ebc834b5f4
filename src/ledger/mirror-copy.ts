/**
 * The copy of every log in the second place: each trace with its salt in the order of the log, and the signed checkpoints.
 * It follows the publisher; what it missed while the place was away it takes from the table, so nothing stays missing. Clause 3.11.
 */

import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts"
import { LedgerStop } from "./ledger-stop.ts"
import type { LogFiles } from "./log-walk.ts"
import { isSame } from "./log-walk.ts"
import { nodesOf, rangeHash } from "./merkle.ts"
import { type Committed, checkpointLine, parseLine, traceLine } from "./mirror-line.ts"
import type { MirrorFile, MirrorStore } from "./mirror-store.ts"
import { parseNote } from "./note.ts"
import { tilesOf } from "./receipt.ts"
import { tileHashes } from "./tile.ts"

/** A log as the publisher has signed it. */
export interface SignedLog {
  readonly communityId: string
  readonly folder: string
  readonly origin: string
  readonly note: string
  readonly files: LogFiles
}

/** Traces of a community in the order of its log, from an index on; as many as fit at once. */
export type TracesFrom = (communityId: string, from: number) => Promise<readonly Committed[]>

const firstWindow = 65_536
const newline = 0x0a

interface Copy {
  readonly file: MirrorFile
  /** How many leaves are there. */
  size: number
}

export class MirrorCopy {
  readonly #store: MirrorStore
  readonly #tracesFrom: TracesFrom
  readonly #copies = new Map<string, Copy>()

  constructor(store: MirrorStore, tracesFrom: TracesFrom) {
    this.#store = store
    this.#tracesFrom = tracesFrom
  }

  /** How many leaves of a log are there; undefined when it was not opened yet. */
  sizeOf(origin: string): number | undefined {
    return this.#copies.get(origin)?.size
  }

  /** Brings a copy up to the signed checkpoint. Rejects when the place fails: call it again. Throws {@link LedgerStop}. */
  async follow(log: SignedLog): Promise<void> {
    const copy = this.#copies.get(log.origin) ?? (await this.#open(log))
    try {
      await this.#catchUp(copy, log)
    } catch (error) {
      this.#copies.delete(log.origin)
      await copy.file.close().catch(() => undefined)
      throw error
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#copies.values()].map(({ file }) => file.close().catch(() => undefined)))
    this.#copies.clear()
  }

  async #open(log: SignedLog): Promise<Copy> {
    const file = await this.#store.open(`log-${log.folder}`)
    try {
      const last = await lastCheckpoint(file)
      if (last !== undefined) await requireSameHistory(log, last)
      const copy = { file, size: last?.size ?? 0 }
      this.#copies.set(log.origin, copy)
      return copy
    } catch (error) {
      await file.close().catch(() => undefined)
      throw error
    }
  }

  async #catchUp(copy: Copy, log: SignedLog): Promise<void> {
    const { size } = parseCheckpoint(parseNote(log.note).text)
    let at = copy.size
    const lines: Uint8Array[] = []
    while (at < size) {
      const traces = (await this.#tracesFrom(log.communityId, at)).slice(0, size - at)
      if (traces.length === 0) throw new LedgerStop("trace_changed", log.origin)
      for (const trace of traces) lines.push(traceLine(trace, at++))
      if (at < size) await copy.file.append(Buffer.concat(lines.splice(0)))
    }
    if (copy.size < size) await copy.file.append(Buffer.concat([...lines, checkpointLine(log.note)]))
    copy.size = size
  }
}

/** The newest checkpoint in a copy. Traces behind it were written by an append that did not end; they come again. */
async function lastCheckpoint(file: MirrorFile): Promise<Checkpoint | undefined> {
  for (let window = firstWindow; ; window *= 8) {
    const from = Math.max(0, file.length - window)
    const bytes = await file.read(from, file.length)
    const found = lastIn(bytes)
    if (found !== undefined || from === 0) return found
  }
}

function lastIn(bytes: Uint8Array): Checkpoint | undefined {
  let end = bytes.length - 1
  while (end > 0) {
    const start = bytes.lastIndexOf(newline, end - 1)
    const note = parseLine(bytes.subarray(start + 1, end))?.checkpoint
    if (note !== undefined) return parseCheckpoint(parseNote(note).text)
    end = start
  }
  return undefined
}

/** What the mirror has seen signed must be a part of what is signed now: else an older state was restored, or a copy runs. */
async function requireSameHistory({ origin, note, files }: SignedLog, seen: Checkpoint): Promise<void> {
  const { size } = parseCheckpoint(parseNote(note).text)
  if (seen.origin !== origin || seen.size > size) throw new LedgerStop("mirror_differs", origin)
  const range = { start: 0, end: seen.size }
  const tiles = await tilesOf(files, nodesOf(range), seen.size)
  if (!isSame(rangeHash(range, tileHashes(seen.size, tiles)), seen.root))
    throw new LedgerStop("mirror_differs", origin)
}
