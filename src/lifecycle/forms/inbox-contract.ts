/** What crosses the wire of forms that a phone sent in: the phone's side, and the desk's. Clauses 2.3, 2.6, 3.10. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { residenceRole } from "../store/contract.ts"
import { formOutcome, formView, saidParts } from "./contract.ts"

const oneCode = z.object({ code: z.string().max(60) })

export const readPhoneForm = endpoint({
  method: "GET",
  path: "/api/public/forms/:code",
  clause: "2.3",
  summary: "The empty form that a code at the counter opens, without signing in.",
  params: oneCode,
  reply: z.object({ form: formView, company: z.string(), community: z.string(), communityId: numberId }),
})
export type PhoneForm = z.infer<typeof readPhoneForm.reply>

export const sendPhoneForm = endpoint({
  method: "POST",
  path: "/api/public/forms/:code",
  clause: "2.3",
  summary: "Sends a form in from a phone: sealed at once, it waits for the desk. Nothing of it is answered.",
  params: oneCode,
  body: z.strictObject(saidParts),
  reply: z.object({}),
})

export const rejectReasons = ["unknown_person", "wrong_home", "incomplete", "twice", "not_ours"] as const

const submissionView = z.object({
  submissionId: uuid,
  purpose: z.string(),
  channel: z.string(),
  place: z.string().nullable(),
  at: instant,
  /** field → masks, while the form waits. */
  masks: z.record(z.string(), z.array(z.string())),
  fields: z.array(z.string()),
  agreed: z.array(z.string()),
  features: z.array(z.string()),
  sheet: z.string().nullable(),
  takenBy: z.string().nullable(),
  verdict: z.enum(["accepted", "rejected"]).nullable(),
  outcome: formOutcome.nullable(),
  /** Where it will go when it is accepted. */
  leadsTo: formOutcome,
  reason: z.enum(rejectReasons).nullable(),
})
export type SubmissionView = z.infer<typeof submissionView>

export const listSubmissions = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/form-inbox",
  clause: "3.10",
  summary: "Forms that phones sent in, masked; those that wait, or those that are done.",
  params: z.object({ communityId: numberId }),
  query: z.object({ state: z.enum(["waiting", "done"]).default("waiting") }),
  reply: z.object({ submissions: z.array(submissionView) }),
})

const oneSubmission = z.object({ communityId: numberId, submissionId: uuid })

export const acceptSubmission = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/form-inbox/:submissionId/accept",
  clause: "2.3",
  summary: "Takes a form into the roster of its home, makes it an order, or keeps it.",
  params: oneSubmission,
  body: z.object({ role: residenceRole.default("owner") }),
  reply: z.object({ outcome: formOutcome }),
})

export const rejectSubmission = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/form-inbox/:submissionId/reject",
  clause: "2.3",
  summary: "Rejects a form for a reason out of a list; what it held is gone.",
  params: oneSubmission,
  body: z.object({ reason: z.enum(rejectReasons) }),
  reply: z.object({}),
})
