/** An endpoint is a contract as a value: one object drives the route, the client, the OpenAPI page and the evidence. */

import type { z } from "zod"

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
  /** An allow-list: what it does not name never leaves. */
  readonly reply: Reply
}

/** Keeps the literal types of a contract; does nothing at run time. */
export function endpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
>(contract: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return contract
}
