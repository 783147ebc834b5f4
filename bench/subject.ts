/** The product under load: the whole app as `npm start` runs it, on the bench's PostgreSQL. */

import "../src/platform/thread-pool.ts"
import { resolve } from "node:path"
import { z } from "zod"
import { createApp } from "../src/app.ts"
import { readConfig } from "../src/config.ts"
import { openHouse } from "../src/open-house.ts"
import { openLog } from "../src/platform/log.ts"
import { portOf, ready, settingsOf } from "./child.ts"
import { socketShape, storeAt } from "./postgres.ts"

const { data, socket } = settingsOf(z.object({ data: z.string(), socket: socketShape }))
const program = resolve(import.meta.dirname, "..")
const log = openLog()
const open = await openHouse({
  config: readConfig({ HUDUN_DATA: data }, data),
  program,
  log,
  server: storeAt(socket),
})
const app = await createApp(open, {
  log,
  web: undefined,
  setup: undefined,
  origin: undefined,
  // The limit protects against scripts, which is what a load generator is.
  requestsPerMinute: 1_000_000_000,
})
await app.listen({ port: 0, host: "127.0.0.1" })
ready(portOf(app.server.address()), async () => {
  await app.close()
  await open.close()
})
