/** What crosses the wire about caps. Clause 4.8. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { capStates } from "./cap-line.ts"

export const gauge = z.object({
  line: z.string(),
  count: z.number().int(),
  limit: z.number().int(),
  state: z.enum(capStates),
})

export const readMeter = endpoint({
  method: "GET",
  path: "/api/meter",
  clause: "4.8",
  summary:
    "How much one has seen in the clear in the last thirty days, over all communities, against the lines.",
  reply: z.object({ days: z.number().int(), gauges: z.array(gauge) }),
})

export const listCaps = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/caps",
  clause: "4.8",
  summary: "Where everybody who works here stands against the lines, closest first.",
  params: z.object({ communityId: numberId }),
  reply: z.object({
    days: z.number().int(),
    people: z.array(z.object({ staffId: uuid, name: z.string(), gauges: z.array(gauge) })),
  }),
})
