/** What crosses the wire about third parties and what is given to them. Clause 4.10. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { handingForms } from "../catalogue/approval-shape.ts"
import { fieldCodes } from "../catalogue/field.ts"
import { purposePattern } from "../catalogue/regime-shape.ts"
import { largestPaperBody, numbered, organisationName, paper } from "./paper-shape.ts"
import { partyEndReasons, partyKinds, partyStates, sharingStates } from "./party.ts"

const inCommunity = z.object({ communityId: numberId })
const oneParty = z.object({ communityId: numberId, partyId: uuid })
const oneSharing = z.object({ communityId: numberId, applicationId: uuid })
const oneProof = z.object({ communityId: numberId, applicationId: uuid, proofId: uuid })
const done = z.object({ done: z.literal(true) })
const who = z.object({ staffId: uuid, name: z.string() })
const sign = who.extend({ at: instant })
const fields = z.array(z.enum(fieldCodes)).min(1).max(20)
const purpose = z.string().regex(purposePattern)
const day = z.iso.date()

const party = z.object({
  partyId: uuid,
  name: z.string(),
  kind: z.enum(partyKinds),
  contractNumber: z.string(),
  /** First and last day. */
  from: day,
  until: day,
  scope: z.array(z.object({ purpose: z.string(), fields: z.array(z.string()) })),
  responsible: who,
  state: z.enum(partyStates),
  entered: sign,
  signed: sign.extend({ verdict: z.enum(["signed", "refused"]) }).nullable(),
  ended: sign.extend({ reason: z.enum(partyEndReasons) }).nullable(),
  /** Sharings that left and are not proven to be gone; and those of them past their day. */
  open: z.number().int(),
  overdue: z.number().int(),
})
export type Party = z.infer<typeof party>

export const listParties = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/parties",
  clause: "4.10",
  summary: "The register of third parties: contracts, what they allow, what is still out.",
  params: inCommunity,
  reply: z.object({ parties: z.array(party) }),
})

export const enterParty = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/parties",
  clause: "4.10",
  summary:
    "Enters a contract with a third party. Nothing may be given before the privacy officer has signed it.",
  params: inCommunity,
  body: z.strictObject({
    partyId: uuid,
    name: organisationName,
    kind: z.enum(partyKinds),
    contractNumber: numbered,
    from: day,
    until: day,
    responsible: uuid,
    scope: z.array(z.strictObject({ purpose, fields })).min(1).max(12),
  }),
  reply: done,
})

export const signParty = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/parties/:partyId/sign",
  clause: "4.10",
  summary: "The privacy officer signs a contract, or refuses it. Never one's own entry.",
  params: oneParty,
  body: z.strictObject({ verdict: z.enum(["signed", "refused"]) }),
  reply: done,
})

export const endParty = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/parties/:partyId/end",
  clause: "4.10",
  summary: "Ends a contract before its time: nothing is given from now on, and what was given falls due.",
  params: oneParty,
  body: z.strictObject({ reason: z.enum(partyEndReasons) }),
  reply: done,
})

const proof = z.object({
  proofId: uuid,
  kind: z.enum(["returned", "deleted"]),
  day,
  evidence: z.enum(["paper", "statement"]),
  recorded: sign,
  answered: sign.extend({ verdict: z.enum(["accepted", "refused"]) }).nullable(),
})

const sharing = z.object({
  applicationId: uuid,
  number: z.string(),
  party: z.object({ partyId: uuid, name: z.string(), responsible: z.string() }),
  purpose: z.string(),
  fields: z.array(z.string()),
  form: z.enum(handingForms),
  homes: z.number().int(),
  persons: z.number().int(),
  state: z.enum(sharingStates),
  applied: sign,
  /** Whose signatures it has. */
  approved: z.array(sign),
  /** What left, how, and the number of the copy where it was one. */
  left: z
    .object({
      how: z.enum(["file", "print", "told", "paper"]),
      copyNumber: z.string().nullable(),
      persons: z.number().int(),
      at: instant,
    })
    .nullable(),
  keepUntil: instant,
  dueAt: instant,
  isOverdue: z.boolean(),
  proofs: z.array(proof),
  isOwn: z.boolean(),
})
export type Sharing = z.infer<typeof sharing>

export const listSharings = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/sharings",
  clause: "4.10",
  summary: "The sharing ledger: what is overdue first, then the newest.",
  params: inCommunity,
  query: z.object({
    partyId: uuid.optional(),
    show: z.enum(["all", "overdue", "out", "waiting", "archived"]).default("all"),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    sharings: z.array(sharing),
    next: cursor.nullable(),
    /** Of the whole ledger. */
    overdue: z.number().int(),
  }),
})

export const applyForSharing = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/sharings",
  clause: "4.10",
  summary: "Applies to give these fields of these homes to a third party of the register, as counted.",
  params: inCommunity,
  body: z.strictObject({
    applicationId: uuid,
    partyId: uuid,
    purpose,
    fields,
    form: z.enum(handingForms),
    buildingIds: z.array(numberId).max(50).default([]),
    homeIds: z.array(uuid).max(200).default([]),
    hours: z.number().int().min(1).max(720),
    /** The last day on which they may have it. */
    keepUntil: day,
    /** As counted and confirmed. */
    rows: z.number().int().min(1),
  }),
  reply: z.object({ applicationId: uuid }),
})

export const registerLeft = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/sharings/:applicationId/left",
  clause: "4.10",
  summary: "Notes that it was told by phone or handed over in writing. A file or print notes itself.",
  params: oneSharing,
  body: z.strictObject({ how: z.enum(["told", "paper"]) }),
  reply: done,
})

export const recordProof = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/sharings/:applicationId/proofs",
  clause: "4.10",
  summary:
    "Records what shows that it was given back or deleted: a paper, or a statement. A second person answers.",
  params: oneSharing,
  largestBody: largestPaperBody,
  body: z.strictObject({
    proofId: uuid,
    kind: z.enum(["returned", "deleted"]),
    day,
    /** Left out: whoever records and whoever accepts state it themselves. */
    paper: paper.optional(),
  }),
  reply: done,
})

export const answerProof = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/sharings/:applicationId/proofs/:proofId/answer",
  clause: "4.10",
  summary: "A second person accepts the proof, which archives the sharing, or refuses it.",
  params: oneProof,
  body: z.strictObject({ verdict: z.enum(["accepted", "refused"]) }),
  reply: done,
})

/** A POST, so that no preview fetches it. */
export const showProof = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/sharings/:applicationId/proofs/:proofId/paper",
  clause: "4.10",
  summary: "The paper that was uploaded.",
  params: oneProof,
  body: z.object({}),
  reply: z.unknown(),
})
