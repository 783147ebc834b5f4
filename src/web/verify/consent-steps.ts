/** A receipt of consent checked step by step in the browser: its own signature, then the proof of its trace. Clause 7.2. */

import { Malformed } from "../../ledger/malformed.ts"
import type { VerifierKey } from "../../ledger/note.ts"
import { hashOfText } from "../../lifecycle/consent/consent-text.ts"
import {
  type ConsentRecord,
  type OpenConsentReceipt,
  openConsentReceipt,
} from "../../lifecycle/consent/receipt.ts"
import type { PublicLogs } from "./public-logs.ts"
import { type CheckedReceipt, checkReceiptText, verdictOf } from "./receipt-steps.ts"
import type { StepState } from "./signature-state.ts"

export const consentStepNames = ["form", "signed", "text", "bound"] as const
type ConsentStepName = (typeof consentStepNames)[number]

export interface CheckedConsent {
  readonly steps: Readonly<Record<ConsentStepName, StepState>>
  /** Undefined when the text is no receipt of consent. */
  readonly record: ConsentRecord | undefined
  /** The receipt of the trace; undefined while there was no proof of it. */
  readonly proof: CheckedReceipt | undefined
}

/** A receipt of a trace is lines of text, one of consent is JSON. */
export function looksLikeConsent(text: string): boolean {
  return text.trimStart().startsWith("{")
}

export async function checkConsentText(text: string, logs: PublicLogs): Promise<CheckedConsent> {
  const keys = await logs.keys().catch(() => undefined)
  const opened = await open(text, keys ?? [], logs)
  if (opened === undefined)
    return {
      steps: { form: "bad", signed: "unknown", text: "unknown", bound: "unknown" },
      record: undefined,
      proof: undefined,
    }
  const { record, proof, isSigned, isBound } = opened
  const isKnowable = keys !== undefined && logs.ed25519 !== undefined
  const { privacy_notice: notice } = record
  return {
    steps: {
      form: "good",
      signed: isKnowable ? stateOf(isSigned) : "unknown",
      text: stateOf(hashOfText(notice.text) === notice.sha256),
      bound: proof === null ? "unknown" : stateOf(isBound),
    },
    record,
    proof: proof === null ? undefined : await checkReceiptText(proof, logs),
  }
}

/** One bad step of either refuses it; without one, all must be good. */
export function consentVerdictOf({ steps, proof }: Pick<CheckedConsent, "steps" | "proof">): StepState {
  const states = [...Object.values(steps), proof === undefined ? ("unknown" as const) : verdictOf(proof)]
  if (states.includes("bad")) return "bad"
  return states.includes("unknown") ? "unknown" : "good"
}

function stateOf(isGood: boolean): StepState {
  return isGood ? "good" : "bad"
}

async function open(
  text: string,
  keys: readonly VerifierKey[],
  { ed25519 }: PublicLogs,
): Promise<OpenConsentReceipt | undefined> {
  const publicKeys = keys.map(({ publicKey }) => publicKey)
  try {
    return await openConsentReceipt(text, publicKeys, ed25519 ?? (() => Promise.resolve(false)))
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
