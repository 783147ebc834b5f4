/** What crosses the wire about uses that people apply for. Clauses 3.4, 4.2, 4.4, 4.5. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { post } from "../../duty/people/contract.ts"
import { grantForms, signingPosts } from "../catalogue/approval-shape.ts"
import { fieldCodes } from "../catalogue/field.ts"
import { purposePattern } from "../catalogue/regime-shape.ts"
import { gauge } from "../use/cap-contract.ts"
import { exposureStates } from "../use/mosaic.ts"
import { applicationStates } from "./application.ts"
import { riskHints } from "./hints.ts"

const inCommunity = z.object({ communityId: numberId })
const oneApplication = z.object({ communityId: numberId, applicationId: uuid })

const who = z.object({ staffId: uuid, name: z.string(), post })
const sign = z.object({ by: who.nullable(), at: instant })

const signingPost = z.enum(signingPosts)
const field = z.enum(fieldCodes)
const purpose = z.string().regex(purposePattern)
const applicationState = z.enum(applicationStates)

/** Why an approver refuses. A code: words typed here could hold what nobody may read. */
export const refusalReasons = [
  "not_needed",
  "too_wide",
  "wrong_purpose",
  "not_proven",
  "other_way",
  "not_now",
] as const
export const endReasons = [
  "refused",
  "timed_out",
  "withdrawn",
  "handed_back",
  "revoked",
  "order_closed",
  "expired",
] as const

const signature = z.object({
  step: z.number().int(),
  post: signingPost,
  verdict: z.enum(["approved", "refused"]),
  reason: z.enum(refusalReasons).nullable(),
  by: who,
  /** For whom a deputy signed. */
  insteadOf: z.string().nullable(),
  at: instant,
  fields: z.array(z.string()),
  persons: z.number().int(),
  hours: z.number().int(),
})

/** Steps 1, 2 and 4; step 3, the register, is with the detail. */
export const applicationSummary = z.object({
  applicationId: uuid,
  number: z.string(),
  purpose,
  form: z.enum(grantForms),
  fields: z.array(z.string()),
  homes: z.number().int(),
  orderId: uuid.nullable(),
  orderNumber: z.string().nullable(),
  requestNumber: z.string().nullable(),
  older: z.boolean(),
  single: z.boolean(),
  hours: z.number().int(),
  state: applicationState,
  /** The chain of posts that sign, and whose turn it is. */
  posts: z.array(signingPost),
  nextPost: signingPost.nullable(),
  refusedBy: z.string().nullable(),
  expiresAt: instant,
  applied: sign,
  signed: z.array(signature),
  ended: sign.extend({ reason: z.enum(endReasons), looks: z.number().int() }).nullable(),
})

export type ApplicationSummary = z.infer<typeof applicationSummary>

const concerned = z.object({
  personId: uuid,
  homeId: uuid,
  place: z.string(),
  /** Masks, never values: field to what lists show. */
  masks: z.record(z.string(), z.array(z.string())),
  isLeft: z.boolean(),
})

export const applicationDetail = applicationSummary.extend({
  regimeVersion: z.number().int(),
  /** To whom outside it goes. Clause 4.10. */
  outside: z.object({ kind: z.enum(["party", "authority"]), name: z.string() }).nullable(),
  follows: uuid.nullable(),
  ageDays: z.number().int(),
  hints: z.array(z.enum(riskHints)),
  /** How much of the households the applicant has put together so far; all of the staff, for officers. Clause 1.5. */
  exposure: z.object({ own: z.enum(exposureStates), team: z.enum(exposureStates).nullable() }),
  persons: z.array(concerned),
  /** What is granted now; null before and when refused. */
  grant: z
    .object({
      fields: z.array(z.string()),
      hours: z.number().int(),
      begunAt: instant.nullable(),
      /** The first look must come before this, or, once it came, the end. */
      until: instant,
    })
    .nullable(),
  registered: z.array(z.object({ traceId: uuid, by: who, at: instant, fields: z.array(z.string()) })),
  /** The applicant in the last 30 days. */
  history: z.object({
    applied: z.number().int(),
    approved: z.number().int(),
    refused: z.number().int(),
    looks: z.number().int(),
  }),
  /** Why this viewer may not sign now; null: they may. */
  signRefusal: z.string().nullable(),
  lookRefusal: z.string().nullable(),
  endRefusal: z.string().nullable(),
})
export type ApplicationDetail = z.infer<typeof applicationDetail>

export const applyForUse = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/applications",
  clause: "4.2",
  summary:
    "Applies for a use: purpose, ground, persons or homes, fields, form, how long. The rules say who signs.",
  params: inCommunity,
  body: z.strictObject({
    applicationId: uuid,
    purpose,
    /** An open order, or the number of a written request. */
    orderId: uuid.optional(),
    requestNumber: z.string().trim().max(40).optional(),
    personIds: z.array(uuid).max(200).default([]),
    homeIds: z.array(uuid).max(200).default([]),
    fields: z.array(field).min(1).max(20),
    form: z.enum(grantForms).default("see"),
    hours: z.number().int().min(1).max(720),
    single: z.boolean().default(false),
    older: z.boolean().default(false),
    /** The application that this one goes on from. */
    follows: uuid.optional(),
  }),
  reply: applicationDetail,
})

export const listApplications = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/applications",
  clause: "4.2",
  summary:
    "Applications within one's reach, newest first: all, one's own, or those that wait for one's signature.",
  params: inCommunity,
  query: z.object({
    scope: z.enum(["all", "mine", "to_sign"]).default("all"),
    state: applicationState.optional(),
    purpose: purpose.optional(),
    /** Part of the number of an application, order or request. */
    number: z.string().trim().max(40).optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ applications: z.array(applicationSummary), next: cursor.nullable() }),
})

export const readApplication = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/applications/:applicationId",
  clause: "4.4",
  summary: "One application: four records, masked preview, the applicant's history, where to look twice.",
  params: oneApplication,
  reply: applicationDetail,
})

/** More than the regime lets leave at once: a signature that narrows nothing must not be too long to send. */
const mostNamed = 5_000

export const signing = z.discriminatedUnion("verdict", [
  z.strictObject({
    verdict: z.literal("approved"),
    fields: z.array(field).optional(),
    personIds: z.array(uuid).max(mostNamed).optional(),
    hours: z.number().int().min(1).optional(),
  }),
  z.strictObject({ verdict: z.literal("refused"), reason: z.enum(refusalReasons) }),
])

export const signApplication = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/applications/:applicationId/sign",
  clause: "4.4",
  summary: "Approves, narrower if wanted, or refuses with a reason. Never one's own, by no path.",
  params: oneApplication,
  body: signing,
  reply: applicationDetail,
})

export const endApplication = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/applications/:applicationId/end",
  clause: "4.5",
  summary: "The applicant withdraws or hands back; whoever supervises revokes. No look is answered after it.",
  params: oneApplication,
  body: z.object({}),
  reply: applicationDetail,
})

export const lookUnderApplication = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/applications/:applicationId/look",
  clause: "4.5",
  summary: "One field of one person under a grant; the first look starts its clock.",
  params: oneApplication,
  body: z.object({ personId: uuid, field: z.string().max(40) }),
  reply: z.object({ values: z.array(z.string()), seconds: z.number().int(), cap: gauge.nullable() }),
})

const duty = z.object({
  dutyId: uuid,
  post: signingPost,
  forStaff: z.object({ staffId: uuid, name: z.string() }),
  deputy: z.object({ staffId: uuid, name: z.string() }),
  from: instant,
  until: instant,
  madeBy: z.string(),
  state: z.enum(["coming", "running", "over"]),
})
export type Duty = z.infer<typeof duty>

export const listDuties = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/duties",
  clause: "4.4",
  summary: "The duty roster: who signs in whose stead; who can; accounts of one person.",
  params: inCommunity,
  reply: z.object({
    duties: z.array(duty),
    signers: z.array(z.object({ staffId: uuid, name: z.string(), posts: z.array(signingPost) })),
    samePersons: z.array(z.array(z.object({ staffId: uuid, name: z.string() }))),
  }),
})

export const setDuty = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/duties",
  clause: "4.4",
  summary: "Puts somebody on the duty roster to sign in another's stead, from-until.",
  params: inCommunity,
  body: z.strictObject({
    dutyId: uuid,
    post: signingPost,
    forStaff: uuid,
    deputy: uuid,
    from: instant,
    until: instant,
  }),
  reply: z.object({ done: z.literal(true) }),
})

export const endDuty = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/duties/:dutyId/end",
  clause: "4.4",
  summary: "Ends a duty before its time.",
  params: z.object({ communityId: numberId, dutyId: uuid }),
  body: z.object({}),
  reply: z.object({ done: z.literal(true) }),
})

export const linkAccounts = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/same-person",
  clause: "4.4",
  summary: "Says that two accounts belong to one natural person. It is not taken back.",
  params: inCommunity,
  body: z.strictObject({ staffId: uuid, sameAs: uuid }),
  reply: z.object({ done: z.literal(true) }),
})
