/** What crosses the wire about uses in an emergency. Clause 4.9. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { post } from "../../duty/people/contract.ts"
import { emergencyReasons } from "../catalogue/emergency-shape.ts"
import { gauge } from "../use/cap-contract.ts"
import { emergencyStates } from "./emergency.ts"

const inCommunity = z.object({ communityId: numberId })
const oneEmergency = z.object({ communityId: numberId, emergencyId: uuid })

const who = z.object({ staffId: uuid, name: z.string(), post })
const sign = z.object({ by: who, at: instant })
const reason = z.enum(emergencyReasons)

/** Codes: words typed here could hold what nobody may read. */
export const justifiedReasons = ["on_site", "reported", "other_proof"] as const
export const notJustifiedReasons = ["no_emergency", "other_way", "too_much", "nobody_called"] as const
export const emergencyVerdicts = ["justified", "not_justified"] as const
export const endReasons = ["handed_back", "stopped", "left", "time"] as const
export const tellingWays = ["phone", "visit", "letter"] as const

/** Steps 1, 2 and 4; step 3, the register, is with the detail. */
export const emergencySummary = z.object({
  emergencyId: uuid,
  number: z.string(),
  reason,
  words: z.string(),
  fields: z.array(z.string()),
  homeId: uuid,
  place: z.string(),
  rule: z.string(),
  state: z.enum(emergencyStates),
  broken: sign,
  until: instant,
  reviewBy: instant,
  /** Null while it runs. By nobody: its time was over, or whoever broke the glass has left. */
  ended: z.object({ by: who.nullable(), at: instant, reason: z.enum(endReasons) }).nullable(),
  reviews: z.array(
    sign.extend({
      verdict: z.enum(emergencyVerdicts),
      why: z.enum([...justifiedReasons, ...notJustifiedReasons]),
    }),
  ),
  archived: sign.extend({ looks: z.number().int() }).nullable(),
  tellBy: instant,
  isTellingLate: z.boolean(),
  told: sign.extend({ how: z.enum(tellingWays), toldAt: instant }).nullable(),
  /** Who can still review it, by name; empty once it is archived. */
  awaited: z.array(z.string()),
})
export type EmergencySummary = z.infer<typeof emergencySummary>

export const emergencyDetail = emergencySummary.extend({
  regimeVersion: z.number().int(),
  persons: z.array(
    z.object({
      personId: uuid,
      /** Masks, never values: field to what lists show. */
      masks: z.record(z.string(), z.array(z.string())),
    }),
  ),
  registered: z.array(z.object({ traceId: uuid, by: who, at: instant, fields: z.array(z.string()) })),
  /** Why this viewer may not do it now; null: they may. */
  lookRefusal: z.string().nullable(),
  endRefusal: z.string().nullable(),
  reviewRefusal: z.string().nullable(),
  tellRefusal: z.string().nullable(),
})
export type EmergencyDetail = z.infer<typeof emergencyDetail>

export const breakGlass = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/emergencies",
  clause: "4.9",
  summary:
    "Breaks the glass for one household: fields of the regime, a reason, a sentence, the own password again and the code where one is enrolled.",
  params: inCommunity,
  body: z.strictObject({
    emergencyId: uuid,
    homeId: uuid,
    fields: z.array(z.string().max(40)).min(1).max(10),
    reason,
    words: z.string().trim().min(4).max(200),
    password: z.string().min(1).max(200),
    code: z.string().trim().max(10).optional(),
  }),
  reply: emergencyDetail,
})

export const readEmergencyRules = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/emergency-rules",
  clause: "4.9",
  summary: "What the regime lets an emergency open, and for how long.",
  params: inCommunity,
  reply: z.object({
    fields: z.array(z.string()),
    minutes: z.number().int(),
    reviewHours: z.number().int(),
    tellHours: z.number().int(),
  }),
})

export const readAlarm = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/emergency-alarm",
  clause: "4.9",
  summary:
    "What runs now within one's reach, what waits for a review, what is overdue: without place or person.",
  params: inCommunity,
  reply: z.object({
    running: z.array(z.object({ emergencyId: uuid, reason, by: who, until: instant })),
    toReview: z.number().int(),
    overdue: z.number().int(),
  }),
})

export const listEmergencies = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/emergencies",
  clause: "4.9",
  summary:
    "Uses in an emergency within one's reach, newest first: all, by state, or whose owner is to be told.",
  params: inCommunity,
  query: z.object({
    state: z.enum([...emergencyStates, "to_tell"]).optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ emergencies: z.array(emergencySummary), next: cursor.nullable() }),
})

export const readEmergency = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/emergencies/:emergencyId",
  clause: "4.9",
  summary: "One emergency: four records, masks, reviews, and whether the owner was told.",
  params: oneEmergency,
  reply: emergencyDetail,
})

export const lookInEmergency = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/emergencies/:emergencyId/look",
  clause: "4.9",
  summary: "One field of one person of the household, for whoever broke the glass, until the time is over.",
  params: oneEmergency,
  body: z.object({ personId: uuid, field: z.string().max(40) }),
  reply: z.object({ values: z.array(z.string()), seconds: z.number().int(), cap: gauge.nullable() }),
})

export const endEmergency = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/emergencies/:emergencyId/end",
  clause: "4.9",
  summary:
    "Handed back by whoever broke the glass, or stopped by whoever supervises. No look is answered after it.",
  params: oneEmergency,
  body: z.object({}),
  reply: emergencyDetail,
})

export const emergencyReview = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("justified"), why: z.enum(justifiedReasons) }),
  z.strictObject({ verdict: z.literal("not_justified"), why: z.enum(notJustifiedReasons) }),
])

export const reviewEmergency = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/emergencies/:emergencyId/reviews",
  clause: "4.9",
  summary: "One of the two reviews, never one's own; the second archives it. Not justified: an incident.",
  params: oneEmergency,
  body: emergencyReview,
  reply: emergencyDetail,
})

export const tellOwner = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/emergencies/:emergencyId/told",
  clause: "4.9",
  summary: "Records that the owner was told, how and when.",
  params: oneEmergency,
  body: z.strictObject({ how: z.enum(tellingWays), toldAt: instant }),
  reply: emergencyDetail,
})
