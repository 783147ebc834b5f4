/** What crosses the wire when traces are explored: searches, saved ones, and when which post is at work. Clauses 3.12, 4.1. */

import { z } from "zod"
import { endpoint } from "../base/endpoint.ts"
import { cursor, numberId, uuid } from "../base/id.ts"
import { instant } from "../base/instant.ts"
import { trace } from "./contract.ts"
import { longestQuery } from "./trace-query.ts"

const params = z.object({ communityId: numberId })

const home = z.object({ homeId: uuid, label: z.string(), persons: z.number().int() })
export type SoughtHome = z.infer<typeof home>

/** A body, not an address: it may name a home. */
export const searchTraces = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/traces/search",
  clause: "3.12",
  summary:
    "Traces by a query such as `post:clerk field:phone after:2026-10-04`. Searching them is itself traced.",
  params,
  body: z.object({
    query: z.string().max(longestQuery),
    after: cursor.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({
    traces: z.array(trace),
    /** A page may be shorter than asked for: what is rare is sought for a second, then goes on from here. */
    next: cursor.nullable(),
    /** How far back the search has come; null when it has seen all. */
    searchedTo: instant.nullable(),
    /** The homes that the query names, as far as the viewer's reach has them. */
    homes: z.array(home),
  }),
})

export const readHeat = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/traces/hours",
  clause: "4.1",
  summary: "Traces of the last thirty days, counted by post and hour of the day.",
  params,
  reply: z.object({
    from: instant,
    until: instant,
    /** `counts`: 24 numbers, from midnight on. */
    posts: z.array(z.object({ post: z.string(), counts: z.array(z.number().int()).length(24) })),
  }),
})
export type Heat = z.infer<typeof readHeat.reply>

const view = z.object({ viewId: uuid, name: z.string(), query: z.string() })
export type TraceView = z.infer<typeof view>

export const listTraceViews = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/traces/views",
  clause: "4.1",
  summary: "One's own saved searches over the traces.",
  params,
  reply: z.object({ views: z.array(view) }),
})

export const saveTraceView = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/traces/views",
  clause: "4.1",
  summary: "Keeps a search for oneself, a hundred at most. A home and whoever acted stand in it by their id.",
  params,
  body: z.object({
    viewId: uuid,
    name: z.string().trim().min(1).max(40),
    query: z.string().min(1).max(longestQuery),
  }),
  reply: z.object({ viewId: uuid }),
})

export const removeTraceView = endpoint({
  method: "DELETE",
  path: "/api/communities/:communityId/traces/views/:viewId",
  clause: "4.1",
  summary: "Forgets one of one's own saved searches.",
  params: params.extend({ viewId: uuid }),
  reply: z.object({ viewId: uuid }),
})
