/**
 * A witness, C2SP tlog-witness: it cosigns a checkpoint when the log has only grown since the last one it cosigned, and keeps
 * that one. What to answer is decided here; storing before answering is the caller's. Clause 9.5.
 */

import {
  type Checkpoint,
  type KnownLog,
  type OpenCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  parseCount,
  parseHash,
} from "./checkpoint.ts"
import { Malformed } from "./malformed.ts"
import { isGrown } from "./merkle.ts"
import { parseNote, Unverified } from "./note.ts"

/** `add-checkpoint` as it was asked. */
export interface AddCheckpoint {
  readonly oldSize: number
  readonly proof: readonly Uint8Array[]
  /** The signed note. */
  readonly note: string
  readonly origin: string
}

export type Verdict =
  | { readonly status: 200; readonly checkpoint: OpenCheckpoint }
  | { readonly status: 400 | 403 | 404 | 422 }
  /** `size`: of the last checkpoint it cosigned. */
  | { readonly status: 409; readonly size: number }

/** A proof has at most 63 lines. */
const longestProof = 63

/** Throws {@link Malformed}, which is answered with 400. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const cut = body.indexOf("\n\n")
  if (cut < 0) throw new Malformed("no checkpoint")
  const [first = "", ...lines] = body.slice(0, cut).split("\n")
  if (!first.startsWith("old ") || lines.length > longestProof)
    throw new Malformed("not an old size and a proof")
  const note = body.slice(cut + 2)
  const { origin } = parseCheckpoint(parseNote(note).text)
  return { oldSize: parseCount(first.slice(4)), proof: lines.map(parseHash), note, origin }
}

export function formatAddCheckpoint({
  oldSize,
  proof,
  note,
}: {
  oldSize: number
  proof: readonly string[]
  note: string
}): string {
  return [`old ${oldSize}`, ...proof, "", note].join("\n")
}

/** `log`: undefined when the witness does not know the origin. `last`: what it cosigned last, if anything. */
export async function judge(
  asked: AddCheckpoint,
  log: KnownLog | undefined,
  last: Checkpoint | undefined,
): Promise<Verdict> {
  if (log === undefined) return { status: 404 }
  const checkpoint = await opened(asked.note, log)
  if (checkpoint === undefined) return { status: 403 }
  if (asked.oldSize > checkpoint.size) return { status: 400 }
  const size = last?.size ?? 0
  if (asked.oldSize !== size || isFork(last, checkpoint)) return { status: 409, size }
  return isProven(asked, last, checkpoint) ? { status: 200, checkpoint } : { status: 422 }
}

/** The size that was cosigned, under another root. */
function isFork(last: Checkpoint | undefined, now: Checkpoint): boolean {
  return last !== undefined && last.size === now.size && !isSame(last.root, now.root)
}

async function opened(note: string, log: KnownLog): Promise<OpenCheckpoint | undefined> {
  try {
    return await openCheckpoint(note, log)
  } catch (error) {
    if (error instanceof Unverified) return undefined
    throw error
  }
}

/** From nothing there is nothing to prove, and the proof must be empty. */
function isProven({ proof }: AddCheckpoint, last: Checkpoint | undefined, now: Checkpoint): boolean {
  if (last === undefined || last.size === 0) return proof.length === 0
  return isGrown({ from: last, to: now, proof })
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
