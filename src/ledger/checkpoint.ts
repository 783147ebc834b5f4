/** Checkpoints, C2SP tlog-checkpoint: what a log says of itself at a size, as the text of a signed note. */

import { fromBase64, toBase64 } from "./base64.ts"
import { Malformed } from "./malformed.ts"
import { openNote, type Signature, Unverified, type Verifier } from "./note.ts"

export interface Checkpoint {
  /** Which log: a URL without its scheme. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Opaque lines, which no monitor can check. Our log writes none. */
  readonly extensions: readonly string[]
}

/** A checkpoint with the signatures for which it is believed. */
export interface OpenCheckpoint extends Checkpoint {
  /** The note's text, which a witness signs. */
  readonly text: string
  readonly verified: readonly Signature[]
}

/** A log as its readers know it. */
export interface KnownLog {
  readonly origin: string
  readonly verifiers: readonly Verifier[]
}

/** The text of the note. Throws when a line would be empty or more than one: a bug. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, String(size), toBase64(root), ...extensions]
  const isExact = Number.isSafeInteger(size) && size >= 0 && root.length === 32
  if (!isExact || lines.some((line) => line === "" || line.includes("\n")))
    throw new Error("not a checkpoint")
  return `${lines.join("\n")}\n`
}

/** Reads a note's text. Throws {@link Malformed}. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n")
  const extensions = rest.slice(0, -1)
  if (rest.at(-1) !== "" || origin === "" || extensions.includes("")) throw new Malformed("not a checkpoint")
  return { origin, size: parseCount(size), root: parseHash(root), extensions }
}

/**
 * The checkpoint of this log in a signed note. Throws {@link Malformed}, or {@link Unverified} when it is another log's
 * or none of the log's keys signed it.
 */
export async function openCheckpoint(note: string, log: KnownLog): Promise<OpenCheckpoint> {
  const { text, verified } = await openNote(note, log.verifiers)
  const checkpoint = parseCheckpoint(text)
  if (checkpoint.origin !== log.origin) throw new Unverified("checkpoint is of another log")
  return { ...checkpoint, text, verified }
}

/** A number in ASCII decimals without leading zeroes. Throws {@link Malformed}, beyond 2^53 too. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!/^(0|[1-9]\d*)$/.test(text) || !Number.isSafeInteger(count)) throw new Malformed("not a count")
  return count
}

/** A hash of 32 bytes in base 64. Throws {@link Malformed}. */
export function parseHash(text: string): Uint8Array {
  const hash = fromBase64(text)
  if (hash.length !== 32) throw new Malformed("not a hash")
  return hash
}
