/** Clause 7.2: a receipt shows what was done and that the log holds it, checked offline by a command that knows only the key. */

import { spawn, spawnSync } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { folderOf } from "../../src/ledger/log-name.ts"
import { program } from "../database.ts"
import {
  appoint,
  makeCommunity,
  send,
  startHouse,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { addTraces } from "../ledger.ts"

let house: TestHouse
let community: TestCommunity
let auditor: TestStaff
let traceIds: string[]
let ledger = ""
let receipt = ""

const path = (rest: string) => `/api/communities/${community.communityId}${rest}`

beforeAll(async () => {
  house = await startHouse()
  community = await makeCommunity(house, 4)
  auditor = await appoint(house, { community, post: "auditor" })
  ledger = join(house.database.data, "ledger")
  const admin = await house.database.superuser()
  traceIds = await addTraces(admin, community.communityId, 300)
  await admin.end()
  while ((await ask(traceIds[299] ?? "")).status !== 200) await sleep(100)
})
afterAll(() => house.close())

const ask = (traceId: string) => send(house, `GET ${path(`/traces/${traceId}/receipt`)}`, { as: auditor })

function hudun(...args: string[]): { code: number | null; out: string } {
  const run = spawnSync(process.execPath, [join(program, "src/cli/hudun.ts"), ...args], { encoding: "utf8" })
  return { code: run.status, out: run.stdout }
}

describe("a receipt", () => {
  test("is given for a trace in the log, and holds under the installation's key", async () => {
    const { body } = await ask(traceIds[257] ?? "")
    receipt = z.string().parse(body["receipt"])
    expect(body["index"]).toBeGreaterThanOrEqual(257)
    await writeFile(join(house.database.data, "receipt"), receipt)
    const { code, out } = hudun(
      "ledger",
      "check-proof",
      join(house.database.data, "receipt"),
      "--key",
      join(ledger, "verifier-keys"),
    )
    expect([code, out]).toEqual([0, expect.stringMatching(/^good {2}leaf \d+ of \d+ in hudun\//)])
    expect(out).toContain(`"traceId":"${traceIds[257] ?? ""}"`)
  })

  test("changed in one place holds no more", async () => {
    const [, extra = ""] = /^extra (.+)$/m.exec(receipt) ?? []
    const shown = Buffer.from(extra, "base64").toString("utf8")
    const other = Buffer.from(shown.replace("clerk", "owner")).toString("base64")
    for (const changed of [receipt.replace(extra, other), receipt.replace(/^index \d+$/m, "index 3")]) {
      await writeFile(join(house.database.data, "changed"), changed)
      const run = hudun(
        "ledger",
        "check-proof",
        join(house.database.data, "changed"),
        "--key",
        join(ledger, "verifier-keys"),
      )
      expect([run.code, run.out]).toEqual([1, expect.stringMatching(/^BAD/)])
    }
  })

  test("is not given to a clerk, nor for a trace of another community, and giving one is traced", async () => {
    const clerk = await appoint(house, { community, post: "clerk" })
    const refused = await send(house, `GET ${path(`/traces/${traceIds[0] ?? ""}/receipt`)}`, { as: clerk })
    expect(refused.status).toBe(403)
    expect((await ask("01930000-0000-7000-8000-000000000000")).status).toBe(404)
    const { text } = await send(house, `GET ${path("/traces?act=trace.receipt")}`, { as: auditor })
    expect(text).toContain("trace.receipt")
  })
})

describe("the whole ledger", () => {
  test("is verified offline from a folder and over HTTP, without a session", async () => {
    await house.house.ledger.publisher.stop()
    const folder = hudun("ledger", "verify", "--tiles", ledger)
    expect([folder.code, folder.out]).toEqual([
      0,
      expect.stringMatching(/^good {2}hudun\/[0-9a-f]{16}\/top {2}\d+ leaves/),
    ])
    const address = await house.app.listen({ port: 0, host: "127.0.0.1" })
    const { stdout, status } = await run("ledger", "verify", "--tiles", `${address}/ledger`, "--json")
    expect([status, stdout.split("\n").filter((line) => line.includes('"good":true')).length]).toEqual([0, 3])
  })

  test("names the first bad leaf", async () => {
    const origin = receipt.split("\n\n")[1]?.split("\n")[0] ?? ""

    const file = join(ledger, folderOf(origin), "tile/entries/000")
    const bytes = await readFile(file)
    bytes[2 + 34 * 77] = (bytes[2 + 34 * 77] ?? 0) ^ 1
    await writeFile(file, bytes)
    const { code, out } = hudun(
      "ledger",
      "verify",
      "--tiles",
      ledger,
      "--json",
      "--log",
      community.communityId,
    )
    expect([code, JSON.parse(out)]).toEqual([
      1,
      { log: origin, good: false, fault: "leaf_differs", leaf: 77 },
    ])
  })
})

/** Beside the server, which runs in this process. */
async function run(...args: string[]): Promise<{ status: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(program, "src/cli/hudun.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  let stdout = ""
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")))
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve))
  return { status, stdout }
}
