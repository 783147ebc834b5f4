/** What crosses the wire about orders, looks and the four steps. Clauses 4.1–4.3, 4.5. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { post } from "../../duty/people/contract.ts"
import { kept } from "../text/kept.ts"
import { gauge } from "./cap-contract.ts"

const inCommunity = z.object({ communityId: numberId })
const oneOrder = z.object({ communityId: numberId, orderId: uuid })

export const orderKinds = ["repair", "complaint", "parking"] as const
export const orderKind = z.enum(orderKinds)
export type OrderKind = z.infer<typeof orderKind>

export const orderStates = ["open", "dispatched", "closed"] as const
export const orderState = z.enum(orderStates)
export type OrderState = z.infer<typeof orderState>

const who = z.object({ staffId: uuid, name: z.string(), post })

export const orderSummary = z.object({
  orderId: uuid,
  number: z.string(),
  kind: orderKind,
  state: orderState,
  place: z.string(),
  buildingId: numberId,
  /** Masks of what the order itself holds. */
  phone: z.string().nullable(),
  openedAt: instant,
  openedBy: who,
  assignee: who.nullable(),
  closedAt: instant.nullable(),
})
export type OrderSummary = z.infer<typeof orderSummary>

export const orderDetail = orderSummary.extend({
  useId: uuid,
  personId: uuid.nullable(),
  name: z.string().nullable(),
  /** The text of the intake, for those who work on the order. `null`: not for this viewer. */
  text: z.string().nullable(),
  history: z.array(
    z.object({
      kind: z.enum(["opened", "taken", "dispatched", "closed"]),
      by: who,
      to: who.nullable(),
      at: instant,
    }),
  ),
  /** Fields this viewer may look at now, and for how long a look shows. Empty: and `lookRefusal` says why. */
  lookable: z.array(z.string()),
  lookRefusal: z.string().nullable(),
  lookSeconds: z.number().int(),
})
export type OrderDetail = z.infer<typeof orderDetail>

export const listOrders = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/orders",
  clause: "4.3",
  summary: "Orders within one's reach, newest first; a repairer sees his own.",
  params: inCommunity,
  query: z.object({
    state: orderState.optional(),
    kind: orderKind.optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ orders: z.array(orderSummary), next: cursor.nullable() }),
})

export const openOrder = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/orders",
  clause: "2.3",
  summary:
    "Takes in a repair, complaint or parking matter: phone, place and text (parking: plate), nothing else. Opens the use by standing rule.",
  params: inCommunity,
  /** strictObject: a field outside the matrix is refused, not ignored. */
  body: z.strictObject({
    orderId: uuid,
    kind: orderKind,
    homeId: uuid,
    /** The registered person the caller turned out to be; the phone on file is used when none is typed. */
    personId: uuid.optional(),
    phone: z.string().trim().max(30).optional(),
    plate: z.string().trim().max(20).optional(),
    text: z.string().trim().min(1).max(2000),
    /** What was found in the text and stays there, each for a reason. Clause 2.9. */
    kept: z.array(kept).max(100).optional(),
  }),
  reply: orderDetail,
})

export const readOrder = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/orders/:orderId",
  clause: "4.3",
  summary: "One order with its history and what this viewer may look at.",
  params: oneOrder,
  reply: orderDetail,
})

export const takeOrder = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/orders/:orderId/take",
  clause: "4.3",
  summary: "Makes the viewer the order's handler at the desk.",
  params: oneOrder,
  body: z.object({}),
  reply: orderDetail,
})

export const dispatchOrder = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/orders/:orderId/dispatch",
  clause: "4.3",
  summary: "Hands the order to a repairer (or a colleague); the former assignee's grant ends.",
  params: oneOrder,
  body: z.object({ staffId: uuid }),
  reply: orderDetail,
})

export const closeOrder = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/orders/:orderId/close",
  clause: "4.3",
  summary: "Closes the order: grants end and the use is archived.",
  params: oneOrder,
  body: z.object({}),
  reply: orderDetail,
})

export const lookAtContact = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/uses/:useId/look",
  clause: "4.2",
  summary: "One field of one household, released after its trace is durable.",
  params: z.object({ communityId: numberId, useId: uuid }),
  body: z.object({ field: z.string().max(40) }),
  reply: z.object({ values: z.array(z.string()), seconds: z.number().int(), cap: gauge.nullable() }),
})

export const listHandlers = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/handlers",
  clause: "4.3",
  summary: "Colleagues an order can be handed to.",
  params: inCommunity,
  reply: z.object({ handlers: z.array(who) }),
})

const sign = z.object({ by: who.nullable(), at: instant })

/** The four records of a use. A step that has not happened is null (or an empty list); none is ever changed. */
export const use = z.object({
  useId: uuid,
  orderId: uuid,
  orderNumber: z.string(),
  orderKind,
  place: z.string(),
  purpose: z.string(),
  fields: z.array(z.string()),
  regimeVersion: z.number().int(),
  applied: sign,
  decided: sign.extend({ verdict: z.enum(["granted", "refused"]), rule: z.string().nullable() }).nullable(),
  registered: z.array(z.object({ traceId: uuid, by: who, at: instant, fields: z.array(z.string()) })),
  archived: sign.extend({ looks: z.number().int() }).nullable(),
})
export type Use = z.infer<typeof use>

export const listUses = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/uses",
  clause: "4.2",
  summary: "Uses within one's reach, newest first.",
  params: inCommunity,
  query: z.object({
    state: z.enum(["running", "archived"]).optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ uses: z.array(use), next: cursor.nullable() }),
})

export const readUse = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/uses/:useId",
  clause: "4.2",
  summary: "The four records of one use.",
  params: z.object({ communityId: numberId, useId: uuid }),
  reply: use,
})
