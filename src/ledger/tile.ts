/**
 * Tiles, C2SP tlog-tiles: the tree as files of up to 256 hashes, and its entries as bundles. Full tiles never change;
 * a partial tile is named with its width, so that no name ever stands for other bytes.
 */

import { Malformed } from "./malformed.ts"
import type { Node, NodeHashes } from "./merkle.ts"
import { oneByOne, type TreeHashing } from "./tree-hashing.ts"

export const tileWidth = 256
const tileHeight = 8
export const hashBytes = 32

/** A tile of hashes at a level, where level 0 holds leaf hashes and each level above the roots of full tiles below. */
export interface Tile {
  readonly level: number | "entries"
  readonly index: number
  /** How many hashes or entries it holds: 1 to 256. */
  readonly width: number
}

/** `tile/0/x001/x234/067` or `tile/1/000.p/112`, below the log's prefix. */
export function tilePath({ level, index, width }: Tile): string {
  const last = String(index % 1000).padStart(3, "0")
  let path = last
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`
  }
  return `tile/${level}/${path}${width === tileWidth ? "" : `.p/${width}`}`
}

const pathForm = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*)(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The tile of a path. Throws {@link Malformed} for anything {@link tilePath} would not write. */
export function parseTilePath(path: string): Tile {
  const parts = pathForm.exec(path)
  if (parts === null) throw new Malformed("not the path of a tile")
  const [, level = "", high = "", low = "", partial = tileWidth] = parts
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: Number(high.replaceAll(/[x/]/g, "") + low),
    width: Number(partial),
  }
  if (!isTile(tile) || tilePath(tile) !== path) throw new Malformed("not the path of a tile")
  return tile
}

function isTile({ level, index }: Tile): boolean {
  return Number.isSafeInteger(index) && (level === "entries" || level <= 63)
}

/** The tiles of hashes that a tree of `to` leaves has and one of `from` leaves did not have with that width: what to publish. */
export function newTiles(from: number, to: number): Tile[] {
  const tiles: Tile[] = []
  let [before, after] = [from, to]
  for (let level = 0; after > 0; level++) {
    if (after > before) tiles.push(...levelTiles(level, before, after))
    before = Math.floor(before / tileWidth)
    after = Math.floor(after / tileWidth)
  }
  return tiles
}

/** The bundles of entries that go with {@link newTiles}. */
export function newBundles(from: number, to: number): Tile[] {
  return to > from ? levelTiles("entries", from, to) : []
}

function levelTiles(level: Tile["level"], from: number, to: number): Tile[] {
  const tiles: Tile[] = []
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) {
    tiles.push({ level, index, width: Math.min(tileWidth, to - index * tileWidth) })
  }
  return tiles
}

/** The tile in which a tree of that size holds a node, in full or in the parts it is made of. */
function tileOf({ level, index }: Node, size: number): Tile {
  const tileLevel = Math.floor(level / tileHeight)
  const first = index * 2 ** (level - tileLevel * tileHeight)
  const tileIndex = Math.floor(first / tileWidth)
  const held = Math.floor(size / tileWidth ** tileLevel) - tileIndex * tileWidth
  if (held <= first % tileWidth) throw new Error("node is not in a tree of that size")
  return { level: tileLevel, index: tileIndex, width: Math.min(tileWidth, held) }
}

/** The tiles needed for these nodes, each once: fetch them, then look the nodes up by {@link tileHashes}. */
export function tilesFor(nodes: readonly Node[], size: number): Tile[] {
  const tiles = new Map(nodes.map((node) => tileOf(node, size)).map((tile) => [tilePath(tile), tile]))
  return [...tiles.values()]
}

/** Looks nodes up in tiles that are at hand, by path. Throws {@link Malformed} when a tile is missing or of another length. */
export function tileHashes(size: number, tiles: ReadonlyMap<string, Uint8Array>): NodeHashes {
  return (node) => {
    const tile = tileOf(node, size)
    const bytes = tiles.get(tilePath(tile))
    if (bytes?.length !== tile.width * hashBytes) throw new Malformed("tile is missing or of another length")
    const height = node.level % tileHeight
    const from = (node.index * 2 ** height) % tileWidth
    return rootOfHashes(bytes.subarray(from * hashBytes, (from + 2 ** height) * hashBytes))
  }
}

/** The root over a power of two of hashes, one behind the other. */
export function rootOfHashes(bytes: Uint8Array, hashing: TreeHashing = oneByOne): Uint8Array {
  if (bytes.length % hashBytes !== 0 || bytes.length === 0) throw new Error("not hashes")
  let row = bytes
  while (row.length > hashBytes) row = hashing.nodes(row)
  return row
}

/** Entries as a bundle: each behind its length as a big-endian uint16. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new Error("entry is over 65535 bytes")
    bundle[at] = entry.length >>> 8
    bundle[at + 1] = entry.length
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}

/** A length and an entry of 32 bytes. */
export const evenStride = 2 + hashBytes

/** Whether the bundle holds whole entries of 32 bytes and nothing else: then it can be hashed as it is. */
export function isEvenBundle(bundle: Uint8Array): boolean {
  if (bundle.length % evenStride !== 0) return false
  for (let at = 0; at < bundle.length; at += evenStride)
    if (bundle[at] !== 0 || bundle[at + 1] !== hashBytes) return false
  return true
}

/** The leaf hashes of a bundle of which {@link isEvenBundle} is true. */
export function evenBundleLeaves(bundle: Uint8Array, width: number, hashing: TreeHashing): Uint8Array {
  return hashing.leaves(bundle.subarray(0, width * evenStride), evenStride)
}

/** The entries of a bundle. Throws {@link Malformed} when it does not hold exactly that many. */
export function decodeBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bundle.length) {
    const [high = 0, low] = bundle.subarray(at, at + 2)
    const end = at + 2 + ((high << 8) | (low ?? 0))
    if (low === undefined || end > bundle.length) throw new Malformed("bundle ends within an entry")
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (entries.length !== width) throw new Malformed("bundle has another number of entries")
  return entries
}
