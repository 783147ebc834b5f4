/**
 * Whether enough witnesses have cosigned the log with what an older checkpoint vouched for.
 * C2SP tlog-cosignature, tlog-checkpoint. Clause 9.5.
 */

import { type Checkpoint, parseCheckpoint } from "../../ledger/checkpoint.ts"
import { cosignatureVerifier } from "../../ledger/cosignature.ts"
import type { VerifyEd25519 } from "../../ledger/ed25519.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { openNote, Unverified } from "../../ledger/note.ts"
import { cosignedFile } from "../../ledger/verify.ts"
import { growthOf } from "./growth.ts"
import { liveCheckpoint, type PublicLogs, type WitnessPolicy } from "./public-logs.ts"
import { type StepState, signatureState } from "./signature-state.ts"

export interface Witnessed {
  readonly state: StepState
  /** How many of these must have cosigned; 0 and none when the server did not answer. */
  readonly quorum: number
  readonly names: readonly string[]
  /** Those whose cosignature holds, and how many leaves they have seen. */
  readonly cosigned: readonly string[]
  readonly size: number
}

type Seen = Pick<Witnessed, "state" | "cosigned" | "size">

const unseen = { cosigned: [], size: 0 }

/** Undefined when the server asks no witness. */
export async function witnessedOf(kept: Checkpoint, logs: PublicLogs): Promise<Witnessed | undefined> {
  try {
    const policy = await logs.witnesses()
    if (policy === undefined) return undefined
    return {
      quorum: policy.quorum,
      names: policy.keys.map(({ name }) => name),
      ...(await seenOf(kept, logs, policy)),
    }
  } catch {
    return { state: "unknown", quorum: 0, names: [], ...unseen }
  }
}

async function seenOf(kept: Checkpoint, logs: PublicLogs, policy: WitnessPolicy): Promise<Seen> {
  const { ed25519 } = logs
  const bytes = await logs.files(kept.origin).read(cosignedFile)
  // No witness has answered yet, or the browser cannot check: no proof either way.
  if (bytes === undefined || ed25519 === undefined) return { state: "unknown", ...unseen }
  const note = new TextDecoder().decode(bytes)
  try {
    const { cosigned, checkpoint } = await cosignedBy(note, policy, ed25519)
    const { size, origin } = checkpoint
    if (origin !== kept.origin || cosigned.length < policy.quorum) return { state: "bad", cosigned, size }
    const signature = await signatureState(note, origin, logs)
    const state = signature === "good" ? await growthState(kept, checkpoint, logs) : signature
    return { state, cosigned, size }
  } catch (error) {
    if (error instanceof Malformed || error instanceof Unverified) return { state: "bad", ...unseen }
    throw error
  }
}

async function cosignedBy(note: string, { keys }: WitnessPolicy, ed25519: VerifyEd25519) {
  const { text, verified } = await openNote(
    note,
    keys.map((key) => cosignatureVerifier(key, ed25519)),
  )
  return { cosigned: verified.map(({ name }) => name), checkpoint: parseCheckpoint(text) }
}

/** What is newer than the witnesses' checkpoint they will see later; the log of today must begin with theirs all the same. */
async function growthState(kept: Checkpoint, seen: Checkpoint, logs: PublicLogs): Promise<StepState> {
  const isNewer = kept.size > seen.size
  const to = isNewer ? (await liveCheckpoint(kept.origin, logs))?.checkpoint : seen
  if (to === undefined) return "unknown"
  const growth = await growthOf(logs.files(kept.origin), isNewer ? seen : kept, to)
  if (growth !== "same" && growth !== "grown") return "bad"
  return isNewer ? "unknown" : "good"
}
