/** What crosses the wire about requests of authorities. Clauses 4.11, 7.5. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { leavingForms } from "../catalogue/approval-shape.ts"
import { fieldCodes } from "../catalogue/field.ts"
import { authorityGrounds, organs, requestStates } from "./authority.ts"
import { largestPaperBody, organisationName, paper } from "./paper-shape.ts"

const inCommunity = z.object({ communityId: numberId })
const oneRequest = z.object({ communityId: numberId, applicationId: uuid })
const sign = z.object({ staffId: uuid, name: z.string(), at: instant })
const day = z.iso.date()

const request = z.object({
  applicationId: uuid,
  number: z.string(),
  organ: z.enum(organs),
  organName: z.string(),
  documentNumber: z.string(),
  ground: z.enum(authorityGrounds),
  /** Masked. */
  officers: z.array(z.string()),
  fields: z.array(z.string()),
  form: z.enum(leavingForms),
  homes: z.number().int(),
  persons: z.number().int(),
  state: z.enum(requestStates),
  taken: sign,
  approved: z.array(sign),
  copyNumber: z.string().nullable(),
  handedAt: instant.nullable(),
  receiptAt: instant.nullable(),
  /** Kept from the owner until then. */
  secretUntil: instant.nullable(),
  isOwn: z.boolean(),
})
export type AuthorityRequest = z.infer<typeof request>

export const listAuthorityRequests = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/authority-requests",
  clause: "4.11",
  summary: "Requests of authorities within one's reach, newest first; officers masked.",
  params: inCommunity,
  query: z.object({
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ requests: z.array(request), next: cursor.nullable() }),
})

/** What may be missing at the counter is optional here: the refusal says what to ask for. */
export const takeAuthorityRequest = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/authority-requests",
  clause: "4.11",
  summary: "Takes a request in: two officers, document, ground, paper, the least scope as counted.",
  params: inCommunity,
  largestBody: largestPaperBody,
  body: z.strictObject({
    applicationId: uuid,
    organ: z.enum(organs),
    organName: organisationName,
    documentNumber: z.string().trim().max(40).default(""),
    ground: z.enum(authorityGrounds).optional(),
    officers: z
      .array(z.strictObject({ name: z.string().trim().max(40), card: z.string().trim().max(20) }))
      .max(4)
      .default([]),
    paper: paper.optional(),
    homeIds: z.array(uuid).min(1).max(200),
    fields: z.array(z.enum(fieldCodes)).min(1).max(20),
    form: z.enum(leavingForms),
    /** As counted and confirmed. */
    rows: z.number().int().min(1),
    /** The last day on which it is kept from the owner. */
    secretUntil: day.optional(),
  }),
  reply: z.object({ applicationId: uuid }),
})

/** POSTs, so that no preview fetches them. */
export const showAuthorityOfficers = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/authority-requests/:applicationId/officers",
  clause: "4.11",
  summary:
    "Names and card numbers of the officers: to whoever took them in, the manager and the privacy officer.",
  params: oneRequest,
  body: z.object({}),
  reply: z.object({ officers: z.array(z.object({ name: z.string(), card: z.string() })) }),
})

export const showAuthorityPaper = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/authority-requests/:applicationId/paper",
  clause: "4.11",
  summary: "The document as it was shown, or the receipt.",
  params: oneRequest,
  body: z.strictObject({ which: z.enum(["document", "receipt"]) }),
  reply: z.unknown(),
})

export const keepAuthorityReceipt = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/authority-requests/:applicationId/receipt",
  clause: "4.11",
  summary: "Keeps the receipt that the officers signed for the copy.",
  params: oneRequest,
  largestBody: largestPaperBody,
  body: z.strictObject({ paper }),
  reply: z.object({ done: z.literal(true) }),
})
