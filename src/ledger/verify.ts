/**
 * Verifies a whole log from its files alone, without server and database: every entry, every tile, the root, the signatures,
 * and that the log still begins with what an older checkpoint vouched for. C2SP tlog-tiles, tlog-checkpoint. Clauses 3.12, 7.2.
 */

import { type Checkpoint, type OpenCheckpoint, openCheckpoint } from "./checkpoint.ts"
import { Broken, isSame, type LogFiles, LogWalk, type Walking } from "./log-walk.ts"
import { Malformed } from "./malformed.ts"
import { openNote, Unverified } from "./note.ts"
import type { Policy } from "./proof.ts"

export interface Verification extends Walking {
  readonly policy: Policy
  /** Checkpoints kept from earlier, as notes. Their signature is checked as well. */
  readonly kept?: readonly string[]
  /** What the top log says of this log: roots at sizes, believed for the top log's signature. */
  readonly heads?: readonly Checkpoint[]
}

export interface Verified {
  readonly checkpoint: OpenCheckpoint
  /** How many leaves the witnesses have seen; the size when none are asked for. */
  readonly witnessed: number
}

/** The file with the newest checkpoint that enough witnesses have cosigned. */
export const cosignedFile = "cosigned"

/** Throws {@link Broken} at the first thing that is wrong. Errors of reading files pass through. */
export async function verifyLog(what: Verification): Promise<Verified> {
  const { files, policy } = what
  const checkpoint = await signed(await required(files, "checkpoint"), policy)
  const seen = policy.quorum > 0 ? await witnessed(files, policy) : undefined
  const olds = [...(await keptOf(what)), ...(seen === undefined ? [] : [seen])]
  if (olds.some(({ size }) => size > checkpoint.size)) throw new Broken("log_shrunk", checkpoint.size)
  const walk = new LogWalk(
    what,
    checkpoint.size,
    olds.map(({ size }) => size),
  )
  await walk.run()
  for (const { size, root } of olds) if (!isSame(walk.rootOf(size), root)) throw new Broken("history_changed")
  if (!isSame(walk.rootOf(checkpoint.size), checkpoint.root)) throw new Broken("root_differs")
  return { checkpoint, witnessed: seen?.size ?? checkpoint.size }
}

async function keptOf({ policy, kept = [], heads = [] }: Verification): Promise<Checkpoint[]> {
  return [...heads, ...(await Promise.all(kept.map((note) => signed(note, policy))))]
}

async function signed(note: string, policy: Policy): Promise<OpenCheckpoint> {
  try {
    return await openCheckpoint(note, policy)
  } catch (error) {
    if (error instanceof Malformed) throw new Broken("checkpoint_damaged")
    if (error instanceof Unverified) throw new Broken("signature_wrong")
    throw error
  }
}

async function witnessed(files: LogFiles, policy: Policy): Promise<OpenCheckpoint> {
  const note = await files.read(cosignedFile)
  if (note === undefined) throw new Broken("witnesses_missing")
  const text = new TextDecoder().decode(note)
  const checkpoint = await signed(text, policy)
  const { verified } = await openNote(text, policy.witnesses).catch((error: unknown) => {
    if (error instanceof Unverified) throw new Broken("witnesses_missing")
    throw error
  })
  if (verified.length < policy.quorum) throw new Broken("witnesses_missing")
  return checkpoint
}

async function required(files: LogFiles, path: string): Promise<string> {
  const bytes = await files.read(path)
  if (bytes === undefined) throw new Broken("checkpoint_missing")
  return new TextDecoder().decode(bytes)
}
