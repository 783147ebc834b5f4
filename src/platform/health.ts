/** Health for whoever watches the process: alive, and ready to serve. */

import type { FastifyInstance } from "fastify"
import type { Database } from "./database.ts"

const nobody = { communities: "", buildings: "", classes: "", posts: "", actor: "" }

/** `sealedFor`: why nothing that needs a key is served; undefined while it is. `words`: the state of other parts. */
export function healthRoutes(
  app: FastifyInstance,
  database: Database,
  { sealedFor, words }: { sealedFor: () => string | undefined; words: () => Record<string, string> },
): void {
  app.get("/livez", { schema: { hide: true } }, (_request, reply) => reply.send({ status: "alive" }))
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    await database.read(nobody, "select 1 as one")
    const reason = sealedFor()
    if (reason !== undefined) return reply.status(503).send({ status: "sealed", reason, ...words() })
    return reply.send({ status: "ready", ...words() })
  })
}
