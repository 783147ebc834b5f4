/** What crosses the wire about watchfulness: findings, what was decided, homes that staff are tied to. Clauses 4.8, 6.4. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { watchCodes } from "../../lifecycle/catalogue/watch-shape.ts"
import { post } from "../people/contract.ts"
import { allReasons, findingStates, verdicts } from "./verdict.ts"

const inCommunity = z.object({ communityId: numberId })
const who = z.object({ staffId: uuid, name: z.string() })

export const finding = z.object({
  findingId: uuid,
  at: instant,
  about: who,
  code: z.enum(watchCodes),
  /** The home; null when the finding is about none, or it is gone. */
  place: z.string().nullable(),
  regimeVersion: z.number().int(),
  evidence: z.array(
    z.object({ traceId: uuid, at: instant, act: z.string(), outcome: z.enum(["done", "refused"]) }),
  ),
  state: z.enum(findingStates),
  decided: z
    .object({
      reason: z.enum(allReasons),
      by: who,
      post,
      at: instant,
      /** In the register of incidents; of what was decided to be one. */
      incidentId: uuid.nullable(),
    })
    .nullable(),
})
export type Finding = z.infer<typeof finding>

export const listFindings = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/findings",
  clause: "6.4",
  summary: "Looks that give reason to ask, with the traces they rest on, newest first; never about oneself.",
  params: inCommunity,
  query: z.object({
    state: z.enum(findingStates).optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    findings: z.array(finding),
    next: cursor.nullable(),
    /** How many nobody has decided on. */
    open: z.number().int(),
  }),
})

export const decideFinding = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/findings/:findingId/verdict",
  clause: "6.4",
  summary:
    "Decides on a finding and closes it, with a reason, once. Never on one's own. An incident is entered in the register.",
  params: z.object({ communityId: numberId, findingId: uuid }),
  body: z.object({ verdict: z.enum(verdicts), reason: z.enum(allReasons) }),
  reply: finding,
})

export const tieKinds = ["own", "relative"] as const

export const tie = z.object({
  tieId: uuid,
  staff: who,
  place: z.string(),
  kind: z.enum(tieKinds),
  at: instant,
})
export type Tie = z.infer<typeof tie>

export const listTies = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/ties",
  clause: "6.4",
  summary: "Homes of the community that staff live in, or relatives of theirs, as they declared.",
  params: inCommunity,
  reply: z.object({ ties: z.array(tie) }),
})

export const addTie = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/ties",
  clause: "6.4",
  summary:
    "Marks that somebody of the staff, or a relative, lives in a home of the community. A home, no person.",
  params: inCommunity,
  body: z.object({
    tieId: uuid,
    staffId: uuid,
    home: z.string().trim().min(1).max(60),
    kind: z.enum(tieKinds),
  }),
  reply: z.object({ done: z.literal(true) }),
})

export const endTie = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/ties/:tieId/end",
  clause: "6.4",
  summary: "A tie is over.",
  params: z.object({ communityId: numberId, tieId: uuid }),
  reply: z.object({ done: z.literal(true) }),
})
