/** A house whose vault a test may open, seal and take away: over a database that stays when the house is closed. */

import { join } from "node:path"
import { createApp } from "../../src/app.ts"
import { readConfig } from "../../src/config.ts"
import { newSetupCode } from "../../src/duty/people/setup-code.ts"
import { openHouse } from "../../src/open-house.ts"
import { openLog } from "../../src/platform/log.ts"
import { random } from "../../src/platform/random.ts"
import { openTestServer, program, type TestDatabase } from "../database.ts"
import { anyClock, type TestHouse } from "../house.ts"

export interface VaultOptions {
  readonly env?: Record<string, string>
  /** Milliseconds unwrapped keys are kept. */
  readonly keptKeys?: number
}

export const openDatabase = openTestServer

/** Closing it leaves the database up. */
export async function startOver(database: TestDatabase, options: VaultOptions = {}): Promise<TestHouse> {
  const time = { ahead: 0 }
  const logFile = join(database.data, "server.log")
  const log = openLog(logFile)
  const config = readConfig({ HUDUN_DATA: database.data, ...options.env }, database.data)
  const server = { ...database, stop: () => Promise.resolve() }
  const clock = () => Date.now() + time.ahead
  const { keptKeys } = options
  const open = await openHouse({
    config,
    program,
    log,
    clock,
    server,
    ...anyClock,
    ...(keptKeys === undefined ? {} : { keptKeys }),
  })
  const app = await createApp(open, {
    log,
    web: undefined,
    setup: newSetupCode(Date.now(), random),
    origin: undefined,
    requestsPerMinute: 1_000_000,
  })
  return {
    house: open.house,
    open,
    app,
    database,
    time,
    log: logFile,
    async close() {
      await app.close()
      await open.close()
    },
  }
}

export async function until(isSo: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error("it did not come about in time")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
