/** What crosses the wire about proposals of new fields and about training. Clauses 2.4, 6.2. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { kept } from "../../lifecycle/text/kept.ts"
import { post } from "../people/contract.ts"

const inCommunity = z.object({ communityId: numberId })
const day = z.iso.date()
const who = z.object({ staffId: uuid, name: z.string(), post })

const answers = ["taken_up", "declined"] as const

export const proposal = z.object({
  proposalId: uuid,
  field: z.string(),
  purpose: z.string(),
  why: z.string(),
  by: who,
  at: instant,
  answer: z.object({ verdict: z.enum(answers), at: instant }).nullable(),
})
export type Proposal = z.infer<typeof proposal>

export const listProposals = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/proposals",
  clause: "2.4",
  summary: "One's own proposals; the privacy officer reads all of them. Says whether one may propose.",
  params: inCommunity,
  reply: z.object({
    proposals: z.array(proposal),
    /** Why the viewer may not propose now; null when they may. */
    barred: z.object({ code: z.string(), facts: z.record(z.string(), z.string()) }).nullable(),
  }),
})

export const propose = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/proposals",
  clause: "2.4",
  summary: "Proposes a field. Not in the first ninety days, and not without valid training.",
  params: inCommunity,
  body: z.object({
    proposalId: uuid,
    /** A code of the catalogue, or a name for what is not in it. */
    field: z.string().trim().min(1).max(40),
    purpose: z.string().trim().min(1).max(60),
    why: z.string().trim().min(1).max(500),
    /** What the guard of free text finds in `why` and its writer keeps for a reason. Clause 2.9. */
    kept: z.array(kept).max(40).optional(),
  }),
  reply: proposal,
})

export const answerProposal = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/proposals/:proposalId/answer",
  clause: "2.4",
  summary: "The privacy officer takes a proposal up into a draft of the regime, or declines it.",
  params: z.object({ communityId: numberId, proposalId: uuid }),
  body: z.object({ verdict: z.enum(answers) }),
  reply: proposal,
})

export const trained = z.object({
  staff: who,
  /** The day of the first appointment. */
  since: day,
  course: z.string().nullable(),
  passedOn: day.nullable(),
  validUntil: day.nullable(),
  isValid: z.boolean(),
})
export type Trained = z.infer<typeof trained>

export const listTraining = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/training",
  clause: "6.2",
  summary: "Who works here, and until when their training counts.",
  params: inCommunity,
  reply: z.object({ staff: z.array(trained) }),
})

export const recordTraining = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/training",
  clause: "6.2",
  summary: "Records that somebody passed a course. Never for oneself.",
  params: inCommunity,
  body: z
    .object({
      trainingId: uuid,
      staffId: uuid,
      course: z.string().trim().min(1).max(60),
      passedOn: day,
      validUntil: day,
    })
    .refine(({ passedOn, validUntil }) => validUntil >= passedOn, { path: ["validUntil"] }),
  reply: z.object({ done: z.literal(true) }),
})
