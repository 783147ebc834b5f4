/** Issuing the receipt of one event about consent. Clause 7.2. */

import { join } from "node:path"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { openInstallation } from "../../ledger/installation-key.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import { proofOfTrace } from "../../ledger/trace-receipt.ts"
import { fieldOf } from "../catalogue/field.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { languages } from "./consent-text.ts"
import { type ConsentRecord, formatConsentReceipt } from "./receipt.ts"
import { type EventRow, readEvent, readReceiptParts, readTextHistory, type TextRow } from "./sql.ts"

export interface Issued {
  readonly receipt: string
  /** False: the trace is not in the signed log yet, or another process keeps the log. Ask again. */
  readonly isProved: boolean
}

export function issueReceipt(
  house: House,
  actor: Actor,
  { personId, eventId }: { personId: string; eventId: string },
): Promise<Issued> {
  const { communityId } = actor
  return look(house.spine, actor, async (reader) => {
    const event = await readEvent(reader, communityId, eventId)
    const parts = await readReceiptParts(reader, communityId, eventId)
    if (event === undefined || parts === undefined || event.person_id !== personId)
      throw new Refusal("thing.absent")
    const texts = await readTextHistory(reader, communityId)
    const text = texts.find((one) => one.feature === event.feature && one.version === event.text_version)
    if (text === undefined) throw new Error("an event speaks of a text that is not there")
    const { trace_id: traceId } = parts
    const proof = traceId === null ? null : await proofOfTrace(house.ledger, reader, { communityId, traceId })
    const { key } = await openInstallation(join(house.data, "keys", "ledger.key"), house.vault.seal)
    const record = recordOf(house.regime(), { event, text, parts })
    const trace = { act: "consent.receipt", clause: "7.2", subjects: [event.subject_ref] }
    return {
      trace,
      answer: { receipt: formatConsentReceipt(record, key, proof), isProved: proof !== null },
    }
  })
}

interface Parts {
  readonly event: EventRow
  readonly text: TextRow
  readonly parts: { readonly company: string; readonly community: string }
}

function recordOf(regime: Regime, { event, text, parts }: Parts): ConsentRecord {
  const language = languages.find((one) => text.hashes[one] === event.text_hash) ?? event.language
  const purpose = regime.purposes.find(({ code }) => code === event.purpose)
  return {
    schema_version: "ISO/IEC TS 27560:2023",
    receipt_id: event.event_id,
    pii_principal_id: event.subject_ref,
    pii_controller: { name: parts.company, community: parts.community },
    jurisdiction: "CN",
    privacy_notice: {
      feature: event.feature,
      version: event.text_version,
      language,
      text: text.words[language].rendered,
      sha256: event.text_hash,
    },
    purposes: [
      {
        purpose: event.purpose,
        service: purpose?.service[language] ?? event.purpose,
        lawful_basis: "PIPL 13(1) consent",
        consent_type: "explicit",
        pii_types: event.fields,
        sensitive_pii_types: event.fields.filter((field) => fieldOf(field).sensitivity !== "general"),
        recipients: [],
        withdrawal_method: language === "en" ? "At the front desk, at any time" : "随时到前台撤回",
        retention: "until withdrawn; the receipt three years longer",
      },
    ],
    event: {
      event_type: event.kind,
      event_time: event.at.toISOString(),
      channel: event.channel,
      entity: entityOf(event),
      evidence: event.evidence,
      paper_number: event.paper_number,
      paper_place: event.paper_place,
    },
    stopped: (event.stopped ?? []).map(({ runId, purpose: code, fields, wasQueued }) => ({
      use_id: runId,
      purpose: code,
      pii_types: [...fields],
      was_queued: wasQueued,
    })),
  }
}

function entityOf({ kind, guardian, asked_post: post }: EventRow): string {
  if (kind === "lapsed") return "server"
  if (guardian !== null) return `guardian_${guardian}`
  return post ?? "pii_principal"
}
