/** `hudun ledger accept-clock`: from its trace on the server's clock is compared anew. Nothing that was written is touched. Clause 3.12. */

import { parseArgs } from "node:util"
import { instant } from "../base/instant.ts"
import { acceptTheClock } from "../ledger/ledger-contract.ts"
import { askServer } from "./local-server.ts"
import { Misuse } from "./options.ts"

export async function acceptClockCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { now: { type: "string" } } })
  const now = instant.safeParse(values.now)
  if (!now.success)
    throw new Misuse("--now is the time by another clock, with its zone: 2026-01-31T14:05:00+08:00")
  const { at, behindSeconds } = await askServer(acceptTheClock, { body: { now: now.data } })
  process.stdout.write(`accepted ${at}; it was ${behindSeconds} s behind the newest trace\n`)
  return 0
}
