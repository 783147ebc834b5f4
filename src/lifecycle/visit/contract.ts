/** What crosses the wire about a repairer's visit: the link, its page, photos, incidents. Clauses 4.6, 8.1. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { watchCodes } from "../catalogue/watch-shape.ts"
import { orderKind } from "../use/contract.ts"

const inCommunity = z.object({ communityId: numberId })
const oneOrder = z.object({ communityId: numberId, orderId: uuid })
const oneLink = z.object({ communityId: numberId, linkId: uuid })

const visitWindow = z.object({ from: instant, until: instant })

const photo = z.object({ photoId: uuid, at: instant, removed: z.number().int() })

/** How the desk sees the links of an order; the newest first. */
export const visitLink = z.object({
  linkId: uuid,
  repairer: z.string(),
  madeAt: instant,
  validUntil: instant,
  window: visitWindow.nullable(),
  openedAt: instant.nullable(),
  /** Other devices that tried it. */
  otherDevices: z.number().int(),
  isDead: z.boolean(),
})
export type VisitLink = z.infer<typeof visitLink>

export const readVisit = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/orders/:orderId/visit",
  clause: "4.6",
  summary: "The repairer's links of an order, and the photos of the work.",
  params: oneOrder,
  reply: z.object({ links: z.array(visitLink), photos: z.array(photo) }),
})

export const makeVisitLink = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/orders/:orderId/visit",
  clause: "4.6",
  summary:
    "Makes the link for the repairer the order was handed to; a link made before is dead. Shown this once.",
  params: oneOrder,
  body: z.object({ window: visitWindow.optional() }),
  reply: z.object({ link: z.string(), validUntil: instant }),
})

export const readPhoto = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/orders/:orderId/photos/:photoId",
  clause: "4.6",
  summary: "One photo of the work, for those who work on the order.",
  params: oneOrder.extend({ photoId: uuid }),
  reply: z.any(),
})

const visitPage = z.object({
  communityId: numberId,
  linkId: uuid,
  number: z.string(),
  kind: orderKind,
  place: z.string(),
  /** How to address whom one visits: masked. */
  name: z.string().nullable(),
  /** What is to be done; null while the second place of the traces is away. */
  text: z.string().nullable(),
  window: visitWindow.nullable(),
  validUntil: instant,
  repairer: z.string(),
  /** `bridge`: a call without either number; `look`: the number for some seconds; `none`: the order has none. */
  contact: z.enum(["bridge", "look", "none"]),
  photos: z.number().int(),
})
export type VisitPage = z.infer<typeof visitPage>

export const enterVisit = endpoint({
  method: "POST",
  path: "/api/visit",
  clause: "4.6",
  summary:
    "Opens a repairer's link. The device that opens it first keeps it; another is refused and raises an incident.",
  body: z.object({ link: z.string().max(120) }),
  reply: visitPage,
})

export const lookOnVisit = endpoint({
  method: "POST",
  path: "/api/visit/:communityId/:linkId/look",
  clause: "4.6",
  summary: "The phone to reach the caller by, for some seconds.",
  params: oneLink,
  body: z.object({}),
  reply: z.object({ values: z.array(z.string()), seconds: z.number().int() }),
})

export const callOnVisit = endpoint({
  method: "POST",
  path: "/api/visit/:communityId/:linkId/call",
  clause: "4.6",
  summary: "Arranges a call through the call bridge: neither side learns the other's number.",
  params: oneLink,
  /** The phone the repairer calls from: told to the bridge, kept nowhere. */
  body: z.object({ from: z.string().trim().max(30) }),
  reply: z.object({ number: z.string(), until: instant }),
})

export const addPhoto = endpoint({
  method: "POST",
  path: "/api/visit/:communityId/:linkId/photos",
  clause: "4.6",
  summary:
    "Adds a photo of the work (JPEG or PNG, 10 MB at most); place, time and device are taken out of it.",
  params: oneLink,
  reply: z.object({ photos: z.number().int(), removed: z.number().int() }),
})

export const finishVisit = endpoint({
  method: "POST",
  path: "/api/visit/:communityId/:linkId/finish",
  clause: "4.6",
  summary: "Closes the order; the link is dead from then on.",
  params: oneLink,
  body: z.object({}),
  reply: z.object({ done: z.literal(true) }),
})

export const listIncidents = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/incidents",
  clause: "8.1",
  summary: "What should not have happened, newest first.",
  params: inCommunity,
  query: z.object({ after: cursor.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
  reply: z.object({
    incidents: z.array(
      z.object({
        incidentId: uuid,
        kind: z.enum(["other_device", "emergency_not_justified", "watch_finding"]),
        orderId: uuid.nullable(),
        emergencyId: uuid.nullable(),
        /** The looks that somebody decided were an incident, and which rule found them. */
        findingId: uuid.nullable(),
        findingCode: z.enum(watchCodes).nullable(),
        number: z.string().nullable(),
        place: z.string().nullable(),
        about: z.string().nullable(),
        at: instant,
      }),
    ),
    next: cursor.nullable(),
  }),
})
