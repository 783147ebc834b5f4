/** An endpoint is a contract as a value: one object drives the route, the client, the OpenAPI page and the evidence. */

import { z } from "zod"

/** The schema of a part that an endpoint does not have. */
export const nothing = z.object({})
export type Nothing = typeof nothing

export type Method = "GET" | "POST" | "PUT" | "DELETE"

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: Method
  /** Fastify's spelling, e.g. `/api/orders/:orderId`. */
  readonly path: string
  /** Clause of docs/regime.md that this endpoint serves, e.g. `4.3`. */
  readonly clause: string
  /** One English sentence for the OpenAPI page. */
  readonly summary: string
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** In bytes, where it is more than elsewhere: a scan in it. */
  readonly largestBody?: number
  /** An allow-list: what it does not name never leaves. */
  readonly reply: Reply
}

/** Keeps the literal types of a contract; does nothing at run time. */
export function endpoint<
  Reply extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(contract: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return contract
}
