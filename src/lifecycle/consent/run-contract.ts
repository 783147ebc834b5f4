/** What crosses the wire about uses that run on consent. Clauses 2.5–2.7. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { card } from "../store/contract.ts"
import { feature } from "./contract.ts"

const inCommunity = z.object({ communityId: numberId })
const oneRun = z.object({ communityId: numberId, runId: uuid })

const occasions = ["spring_festival", "dragon_boat", "mid_autumn", "national_day", "other"] as const
export const occasion = z.enum(occasions)
export type Occasion = z.infer<typeof occasion>

export const consentRun = z.object({
  runId: uuid,
  feature,
  purpose: z.string(),
  fields: z.array(z.string()),
  occasion,
  rule: z.string(),
  startedBy: z.string(),
  startedPost: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  endReason: z.enum(["done", "stopped"]).nullable(),
  /** Consented when it was started. */
  listed: z.number().int(),
  /** Not on the list, for want of consent: counted, not named. */
  unlisted: z.number().int(),
  queued: z.number().int(),
  stopped: z.number().int(),
})

export const listConsentRuns = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/consent-runs",
  clause: "2.5",
  summary: "Uses that run on consent, newest first, with counts.",
  params: inCommunity,
  reply: z.object({ runs: z.array(consentRun) }),
})

export const startConsentRun = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/consent-runs",
  clause: "2.5",
  summary: "Starts a use, such as greetings, for those in reach who have consented.",
  params: inCommunity,
  body: z.strictObject({ runId: uuid, feature, occasion }),
  reply: consentRun,
})

const listed = z.object({ card, outcome: z.enum(["queued", "stopped"]).nullable() })

export const readConsentRun = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/consent-runs/:runId",
  clause: "2.5",
  summary: "One use with its masked list; only those who had consented are on it.",
  params: oneRun,
  reply: consentRun.extend({ persons: z.array(listed) }),
})

export const lookInConsentRun = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/consent-runs/:runId/look",
  clause: "2.7",
  summary: "One field of one person on the list, if their consent covers it at this moment.",
  params: oneRun,
  body: z.strictObject({ personId: uuid, field: z.string().max(40) }),
  reply: z.object({ values: z.array(z.string()), seconds: z.number().int() }),
})

export const stopConsentRun = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/consent-runs/:runId/stop",
  clause: "2.7",
  summary: "Ends the use for everybody.",
  params: oneRun,
  reply: consentRun,
})
