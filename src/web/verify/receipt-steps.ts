/** A receipt checked step by step, so that an owner sees what was shown and what was not. C2SP tlog-proof. Clause 7.2. */

import { z } from "zod"
import { type Checkpoint, parseCheckpoint } from "../../ledger/checkpoint.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { isIncluded } from "../../ledger/merkle.ts"
import { parseNote } from "../../ledger/note.ts"
import { type ReadReceipt, readReceipt } from "../../ledger/receipt.ts"
import { growthOf } from "./growth.ts"
import { liveCheckpoint, type PublicLogs } from "./public-logs.ts"
import { type StepState, signatureState } from "./signature-state.ts"
import { type Witnessed, witnessedOf } from "./witnessed.ts"

export const stepNames = ["form", "place", "signature", "today"] as const
export type StepName = (typeof stepNames)[number]

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
  /** Undefined when the server asks no witness. */
  readonly witnessed: Witnessed | undefined
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
      witnessed: undefined,
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
    witnessed: await witnessedOf(checkpoint, logs),
    shown: { index: proof.index, checkpoint, note: proof.checkpoint, trace: traceIn(content) },
  }
}

/** One bad step refuses the receipt; without one, all must be good. */
export function verdictOf({ steps, witnessed }: Pick<CheckedReceipt, "steps" | "witnessed">): StepState {
  const states = [...Object.values(steps), ...(witnessed === undefined ? [] : [witnessed.state])]
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
