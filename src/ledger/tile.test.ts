import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Edge, edgeOf, edgeRoot, emptyEdge, grow } from "./edge.ts"
import { Malformed } from "./malformed.ts"
import { emptyRoot, leafHash, nodeHash, nodesOf, proofRanges, prove, rangeHash } from "./merkle.ts"
import {
  decodeBundle,
  encodeBundle,
  newBundles,
  newTiles,
  parseTilePath,
  type Tile,
  tileHashes,
  tilePath,
  tilesFor,
} from "./tile.ts"

describe("paths of C2SP tlog-tiles", () => {
  test.each<[string, Tile]>([
    ["tile/0/x001/x234/067", { level: 0, index: 1234067, width: 256 }],
    ["tile/0/000", { level: 0, index: 0, width: 256 }],
    ["tile/0/273.p/112", { level: 0, index: 273, width: 112 }],
    ["tile/63/x999/000", { level: 63, index: 999000, width: 256 }],
    ["tile/entries/x001/000.p/1", { level: "entries", index: 1000, width: 1 }],
  ])("%s", (path, tile) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  test.each([
    "tile/64/000",
    "tile/00/000",
    "tile/0/00",
    "tile/0/0000",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/x001",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/000.p",
    "tile/0/000/",
    "/tile/0/000",
    "tile/data/000",
    "tile/0/../../secret",
    "tile/0/x999/x999/x999/x999/x999/999",
  ])("%s is refused", (path) => {
    expect(() => parseTilePath(path)).toThrow(Malformed)
  })

  test("every tile is found again by its path", () => {
    const tiles = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant("entries" as const)),
      index: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile)
      }),
    )
  })
})

describe("which tiles a tree has, by the examples of tlog-tiles", () => {
  const counted = (size: number) => {
    const tiles = newTiles(0, size)
    return [0, 1, 2, 3].map((level) => tiles.filter((tile) => tile.level === level).map(({ width }) => width))
  }

  test("a tree of 70,000", () => {
    const [leaves = [], first, second, third] = counted(70_000)
    expect(leaves).toHaveLength(274)
    expect(leaves.slice(0, 273).every((width) => width === 256)).toBe(true)
    expect([leaves.at(-1), first, second, third]).toEqual([112, [256, 17], [1], []])
  })

  test("a tree of 256", () => {
    expect(counted(256)).toEqual([[256], [1], [], []])
  })

  test("growth within a tile renews the partial tiles of level 0 only", () => {
    expect(newTiles(70_000, 70_001).map(tilePath)).toEqual(["tile/0/273.p/113"])
    expect(newTiles(70_000, 70_000)).toEqual([])
    expect(newBundles(255, 257).map(tilePath)).toEqual(["tile/entries/000", "tile/entries/001.p/1"])
  })
})

const leaves = Array.from({ length: 70_000 }, (_, index) => leafHash(Buffer.from(String(index))))

/** A log kept in memory, grown by any steps. */
function grown(steps: readonly number[]): { edge: Edge; files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  let edge = emptyEdge
  for (const step of steps) {
    const next = grow(edge, Buffer.concat(leaves.slice(edge.size, edge.size + step)))
    const wanted = newTiles(edge.size, next.edge.size).map(tilePath)
    expect(next.tiles.map(({ path }) => path).toSorted()).toEqual(wanted.toSorted())
    for (const { path, bytes } of next.tiles) files.set(path, bytes)
    edge = next.edge
  }
  return { edge, files }
}

function naiveRoot(from: number, to: number): Uint8Array {
  if (to === from) return emptyRoot
  if (to - from === 1) return leaves[from] ?? emptyRoot
  let k = 1
  while (k * 2 < to - from) k *= 2
  return nodeHash(naiveRoot(from, from + k), naiveRoot(from + k, to))
}

test("the root is the same however the tree has grown, and is read back from tiles alone", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 8 }), (steps) => {
      const { edge, files } = grown(steps)
      const root = naiveRoot(0, edge.size)
      expect(edgeRoot(edge)).toEqual(root)
      expect(rangeHash({ start: 0, end: edge.size }, tileHashes(edge.size, files))).toEqual(root)
      const restored = edgeOf(edge.size, (tile) => files.get(tilePath(tile)) ?? new Uint8Array(0))
      expect(restored).toEqual(edge)
    }),
    { numRuns: 60 },
  )
})

test("a proof needs only the tiles named for it", () => {
  const { edge, files } = grown([70_000])
  const [within, inner] = [
    { start: 0, end: edge.size },
    { start: 12_345, end: 12_346 },
  ]
  const tiles = tilesFor(proofRanges(within, inner).flatMap(nodesOf), edge.size)
  expect(tiles.map(tilePath)).toEqual(["tile/0/048", "tile/1/000", "tile/1/001.p/17", "tile/0/273.p/112"])
  const few = new Map(tiles.map((tile) => [tilePath(tile), files.get(tilePath(tile)) ?? new Uint8Array(0)]))
  expect(prove(within, inner, tileHashes(edge.size, few))).toEqual(
    prove(within, inner, tileHashes(edge.size, files)),
  )
  few.delete("tile/1/000")
  expect(() => prove(within, inner, tileHashes(edge.size, few))).toThrow(Malformed)
})

test("a truncated tile is refused", () => {
  const { files } = grown([300])
  const short = files.get("tile/0/001.p/44")?.subarray(0, 43 * 32) ?? new Uint8Array(0)
  files.set("tile/0/001.p/44", short)
  expect(() => rangeHash({ start: 0, end: 300 }, tileHashes(300, files))).toThrow(Malformed)
})

describe("bundles of entries", () => {
  test("each entry is behind its length", () => {
    const bundle = encodeBundle([Buffer.from("ab"), Buffer.from(""), Buffer.alloc(258, 7)])
    expect(Buffer.from(bundle).toString("hex", 0, 8)).toBe("0002616200000102")
  })

  test("all entries come back", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries), entries.length)).toEqual(entries)
      }),
    )
  })

  test("a torn bundle, another count and an oversized entry are refused", () => {
    const bundle = encodeBundle([Buffer.from("ab"), Buffer.from("cd")])
    for (let length = 0; length < bundle.length; length++) {
      expect(() => decodeBundle(bundle.subarray(0, length), 2)).toThrow(Malformed)
    }
    expect(() => decodeBundle(bundle, 1)).toThrow(Malformed)
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow("65535")
  })
})
