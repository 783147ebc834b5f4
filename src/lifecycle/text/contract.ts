/** What crosses the wire about stored free text: scans, what they found, what was decided. Clause 2.9. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { findingKinds } from "./finding.ts"
import { keepReasons } from "./kept.ts"

const inCommunity = z.object({ communityId: numberId })

export const textScan = z.object({
  scanId: uuid,
  occasion: z.enum(["nightly", "by_hand"]),
  state: z.enum(["running", "done"]),
  /** Records there were when it began; more may have come since. */
  total: z.number().int(),
  scanned: z.number().int(),
  /** Set aside because they do not open. */
  unreadable: z.number().int(),
  /** New findings. */
  found: z.number().int(),
  startedAt: instant,
  /** Of the last batch. */
  at: instant,
})
export type TextScan = z.infer<typeof textScan>

export const listTextScans = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/text-scans",
  clause: "2.9",
  summary: "The last scans of stored free text, newest first, with how far they have come.",
  params: inCommunity,
  reply: z.object({ scans: z.array(textScan) }),
})

export const startTextScan = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/text-scans",
  clause: "2.9",
  summary:
    "Goes through all stored free text now. One at a time; sent again with the same id, it changes nothing.",
  params: inCommunity,
  body: z.object({ scanId: uuid }),
  reply: textScan,
})

const findingStates = ["open", "masked", "moved", "kept"] as const
const findingState = z.enum(findingStates)

export const textFinding = z.object({
  findingId: uuid,
  kind: z.enum(findingKinds),
  count: z.number().int(),
  field: z.string(),
  buildings: z.array(z.string()),
  order: z.object({ orderId: uuid, number: z.string() }).nullable(),
  foundAt: instant,
  state: findingState,
  reason: z.enum(keepReasons).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
})
export type TextFinding = z.infer<typeof textFinding>

export const listTextFindings = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/text-findings",
  clause: "2.9",
  summary: "What was found in stored text: which record, what kind, how many. Never the words.",
  params: inCommunity,
  query: z.object({
    state: z.enum(["open", "decided"]).optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    findings: z.array(textFinding),
    next: cursor.nullable(),
    open: z.number().int(),
  }),
})

const oneFinding = z.object({ communityId: numberId, findingId: uuid })

export const glimpseAtFinding = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/text-findings/:findingId/glimpse",
  clause: "2.9",
  summary: "The words around a finding, everything found masked; a look that is traced.",
  params: oneFinding,
  reply: z.object({
    /** null: it is not in the text any more. */
    words: z.string().nullable(),
    /** Why it cannot be moved into a field of its own; null when it can. */
    unmovable: z.enum(["no_field", "no_order", "closed", "filled", "forbidden"]).nullable(),
  }),
})
export type Glimpse = z.infer<typeof glimpseAtFinding.reply>

export const ruleOnFinding = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/text-findings/:findingId/ruling",
  clause: "2.9",
  summary: "Masks what was found, moves it into its field, or keeps it for a reason. Once.",
  params: oneFinding,
  body: z.discriminatedUnion("verdict", [
    z.object({ verdict: z.literal("mask") }),
    z.object({ verdict: z.literal("move") }),
    z.object({ verdict: z.literal("keep"), reason: z.enum(keepReasons) }),
  ]),
  reply: textFinding,
})
