/** What crosses the wire about what is held without need, and the plans to be rid of it. Clauses 2.3, 5.1. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { excessReasons } from "./excess.ts"

const inCommunity = z.object({ communityId: numberId })
const onePlan = z.object({ communityId: numberId, planId: uuid })

const lineKey = z.object({
  why: z.enum(excessReasons),
  field: z.string().min(1).max(40),
  /** Of the facts' origin. */
  purpose: z.string().max(60),
  buildingId: numberId,
})

export const excessLine = lineKey.extend({ building: z.string(), count: z.number().int() })
export type ExcessLine = z.infer<typeof excessLine>

export const readExcess = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/excess",
  clause: "5.1",
  summary: "What is held that no purpose needs: counts by field and building, never a value or a person.",
  params: inCommunity,
  reply: z.object({
    regimeVersion: z.number().int(),
    countedAt: instant,
    /** Facts held in all. */
    held: z.number().int(),
    lines: z.array(excessLine),
    unused: z.object({
      days: z.number().int(),
      /** Whether the traces go back far enough to tell. */
      canTell: z.boolean(),
      tracesSince: instant.nullable(),
    }),
  }),
})
export type ExcessMeter = z.infer<typeof readExcess.reply>

const who = z.object({ staffId: uuid, name: z.string(), post: z.string() })

export const planSummary = z.object({
  planId: uuid,
  number: z.string(),
  state: z.enum(["drawn", "handed_over", "withdrawn"]),
  fields: z.array(z.string()),
  count: z.number().int(),
  drawnBy: who,
  drawnAt: instant,
  endedBy: who.nullable(),
  endedAt: instant.nullable(),
})
export type PlanSummary = z.infer<typeof planSummary>

export const planDetail = planSummary.extend({
  regimeVersion: z.number().int(),
  lines: z.array(excessLine),
  /** SHA-256 of what was signed, hexadecimal. */
  digest: z.string(),
})
export type PlanDetail = z.infer<typeof planDetail>

export const drawPlan = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/purge-plans",
  clause: "5.1",
  summary:
    "Draws up a purge plan from lines of the meter as they are counted now. Sent again, it changes nothing.",
  params: inCommunity,
  body: z.object({ planId: uuid, lines: z.array(lineKey).min(1).max(2000) }),
  reply: planDetail,
})

export const listPlans = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/purge-plans",
  clause: "5.1",
  summary: "Purge plans, newest first.",
  params: inCommunity,
  reply: z.object({ plans: z.array(planSummary) }),
})

export const readPlan = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/purge-plans/:planId",
  clause: "5.1",
  summary: "One purge plan as it was drawn up and signed.",
  params: onePlan,
  reply: planDetail,
})

export const signPlan = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/purge-plans/:planId/signature",
  clause: "5.2",
  summary: "A second person signs a plan: it is handed over and waits for its destruction.",
  params: onePlan,
  body: z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  reply: planDetail,
})

export const withdrawPlan = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/purge-plans/:planId/withdrawal",
  clause: "5.2",
  summary: "Takes a plan back that nobody has signed yet.",
  params: onePlan,
  reply: planDetail,
})
