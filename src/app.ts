/** Mounts every slice. The only file that imports routes. */

import type { FastifyInstance } from "fastify"
import type { SetupCode } from "./duty/people/setup-code.ts"
import { traceRoutes } from "./ledger/routes.ts"
import { catalogueRoutes } from "./lifecycle/catalogue/routes.ts"
import { storeRoutes } from "./lifecycle/store/routes.ts"
import { useRoutes } from "./lifecycle/use/routes.ts"
import type { OpenHouse } from "./open-house.ts"
import { healthRoutes } from "./platform/health.ts"
import { httpOn } from "./platform/http.ts"
import { createServer, type ServeOptions } from "./platform/serve.ts"

export interface AppOptions extends ServeOptions {
  /** The one-time code while no company is set up. */
  readonly setup: SetupCode | undefined
  /** Public origin behind a TLS proxy. */
  readonly origin: string | undefined
}

export async function createApp({ house }: OpenHouse, options: AppOptions): Promise<FastifyInstance> {
  const app = await createServer(options)
  const http = httpOn(app)
  healthRoutes(app, house.spine.database)
  catalogueRoutes(http, house)
  storeRoutes(http, house)
  useRoutes(http, house)
  traceRoutes(http, house)
  await app.ready()
  return app
}
