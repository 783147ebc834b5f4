/** What crosses the wire about consent: texts, what was asked and answered, receipts. Clauses 2.5–2.7, 2.10, 7.2. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { card } from "../store/contract.ts"
import { consentStates, eventKinds } from "./consent.ts"
import { languages } from "./consent-text.ts"

const inCommunity = z.object({ communityId: numberId })
const onePerson = z.object({ communityId: numberId, personId: uuid })

const language = z.enum(languages)
export const feature = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)
const consentState = z.enum(consentStates)
const line = z.string().trim().min(1).max(2_000)

const words = z.strictObject({ name: line.max(40), text: line, use: line.max(400), without: line.max(400) })
const textBody = z.strictObject({
  feature,
  purpose: z.string().max(40),
  fields: z.array(z.string().max(40)).min(1).max(40),
  words: z.strictObject({ "zh-CN": words, en: words }),
  coolDownDays: z.number().int().min(1).max(3_650),
  /** How long a yes holds; null: until it is taken back. */
  validDays: z.number().int().min(1).max(3_650).nullable().default(null),
})

const renderedWords = z.object({
  name: z.string(),
  text: z.string(),
  use: z.string(),
  without: z.string(),
  rendered: z.string(),
})

export const consentText = z.object({
  feature,
  version: z.number().int(),
  purpose: z.string(),
  fields: z.array(z.string()),
  words: z.object({ "zh-CN": renderedWords, en: renderedWords }),
  hashes: z.object({ "zh-CN": z.string(), en: z.string() }),
  coolDownDays: z.number().int(),
  validDays: z.number().int().nullable(),
  since: instant,
})
export type ConsentText = z.infer<typeof consentText>

export const listConsentTexts = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/consent-texts",
  clause: "2.6",
  summary: "Every version of every consent text, newest first; the first of a feature is in force.",
  params: inCommunity,
  reply: z.object({ texts: z.array(consentText) }),
})

export const previewConsentText = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/consent-texts/preview",
  clause: "2.6",
  summary:
    "The text as it would be shown, with its hash and how many persons it would have to be asked again.",
  params: inCommunity,
  body: textBody,
  reply: z.object({
    rendered: z.object({ "zh-CN": z.string(), en: z.string() }),
    hashes: z.object({ "zh-CN": z.string(), en: z.string() }),
    widens: z.boolean(),
    toAskAgain: z.number().int(),
  }),
})

export const writeConsentText = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/consent-texts",
  clause: "2.6",
  summary: "A new version, in force at once on every process; by the privacy officer alone.",
  params: inCommunity,
  /** `after`: the version that was edited, 0 for a new feature; another one in force is refused. */
  body: textBody.extend({ after: z.number().int().min(0) }),
  reply: z.object({ text: consentText, toAskAgain: z.number().int() }),
})

const counts = z.object({ feature, states: z.partialRecord(consentState, z.number().int()) })

export const countConsents = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/consents/counts",
  clause: "2.6",
  summary: "How many persons stand where, by feature; nobody is named.",
  params: inCommunity,
  reply: z.object({ counts: z.array(counts) }),
})

export const listConsents = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/consents",
  clause: "2.6",
  summary:
    "Persons within one's reach whose consent to a feature is in the state, masked: whom to ask again.",
  params: inCommunity,
  query: z.object({ feature, state: consentState.exclude(["none"]).default("stale") }),
  reply: z.object({ persons: z.array(card), more: z.boolean() }),
})

const eventKind = z.enum(eventKinds)
const channel = z.enum(["desk", "paper", "phone_page", "phone_call"])
const guardianRelation = z.enum(["father", "mother", "other"])

const consentEvent = z.object({
  eventId: uuid,
  kind: eventKind,
  at: instant,
  textVersion: z.number().int(),
  language,
  /** `server`: nobody answered, it has lapsed. */
  channel: z.enum([...channel.options, "server"]),
  evidence: z.enum(["none", "signature", "code", "paper"]),
  paperNumber: z.string().nullable(),
  paperPlace: z.string().nullable(),
  guardian: guardianRelation.nullable(),
  askedPost: z.string().nullable(),
  /** How many running uses a withdrawal or a lapse ended. */
  stopped: z.number().int(),
})
export type ConsentEventView = z.infer<typeof consentEvent>

const personFeature = z.object({
  text: consentText,
  state: consentState,
  /** What was given, where the state says that it holds. */
  given: z.array(z.string()),
  /** The day from which one may ask again after a no. */
  coolingUntil: instant.nullable(),
  events: z.array(consentEvent),
})
export type PersonFeature = z.infer<typeof personFeature>

export const readConsents = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/persons/:personId/consents",
  clause: "2.5",
  summary: "Where one person stands with every feature, with the text in force and the history.",
  params: onePerson,
  reply: z.object({
    /** Noted as under 14, and whether that ends by itself. */
    isMinor: z.boolean(),
    hasEnd: z.boolean(),
    /** Under 18, as the identity number said. */
    isYoung: z.boolean(),
    features: z.array(personFeature),
  }),
})

/** Base64 of a PNG or JPEG image. */
export const image = z
  .string()
  .max(700_000)
  .regex(/^(iVBORw0KGgo|\/9j\/)[A-Za-z0-9+/]*={0,2}$/)

const evidence = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("signature"), signature: image }),
  z.strictObject({
    kind: z.literal("paper"),
    number: z
      .string()
      .trim()
      .regex(/^[\w-]{1,40}$/),
    place: z.string().trim().min(1).max(60),
    scan: image,
  }),
])

export const recordConsent = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/persons/:personId/consents",
  clause: "2.5",
  summary: "One event: asked, asked again, given, refused or withdrawn, with what shows it.",
  params: onePerson,
  body: z.strictObject({
    eventId: uuid,
    feature,
    kind: eventKind.exclude(["lapsed"]),
    textVersion: z.number().int().min(1),
    language,
    channel,
    /** The person came by themselves: the cool-down after a no does not hold them back. */
    ownWish: z.boolean().default(false),
    evidence: evidence.default({ kind: "none" }),
    guardian: z.strictObject({ relation: guardianRelation, name: line.max(40) }).optional(),
  }),
  reply: z.object({ feature: personFeature, eventId: uuid }),
})

export const flagMinor = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/persons/:personId/minor",
  clause: "2.10",
  summary:
    "Notes that the person is under 14, and until which month, when that is known; no birth date. A month that has come takes the note back, by whoever supervises.",
  params: onePerson,
  body: z
    .strictObject({
      turns14: z
        .string()
        .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
        .optional(),
    })
    .default({}),
  reply: z.object({ isMinor: z.boolean() }),
})

export const readConsentReceipt = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/persons/:personId/consents/:eventId/receipt",
  clause: "7.2",
  summary:
    "The receipt of one event: signed JSON with the fields of ISO/IEC TS 27560, and the proof of its trace.",
  params: onePerson.extend({ eventId: uuid }),
  reply: z.object({ receipt: z.string(), isProved: z.boolean() }),
})
