/** What crosses the wire about caps, and about what is put together of one household. Clauses 1.5, 4.8. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { fieldClasses } from "../catalogue/field.ts"
import { capStates } from "./cap-line.ts"
import { exposureStates } from "./mosaic.ts"

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
  reply: z.object({
    days: z.number().int(),
    gauges: z.array(gauge),
    /** Of the household of which one has seen most; `beyond`: of how many an order alone opens nothing new. */
    mosaic: z.object({
      days: z.number().int(),
      applyAt: z.number().int(),
      refuseAt: z.number().int(),
      most: z.number().int(),
      beyond: z.number().int(),
    }),
  }),
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

export const exposure = z.object({
  staffId: uuid,
  name: z.string(),
  homeId: uuid,
  /** The home; null when it is no longer there. */
  place: z.string().nullable(),
  exposure: z.number().int(),
  state: z.enum(exposureStates),
  lastAt: instant,
  classes: z.array(
    z.object({
      class: z.enum(fieldClasses),
      exposure: z.number().int(),
      fields: z.array(z.object({ field: z.string(), subjects: z.number().int() })),
    }),
  ),
})

export const listExposure = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/exposure",
  clause: "1.5",
  summary:
    "Who has put together how much of which household over the window, most first; of one home: everybody who saw something of it.",
  params: z.object({ communityId: numberId }),
  query: z.object({ home: uuid.optional() }),
  reply: z.object({
    days: z.number().int(),
    applyAt: z.number().int(),
    refuseAt: z.number().int(),
    rows: z.array(exposure),
  }),
})
