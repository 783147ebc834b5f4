/** One event about consent, recorded inside a command. What a withdrawal stops, it stops in the same transaction. Clauses 2.5–2.7, 2.10. */

import { Refusal } from "../../base/refusal.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { type EventKind, refuseStep, type TextInForce } from "./consent.ts"
import { consentFor } from "./consent-for.ts"
import type { Language } from "./consent-text.ts"
import { type SealedEvidence, writeEvidence } from "./evidence.ts"
import { canCover, type DatedEvent, hasLapsed, withLapse } from "./lapse.ts"
import { stopPerson } from "./run-sql.ts"
import {
  type Asked,
  copyEvent,
  type EventRow,
  lockPerson,
  type PersonRow,
  readEvent,
  readEvents,
  readTextsInForce,
  type Stopped,
  type TextRow,
  writeConsentEvent,
  writeText,
} from "./sql.ts"
import { eventOf } from "./views.ts"

export interface ConsentSaid {
  /** Made by the client: sent again, it changes nothing. */
  readonly eventId: string
  readonly personId: string
  readonly feature: string
  readonly kind: EventKind
  /** The version that was read. Another one in force is refused as `consent.text_changed`. */
  readonly textVersion: number
  readonly language: Language
  readonly channel: EventRow["channel"]
  /** The person came by themselves; else the actor asked. */
  readonly isOwnWish: boolean
  readonly proof: Proof
  readonly guardian?: EventRow["guardian"] | undefined
}

/** With the regime in force, which may leave the consent nothing to cover. */
export type ToRecord = ConsentSaid & { readonly regime: Regime }

/** How the answer was written down. Clause 2.5. */
export type Proof =
  | { readonly kind: "none" }
  | { readonly kind: "signature" | "code"; readonly sealed: SealedEvidence | undefined }
  | {
      readonly kind: "paper"
      readonly number: string
      readonly place: string
      readonly sealed: SealedEvidence | undefined
    }

/**
 * Writes the event and its trace (whose use is the event). Throws `thing.absent`, `consent.no_text`, `consent.text_changed`,
 * `consent.scope_forbidden`, `consent.evidence_missing`, `consent.guardian_needed`, and what {@link refuseStep} says.
 */
export async function recordConsent(command: Command, actor: Actor, said: ToRecord): Promise<void> {
  const { communityId } = actor
  const person = await lockPerson(command, communityId, said.personId)
  if (person === undefined) throw new Refusal("thing.absent")
  if (await isRecorded(command, actor, said)) return
  const text = await textRead(command, communityId, said)
  const rows = await readEvents(command, communityId, said)
  refuseEarly(rows.map(eventOf), text, { said, now: command.now })
  if (said.kind === "given") refuseUnproven(said, person)
  const given = rows.findLast(({ kind }) => kind === "given")
  const isEnd = isEnding(said)
  const scope = isEnd && given !== undefined ? given : readScope(text, said.language)
  const stopped = isEnd ? await stopPerson(command, communityId, { ...said, at: command.now }) : null
  await write(command, actor, { said, person, scope, stopped, isOfForm: false })
  command.trace(traceOfEvent({ said, person, scope }))
}

function traceOfEvent({ said, person, scope }: Pick<Writing, "said" | "person" | "scope">) {
  return {
    act: `consent.${said.kind}`,
    clause: isEnding(said) ? "2.7" : "2.5",
    purpose: scope.purpose,
    useId: said.eventId,
    subjects: [person.subject_ref],
    fields: scope.fields,
  }
}

/** Whose answer it is, as the event holds it. */
export interface Answering {
  readonly personId: string
  readonly ref: string
  readonly buildingIds: readonly string[]
}

/** A text in force as a form finds it. */
export type TextInForceRow = TextRow

export function findTextsInForce(reader: Asked, communityId: string): Promise<TextInForceRow[]> {
  return readTextsInForce(reader, communityId)
}

export interface OwnText {
  readonly feature: string
  readonly purpose: string
  readonly fields: string[]
  readonly words: TextRow["words"]
  readonly hashes: TextRow["hashes"]
  readonly coolDownDays: number
}

/** The first version of a text that a form brings along. */
export async function writeOwnText(command: Command, communityId: string, text: OwnText): Promise<void> {
  const { feature, purpose, fields, words, hashes, coolDownDays } = text
  const at = new Date(command.now).toISOString()
  const whole = {
    feature,
    purpose,
    fields,
    words,
    hashes,
    version: 1,
    written_by: null,
    valid_days: null,
    at,
  }
  await writeText(command, communityId, { ...whole, cool_down_days: coolDownDays })
  command.trace({ act: "consent.write_text", clause: "2.6", purpose, fields })
}

/** A yes of somebody whom the roster does not know: the subject of a form, of whom nothing was known before. */
export async function recordOnForm(
  command: Command,
  actor: Actor,
  { said, subject, text }: { said: ConsentSaid; subject: Answering; text: TextInForceRow },
): Promise<void> {
  const person = {
    subject_ref: subject.ref,
    building_ids: [...subject.buildingIds],
    is_minor: false,
    has_end: false,
    is_young: false,
  }
  refuseUnproven(said, person)
  const scope = readScope(text, said.language)
  await write(command, actor, { said, person, scope, stopped: null, isOfForm: true })
  command.trace(traceOfEvent({ said, person, scope }))
}

/** What was said yes to on a form goes with its person into the roster. */
export async function carryConsents(
  command: Command,
  { communityId }: Actor,
  { from, to, regime }: { from: string; to: string; regime: Regime },
): Promise<void> {
  const person = await lockPerson(command, communityId, to)
  if (person === undefined) throw new Refusal("thing.absent")
  const moment = { regime, now: command.now }
  const given = (await readEvents(command, communityId, { personId: from })).filter(
    (row) => row.kind === "given" && !hasLapsed(eventOf(row), moment),
  )
  for (const { event_id: said, purpose, fields } of given) {
    const use = { personId: to, purpose, fields }
    if ((await consentFor(command, { communityId, ...moment }, use)) === undefined) continue
    if (person.is_minor) throw new Refusal("consent.guardian_needed")
    const eventId = command.newId()
    const at = new Date(command.now).toISOString()
    await copyEvent(command, communityId, { from: said, eventId, personId: to, person, at })
    const trace = { act: "consent.given", clause: "2.5", purpose, useId: eventId, fields }
    command.trace({ ...trace, subjects: [person.subject_ref] })
  }
}

/** Sent again: the trace of the first time stands, and another that it was sent again. An id of another person's is none. */
async function isRecorded(command: Command, { communityId }: Actor, said: ConsentSaid): Promise<boolean> {
  const known = await readEvent(command, communityId, said.eventId)
  if (known === undefined) return false
  if (known.person_id !== said.personId || known.kind !== said.kind || known.feature !== said.feature)
    throw new Refusal("thing.absent")
  command.trace({ act: "consent.sent_again", clause: "2.5", subjects: [known.subject_ref] })
  return true
}

async function textRead(command: Command, communityId: string, said: ConsentSaid): Promise<TextRow> {
  const [text] = await readTextsInForce(command, communityId, said.feature)
  if (text === undefined) throw new Refusal("consent.no_text")
  // Whoever takes back what they gave need not read a newer text first.
  if (!isEnding(said) && text.version !== said.textVersion)
    throw new Refusal("consent.text_changed", { version: text.version })
  return text
}

function refuseEarly(
  events: readonly DatedEvent[],
  text: TextRow,
  { said, now }: { said: ToRecord; now: number },
): void {
  const known = withLapse(events, { regime: said.regime, now })
  // Nothing lapses before its time. What has lapsed can still be taken back by whoever does not know.
  if (said.kind === "lapsed" && known === events) throw new Refusal("consent.not_given")
  if (!isEnding(said)) refuseVain(text, said)
  const refused = refuseStep(isEnding(said) ? events : known, textOf(text), {
    kind: said.kind,
    isOwnWish: said.isOwnWish,
    now,
  })
  if (refused === undefined) return
  const until = refused.until === undefined ? {} : { until: dayOf(refused.until) }
  throw new Refusal(refused.code, until)
}

/** Nobody is asked for a yes that would cover nothing. Clause 2.3. */
function refuseVain({ purpose, fields }: TextRow, { kind, regime }: ToRecord): void {
  if (kind === "refused" || fields.some((field) => canCover(regime, purpose, field))) return
  throw new Refusal("consent.scope_forbidden", { field: fields[0] ?? "" })
}

function isEnding({ kind }: ConsentSaid): boolean {
  return kind === "withdrawn" || kind === "lapsed"
}

/** Written down, or it was not given; for a child by the guardian. */
function refuseUnproven({ proof, guardian }: ConsentSaid, person: PersonRow): void {
  const isSealed = proof.kind !== "none" && proof.sealed !== undefined
  if (!isSealed) throw new Refusal("consent.evidence_missing")
  if (person.is_minor && (guardian ?? null) === null) throw new Refusal("consent.guardian_needed")
}

/** What was read when it was answered; a withdrawal speaks of what was given. */
type ReadScope = Pick<EventRow, "purpose" | "fields" | "text_version" | "text_hash">

function readScope({ purpose, fields, version, hashes }: TextRow, language: Language): ReadScope {
  return { purpose, fields, text_version: version, text_hash: hashes[language] }
}

interface Writing {
  readonly said: ConsentSaid
  readonly person: PersonRow
  readonly scope: ReadScope
  readonly stopped: Stopped[] | null
  readonly isOfForm: boolean
}

async function write(command: Command, actor: Actor, writing: Writing): Promise<void> {
  const { said, person, scope, stopped, isOfForm } = writing
  const { proof } = said
  const sealed = proof.kind === "none" ? undefined : proof.sealed
  if (sealed !== undefined)
    await writeEvidence(command, actor.communityId, { buildingIds: person.building_ids, evidence: sealed })
  await writeConsentEvent(command, actor.communityId, {
    event_id: said.eventId,
    person_id: said.personId,
    subject_ref: person.subject_ref,
    building_ids: person.building_ids,
    feature: said.feature,
    kind: said.kind,
    purpose: scope.purpose,
    fields: scope.fields,
    text_version: scope.text_version,
    text_hash: scope.text_hash,
    channel: said.channel,
    language: said.language,
    ...askerOf(actor, said),
    evidence: proof.kind,
    evidence_id: sealed?.evidenceId ?? null,
    ...paperOf(proof),
    guardian: said.guardian ?? null,
    stopped,
    of_form: isOfForm,
    at: new Date(command.now).toISOString(),
  })
}

function askerOf(actor: Actor, { isOwnWish }: ConsentSaid): Pick<EventRow, "asked_by" | "asked_post"> {
  if (isOwnWish || actor.staffId === null) return { asked_by: null, asked_post: null }
  return { asked_by: actor.staffId, asked_post: actor.post }
}

function paperOf(proof: Proof): Pick<EventRow, "paper_number" | "paper_place"> {
  if (proof.kind !== "paper") return { paper_number: null, paper_place: null }
  return { paper_number: proof.number, paper_place: proof.place }
}

function textOf({ purpose, fields, cool_down_days: coolDownDays }: TextRow): TextInForce {
  return { purpose, fields, coolDownDays }
}

/** The day in the house's zone. */
function dayOf(at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(at)
}
