/** Whether a log still begins with what an older checkpoint vouched for, shown by its tiles. RFC 6962 §2.1.2, C2SP tlog-tiles. */

import type { Checkpoint } from "../../ledger/checkpoint.ts"
import { isSame, type LogFiles } from "../../ledger/log-walk.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { emptyRoot, isGrown, nodesOf, proofRanges, proveConsistency } from "../../ledger/merkle.ts"
import { tilesOf } from "../../ledger/receipt.ts"
import { tileHashes } from "../../ledger/tile.ts"

export type Growth =
  /** The same tree. */
  | "same"
  /** A larger tree that begins with the older one. */
  | "grown"
  /** A smaller tree: something was taken away. */
  | "shrunk"
  /** A tree that does not begin with the older one. */
  | "changed"
  /** The tiles that would show it are missing or damaged. */
  | "unshown"

/** Nothing of the tiles is believed: they either lead to both roots, or show nothing. */
export async function growthOf(files: LogFiles, from: Checkpoint, to: Checkpoint): Promise<Growth> {
  if (to.size < from.size) return "shrunk"
  if (to.size === from.size) return isSame(from.root, to.root) ? "same" : "changed"
  if (from.size === 0) return isSame(from.root, emptyRoot) ? "grown" : "changed"
  try {
    return isGrown({ from, to, proof: await proofOf(files, from, to) }) ? "grown" : "changed"
  } catch (error) {
    if (error instanceof Malformed) return "unshown"
    throw error
  }
}

async function proofOf(files: LogFiles, from: Checkpoint, to: Checkpoint): Promise<Uint8Array[]> {
  const nodes = proofRanges({ start: 0, end: to.size }, { start: 0, end: from.size }).flatMap(nodesOf)
  return proveConsistency(from.size, to.size, tileHashes(to.size, await tilesOf(files, nodes, to.size)))
}
