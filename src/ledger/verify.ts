/**
 * Verifies a whole log from its files alone, without server and database: every entry, every tile, the root, the signatures,
 * and that the log still begins with what an older checkpoint vouched for. C2SP tlog-tiles, tlog-checkpoint. Clauses 3.12, 7.2.
 */

import { type Checkpoint, type OpenCheckpoint, openCheckpoint } from "./checkpoint.ts"
import { HashRow } from "./hash-row.ts"
import { Malformed } from "./malformed.ts"
import { leafHash, type Node, rangeHash } from "./merkle.ts"
import { openNote, Unverified } from "./note.ts"
import type { Policy } from "./proof.ts"
import { decodeBundle, hashBytes, rootOfHashes, type Tile, tilePath, tileWidth } from "./tile.ts"

/** The files of one log, by path below its folder; undefined when there is none. */
export interface LogFiles {
  read(path: string): Promise<Uint8Array | undefined>
}

export type Fault =
  | "checkpoint_missing"
  | "checkpoint_damaged"
  | "signature_wrong"
  | "witnesses_missing"
  | "log_shrunk"
  | "history_changed"
  | "root_differs"
  | "tile_damaged"
  | "bundle_damaged"
  | "leaf_differs"
  | "trace_differs"
  | "trace_missing"
  | "trace_too_many"

/** The log is not what it was signed as. `index` is the first leaf that is wrong, where one can be named. */
export class Broken extends Error {
  readonly fault: Fault
  readonly index: number | undefined

  constructor(fault: Fault, index?: number) {
    super(index === undefined ? fault : `${fault} at leaf ${index}`)
    this.name = "Broken"
    this.fault = fault
    this.index = index
  }
}

export interface Verification {
  readonly files: LogFiles
  readonly policy: Policy
  /** Checkpoints kept from earlier, as notes. Their signature is checked as well. */
  readonly kept?: readonly string[]
  /** The entries that the traces of the database make, in order. */
  readonly entries?: AsyncIterator<Uint8Array> | undefined
  readonly progress?: (leaves: number, size: number) => void
}

export interface Verified {
  readonly checkpoint: OpenCheckpoint
  /** How many leaves the witnesses have seen; the size when none are asked for. */
  readonly witnessed: number
}

/** The file with the newest checkpoint that enough witnesses have cosigned. */
export const cosignedFile = "cosigned"

/** Throws {@link Broken} at the first thing that is wrong. Errors of reading files pass through. */
export async function verifyLog(what: Verification): Promise<Verified> {
  const { files, policy, kept = [] } = what
  const checkpoint = await signed(await required(files, "checkpoint"), policy)
  const olds: Checkpoint[] = []
  for (const note of kept) olds.push(await signed(note, policy))
  const seen = policy.quorum > 0 ? await witnessed(files, policy) : undefined
  if (seen !== undefined) olds.push(seen)
  for (const { size } of olds) if (size > checkpoint.size) throw new Broken("log_shrunk", checkpoint.size)
  const walk = new Walk(what, checkpoint.size, olds)
  await walk.run()
  for (const { size, root } of olds) if (!isSame(walk.rootOf(size), root)) throw new Broken("history_changed")
  if (!isSame(walk.rootOf(checkpoint.size), checkpoint.root)) throw new Broken("root_differs")
  return { checkpoint, witnessed: seen?.size ?? checkpoint.size }
}

async function signed(note: string, policy: Policy): Promise<OpenCheckpoint> {
  try {
    return await openCheckpoint(note, policy)
  } catch (error) {
    if (error instanceof Malformed) throw new Broken("checkpoint_damaged")
    if (error instanceof Unverified) throw new Broken("signature_wrong")
    throw error
  }
}

async function witnessed(files: LogFiles, policy: Policy): Promise<OpenCheckpoint> {
  const note = await files.read(cosignedFile)
  if (note === undefined) throw new Broken("witnesses_missing")
  const text = new TextDecoder().decode(note)
  const checkpoint = await signed(text, policy)
  const { verified } = await openNote(text, policy.witnesses).catch((error: unknown) => {
    if (error instanceof Unverified) throw new Broken("witnesses_missing")
    throw error
  })
  if (verified.length < policy.quorum) throw new Broken("witnesses_missing")
  return checkpoint
}

async function required(files: LogFiles, path: string): Promise<string> {
  const bytes = await files.read(path)
  if (bytes === undefined) throw new Broken("checkpoint_missing")
  return new TextDecoder().decode(bytes)
}

interface LeafTile {
  readonly index: number
  readonly width: number
  readonly tile: Uint8Array | undefined
  readonly bundle: Uint8Array | undefined
}

/** One pass over the leaves. Keeps the roots of full tiles, 32 bytes for 256 leaves, and the tiles that a root is asked within. */
class Walk {
  readonly #what: Verification
  readonly #size: number
  readonly #rows: HashRow[] = []
  readonly #kept = new Map<number, Uint8Array>()
  readonly #wanted: ReadonlySet<number>

  constructor(what: Verification, size: number, olds: readonly Checkpoint[]) {
    this.#what = what
    this.#size = size
    this.#wanted = new Set([size, ...olds.map((old) => old.size)].map((end) => Math.floor(end / tileWidth)))
  }

  async run(): Promise<void> {
    const count = Math.ceil(this.#size / tileWidth)
    let next = this.#load(0)
    for (let index = 0; index < count; index++) {
      const loaded = await next
      // The next files are read while these are hashed.
      if (index + 1 < count) next = this.#load(index + 1)
      next.catch(() => undefined)
      await this.#leafTile(loaded)
    }
    const extra = await this.#what.entries?.next()
    if (extra !== undefined && extra.done !== true) throw new Broken("trace_too_many", this.#size)
    await this.#upperTiles()
  }

  rootOf(size: number): Uint8Array {
    return rangeHash({ start: 0, end: size }, (node) => this.#hash(node))
  }

  #hash({ level, index }: Node): Uint8Array {
    const row = Math.floor(level / 8)
    const width = 2 ** (level % 8)
    const from = index * width
    if (row > 0) return rootOfHashes(this.#row(row).slice(from, from + width))
    const tile = this.#kept.get(Math.floor(from / tileWidth)) ?? new Uint8Array(0)
    const at = (from % tileWidth) * hashBytes
    return rootOfHashes(tile.subarray(at, at + width * hashBytes))
  }

  #row(level: number): HashRow {
    const row = this.#rows[level] ?? new HashRow()
    this.#rows[level] = row
    return row
  }

  async #load(index: number): Promise<LeafTile> {
    const width = Math.min(tileWidth, this.#size - index * tileWidth)
    if (width <= 0) return { index, width: 0, tile: undefined, bundle: undefined }
    const tile = await readTile(this.#what.files, { level: 0, index, width })
    const bundle = await readTile(this.#what.files, { level: "entries", index, width })
    return { index, width, tile, bundle }
  }

  async #leafTile({ index, width, tile, bundle }: LeafTile): Promise<void> {
    const first = index * tileWidth
    const hashes = tile?.subarray(0, width * hashBytes)
    const entries = entriesOf(bundle, width)
    if (entries === undefined) throw new Broken("bundle_damaged", first)
    if (hashes?.length !== width * hashBytes) throw new Broken("tile_damaged", first)
    for (const [at, entry] of entries.entries()) {
      const hash = hashes.subarray(at * hashBytes, (at + 1) * hashBytes)
      if (!isSame(leafHash(entry), hash)) throw new Broken("leaf_differs", first + at)
      if (this.#what.entries !== undefined) await this.#compare(entry, first + at)
    }
    if (this.#wanted.has(index)) this.#kept.set(index, hashes)
    if (width === tileWidth) this.#row(1).push(rootOfHashes(hashes))
    this.#what.progress?.(first + width, this.#size)
  }

  async #compare(entry: Uint8Array, index: number): Promise<void> {
    const made = await this.#what.entries?.next()
    if (made === undefined || made.done === true) throw new Broken("trace_missing", index)
    if (!isSame(made.value, entry)) throw new Broken("trace_differs", index)
  }

  async #upperTiles(): Promise<void> {
    for (let level = 1; this.#row(level).count > 0; level++) {
      const row = this.#row(level)
      for (let index = 0; index * tileWidth < row.count; index++) {
        const width = Math.min(tileWidth, row.count - index * tileWidth)
        const made = row.slice(index * tileWidth, index * tileWidth + width)
        const found = await readTile(this.#what.files, { level, index, width })
        if (found === undefined || !isSame(found.subarray(0, width * hashBytes), made))
          throw new Broken("tile_damaged", index * tileWidth ** (level + 1))
        if (width === tileWidth) this.#row(level + 1).push(rootOfHashes(made))
      }
    }
  }
}

/** The tile with that width, or the full one that has replaced it since ("Partial Tiles"). */
export async function readTile(files: LogFiles, tile: Tile): Promise<Uint8Array | undefined> {
  const exact = await files.read(tilePath(tile))
  if (exact !== undefined || tile.width === tileWidth) return exact
  return files.read(tilePath({ ...tile, width: tileWidth }))
}

/** The first `width` entries; undefined when the bundle is missing or damaged. */
export function entriesOf(bundle: Uint8Array | undefined, width: number): Uint8Array[] | undefined {
  if (bundle === undefined) return undefined
  for (const held of [width, tileWidth]) {
    try {
      return decodeBundle(bundle, held).slice(0, width)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
    }
  }
  return undefined
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
