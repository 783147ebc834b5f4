/** Receipts, C2SP tlog-proof: all that is needed to check without a network that an entry is in the log. */

import { fromBase64, toBase64 } from "./base64.ts"
import { type KnownLog, type OpenCheckpoint, openCheckpoint, parseCount, parseHash } from "./checkpoint.ts"
import { Malformed } from "./malformed.ts"
import { isIncluded } from "./merkle.ts"
import { openNote, Unverified, type Verifier } from "./note.ts"

const header = "c2sp.org/tlog-proof@v1"

export interface Proof {
  /** Context for the reader. Nothing vouches for it. */
  readonly extra?: Uint8Array
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed note, word for word. */
  readonly checkpoint: string
}

/** What a reader trusts: the log's keys, and how many of which witnesses must have seen the tree. */
export interface Policy extends KnownLog {
  readonly witnesses: readonly Verifier[]
  readonly quorum: number
}

export function formatProof({ extra, index, hashes, checkpoint }: Proof): string {
  const lines = [header]
  if (extra !== undefined) lines.push(`extra ${toBase64(extra)}`)
  lines.push(`index ${index}`, ...hashes.map(toBase64), "", checkpoint)
  return lines.join("\n")
}

/** Reads a receipt without checking what it claims. Throws {@link Malformed}. */
export function parseProof(text: string): Proof {
  const cut = text.indexOf("\n\n")
  const [first, ...lines] = text.slice(0, Math.max(cut, 0)).split("\n")
  if (first !== header) throw new Malformed("not a proof")
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift()?.slice(6) ?? "") : undefined
  const index = lines.shift()
  if (index?.startsWith("index ") !== true) throw new Malformed("proof has no index")
  return {
    ...(extra === undefined ? {} : { extra }),
    index: parseCount(index.slice(6)),
    hashes: lines.map(parseHash),
    checkpoint: text.slice(cut + 2),
  }
}

/**
 * Whether the receipt shows that the log holds the leaf, by the reader's policy. Returns the checkpoint that vouches for it. Throws
 * {@link Unverified} when a signature is missing or wrong, witnesses are too few or the path does not lead to the root, and
 * {@link Malformed}.
 */
export async function checkProof(proof: Proof, leaf: Uint8Array, policy: Policy): Promise<OpenCheckpoint> {
  const checkpoint = await openCheckpoint(proof.checkpoint, policy)
  await requireQuorum(proof.checkpoint, policy)
  const { index, hashes } = proof
  if (!isIncluded({ index, size: checkpoint.size, root: checkpoint.root, leaf, proof: hashes })) {
    throw new Unverified("path does not lead from the leaf to the root")
  }
  return checkpoint
}

async function requireQuorum(checkpoint: string, { witnesses, quorum }: Policy): Promise<void> {
  if (quorum === 0) return
  const { verified } = await openNote(checkpoint, witnesses)
  if (verified.length < quorum) throw new Unverified("too few witnesses have seen the tree")
}
