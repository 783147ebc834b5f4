/** A second server process in the making: another house on the same database and root, that shares nothing in memory. */

import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createApp } from "../src/app.ts"
import { readConfig } from "../src/config.ts"
import { openHouse } from "../src/open-house.ts"
import { openLog } from "../src/platform/log.ts"
import { program } from "./database.ts"
import { anyClock, type TestHouse } from "./house.ts"

export async function openSecond(test: TestHouse): Promise<TestHouse> {
  const { database, time } = test
  const own = join(database.data, "second")
  await mkdir(own, { recursive: true })
  const root = `file:${join(database.data, "keys", "root.key")}`
  const config = readConfig({ HUDUN_DATA: own, HUDUN_ROOT: root }, own)
  const log = openLog(join(own, "server.log"))
  const server = { ...database, stop: () => Promise.resolve() }
  const clock = () => Date.now() + time.ahead
  const open = await openHouse({ config, program, log, clock, server, ...anyClock })
  const app = await createApp(open, {
    log,
    web: undefined,
    setup: undefined,
    origin: undefined,
    requestsPerMinute: 1_000_000,
  })
  const close = async () => {
    await app.close()
    await open.close()
  }
  return { ...test, house: open.house, open, app, log: join(own, "server.log"), close }
}
