/** Health for whoever watches the process: alive, and ready to serve. */

import type { FastifyInstance } from "fastify"
import type { Database } from "./database.ts"

const nobody = { communities: "", buildings: "", classes: "", posts: "", actor: "" }

export function healthRoutes(app: FastifyInstance, database: Database): void {
  app.get("/livez", { schema: { hide: true } }, (_request, reply) => reply.send({ status: "alive" }))
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    await database.read(nobody, "select 1 as one")
    return reply.send({ status: "ready" })
  })
}
