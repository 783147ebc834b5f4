/** A receipt checked step by step, so that an owner sees what was shown and what was not. C2SP tlog-proof. Clause 7.2. */

import { z } from "zod"
import { type Checkpoint, openCheckpoint, parseCheckpoint } from "../../ledger/checkpoint.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { isIncluded } from "../../ledger/merkle.ts"
import { parseNote, Unverified } from "../../ledger/note.ts"
import { type ReadReceipt, readReceipt } from "../../ledger/receipt.ts"
import { growthOf } from "./growth.ts"
import { type PublicLogs, verifiersOf } from "./public-logs.ts"

export const stepNames = ["form", "place", "signature", "today"] as const
export type StepName = (typeof stepNames)[number]

/** `unknown`: could not be checked, which is no proof either way. */
export type StepState = "good" | "bad" | "unknown"

const trace = z.object({
  traceId: z.string(),
  at: z.number(),
  post: z.string(),
  act: z.string(),
  clause: z.string(),
  purpose: z.string().nullable(),
  fields: z.array(z.string()),
  subjects: z.array(z.string()),
  outcome: z.string(),
})
export type ShownTrace = z.infer<typeof trace>

export interface CheckedReceipt {
  readonly steps: Readonly<Record<StepName, StepState>>
  /** Undefined when the text is no receipt. */
  readonly shown:
    | {
        readonly index: number
        readonly checkpoint: Checkpoint
        readonly note: string
        /** Undefined when it was written in a form that this page does not know. */
        readonly trace: ShownTrace | undefined
      }
    | undefined
}

export async function checkReceiptText(text: string, logs: PublicLogs): Promise<CheckedReceipt> {
  const read = readAll(text)
  if (read === undefined) {
    return {
      steps: { form: "bad", place: "unknown", signature: "unknown", today: "unknown" },
      shown: undefined,
    }
  }
  const { checkpoint, receipt } = read
  const { proof, leaf, content } = receipt
  const { size, root } = checkpoint
  const isThere = isIncluded({ index: proof.index, size, root, leaf, proof: proof.hashes })
  return {
    steps: {
      form: "good",
      place: isThere ? "good" : "bad",
      signature: await signatureState(proof.checkpoint, checkpoint.origin, logs),
      today: await todayState(checkpoint, logs),
    },
    shown: { index: proof.index, checkpoint, note: proof.checkpoint, trace: traceIn(content) },
  }
}

/** One bad step refuses the receipt; without one, all must be good. */
export function verdictOf(steps: CheckedReceipt["steps"]): StepState {
  const states = Object.values(steps)
  if (states.includes("bad")) return "bad"
  return states.includes("unknown") ? "unknown" : "good"
}

function readAll(text: string): { receipt: ReadReceipt; checkpoint: Checkpoint } | undefined {
  try {
    // What a text box or an editor makes of line ends is no change.
    const receipt = readReceipt(`${text.replaceAll("\r\n", "\n").trim()}\n`)
    return { receipt, checkpoint: parseCheckpoint(parseNote(receipt.proof.checkpoint).text) }
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

function traceIn(content: string): ShownTrace | undefined {
  try {
    return trace.safeParse(JSON.parse(content)).data
  } catch {
    return undefined
  }
}

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

/** Whether the log of today begins with the tree of the receipt. */
async function todayState(kept: Checkpoint, logs: PublicLogs): Promise<StepState> {
  try {
    const live = await liveCheckpoint(kept.origin, logs)
    if (live === undefined) return "unknown"
    const growth = await growthOf(logs.files(kept.origin), kept, live.checkpoint)
    return growth === "same" || growth === "grown" ? "good" : "bad"
  } catch (error) {
    if (error instanceof Malformed) return "bad"
    return "unknown"
  }
}

export interface LiveCheckpoint {
  readonly note: string
  readonly checkpoint: Checkpoint
}

/** What the server publishes now; undefined when it has no such log. Throws {@link Malformed}. */
export async function liveCheckpoint(origin: string, logs: PublicLogs): Promise<LiveCheckpoint | undefined> {
  const bytes = await logs.files(origin).read("checkpoint")
  if (bytes === undefined) return undefined
  const note = new TextDecoder().decode(bytes)
  const checkpoint = parseCheckpoint(parseNote(note).text)
  if (checkpoint.origin !== origin) throw new Malformed("checkpoint is of another log")
  return { note, checkpoint }
}
