import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  emptyRoot,
  isContained,
  isGrown,
  isIncluded,
  isSubtree,
  leafHash,
  type Node,
  nodeHash,
  nodesOf,
  prove,
  proveConsistency,
  proveInclusion,
  type Range,
  rangeHash,
} from "./merkle.ts"
import { sha256 } from "./sha256.ts"

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

/** RFC 6962 §2.1, written as the RFC writes it. */
const naive = {
  root(leaves: readonly Uint8Array[]): Uint8Array {
    const [only] = leaves
    if (only === undefined) return sha256(new Uint8Array(0))
    if (leaves.length === 1) return only
    const k = split(leaves.length)
    return nodeHash(naive.root(leaves.slice(0, k)), naive.root(leaves.slice(k)))
  },
  path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
    if (leaves.length === 1) return []
    const k = split(leaves.length)
    const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
    if (m < k) return [...naive.path(m, left), naive.root(right)]
    return [...naive.path(m - k, right), naive.root(left)]
  },
  subproof(m: number, leaves: readonly Uint8Array[], b: boolean): Uint8Array[] {
    if (m === leaves.length) return b ? [] : [naive.root(leaves)]
    const k = split(leaves.length)
    const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
    if (m <= k) return [...naive.subproof(m, left, b), naive.root(right)]
    return [...naive.subproof(m - k, right, false), naive.root(left)]
  },
}

function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

const entry = (index: number) => Buffer.from(`entry ${index}`)
const leaves = Array.from({ length: 700 }, (_, index) => leafHash(entry(index)))
const hashes = ({ level, index }: Node) =>
  naive.root(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
const rootAt = (size: number) => naive.root(leaves.slice(0, size))

describe("RFC 6962 hashes, from the reference tree of Certificate Transparency", () => {
  const inputs = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  const known = inputs.map((input) => leafHash(Buffer.from(input, "hex")))
  const knownHashes = ({ level, index }: Node) =>
    naive.root(known.slice(index * 2 ** level, (index + 1) * 2 ** level))

  test("the empty tree", () => {
    expect(hex(emptyRoot)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  })

  test.each([
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
    [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
    [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
    [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("the root of its first %i leaves", (size, root) => {
    expect(hex(rangeHash({ start: 0, end: size }, knownHashes))).toBe(root)
  })

  test("the proof of its leaf 5 in 8", () => {
    expect(proveInclusion(5, 8, knownHashes).map(hex)).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ])
  })
})

describe("the seven-leaf example of RFC 6962 §2.1.3", () => {
  const at = (start: number, end: number) => hex(naive.root(leaves.slice(start, end)))
  const [a, b, c, d, f, g] = [0, 1, 2, 3, 5, 6].map((index) => at(index, index + 1))
  const [h, i, j, k, l] = [at(0, 2), at(2, 4), at(4, 6), at(0, 4), at(4, 7)]

  test.each([
    [0, [b, i, l]],
    [1, [a, i, l]],
    [3, [c, h, l]],
    [4, [f, g, k]],
    [6, [j, k]],
  ])("the path of leaf %i", (index, path) => {
    expect(proveInclusion(index, 7, hashes).map(hex)).toEqual(path)
  })

  test.each([
    [3, [c, d, h, l]],
    [4, [l]],
    [6, [j, g, k]],
    [7, []],
  ])("the growth from %i", (size, proof) => {
    expect(proveConsistency(size, 7, hashes).map(hex)).toEqual(proof)
  })
})

const sizeAndIndex = fc
  .integer({ min: 1, max: 700 })
  .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)))

test("roots and proofs are those of the recursive definition, and they verify", () => {
  fc.assert(
    fc.property(sizeAndIndex, ([size, index]) => {
      const root = rootAt(size)
      expect(rangeHash({ start: 0, end: size }, hashes)).toEqual(root)
      const path = proveInclusion(index, size, hashes)
      expect(path).toEqual(naive.path(index, leaves.slice(0, size)))
      const leaf = leafHash(entry(index))
      expect(isIncluded({ index, size, leaf, root, proof: path })).toBe(true)
      const from = index + 1
      const growth = proveConsistency(from, size, hashes)
      expect(growth).toEqual(naive.subproof(from, leaves.slice(0, size), true))
      expect(isGrown({ from: { size: from, root: rootAt(from) }, to: { size, root }, proof: growth })).toBe(
        true,
      )
    }),
    { numRuns: 150 },
  )
})

const withinAndInner = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.nat(40), fc.nat(511), fc.integer({ min: 1, max: 700 }))
  .map(([level, index, cut, size]) => {
    const start = index * 2 ** level
    return { inner: { start, end: start + 2 ** level - (cut % 2 ** level) }, within: { start: 0, end: size } }
  })
  .filter(({ inner, within }) => isSubtree(inner) && inner.end <= within.end)

test("every subtree of a tree is proved in it, and not when anything is changed", () => {
  fc.assert(
    fc.property(withinAndInner, fc.nat(), ({ within, inner }, where) => {
      const innerHash = rangeHash(inner, hashes)
      expect(innerHash).toEqual(naive.root(leaves.slice(inner.start, inner.end)))
      const claim = {
        within,
        inner,
        innerHash,
        withinHash: rootAt(within.end),
        proof: prove(within, inner, hashes),
      }
      expect(isContained(claim)).toBe(true)
      for (const bent of bends(claim, where)) expect(isContained({ ...claim, ...bent })).toBe(false)
    }),
    { numRuns: 150 },
  )
})

function bends(claim: { proof: Uint8Array[]; innerHash: Uint8Array; withinHash: Uint8Array }, where: number) {
  const bent = claim.proof.map((hash, at) => (at === where % claim.proof.length ? flipped(hash) : hash))
  return [
    ...(bent.length > 0
      ? [{ proof: bent }, { proof: claim.proof.slice(1) }, { proof: claim.proof.slice(0, -1) }]
      : []),
    { proof: [...claim.proof, claim.withinHash] },
    { proof: [claim.innerHash, ...claim.proof] },
    { innerHash: flipped(claim.innerHash) },
    { withinHash: flipped(claim.withinHash) },
    { withinHash: new Uint8Array(0) },
  ]
}

function flipped(hash: Uint8Array): Uint8Array {
  return hash.map((byte, at) => (at === 7 ? byte ^ 1 : byte))
}

describe("hostile sizes are answered with false", () => {
  const leaf = leafHash(entry(0))
  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 64])("a tree of %d", (size) => {
    expect(isIncluded({ index: 0, size, leaf, root: leaf, proof: [] })).toBe(false)
    expect(isIncluded({ index: size, size: 1, leaf, root: leaf, proof: [] })).toBe(false)
    const honest = { size: 1, root: leaf }
    expect(isGrown({ from: honest, to: { size, root: leaf }, proof: [] })).toBe(false)
    expect(isGrown({ from: { size, root: leaf }, to: honest, proof: [] })).toBe(false)
  })

  test("hashes of other lengths in a proof", () => {
    const root = nodeHash(leaf, leaf)
    for (const length of [0, 31, 33]) {
      const proof = [new Uint8Array(length)]
      expect(isIncluded({ index: 0, size: 2, leaf, root, proof })).toBe(false)
    }
    expect(isIncluded({ index: 0, size: 2, leaf, root, proof: [leaf] })).toBe(true)
  })
})

test("a range that is not a subtree is not proved", () => {
  const odd: Range = { start: 1, end: 3 }
  expect(isSubtree(odd)).toBe(false)
  expect(() => prove({ start: 0, end: 8 }, odd, hashes)).toThrow("not a subtree")
})

test("the nodes of a tree of 2^53 − 1 leaves are counted exactly", () => {
  const nodes = nodesOf({ start: 0, end: Number.MAX_SAFE_INTEGER })
  expect(nodes).toHaveLength(53)
  expect(nodes[0]).toEqual({ level: 52, index: 0 })
  expect(nodes.at(-1)).toEqual({ level: 0, index: Number.MAX_SAFE_INTEGER - 1 })
})
