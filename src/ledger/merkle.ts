/**
 * The Merkle tree of RFC 6962 §2.1 and its proofs, and the subtrees of draft-ietf-plants-merkle-tree-certs §4.
 * An inclusion proof is the proof of a subtree of one leaf, a consistency proof that of a subtree that starts at zero
 * (§4.4), so one path serves all four. Sizes and indexes are integers below 2^53.
 */

import { sha256 } from "./sha256.ts"

/** Leaves from `start` up to but without `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The complete subtree of the 2^level leaves from index × 2^level on. */
export interface Node {
  readonly level: number
  readonly index: number
}

/** Looks up the hash of a node, which the caller has made ready: see {@link nodesOf}. */
export type NodeHashes = (node: Node) => Uint8Array

/** MTH({}): the root of the tree without leaves. */
export const emptyRoot = sha256(new Uint8Array(0))

const hashBytes = 32
const nodeInput = Uint8Array.of(1, ...new Uint8Array(2 * hashBytes))

/** MTH({d}): 0x00 is put before an entry so that it never reads as a node. */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length)
  input.set(entry, 1)
  return sha256(input)
}

/** The hash of two subtrees under one node: 0x01 is put before them. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (!isHash(left) || !isHash(right)) throw new Error("not a hash")
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + hashBytes)
  return sha256(nodeInput)
}

/** Whether the range is a subtree of every tree that reaches its end: aligned to its width, rounded up to a power of two. */
export function isSubtree({ start, end }: Range): boolean {
  if (!isCount(start) || !isCount(end) || end < start) return false
  return start === end || start % powerFrom(end - start) === 0
}

/** The complete subtrees that make up a subtree, from left to right: the nodes whose hashes {@link rangeHash} asks for. */
export function nodesOf({ start, end }: Range): Node[] {
  const nodes: Node[] = []
  for (let from = start; from < end; ) {
    const level = floorLog2(end - from)
    nodes.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return nodes
}

/** MTH of the leaves of a subtree. */
export function rangeHash(range: Range, hashes: NodeHashes): Uint8Array {
  const nodes = nodesOf(range).map(hashes)
  const last = nodes.pop()
  if (last === undefined) return emptyRoot
  return nodes.reduceRight((right, left) => nodeHash(left, right), last)
}

/** The ranges whose hashes, in this order, prove that the tree or subtree `within` contains the subtree `inner`. */
export function proofRanges(within: Range, inner: Range): Range[] {
  if (!isInside(within, inner)) throw new Error("not a subtree of that tree")
  if (inner.start === inner.end) return []
  const { steps, bottom, isGiven } = descend(within, inner)
  const siblings = steps.map(({ sibling }) => sibling).reverse()
  return isGiven ? siblings : [bottom, ...siblings]
}

/** PATH(index, D[size]), RFC 6962 §2.1.1. */
export function proveInclusion(index: number, size: number, hashes: NodeHashes): Uint8Array[] {
  return prove({ start: 0, end: size }, { start: index, end: index + 1 }, hashes)
}

/** PROOF(from, D[to]), RFC 6962 §2.1.2. */
export function proveConsistency(from: number, to: number, hashes: NodeHashes): Uint8Array[] {
  return prove({ start: 0, end: to }, { start: 0, end: from }, hashes)
}

/** The proof that `within` contains `inner`: a Subtree Consistency Proof, or a Subtree Inclusion Proof for one leaf. */
export function prove(within: Range, inner: Range, hashes: NodeHashes): Uint8Array[] {
  return proofRanges(within, inner).map((range) => rangeHash(range, hashes))
}

export interface Inclusion {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof shows the leaf at that index of the tree with that root. Hostile input is answered with false. */
export function isIncluded({ size, ...leaf }: Inclusion): boolean {
  return isIncludedIn({ start: 0, end: size }, leaf)
}

/** {@link isIncluded} for a subtree in the tree's place; the index stays that of the tree. */
export function isIncludedIn(within: Range, { index, leaf, root, proof }: Omit<Inclusion, "size">): boolean {
  const inner = { start: index, end: index + 1 }
  return isHash(leaf) && isContained({ within, inner, innerHash: leaf, withinHash: root, proof })
}

export interface Growth {
  readonly from: { readonly size: number; readonly root: Uint8Array }
  readonly to: { readonly size: number; readonly root: Uint8Array }
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof shows that the larger tree begins with all of the smaller. From an empty tree nothing can be shown: false. */
export function isGrown({ from, to, proof }: Growth): boolean {
  if (from.size === 0 && (to.size !== 0 || !isEqual(from.root, to.root))) return false
  return isContained({
    within: { start: 0, end: to.size },
    inner: { start: 0, end: from.size },
    innerHash: from.root,
    withinHash: to.root,
    proof,
  })
}

export interface Containment {
  readonly within: Range
  readonly inner: Range
  readonly withinHash: Uint8Array
  readonly innerHash: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether the proof shows the subtree `inner` in the tree or subtree `within`. Hostile input is answered with false.
 * An empty subtree is in every tree, so that `withinHash` then says nothing (draft §4.4).
 */
export function isContained({ within, inner, withinHash, innerHash, proof }: Containment): boolean {
  if (!isInside(within, inner)) return false
  if (inner.start === inner.end) return proof.length === 0 && isEqual(innerHash, emptyRoot)
  const { steps, isGiven } = descend(within, inner)
  const [bottom, ...siblings] = isGiven ? [innerHash, ...proof] : proof
  if (bottom === undefined || siblings.length !== steps.length) return false
  if (steps.length > 0 && ![bottom, ...siblings].every(isHash)) return false
  const hashes = climb(steps, siblings, bottom)
  return isEqual(hashes.inner, innerHash) && isEqual(hashes.within, withinHash)
}

/** Equality of hashes. They are public, so the time it takes tells nothing. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** One step from a node to the child that holds the subtree, or, where the subtree straddles the split, to its right part. */
interface Step {
  readonly sibling: Range
  readonly side: "left" | "right"
  /** The sibling, on the left, belongs to the subtree too. */
  readonly isShared: boolean
}

interface Descent {
  /** From the root down. */
  readonly steps: readonly Step[]
  readonly bottom: Range
  /** Whether the bottom is the subtree itself, whose hash the verifier holds. */
  readonly isGiven: boolean
}

function descend(within: Range, inner: Range): Descent {
  const steps: Step[] = []
  let { start: low, end: high } = within
  let from = inner.start
  while (low !== from || high !== inner.end) {
    const split = low + powerBelow(high - low)
    const left = { start: low, end: split }
    if (inner.end <= split) {
      steps.push({ sibling: { start: split, end: high }, side: "right", isShared: false })
      high = split
    } else {
      const isShared = from < split
      steps.push({ sibling: left, side: "left", isShared })
      if (isShared) from = split
      low = split
    }
  }
  return { steps, bottom: { start: low, end: high }, isGiven: from === inner.start }
}

function climb(steps: readonly Step[], siblings: readonly Uint8Array[], bottom: Uint8Array) {
  let inner = bottom
  let within = bottom
  for (const [at, sibling] of siblings.entries()) {
    const step = steps[steps.length - 1 - at]
    if (step?.side === "right") within = nodeHash(within, sibling)
    else within = nodeHash(sibling, within)
    if (step?.isShared === true) inner = nodeHash(sibling, inner)
  }
  return { inner, within }
}

function isInside(within: Range, inner: Range): boolean {
  if (!isSubtree(within) || !isSubtree(inner)) return false
  return within.start <= inner.start && inner.end <= within.end
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === hashBytes
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** The largest power of two below n, for n > 1. */
function powerBelow(n: number): number {
  return 2 ** floorLog2(n - 1)
}

/** The smallest power of two from n on, for n > 0. */
function powerFrom(n: number): number {
  return n === 1 ? 1 : 2 ** (floorLog2(n - 1) + 1)
}

/** Exact up to 2^53, which Math.log2 does not promise. */
function floorLog2(n: number): number {
  const high = Math.floor(n / 2 ** 32)
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(n)
}
