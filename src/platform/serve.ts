/** The Fastify server before any slice: headers, limits, cookies, API page, the built web. */

import { randomBytes } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import cookie from "@fastify/cookie"
import multipart from "@fastify/multipart"
import rateLimit from "@fastify/rate-limit"
import fastifyStatic from "@fastify/static"
import swagger from "@fastify/swagger"
import reference from "@scalar/fastify-api-reference"
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify"
import { jsonSchemaTransform } from "fastify-type-provider-zod"
import helmet from "helmet"
import { Refusal } from "../base/refusal.ts"
import { refuse } from "./http.ts"
import type { Log } from "./log.ts"

/** In bytes, where a route says nothing of it. */
export const largestBody = 1_000_000
const largestUpload = 50_000_000
/** A desk that works fast sends a few requests a second; this stops scripts, not people. */
const requestsPerMinute = 3_000

export interface ServeOptions {
  readonly log: Log
  /** Folder of the built web; without it only the API is served. */
  readonly web: string | undefined
  /** Requests a minute and address; a benchmark raises it. */
  readonly requestsPerMinute?: number
}

export async function createServer(options: ServeOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: largestBody,
    logger: false,
    trustProxy: "loopback",
    routerOptions: { maxParamLength: 200 },
  })
  // Requests are parsed by the contract itself (http.ts); the schemas on the routes serve the API page.
  app.setValidatorCompiler(() => (value: unknown) => ({ value }))
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  app.setErrorHandler(refuse(options.log))
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: largestUpload, files: 1, fields: 4 } })
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? requestsPerMinute,
    timeWindow: 60_000,
    addHeadersOnExceeding: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
  })
  app.addHook("onRequest", guardBorder)
  await documentApi(app)
  if (options.web !== undefined) await serveWeb(app, options.web)
  return app
}

const pageHeaders = helmet({ contentSecurityPolicy: false, hsts: false })
/** Of helmet's dozen most speak of pages; a quarter of the time of a short answer went into them. */
const apiHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
}

/** A browser names the page that sends a command; another site's page may not command with our cookie. */
function guardBorder(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
  const isApi = request.url.startsWith("/api/")
  if (isApi) void reply.headers(apiHeaders)
  if (isForeign(request)) return done(new Refusal("request.foreign_origin"))
  if (isApi) return done()
  pageHeaders(request.raw, reply.raw, () => done())
}

function isForeign({ headers: { origin }, method, host }: FastifyRequest): boolean {
  if (origin === undefined || method === "GET" || method === "HEAD") return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}

async function documentApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      info: {
        title: "户盾 Hudun",
        version: "0.1.0",
        description: "The console is only a client of this API.",
      },
      components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: "hudun_session" } } },
    },
    transform: jsonSchemaTransform,
  })
  await app.register(reference, {
    routePrefix: "/docs",
    // The page stays in the house: no fonts, assistants, sharing or telemetry of its maker.
    configuration: {
      title: "户盾 Hudun API",
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: "never",
      hideClientButton: true,
      agent: { disabled: true },
    },
    hooks: { onRequest: keepInHouse },
  })
}

function keepInHouse(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const own = "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self'; frame-ancestors 'none'"
  void reply.header("content-security-policy", own)
  done()
}

async function serveWeb(app: FastifyInstance, web: string): Promise<void> {
  const page = join(web, "index.html")
  if (!existsSync(page)) return
  const html = readFileSync(page, "utf8")
  await app.register(fastifyStatic, {
    root: web,
    index: false,
    wildcard: false,
    maxAge: "1d",
    immutable: true,
  })
  app.get("/", { schema: { hide: true } }, (_request, reply) => sendPage(html, reply))
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html")
    if (!isPage || request.url.startsWith("/api/")) throw new Refusal("thing.absent")
    return sendPage(html, reply)
  })
}

/** The page gets a fresh nonce: only styles that carry it apply, only scripts of our own run. */
function sendPage(html: string, reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(16).toString("base64")
  return reply
    .header("content-type", "text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-security-policy", policy(nonce))
    .send(html.replaceAll("__CSP_NONCE__", nonce))
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}
