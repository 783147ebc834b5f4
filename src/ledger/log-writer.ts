/**
 * One log's files, C2SP tlog-tiles: tiles and bundles, and the signed checkpoint that vouches for them, durable together.
 * Nobody sees a checkpoint before they are; readers see the tiles first.
 */

import { type Checkpoint, formatCheckpoint, openCheckpoint } from "./checkpoint.ts"
import type { Commit, LogDisk } from "./disk.ts"
import { type Edge, edgeOf, edgeRoot, emptyEdge, grow, type TileFile } from "./edge.ts"
import type { NamedBytes } from "./journal.ts"
import { Lanes } from "./lanes.ts"
import { LedgerStop } from "./ledger-stop.ts"
import { Malformed } from "./malformed.ts"
import { leafHash } from "./merkle.ts"
import { type Signer, signNote, Unverified, type Verifier } from "./note.ts"
import { decodeBundle, encodeBundle, hashBytes, newBundles, type Tile, tilePath, tileWidth } from "./tile.ts"
import { leafRow } from "./tree-hashing.ts"

/** One for all logs: it holds nothing between two calls. */
const lanes = new Lanes()

export interface OwnLog {
  readonly origin: string
  /** Where its files lie on the disk. */
  readonly folder: string
  readonly signer: Signer
  readonly verifier: Verifier
}

/** What the log will be with some more entries. Nothing is written yet. */
export interface Growth {
  readonly entries: readonly Uint8Array[]
  readonly edge: Edge
  readonly tiles: readonly TileFile[]
  readonly root: Uint8Array
}

/** What a log needs to have grown: nothing of it is written, and nobody has seen the signature. */
export interface Prepared {
  readonly commit: Commit
  readonly adopt: () => Promise<void>
}

export class LogWriter {
  readonly log: OwnLog
  readonly #disk: LogDisk
  #edge: Edge
  /** The entries of the last bundle, not yet full. */
  #tail: readonly Uint8Array[]
  #note: string

  private constructor(disk: LogDisk, log: OwnLog, start: { edge: Edge; tail: Uint8Array[]; note: string }) {
    this.#disk = disk
    this.log = log
    this.#edge = start.edge
    this.#tail = start.tail
    this.#note = start.note
  }

  /** Goes on from the signed checkpoint. Throws {@link LedgerStop} when what it vouches for is not there. */
  static async open(disk: LogDisk, log: OwnLog): Promise<LogWriter> {
    const bytes = await disk.read(`${log.folder}/checkpoint`)
    if (bytes === undefined) return new LogWriter(disk, log, { edge: emptyEdge, tail: [], note: "" })
    const note = new TextDecoder().decode(bytes)
    const checkpoint = await openOwn(note, log)
    const edge = await readEdge(disk, log, checkpoint)
    return new LogWriter(disk, log, { edge, tail: await readTail(disk, log, edge), note })
  }

  get size(): number {
    return this.#edge.size
  }

  /** The root of the tree as it is. */
  get root(): Uint8Array {
    return edgeRoot(this.#edge)
  }

  /** The signed checkpoint; empty when nothing was signed yet. */
  get note(): string {
    return this.#note
  }

  plan(entries: readonly Uint8Array[], from: Edge = this.#edge): Growth {
    const { edge, tiles } = grow(from, leafRow(entries, lanes), lanes)
    return { entries, edge, tiles, root: edgeRoot(edge) }
  }

  /** Growths that follow one another, planned on this log. Signed once, at the end. When it throws, open the log anew. */
  async publish(growths: readonly Growth[]): Promise<void> {
    if (growths.length === 0) return
    const prepared = this.prepare(growths)
    await this.#disk.commit(prepared.commit)
    await prepared.adopt()
  }

  /** The same in two steps, for many logs in one commit: `adopt` when what is to be committed is durable. */
  prepare(growths: readonly Growth[]): Prepared {
    const last = growths.at(-1) ?? this.plan([])
    const entries = [...this.#tail, ...growths.flatMap((growth) => growth.entries)]
    const fresh = [...this.#tiles(growths), ...this.#bundles(entries, last.edge.size)]
    const note = this.#signed(last.edge.size, last.root)
    const adopt = async () => {
      const before = this.#edge.size
      this.#edge = last.edge
      this.#tail = entries.slice(entries.length - (last.edge.size % tileWidth))
      this.#note = note
      await this.#removePartial(before, last.edge.size)
    }
    return { commit: { fresh, heads: [this.#head(note)] }, adopt }
  }

  /** Signs the tree without leaves, so that a log that has begun always has a checkpoint. */
  async begin(): Promise<void> {
    if (this.#note !== "") return
    const note = this.#signed(0, this.root)
    await this.#disk.replace(this.#head(note))
    this.#note = note
  }

  #signed(size: number, root: Uint8Array): string {
    const { origin, signer } = this.log
    return signNote(formatCheckpoint({ origin, size, root, extensions: [] }), [signer])
  }

  #head(note: string): NamedBytes {
    return { path: `${this.log.folder}/checkpoint`, bytes: new TextEncoder().encode(note) }
  }

  /** Of tiles that grew several times only the last width: nothing was signed in between. */
  #tiles(growths: readonly Growth[]): NamedBytes[] {
    const widest = new Map<string, TileFile>()
    for (const { tiles } of growths)
      for (const file of tiles) widest.set(`${file.tile.level}/${file.tile.index}`, file)
    return [...widest.values()].map(({ path, bytes }) => ({ path: `${this.log.folder}/${path}`, bytes }))
  }

  #bundles(entries: readonly Uint8Array[], size: number): NamedBytes[] {
    const first = Math.floor(this.#edge.size / tileWidth)
    return newBundles(this.#edge.size, size).map((tile) => {
      const at = (tile.index - first) * tileWidth
      const bytes = encodeBundle(entries.slice(at, at + tile.width))
      return { path: `${this.log.folder}/${tilePath(tile)}`, bytes }
    })
  }

  /** A tile that is full stands for its parts ("Partial Tiles"). Left behind by a crash, they do no harm. */
  async #removePartial(from: number, to: number): Promise<void> {
    const full: Tile[] = []
    for (let [level, before, after] = [0, from, to]; after >= tileWidth; level++) {
      before = Math.floor(before / tileWidth)
      after = Math.floor(after / tileWidth)
      if (after > before) full.push({ level, index: before, width: tileWidth })
      if (after > before && level === 0) full.push({ level: "entries", index: before, width: tileWidth })
    }
    for (const tile of full) await this.#disk.removeFolder(`${this.log.folder}/${tilePath(tile)}.p`)
  }
}

async function openOwn(note: string, log: OwnLog): Promise<Checkpoint> {
  try {
    return await openCheckpoint(note, { origin: log.origin, verifiers: [log.verifier] })
  } catch (error) {
    if (error instanceof Malformed || error instanceof Unverified)
      throw new LedgerStop("checkpoint_damaged", log.origin)
    throw error
  }
}

async function readEdge(disk: LogDisk, log: OwnLog, { size, root }: Checkpoint): Promise<Edge> {
  const wanted: Tile[] = []
  edgeOf(size, (tile) => {
    wanted.push(tile)
    return new Uint8Array(0)
  })
  const found = new Map<Tile["level"], Uint8Array>()
  for (const tile of wanted) {
    const bytes = await disk.read(`${log.folder}/${tilePath(tile)}`)
    if (bytes?.length !== tile.width * hashBytes) throw new LedgerStop("tile_damaged", log.origin)
    found.set(tile.level, new Uint8Array(bytes))
  }
  const edge = edgeOf(size, ({ level }) => found.get(level) ?? new Uint8Array(0))
  if (!isSame(edgeRoot(edge), root)) throw new LedgerStop("tile_damaged", log.origin)
  return edge
}

async function readTail(disk: LogDisk, log: OwnLog, { size, levels }: Edge): Promise<Uint8Array[]> {
  const width = size % tileWidth
  if (width === 0) return []
  const tile: Tile = { level: "entries", index: Math.floor(size / tileWidth), width }
  const bundle = await disk.read(`${log.folder}/${tilePath(tile)}`)
  try {
    const entries = decodeBundle(bundle ?? new Uint8Array(0), width)
    const hashes = levels[0] ?? new Uint8Array(0)
    const isWhole = entries.every((entry, at) =>
      isSame(leafHash(entry), hashes.subarray(at * hashBytes, (at + 1) * hashBytes)),
    )
    if (isWhole) return entries
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
  }
  throw new LedgerStop("tile_damaged", log.origin)
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
