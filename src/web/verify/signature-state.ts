/** Whether a checkpoint is signed by its log. C2SP tlog-checkpoint. */

import { openCheckpoint } from "../../ledger/checkpoint.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { Unverified } from "../../ledger/note.ts"
import { type PublicLogs, verifiersOf } from "./public-logs.ts"

/** `unknown`: could not be checked, which is no proof either way. */
export type StepState = "good" | "bad" | "unknown"

/** By the keys that this server names: whoever wants more compares them with a copy of their own. */
export async function signatureState(note: string, origin: string, logs: PublicLogs): Promise<StepState> {
  if (logs.ed25519 === undefined) return "unknown"
  try {
    await openCheckpoint(note, { origin, verifiers: verifiersOf(await logs.keys(), origin, logs.ed25519) })
    return "good"
  } catch (error) {
    return error instanceof Unverified || error instanceof Malformed ? "bad" : "unknown"
  }
}
