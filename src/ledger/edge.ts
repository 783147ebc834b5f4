/**
 * The right edge of a growing tree: for each level its last tile, not yet full. From it and new leaves come the tiles to
 * publish and the new root (C2SP tlog-tiles, "Partial Tiles"), without reading the tree.
 */

import { type Node, rangeHash } from "./merkle.ts"
import { hashBytes, rootOfHashes, type Tile, tilePath, tileWidth } from "./tile.ts"
import { oneByOne, type TreeHashing } from "./tree-hashing.ts"

/** Size, and per level the hashes of the last tile: `size / 256^level mod 256` of them. Never changed in place. */
export interface Edge {
  readonly size: number
  readonly levels: readonly Uint8Array[]
}

/** The edge of the tree without leaves. */
export const emptyEdge: Edge = { size: 0, levels: [] }

export interface TileFile {
  readonly tile: Tile
  readonly path: string
  readonly bytes: Uint8Array
}

/** The partial tiles from which {@link edgeOf} restores the edge of a tree of that size. */
function edgeTiles(size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0, held = size; held > 0; level++, held = Math.floor(held / tileWidth)) {
    const width = held % tileWidth
    if (width > 0) tiles.push({ level, index: Math.floor(held / tileWidth), width })
  }
  return tiles
}

/** The edge restored from its partial tiles. Compare {@link edgeRoot} with a signed checkpoint before growing it. */
export function edgeOf(size: number, read: (tile: Tile) => Uint8Array): Edge {
  const levels: Uint8Array[] = []
  for (let held = size; held > 0; held = Math.floor(held / tileWidth)) levels.push(new Uint8Array(0))
  for (const tile of edgeTiles(size)) levels[Number(tile.level)] = read(tile)
  return { size, levels }
}

/** The root of the tree that ends in this edge. */
export function edgeRoot({ size, levels }: Edge): Uint8Array {
  return rangeHash({ start: 0, end: size }, ({ level, index }: Node) => {
    const height = level % 8
    const from = (index * 2 ** height) % tileWidth
    const held = levels[Math.floor(level / 8)] ?? new Uint8Array(0)
    return rootOfHashes(held.subarray(from * hashBytes, (from + 2 ** height) * hashBytes))
  })
}

/** The edge after more leaf hashes, one behind the other, and every tile of hashes that is new or wider. */
export function grow(
  edge: Edge,
  leaves: Uint8Array,
  hashing: TreeHashing = oneByOne,
): { edge: Edge; tiles: TileFile[] } {
  const tiles: TileFile[] = []
  const levels: Uint8Array[] = []
  let arrived = leaves
  for (let level = 0; arrived.length > 0 || level < edge.levels.length; level++) {
    const before = Math.floor(edge.size / tileWidth ** level)
    const held = edge.levels[level] ?? new Uint8Array(0)
    const row = joined([held, arrived])
    const roots = fullTiles(row, hashing)
    const rest = row.slice(roots.length * tileWidth * hashBytes)
    if (arrived.length > 0) tiles.push(...files(level, Math.floor(before / tileWidth), row))
    levels.push(rest)
    arrived = joined(roots)
  }
  return { edge: { size: edge.size + leaves.length / hashBytes, levels }, tiles }
}

/** The roots of the full tiles at the beginning of a row of hashes. */
function fullTiles(row: Uint8Array, hashing: TreeHashing): Uint8Array[] {
  const roots: Uint8Array[] = []
  const step = tileWidth * hashBytes
  for (let at = 0; at + step <= row.length; at += step)
    roots.push(rootOfHashes(row.subarray(at, at + step), hashing))
  return roots
}

function files(level: number, firstIndex: number, row: Uint8Array): TileFile[] {
  const made: TileFile[] = []
  const step = tileWidth * hashBytes
  for (let at = 0, index = firstIndex; at < row.length; at += step, index++) {
    const bytes = row.slice(at, at + step)
    const tile: Tile = { level, index, width: bytes.length / hashBytes }
    made.push({ tile, path: tilePath(tile), bytes })
  }
  return made
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
