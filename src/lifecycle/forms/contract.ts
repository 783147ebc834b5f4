/** What crosses the wire about channels, forms at the desk, sheets and codes. Clauses 2.1, 2.3, 2.5, 2.8. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { languages } from "../consent/consent-text.ts"
import { image } from "../consent/contract.ts"
import { residenceRole } from "../store/contract.ts"
import { channelCodes } from "./channel.ts"
import { featureCodes } from "./feature.ts"
import { inputKinds } from "./form.ts"

const inCommunity = z.object({ communityId: numberId })
const words = z.object({ "zh-CN": z.string(), en: z.string() })
const codes = z.array(z.string().max(40)).max(60)
const colleague = z.object({ staffId: uuid, name: z.string() })

const channelState = z.enum(["in_use", "stopped"])
const channelCode = z.enum(channelCodes)

const channelView = z.object({
  channel: channelCode,
  /** 0: as the product comes. */
  version: z.number().int(),
  state: channelState,
  purposes: codes,
  fields: codes,
  responsible: colleague.nullable(),
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
})

export type ChannelView = z.infer<typeof channelView>

export const channelRegister = z.object({
  channels: z.array(channelView),
  colleagues: z.array(colleague),
  /** What a channel may list at most: the fields of each purpose. */
  purposes: z.array(z.object({ code: z.string(), label: words, fields: codes })),
  fields: z.array(z.object({ code: z.string(), label: words })),
})
export type ChannelRegister = z.infer<typeof channelRegister>

export const listChannels = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/channels",
  clause: "2.8",
  summary: "The register of channels: fields, purposes, who answers, state.",
  params: inCommunity,
  reply: channelRegister,
})

export const changeChannel = endpoint({
  method: "PUT",
  path: "/api/communities/:communityId/channels/:channel",
  clause: "2.8",
  summary: "Writes a new version of a channel. A stopped channel refuses at once.",
  params: z.object({ communityId: numberId, channel: channelCode }),
  body: z.object({
    /** The version that was shown: somebody else's change in between is not overwritten. */
    version: z.number().int().min(0),
    state: channelState,
    purposes: codes,
    fields: codes,
    responsible: uuid.nullable(),
  }),
  reply: channelRegister,
})

const formField = z.object({
  code: z.string(),
  label: words,
  need: z.enum(["required", "optional"]),
  input: z.enum(inputKinds),
  /** Of an optional field: what for, and that nothing is lost without it. */
  sentence: words.nullable(),
  feature: z.enum(featureCodes).nullable(),
  /** The text that is read before the switch is turned on; null: it needs no consent of its own. */
  consent: z.object({ version: z.number().int(), rendered: words }).nullable(),
})

export type FormFieldView = z.infer<typeof formField>

export const formView = z.object({
  purpose: z.string(),
  label: words,
  service: words,
  basis: z.string(),
  regimeVersion: z.number().int(),
  fields: z.array(formField),
  features: z.array(z.object({ code: z.enum(featureCodes), label: words })),
})
export type FormView = z.infer<typeof formView>

export const listForms = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/forms",
  clause: "2.3",
  summary: "The forms of the purposes that are live, made from the matrix.",
  params: inCommunity,
  query: z.object({ channel: z.enum(["desk", "paper", "phone"]).default("desk") }),
  reply: z.object({ forms: z.array(formView) }),
})

/** What was said on a form. Its keys are held against the matrix, not against this schema: an unknown one is refused. */
export const saidParts = {
  submissionId: uuid,
  values: z.record(z.string().max(80), z.string().max(2000)),
  /** Optional fields whose switch is on. */
  agreed: codes.default([]),
  features: codes.default([]),
  /** What shows the consent to what is switched on. */
  consent: z
    .strictObject({
      language: z.enum(languages),
      versions: z.record(z.string().max(40), z.number().int().min(0)).default({}),
      evidence: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("signature"), signature: image }),
        z.strictObject({ kind: z.literal("paper"), place: z.string().trim().min(1).max(60), scan: image }),
      ]),
    })
    .optional(),
}

export const formOutcome = z.enum(["roster", "order", "kept"])

export const takeForm = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/forms",
  clause: "2.3",
  summary:
    "Takes in a form at the desk. A field outside the matrix, or one that was not switched on, is refused.",
  params: inCommunity,
  body: z.strictObject({
    ...saidParts,
    purpose: z.string().max(40),
    /** Number of the paper form it was written on. */
    sheet: z.number().int().min(1).nullable().default(null),
    role: residenceRole.default("owner"),
  }),
  reply: z.object({ outcome: formOutcome }),
})

const sheetView = z.object({
  sheet: z.number().int(),
  /** As it is printed. */
  number: z.string(),
  purpose: z.string(),
  regimeVersion: z.number().int(),
  printedBy: z.string(),
  at: instant,
  entered: z.boolean(),
})

export const listSheets = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/form-sheets",
  clause: "2.8",
  summary: "Paper forms that were printed, by number, newest first.",
  params: inCommunity,
  reply: z.object({ sheets: z.array(sheetView) }),
})

export const printSheets = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/form-sheets",
  clause: "2.8",
  summary: "Registers paper forms under consecutive numbers, to be printed.",
  params: inCommunity,
  body: z.object({ purpose: z.string().max(40), copies: z.number().int().min(1).max(50) }),
  reply: z.object({
    numbers: z.array(z.string()),
    form: formView,
    company: z.string(),
    community: z.string(),
  }),
})
export type Printed = z.infer<typeof printSheets.reply>

const linkView = z.object({
  linkId: uuid,
  purpose: z.string(),
  code: z.string(),
  madeBy: z.string(),
  at: instant,
  stoppedAt: instant.nullable(),
})
export type LinkView = z.infer<typeof linkView>

const links = z.object({ links: z.array(linkView) })

export const listLinks = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/form-links",
  clause: "2.8",
  summary: "The codes at the counter that open a form on a phone.",
  params: inCommunity,
  reply: links,
})

export const makeLink = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/form-links",
  clause: "2.8",
  summary: "Makes the code of a purpose; the one before it stops.",
  params: inCommunity,
  body: z.object({ linkId: uuid, purpose: z.string().max(40) }),
  reply: links,
})

export const stopLink = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/form-links/:linkId/stop",
  clause: "2.8",
  summary: "Stops a code: it opens nothing any more.",
  params: z.object({ communityId: numberId, linkId: uuid }),
  body: z.object({}),
  reply: links,
})
