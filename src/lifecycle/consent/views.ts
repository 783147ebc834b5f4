/** Rows as the wire shows them. */

import type { z } from "zod"
import { answerOf, coolingUntil, stateOf } from "./consent.ts"
import type { ConsentEventView, ConsentText, PersonFeature } from "./contract.ts"
import { coveredFields, type DatedEvent, type Moment, withLapse } from "./lapse.ts"
import type { consentRun } from "./run-contract.ts"
import type { RunRow } from "./run-sql.ts"
import type { EventRow, TextRow } from "./sql.ts"

export function textView(row: TextRow): ConsentText {
  return {
    feature: row.feature,
    version: row.version,
    purpose: row.purpose,
    fields: row.fields,
    words: row.words,
    hashes: row.hashes,
    coolDownDays: row.cool_down_days,
    validDays: row.valid_days,
    since: row.since.toISOString(),
  }
}

/** As the rules see it. */
export function eventOf({ kind, purpose, fields, at, valid_days: validDays }: EventRow): DatedEvent {
  return { kind, purpose, fields, at: at.getTime(), validDays }
}

/** Where a person stands with one feature. */
export function featureView(text: TextRow, rows: readonly EventRow[], moment: Moment): PersonFeature {
  const events = withLapse(rows.map(eventOf), moment)
  const state = stateOf(events, text)
  const answer = answerOf(events)
  const until = coolingUntil(events, { ...text, coolDownDays: text.cool_down_days })
  return {
    text: textView(text),
    state,
    given: answer?.kind === "given" ? [...coveredFields(answer, moment.regime)] : [],
    coolingUntil: until === undefined ? null : new Date(until).toISOString(),
    events: rows.map(eventView).toReversed(),
  }
}

function eventView(row: EventRow): ConsentEventView {
  return {
    eventId: row.event_id,
    kind: row.kind,
    at: row.at.toISOString(),
    textVersion: row.text_version,
    language: row.language,
    channel: row.channel,
    evidence: row.evidence,
    paperNumber: row.paper_number,
    paperPlace: row.paper_place,
    guardian: row.guardian,
    askedPost: row.asked_post,
    stopped: row.stopped?.length ?? 0,
  }
}

export function runView(row: RunRow): z.input<typeof consentRun> {
  return {
    runId: row.run_id,
    feature: row.feature,
    purpose: row.purpose,
    fields: row.fields,
    occasion: row.occasion,
    rule: row.rule,
    startedBy: row.started_by_name,
    startedPost: row.started_post,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
    listed: row.listed,
    unlisted: row.unlisted,
    queued: row.queued,
    stopped: row.stopped,
  }
}
