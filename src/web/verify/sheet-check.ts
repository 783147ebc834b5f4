/** A printed root against the log of today. C2SP tlog-checkpoint. Clauses 7.2, 9.5. */

import { type Checkpoint, parseCheckpoint } from "../../ledger/checkpoint.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { parseNote } from "../../ledger/note.ts"
import { type Growth, growthOf } from "./growth.ts"
import { liveCheckpoint, type PublicLogs } from "./public-logs.ts"
import { type StepState, signatureState } from "./signature-state.ts"
import { type Witnessed, witnessedOf } from "./witnessed.ts"

export type SheetFault =
  | Exclude<Growth, "same" | "grown">
  /** The link holds no checkpoint. */
  | "form"
  /** What was printed is not signed by the log's key, or the log is not this server's. */
  | "printed"
  /** What the server publishes now is not signed by the log's key. */
  | "live"
  /** The server has no such log any more. */
  | "gone"
  /** What the witnesses have seen is not what was printed, or too few have cosigned it. */
  | "witnesses"

export type SheetOutcome =
  | { readonly kind: "consistent" }
  /** Everything fits, but a signature was not checked: the browser cannot, or the server did not name its keys. */
  | { readonly kind: "unsigned" }
  | { readonly kind: "inconsistent"; readonly fault: SheetFault }

export interface CheckedSheet {
  readonly outcome: SheetOutcome
  readonly printed: Checkpoint | undefined
  readonly live: Checkpoint | undefined
  /** Undefined when the server asks no witness, or when it did not come to that. */
  readonly witnessed?: Witnessed | undefined
}

/** Errors of the network pass through: no answer is no verdict. */
export async function checkSheet(note: string, logs: PublicLogs): Promise<CheckedSheet> {
  const printed = readNote(note)
  const refused = (fault: SheetFault, live?: Checkpoint): CheckedSheet => {
    return { outcome: { kind: "inconsistent", fault }, printed, live }
  }
  if (printed === undefined) return refused("form")
  const printedSignature = await signatureState(note, printed.origin, logs)
  if (printedSignature === "bad") return refused("printed")
  const live = await liveOrBad(printed.origin, logs)
  if (live === undefined) return refused("gone")
  if (live === "bad") return refused("live")
  const liveSignature = await signatureState(live.note, printed.origin, logs)
  if (liveSignature === "bad") return refused("live")
  const growth = await growthOf(logs.files(printed.origin), printed, live.checkpoint)
  if (!isKept(growth)) return refused(growth, live.checkpoint)
  const witnessed = await witnessedOf(printed, logs)
  if (witnessed?.state === "bad") return { ...refused("witnesses", live.checkpoint), witnessed }
  const kind = kindOf(printedSignature, liveSignature)
  return { outcome: { kind }, printed, live: live.checkpoint, witnessed }
}

function kindOf(printed: StepState, live: StepState): "consistent" | "unsigned" {
  return printed === "good" && live === "good" ? "consistent" : "unsigned"
}

function isKept(growth: Growth): growth is "same" | "grown" {
  return growth === "same" || growth === "grown"
}

function readNote(note: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(note).text)
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

async function liveOrBad(origin: string, logs: PublicLogs) {
  try {
    return await liveCheckpoint(origin, logs)
  } catch (error) {
    if (error instanceof Malformed) return "bad"
    throw error
  }
}
