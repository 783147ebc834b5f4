/** The hashes of a tree, many at once. RFC 6962 §2.1. What is not said here of the bytes is said in merkle.ts. */

import { leafHash, nodeHash } from "./merkle.ts"

const hashBytes = 32

export interface TreeHashing {
  /** The leaf hashes, one behind the other, of entries of 32 bytes that stand at the end of every `stride` bytes. */
  leaves(entries: Uint8Array, stride: number): Uint8Array
  /** The hashes over each two of an even number of hashes, one behind the other. */
  nodes(hashes: Uint8Array): Uint8Array
}

/** Runs everywhere, in a browser that may not compile anything too. */
export const oneByOne: TreeHashing = {
  leaves(entries, stride) {
    const made = new Uint8Array((entries.length / stride) * hashBytes)
    for (let end = stride, at = 0; end <= entries.length; end += stride, at += hashBytes)
      made.set(leafHash(entries.subarray(end - hashBytes, end)), at)
    return made
  },
  nodes(hashes) {
    const made = new Uint8Array(hashes.length / 2)
    for (let at = 0; at < made.length; at += hashBytes) {
      const right = 2 * at + hashBytes
      made.set(nodeHash(hashes.subarray(2 * at, right), hashes.subarray(right, right + hashBytes)), at)
    }
    return made
  },
}

/** The leaf hashes, one behind the other, of entries of any length. */
export function leafRow(entries: readonly Uint8Array[], hashing: TreeHashing): Uint8Array {
  const isEven = entries.every(({ length }) => length === hashBytes)
  const row = new Uint8Array(entries.length * hashBytes)
  for (const [at, entry] of entries.entries()) row.set(isEven ? entry : leafHash(entry), at * hashBytes)
  return isEven ? hashing.leaves(row, hashBytes) : row
}
