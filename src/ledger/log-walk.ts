/**
 * One pass over a log's leaves, re-deriving every tile. Kept in memory are the roots of full tiles, 32 bytes for 256 leaves,
 * and the few tiles within which a root is asked for. C2SP tlog-tiles.
 */

import { HashRow } from "./hash-row.ts"
import { Malformed } from "./malformed.ts"
import { leafHash, type Node, rangeHash } from "./merkle.ts"
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

export interface Walking {
  readonly files: LogFiles
  /** The entries that the traces of the database make, in order. */
  readonly entries?: AsyncIterator<Uint8Array> | undefined
  readonly progress?: ((leaves: number, size: number) => void) | undefined
}

interface LeafTile {
  readonly index: number
  readonly width: number
  readonly tile: Uint8Array | undefined
  readonly bundle: Uint8Array | undefined
}

export class LogWalk {
  readonly #what: Walking
  readonly #size: number
  readonly #rows: HashRow[] = []
  readonly #kept = new Map<number, Uint8Array>()
  readonly #wanted: ReadonlySet<number>

  /** `olds`: sizes at which a root will be asked for besides the last. */
  constructor(what: Walking, size: number, olds: readonly number[]) {
    this.#what = what
    this.#size = size
    this.#wanted = new Set([size, ...olds].map((end) => Math.floor(end / tileWidth)))
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
    await this.#leaves(first, entries, hashes)
    if (this.#wanted.has(index)) this.#kept.set(index, hashes)
    if (width === tileWidth) this.#row(1).push(rootOfHashes(hashes))
    this.#what.progress?.(first + width, this.#size)
  }

  async #leaves(first: number, entries: readonly Uint8Array[], hashes: Uint8Array): Promise<void> {
    for (const [at, entry] of entries.entries()) {
      const hash = hashes.subarray(at * hashBytes, (at + 1) * hashBytes)
      if (!isSame(leafHash(entry), hash)) throw new Broken("leaf_differs", first + at)
      if (this.#what.entries !== undefined) await this.#compare(entry, first + at)
    }
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

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
