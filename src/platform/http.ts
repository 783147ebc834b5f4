/** HTTP once for all slices: parsing at the border, refusals as RFC 9457, replies cut to their allow-list. */

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { z } from "zod"
import type { Endpoint } from "../base/endpoint.ts"
import { Refusal } from "../base/refusal.ts"
import { type RefusalCode, refusalStatus } from "../base/refusal-codes.ts"
import { type SentenceLanguage, say } from "../base/sentences/say.ts"
import { sqlState } from "./database.ts"
import { type Log, whereOf } from "./log.ts"

/** A parsed request. */
export interface Call<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** JSON that was rendered from masks when facts were sealed: sent as it is. Only the roster makes it. */
export class Rendered {
  /** A text, or its bytes in UTF-8. */
  readonly json: string | Buffer

  constructor(json: string | Buffer) {
    this.json = json
  }
}

/** What one slice offers: it mounts its routes on this. */
export interface Http {
  on<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Reply extends z.ZodType>(
    contract: Endpoint<Params, Query, Body, Reply>,
    handle: (
      call: Call<z.output<Params>, z.output<Query>, z.output<Body>>,
    ) => Promise<z.input<Reply> | Rendered | FastifyReply>,
  ): void
}

/** A refusal on its way out, with the request that met it. */
export interface Refused {
  readonly refusal: Refusal
  readonly request: FastifyRequest
}

/** `watch` is told of every refusal before it is answered; what it throws is answered instead. */
export function httpOn(app: FastifyInstance, watch?: (refused: Refused) => Promise<void>): Http {
  return {
    on(contract, handle) {
      app.route({
        method: contract.method,
        url: contract.path,
        schema: documentOf(contract),
        ...(contract.largestBody === undefined ? {} : { bodyLimit: contract.largestBody }),
        handler: (request, reply) => {
          const answered = async () => {
            const result = await handle({
              params: parsed(contract.params, request.params),
              query: parsed(contract.query, request.query),
              body: parsed(contract.body, request.body ?? {}),
              request,
              reply,
            })
            return answer(contract.reply, result, reply)
          }
          return answered().catch(async (error: unknown) => {
            const refusal = refusalOf(error)
            if (refusal !== undefined) await watch?.({ refusal, request })
            throw error
          })
        },
      })
    },
  }
}

function answer(schema: z.ZodType, result: unknown, reply: FastifyReply): FastifyReply {
  if (result === reply) return reply
  void reply.header("content-type", "application/json; charset=utf-8")
  return reply.send(result instanceof Rendered ? result.json : JSON.stringify(schema.parse(result)))
}

function documentOf(contract: Endpoint): object {
  const { params, query, body, reply, summary, clause } = contract
  return {
    summary,
    tags: [`clause ${clause}`],
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    response: { 200: reply },
  }
}

/** Throws `request.malformed`, naming the parts that are wrong and never their values. */
function parsed<Schema extends z.ZodType>(schema: Schema | undefined, value: unknown): z.output<Schema>
function parsed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return {}
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const foreign = result.error.issues.find((issue) => issue.code === "unrecognized_keys")
  if (foreign) throw new Refusal("order.field_forbidden", { field: nameOf(foreign.keys[0] ?? "") })
  const where = result.error.issues.map((issue) => nameOf(issue.path.join("."))).join(", ")
  throw new Refusal("request.malformed", { field: where.slice(0, 200) })
}

/** A key that the client sent is repeated only as far as it looks like a key. */
function nameOf(key: string): string {
  return /^[a-zA-Z0-9_.]{0,60}$/.test(key) ? key : "?"
}

export function languageOf(request: FastifyRequest): SentenceLanguage {
  return /^\s*en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "zh-CN"
}

/** Turns every error into RFC 9457 once. Bugs tell nothing outside and only their place inside. */
export function refuse(
  log: Log,
): (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  return (error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal === undefined) {
      const route = request.routeOptions.url ?? "none"
      log.event("request.failed", { method: request.method, route, status: 500, where: whereOf(error) })
      return problem(reply, 500, {
        title:
          languageOf(request) === "en"
            ? "Something broke. Nothing was changed."
            : "出了故障，没有改动任何内容，请稍后重试。",
      })
    }
    const status = refusalStatus[refusal.code]
    if (status === 503) void reply.header("retry-after", "2")
    return problem(reply, status, {
      title: say(languageOf(request), refusal.code, refusal.facts),
      code: refusal.code,
      facts: refusal.facts,
    })
  }
}

function problem(reply: FastifyReply, status: number, body: Record<string, unknown>): FastifyReply {
  const type = typeof body["code"] === "string" ? `/problems/${body["code"]}` : "about:blank"
  return reply
    .status(status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(JSON.stringify({ type, status, ...body }))
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const state = sqlState(error)
  if (state !== undefined) return databaseRefusal(state)
  if (isConnectionLoss(error)) return new Refusal("server.busy")
  if (isFastifyError(error)) return borderRefusal(error)
  return undefined
}

/** Raised by app.record_agrees (migration 0020): a record holds what the matrix does not allow. Clause 2.3. */
const outsideMatrix = "HU203"

/** Raised by the rules of migrations 0036 and 0037, where two commands met. Clauses 4.10, 4.11. */
const partyRules: Readonly<Record<string, RefusalCode>> = {
  HU361: "party.over",
  HU362: "party.field_not_listed",
  HU363: "party.kept_too_long",
  HU364: "party.not_assessed",
  HU365: "party.same_person",
  HU366: "party.decided",
  HU371: "authority.no_manager",
}

/** SQLSTATE classes 53 (resources), 57 (operator), 08 (connection), 40 (rolled back). */
function databaseRefusal(state: string): Refusal | undefined {
  if (state === "53100") return new Refusal("server.disk_full")
  if (state === outsideMatrix) return new Refusal("record.field_forbidden")
  const ofParty = partyRules[state]
  if (ofParty !== undefined) return new Refusal(ofParty)
  if (/^(53|57|08|40)/.test(state)) return new Refusal("server.busy")
  return undefined
}

const lostCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"])

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ("code" in error && typeof error.code === "string" && lostCodes.has(error.code)) return true
  return /^Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/.test(
    error.message,
  )
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
}

const borderCodes: Readonly<Record<number, RefusalCode>> = {
  404: "thing.absent",
  413: "request.too_large",
  429: "request.too_many",
}

function borderRefusal(error: FastifyError): Refusal | undefined {
  const status = error.statusCode ?? 500
  if (status >= 500) return undefined
  return new Refusal(borderCodes[status] ?? "request.malformed", { field: "" })
}
