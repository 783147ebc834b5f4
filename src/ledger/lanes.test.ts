import { hash } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { Lanes } from "./lanes.ts"
import { encodeBundle, evenBundleLeaves, isEvenBundle, rootOfHashes } from "./tile.ts"
import { leafRow, oneByOne } from "./tree-hashing.ts"

const lanes = new Lanes()
/** Each turn hashes some hundred messages. */
const turns = { numRuns: 25 }
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")
const split = (bytes: Uint8Array, length: number) =>
  Array.from({ length: bytes.length / length }, (_, at) => bytes.subarray(at * length, (at + 1) * length))

/** RFC 6962 §2.1 by OpenSSL. */
const hashed = (prefix: number, messages: readonly Uint8Array[]) =>
  messages.map((message) => hash("sha256", Buffer.concat([Uint8Array.of(prefix), message]))).join("")

/** Of so many hashes, from none through every rest of four up to more than fit into memory at once. */
const rows = (each: number) =>
  fc
    .integer({ min: 0, max: 300 })
    .chain((count) => fc.uint8Array({ minLength: count * each, maxLength: count * each, size: "max" }))

test("leaves are hashed as OpenSSL does", () => {
  fc.assert(
    fc.property(rows(32), (row) => {
      expect(hex(lanes.leaves(row, 32))).toBe(hashed(0, split(row, 32)))
    }),
    turns,
  )
})

test("nodes are hashed as OpenSSL does", () => {
  fc.assert(
    fc.property(rows(64), (row) => {
      expect(hex(lanes.nodes(row))).toBe(hashed(1, split(row, 64)))
    }),
    turns,
  )
})

test("entries of a bundle are hashed where they stand, whatever stands before", () => {
  fc.assert(
    fc.property(rows(32), (row) => {
      const entries = split(row, 32)
      const bundle = encodeBundle(entries)
      expect(isEvenBundle(bundle)).toBe(true)
      expect(hex(evenBundleLeaves(bundle, entries.length, lanes))).toBe(hashed(0, entries))
    }),
    turns,
  )
})

test("a bundle with an entry of another length is not even", () => {
  const even = Array.from({ length: 9 }, (_, at) => new Uint8Array(32).fill(at))
  for (const length of [0, 31, 33, 66, 288])
    expect(isEvenBundle(encodeBundle([...even, new Uint8Array(length)]))).toBe(false)
  expect(isEvenBundle(encodeBundle(even).subarray(1))).toBe(false)
  expect(isEvenBundle(encodeBundle(even).subarray(0, -1))).toBe(false)
})

test("entries of any length make the same leaves in lanes and one by one", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 90 }), (entries) => {
      expect(hex(leafRow(entries, lanes))).toBe(hashed(0, entries))
      expect(hex(leafRow(entries, oneByOne))).toBe(hashed(0, entries))
    }),
  )
})

test("lanes and one by one find the same root, and refuse what is no row of hashes", () => {
  for (let height = 0; height <= 10; height++) {
    const row = Uint8Array.from({ length: 32 * 2 ** height }, (_, at) => at * 7 + height)
    expect(hex(rootOfHashes(row, lanes))).toBe(hex(rootOfHashes(row, oneByOne)))
  }
  expect(() => rootOfHashes(new Uint8Array(0), lanes)).toThrow("not hashes")
  expect(() => rootOfHashes(new Uint8Array(33), lanes)).toThrow("not hashes")
  expect(() => rootOfHashes(new Uint8Array(96), lanes)).toThrow("not a hash")
})
