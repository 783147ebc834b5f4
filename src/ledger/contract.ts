/** What crosses the wire about traces. Clauses 3.12, 4.1. */

import { z } from "zod"
import { endpoint } from "../base/endpoint.ts"
import { cursor, numberId, uuid } from "../base/id.ts"
import { instant } from "../base/instant.ts"

export const trace = z.object({
  traceId: uuid,
  at: instant,
  actor: uuid.nullable(),
  actorName: z.string().nullable(),
  post: z.string(),
  act: z.string(),
  clause: z.string(),
  purpose: z.string().nullable(),
  useId: uuid.nullable(),
  subjects: z.number().int(),
  fields: z.array(z.string()),
  outcome: z.enum(["done", "refused"]),
  regimeVersion: z.number().int(),
})
export type TraceRow = z.infer<typeof trace>

export const listTraces = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/traces",
  clause: "3.12",
  summary: "Traces, newest first, with filters. Reading them is itself traced.",
  params: z.object({ communityId: numberId }),
  query: z.object({
    actor: uuid.optional(),
    act: z.string().max(60).optional(),
    post: z.string().max(30).optional(),
    purpose: z.string().max(40).optional(),
    outcome: z.enum(["done", "refused"]).optional(),
    use: uuid.optional(),
    person: uuid.optional(),
    from: instant.optional(),
    until: instant.optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ traces: z.array(trace), next: cursor.nullable() }),
})
