/**
 * One pass over a log's leaves, re-deriving every tile. Kept in memory are the roots of full tiles, 32 bytes for 256 leaves,
 * and the few tiles within which a root is asked for. C2SP tlog-tiles.
 */

import { HashRow } from "./hash-row.ts"
import { Malformed } from "./malformed.ts"
import { type Node, rangeHash } from "./merkle.ts"
import {
  decodeBundle,
  evenBundleLeaves,
  evenStride,
  hashBytes,
  isEvenBundle,
  rootOfHashes,
  type Tile,
  tilePath,
  tileWidth,
} from "./tile.ts"
import { leafRow, oneByOne, type TreeHashing } from "./tree-hashing.ts"

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
  /** A faster one than that which runs everywhere. */
  readonly hashing?: TreeHashing | undefined
  readonly progress?: ((leaves: number, size: number) => void) | undefined
}

interface MadeTile {
  readonly first: number
  readonly made: Uint8Array
  readonly hashes: Uint8Array
}

interface LeafTile {
  readonly index: number
  readonly width: number
  readonly tile: Uint8Array | undefined
  readonly bundle: Uint8Array | undefined
}

/** Tiles that are read while others are hashed: a server far away answers several at once. */
const ahead = 4

export class LogWalk {
  readonly #what: Walking
  readonly #hashing: TreeHashing
  readonly #size: number
  readonly #rows: HashRow[] = []
  readonly #kept = new Map<number, Uint8Array>()
  readonly #wanted: ReadonlySet<number>

  /** `olds`: sizes at which a root will be asked for besides the last. */
  constructor(what: Walking, size: number, olds: readonly number[]) {
    this.#what = what
    this.#hashing = what.hashing ?? oneByOne
    this.#size = size
    this.#wanted = new Set([size, ...olds].map((end) => Math.floor(end / tileWidth)))
  }

  async run(): Promise<void> {
    const count = Math.ceil(this.#size / tileWidth)
    const coming: Promise<LeafTile>[] = []
    for (let index = 0, asked = 0; index < count; index++) {
      for (; asked < count && asked <= index + ahead; asked++) coming.push(this.#expect(asked))
      const loaded = await coming.shift()
      if (loaded !== undefined) await this.#leafTile(loaded)
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

  /** Not an unhandled rejection where an earlier tile has ended the walk already. */
  #expect(index: number): Promise<LeafTile> {
    const loading = this.#load(index)
    loading.catch(() => undefined)
    return loading
  }

  async #load(index: number): Promise<LeafTile> {
    const width = Math.min(tileWidth, this.#size - index * tileWidth)
    const tile = await readTile(this.#what.files, { level: 0, index, width })
    const bundle = await readTile(this.#what.files, { level: "entries", index, width })
    return { index, width, tile, bundle }
  }

  async #leafTile({ index, width, tile, bundle }: LeafTile): Promise<void> {
    const first = index * tileWidth
    const hashes = tile?.subarray(0, width * hashBytes)
    const made = this.#leafHashes(bundle, width)
    if (bundle === undefined || made === undefined) throw new Broken("bundle_damaged", first)
    if (hashes?.length !== width * hashBytes) throw new Broken("tile_damaged", first)
    await this.#leaves({ first, made, hashes }, bundle)
    if (this.#wanted.has(index)) this.#kept.set(index, hashes)
    if (width === tileWidth) this.#row(1).push(rootOfHashes(hashes, this.#hashing))
    this.#what.progress?.(first + width, this.#size)
  }

  /** Undefined when the bundle is missing or damaged. */
  #leafHashes(bundle: Uint8Array | undefined, width: number): Uint8Array | undefined {
    const count = bundle === undefined ? 0 : bundle.length / evenStride
    if (bundle !== undefined && (count === width || count === tileWidth) && isEvenBundle(bundle))
      return evenBundleLeaves(bundle, width, this.#hashing)
    const entries = entriesOf(bundle, width)
    return entries === undefined ? undefined : leafRow(entries, this.#hashing)
  }

  /** With traces each leaf beside its own, so that the first that is wrong is named whatever is wrong with it. */
  async #leaves({ first, made, hashes }: MadeTile, bundle: Uint8Array): Promise<void> {
    const width = hashes.length / hashBytes
    const wrong = firstOther(made, hashes)
    const entries = this.#what.entries === undefined ? [] : (entriesOf(bundle, width) ?? [])
    for (const [at, entry] of entries.slice(0, wrong).entries()) await this.#compare(entry, first + at)
    if (wrong < width) throw new Broken("leaf_differs", first + wrong)
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
        if (width === tileWidth) this.#row(level + 1).push(rootOfHashes(made, this.#hashing))
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

/** The place of the first hash that differs from that of the other row; their number when none does. */
function firstOther(row: Uint8Array, other: Uint8Array): number {
  let at = 0
  while (at < row.length && row[at] === other[at]) at += 1
  return Math.floor(at / hashBytes)
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
