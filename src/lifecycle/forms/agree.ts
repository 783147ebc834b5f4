/**
 * What somebody switches on in a form, they consent to: each field by itself, with the text they read and what shows it. The
 * event is written with what was said, or nothing is. Clauses 2.3, 2.5, 2.6.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import type { FieldCode } from "../catalogue/field.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { consentFor } from "../consent/consent-for.ts"
import type { Language } from "../consent/consent-text.ts"
import { sealEvidence } from "../consent/evidence.ts"
import {
  type Answering,
  type ConsentSaid,
  findTextsInForce,
  type Proof,
  recordConsent,
  recordOnForm,
  type TextInForceRow,
  writeOwnText,
} from "../consent/record-consent.ts"
import { asked } from "./channel-gate.ts"
import type { Filled } from "./filled.ts"
import type { Form, FormField } from "./form.ts"
import { featureOfField, fieldsToConsent, findText, ownText } from "./form-consent.ts"

const uniqueViolation = "23505"
const ownCoolDownDays = 90

/** How a yes is shown: drawn on the screen, or the signed sheet with its place in the cabinet. */
export type Shown =
  | { readonly kind: "signature"; readonly signature: string }
  | { readonly kind: "paper"; readonly place: string; readonly scan: string }

export interface Agreeing {
  readonly language: Language
  /** field → the version that was read; 0: the form's own sentence before anybody was asked. */
  readonly versions: Readonly<Record<string, number>>
  readonly evidence: Shown
}

/** One field that was consented to, ready to be recorded. */
export interface Agreed {
  readonly field: FieldCode
  readonly said: Omit<ConsentSaid, "eventId" | "personId">
  readonly text: TextInForceRow
}

export interface ToAgree {
  readonly form: Form
  readonly filled: Filled
  readonly agreeing: Agreeing | undefined
  readonly channel: ConsentSaid["channel"]
  /** Undefined: it was filled in on a screen. */
  readonly sheet?: Sheet | undefined
}

export interface Sheet {
  /** As it is printed. */
  readonly number: string
  readonly printedAt: Date
}

/**
 * Before the command: texts found or made, evidence sealed. Nothing to consent to: an empty list.
 * @throws Refusal `consent.evidence_missing`, `consent.text_changed`
 */
export async function prepareAgreed(house: House, actor: Actor, asking: ToAgree): Promise<Agreed[]> {
  const { form, filled, agreeing } = asking
  const due = fieldsToConsent(house.regime(), form).filter(({ code }) => filled.agreed.includes(code))
  if (due.length === 0) return []
  if (agreeing === undefined) throw new Refusal("consent.evidence_missing", { field: due[0]?.code ?? "" })
  const agreed: Agreed[] = []
  for (const field of due) {
    const text = await textOf(house, actor, { form, field })
    refuseOther(text, agreeing.versions[field.code])
    refuseOlderSheet(text, asking.sheet)
    agreed.push({
      field: field.code,
      text,
      said: {
        feature: text.feature,
        kind: "given",
        textVersion: text.version,
        language: agreeing.language,
        channel: asking.channel,
        isOwnWish: asking.channel !== "desk",
        proof: await proofOf(house, actor, { sheet: asking.sheet, shown: agreeing.evidence }),
      },
    })
  }
  return agreed
}

function refuseOther(text: TextInForceRow, read: number | undefined): void {
  const isOwnFirst = read === 0 && text.version === 1 && text.written_by === null
  if (read === undefined || read === text.version || isOwnFirst) return
  throw new Refusal("consent.text_changed", { version: text.version })
}

/** What is printed on a sheet is not what was written later; the form's own sentence was there before anybody asked. */
function refuseOlderSheet({ version, written_by, since }: TextInForceRow, sheet: Sheet | undefined): void {
  const isOwn = version === 1 && written_by === null
  if (sheet === undefined || isOwn || since <= sheet.printedAt) return
  throw new Refusal("consent.text_changed", { version })
}

async function textOf(
  house: House,
  actor: Actor,
  { form, field }: { form: Form; field: FormField },
): Promise<TextInForceRow> {
  const find = async () =>
    findText(await findTextsInForce(asked(house, actor), actor.communityId), form, field)
  const there = await find()
  if (there !== undefined) return there
  await writeOwn(house, actor, { form, field })
  const written = await find()
  if (written === undefined) throw new Refusal("consent.no_text")
  return written
}

/** By the server's own hand, with a trace: the regime has the sentence, and two persons signed that. */
async function writeOwn(
  house: House,
  { tenantId, communityId }: Actor,
  { form, field }: { form: Form; field: FormField },
): Promise<void> {
  const context = {
    communities: communityId,
    buildings: "*",
    classes: "",
    posts: "privacy_officer",
    actor: "",
  }
  const hand = { tenantId, communityId, staffId: null, post: "server", client: "server", context }
  const { words, rendered, hashes } = ownText(form, field)
  const text = {
    feature: featureOfField(form, field),
    purpose: form.purpose.code,
    fields: [field.code],
    words: {
      "zh-CN": { ...words["zh-CN"], rendered: rendered["zh-CN"] },
      en: { ...words.en, rendered: rendered.en },
    },
    hashes,
    coolDownDays: ownCoolDownDays,
  }
  const writing = act(house.spine, hand, (command) => writeOwnText(command, communityId, text))
  await writing.catch((error: unknown) => {
    // Another form was first.
    if (sqlState(error) !== uniqueViolation) throw error
  })
}

/** A signature stands for what is filled in on a screen, a scan for what is filled in on a sheet, and neither for the other. */
async function proofOf(
  house: House,
  actor: Actor,
  { sheet, shown }: { sheet: Sheet | undefined; shown: Shown },
): Promise<Proof> {
  if (shown.kind === "signature" && sheet === undefined) {
    const { signature } = shown
    return { kind: "signature", sealed: await sealEvidence(house, actor, { signature }) }
  }
  if (shown.kind === "signature" || sheet === undefined) throw new Refusal("consent.evidence_missing")
  const { place, scan } = shown
  return { kind: "paper", number: sheet.number, place, sealed: await sealEvidence(house, actor, { scan }) }
}

/** For somebody of the roster. What they have consented to already is not recorded twice. */
export async function recordForPerson(
  command: Command,
  actor: Actor,
  { personId, agreed, regime }: { personId: string; agreed: readonly Agreed[]; regime: Regime },
): Promise<void> {
  const { communityId } = actor
  const { now } = command
  for (const { field, said, text } of agreed) {
    const use = { personId, purpose: text.purpose, fields: [field] }
    if ((await consentFor(command, { communityId, regime, now }, use)) === undefined) continue
    await recordConsent(command, actor, { ...said, eventId: command.newId(), personId, regime })
  }
}

/** For the subject of a form whom the roster does not know. */
export async function recordForSubject(
  command: Command,
  actor: Actor,
  { subject, agreed }: { subject: Answering; agreed: readonly Agreed[] },
): Promise<void> {
  for (const { said, text } of agreed)
    await recordOnForm(command, actor, {
      said: { ...said, eventId: command.newId(), personId: subject.personId },
      subject,
      text,
    })
}

/** Optional fields of a form that waits without a yes to them: they are not taken over. Clause 2.5. */
export async function unconsented(
  house: House,
  actor: Actor,
  { form, row }: { form: Form; row: { readonly subject_id: string } },
): Promise<readonly string[]> {
  const reader = asked(house, actor)
  const purpose = form.purpose.code
  const regime = house.regime()
  const place = { communityId: actor.communityId, regime, now: house.spine.clock() }
  const open: string[] = []
  for (const { code } of fieldsToConsent(regime, form)) {
    const use = { personId: row.subject_id, purpose, fields: [code] }
    if ((await consentFor(reader, place, use)) !== undefined) open.push(code)
  }
  return open
}
