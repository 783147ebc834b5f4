/**
 * Receipts: a C2SP tlog-proof whose `extra` shows the trace itself and its salt, so that one text file is all that is
 * needed to see what was done and that the log holds it. Clause 7.2.
 *
 * ```
 * extra = canonical JSON (RFC 8785) of { "content": the canonical trace as text, "salt": base64 of 16 bytes }
 * ```
 */

import { z } from "zod"
import { canonicalBytes } from "../base/canonical.ts"
import { fromBase64, toBase64 } from "./base64.ts"
import { type OpenCheckpoint, parseCheckpoint } from "./checkpoint.ts"
import { contentOf, entryOf } from "./entry.ts"
import { isSame, type LogFiles, readTile } from "./log-walk.ts"
import { Malformed } from "./malformed.ts"
import { leafHash, type Node, nodesOf, proofRanges, proveInclusion } from "./merkle.ts"
import { parseNote } from "./note.ts"
import { checkProof, type Policy, type Proof, parseProof } from "./proof.ts"
import { hashBytes, tileHashes, tilePath, tilesFor } from "./tile.ts"
import type { Trace } from "./trace.ts"

const extraShape = z.object({ content: z.string(), salt: z.string() })

/** What a checked receipt shows. */
export interface Receipt {
  readonly index: number
  readonly checkpoint: OpenCheckpoint
  /** The trace as it was committed to: canonical JSON. */
  readonly content: string
}

/** The proof that the log holds a leaf, from its tiles. Throws {@link Malformed} when it does not, or a tile is missing. */
export async function proofFrom(files: LogFiles, index: number, note: string): Promise<Proof> {
  const { size } = parseCheckpoint(parseNote(note).text)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new Malformed("the log has no such leaf")
  const nodes = proofRanges({ start: 0, end: size }, { start: index, end: index + 1 }).flatMap(nodesOf)
  const hashes = proveInclusion(index, size, tileHashes(size, await tilesOf(files, nodes, size)))
  return { index, hashes, checkpoint: note }
}

/** The tiles in which these nodes lie, by the path they have in a tree of that size. Missing ones are left out. */
export async function tilesOf(
  files: LogFiles,
  nodes: readonly Node[],
  size: number,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  for (const tile of tilesFor(nodes, size)) {
    const bytes = await readTile(files, tile)
    if (bytes !== undefined) found.set(tilePath(tile), bytes.subarray(0, tile.width * hashBytes))
  }
  return found
}

/** The proof with the trace it is about. */
export function receiptOf(proof: Proof, trace: Trace): Proof {
  const content = contentOf(trace)
  return { ...proof, extra: canonicalBytes({ content, salt: toBase64(trace.salt) }) }
}

/** A receipt as it was read: nothing of it is believed yet. */
export interface ReadReceipt {
  readonly proof: Proof
  /** The trace that it shows: canonical JSON. */
  readonly content: string
  /** The leaf which that trace and its salt make. */
  readonly leaf: Uint8Array
}

/** Throws {@link Malformed} when the text is no receipt. */
export function readReceipt(text: string): ReadReceipt {
  const proof = parseProof(text)
  const { content, salt } = extraOf(proof)
  return { proof, content, leaf: leafHash(entryOf(content, saltOf(salt))) }
}

/** Throws {@link Malformed} when the text is no receipt, and what {@link checkProof} throws when it proves nothing. */
export async function checkReceipt(text: string, policy: Policy): Promise<Receipt> {
  const { proof, content, leaf } = readReceipt(text)
  const checkpoint = await checkProof(proof, leaf, policy)
  return { index: proof.index, checkpoint, content }
}

/** Only as we write it: white space or another member would let a changed receipt pass for the one that was given out. */
function extraOf({ extra }: Proof): z.output<typeof extraShape> {
  try {
    const shown = extraShape.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(extra)))
    if (extra !== undefined && isSame(canonicalBytes(shown), extra)) return shown
  } catch {
    // Said below.
  }
  throw new Malformed("the proof shows no trace")
}

function saltOf(text: string): Uint8Array {
  const salt = fromBase64(text)
  if (salt.length !== 16) throw new Malformed("the salt is not 16 bytes")
  return salt
}
