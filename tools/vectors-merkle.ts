/** The vectors of transparency-dev/merkle: proofs of RFC 6962 trees and of their subtrees, good and hostile. */

import { z } from "zod"
import { isContained, isGrown, isIncluded, isIncludedIn } from "../src/ledger/merkle.ts"

const bytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, "base64")))
const common = {
  proof: z
    .array(bytes)
    .nullable()
    .transform((hashes) => hashes ?? []),
  wantErr: z.boolean(),
}

export interface Case {
  readonly wantErr: boolean
}

// Counts go up to 2^64 in hostile cases: read as doubles, they must be refused as they are.
export const inclusionCase = z.object({
  ...common,
  leafIdx: z.number(),
  treeSize: z.number(),
  root: bytes,
  leafHash: bytes,
})
export const consistencyCase = z.object({
  ...common,
  size1: z.number(),
  size2: z.number(),
  root1: bytes,
  root2: bytes,
})
export const subtreeInclusionCase = z.object({
  ...common,
  leafIdx: z.number(),
  start: z.number(),
  end: z.number(),
  root: bytes,
  leafHash: bytes,
})
export const subtreeConsistencyCase = z.object({
  ...common,
  start: z.number(),
  end: z.number(),
  size: z.number(),
  root1: bytes,
  root2: bytes,
})

export function inclusion({
  leafIdx,
  treeSize,
  root,
  leafHash,
  proof,
}: z.infer<typeof inclusionCase>): boolean {
  return isIncluded({ index: leafIdx, size: treeSize, leaf: leafHash, root, proof })
}

export function consistency(one: z.infer<typeof consistencyCase>): boolean {
  const { size1, size2, root1, root2, proof } = one
  return isGrown({ from: { size: size1, root: root1 }, to: { size: size2, root: root2 }, proof })
}

export function subtreeInclusion(one: z.infer<typeof subtreeInclusionCase>): boolean {
  const { leafIdx, start, end, root, leafHash, proof } = one
  return isIncludedIn({ start, end }, { index: leafIdx, leaf: leafHash, root, proof })
}

export function subtreeConsistency(one: z.infer<typeof subtreeConsistencyCase>): boolean {
  const { start, end, size, root1, root2, proof } = one
  return isContained({
    within: { start: 0, end: size },
    inner: { start, end },
    withinHash: root2,
    innerHash: root1,
    proof,
  })
}
