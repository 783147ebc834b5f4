/**
 * Receipts of consent: the fields of ISO/IEC TS 27560 as JSON, signed with the installation's Ed25519 key (RFC 8032), and the
 * proof that the log holds the trace. Checked in a browser or offline. Clause 7.2.
 *
 * ```
 * file      = { "format": "hudun-consent-receipt-1", "record": …, "key": base64, "signature": base64, "proof": text | null }
 * signature = Ed25519 over "hudun-consent-receipt-1\n" and the canonical JSON (RFC 8785) of the record
 * proof     = a receipt of the trace (C2SP tlog-proof) whose use is the record's receipt_id
 * ```
 */

import { z } from "zod"
import { canonicalText } from "../../base/canonical.ts"
import { fromBase64, toBase64 } from "../../ledger/base64.ts"
import type { Ed25519Key, VerifyEd25519 } from "../../ledger/ed25519.ts"
import { Malformed } from "../../ledger/malformed.ts"
import { readReceipt } from "../../ledger/receipt.ts"

const format = "hudun-consent-receipt-1"

const noticeShape = z.strictObject({
  feature: z.string(),
  version: z.number().int(),
  language: z.string(),
  /** As it was read. */
  text: z.string(),
  sha256: z.string(),
})

const eventShape = z.strictObject({
  event_type: z.string(),
  event_time: z.iso.datetime(),
  channel: z.string(),
  /** `pii_principal`, `guardian_…`, the post of whoever asked, or `server`: it has lapsed. */
  entity: z.string(),
  evidence: z.string(),
  paper_number: z.string().nullable(),
  paper_place: z.string().nullable(),
})

const stoppedShape = z.strictObject({
  use_id: z.string(),
  purpose: z.string(),
  pii_types: z.array(z.string()),
  was_queued: z.boolean(),
})

export const consentRecord = z.strictObject({
  schema_version: z.literal("ISO/IEC TS 27560:2023"),
  receipt_id: z.string(),
  /** The pseudonym that traces carry: no name. */
  pii_principal_id: z.string(),
  pii_controller: z.strictObject({ name: z.string(), community: z.string() }),
  jurisdiction: z.literal("CN"),
  privacy_notice: noticeShape,
  purposes: z.array(
    z.strictObject({
      purpose: z.string(),
      service: z.string(),
      lawful_basis: z.string(),
      consent_type: z.literal("explicit"),
      pii_types: z.array(z.string()),
      sensitive_pii_types: z.array(z.string()),
      recipients: z.array(z.string()),
      withdrawal_method: z.string(),
      retention: z.string(),
    }),
  ),
  event: eventShape,
  /** What a withdrawal or a lapse stopped. */
  stopped: z.array(stoppedShape),
})
export type ConsentRecord = z.infer<typeof consentRecord>

const fileShape = z.strictObject({
  format: z.literal(format),
  record: consentRecord,
  key: z.string(),
  signature: z.string(),
  proof: z.string().nullable(),
})

const traceShape = z.object({ act: z.string(), useId: z.string().nullable(), subjects: z.array(z.string()) })

/** As a file to keep. */
export function formatConsentReceipt(record: ConsentRecord, key: Ed25519Key, proof: string | null): string {
  const signature = toBase64(key.sign(signedBytes(record)))
  const file = { format, record, key: toBase64(key.publicKey), signature, proof }
  return `${JSON.stringify(file, null, 2)}\n`
}

export interface OpenConsentReceipt {
  readonly record: ConsentRecord
  /** The receipt of the trace, to be checked against the log; null while the trace had no place in it. */
  readonly proof: string | null
  /** Whether one of the keys has signed exactly this record. */
  readonly isSigned: boolean
  /** Whether the trace of the proof is the one of this event: same id, same person, same act. True without a proof. */
  readonly isBound: boolean
}

/** Throws {@link Malformed} when the text is no receipt of consent. */
export async function openConsentReceipt(
  text: string,
  keys: readonly Uint8Array[],
  verify: VerifyEd25519,
): Promise<OpenConsentReceipt> {
  const { record, signature, proof } = parse(text)
  const bytes = signedBytes(record)
  const signed = await Promise.all(keys.map((key) => verify(key, bytes, bytesOf(signature))))
  return { record, proof, isSigned: signed.includes(true), isBound: proof === null || isAbout(proof, record) }
}

/** What the receipt says, unchecked: for showing one that the server has just made. Throws {@link Malformed}. */
export function recordIn(text: string): ConsentRecord {
  return parse(text).record
}

function parse(text: string): z.infer<typeof fileShape> {
  try {
    return fileShape.parse(JSON.parse(text))
  } catch {
    throw new Malformed("not a receipt of consent")
  }
}

function bytesOf(signature: string): Uint8Array {
  try {
    return fromBase64(signature)
  } catch {
    return new Uint8Array()
  }
}

function isAbout(proof: string, record: ConsentRecord): boolean {
  const trace = traceShape.safeParse(contentOf(proof)).data
  if (trace === undefined) return false
  const { receipt_id: id, pii_principal_id: principal, event } = record
  const isSame = trace.useId === id && trace.act === `consent.${event.event_type}`
  return isSame && trace.subjects.length === 1 && trace.subjects[0] === principal
}

function contentOf(proof: string): unknown {
  try {
    return JSON.parse(readReceipt(proof).content)
  } catch {
    return undefined
  }
}

function signedBytes(record: ConsentRecord): Uint8Array {
  return new TextEncoder().encode(`${format}\n${canonicalText(record)}`)
}
