/** What crosses the wire about impact assessments (PIPL 55, 56). No personal data. Clause 2.11. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { fieldCodes } from "./field.ts"
import { purposePattern } from "./regime-shape.ts"

const inCommunity = z.object({ communityId: numberId })
const oneAssessment = z.object({ communityId: numberId, assessmentId: uuid })
const who = z.object({ staffId: uuid, name: z.string() })
/** An answer: long enough to be one. */
const answer = z.string().trim().min(10).max(4000)

export const risks = ["low", "middle", "high"] as const

/** The questions of PIPL 56, after what is processed and why. */
export const assessmentText = z.object({
  /** The sensitive fields it speaks of. */
  fields: z.array(z.enum(fieldCodes)).max(60),
  isShared: z.boolean(),
  isPublished: z.boolean(),
  processing: answer,
  lawful: answer,
  influence: answer,
  measures: answer,
  risk: z.enum(risks),
  /** From that day on it no longer counts. */
  reviewBy: z.iso.date(),
})
export type AssessmentText = z.infer<typeof assessmentText>

export const assessmentDetail = z.object({
  assessmentId: uuid,
  purpose: z.string(),
  edition: z.number().int(),
  text: assessmentText,
  writtenBy: who,
  writtenAt: instant,
  /** Of this edition. */
  signed: z.object({ by: who, post: z.string(), at: instant }).nullable(),
  /** Past its review day: it no longer counts. */
  isPast: z.boolean(),
})
export type AssessmentDetail = z.infer<typeof assessmentDetail>

export const listAssessments = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/assessments",
  clause: "2.11",
  summary: "Impact assessments, each in its newest edition.",
  params: inCommunity,
  reply: z.object({ assessments: z.array(assessmentDetail) }),
})

export const readAssessment = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/assessments/:assessmentId",
  clause: "2.11",
  summary: "One impact assessment in its newest edition.",
  params: oneAssessment,
  reply: assessmentDetail,
})

export const beginAssessment = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/assessments",
  clause: "2.11",
  summary: "Writes an impact assessment of a purpose.",
  params: inCommunity,
  body: z.object({ assessmentId: uuid, purpose: z.string().regex(purposePattern), text: assessmentText }),
  reply: assessmentDetail,
})

export const changeAssessment = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/assessments/:assessmentId/editions",
  clause: "2.11",
  summary: "Writes the next edition; the one signed before counts until this one is signed.",
  params: oneAssessment,
  body: z.object({ after: z.number().int().min(1), text: assessmentText }),
  reply: assessmentDetail,
})

export const signAssessment = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/assessments/:assessmentId/sign",
  clause: "2.11",
  summary: "Signs an edition off: somebody other than its writer.",
  params: oneAssessment,
  body: z.object({ edition: z.number().int().min(1) }),
  reply: assessmentDetail,
})

export const printAssessment = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/assessments/:assessmentId/assessment.pdf",
  clause: "2.11",
  summary: "The assessment as a PDF with its fonts.",
  params: oneAssessment,
  query: z.object({ language: z.enum(["zh-CN", "en"]).default("zh-CN") }),
  reply: z.unknown(),
})
