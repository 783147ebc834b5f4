/** Clause 3.12: kill -9 while publishing, again and again: the oracle verifies the whole tree after each, no fork, nothing missing. */

import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import type pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { folderOf, originOf } from "../../src/ledger/log-name.ts"
import { verifyLog } from "../../src/ledger/verify.ts"
import { openTestServer, type TestDatabase } from "../database.ts"
import { filesIn, oracle, policyOf } from "../ledger.ts"
import { installation, publishing } from "./publishing.ts"
import { seeded } from "./seeded.ts"

/** The whole figure with KILLS=100. */
const kills = Number(process.env["KILLS"] ?? 6)
const communityId = "70"
const told = z.object({ ids: z.array(z.string()).optional(), note: z.string().optional() })

let database: TestDatabase
let client: pg.Client
let ledger = ""
const acknowledged = new Set<string>()
let kept = ""

beforeAll(async () => {
  database = await openTestServer()
  ledger = join(database.data, "ledger")
  client = await database.superuser()
  await mkdir(ledger)
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
  await client.query("insert into app.community values (70, 7, '测试小区', false, now())")
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

/** Runs until it has published something, and some random time more. */
async function runAndKill(seed: number): Promise<void> {
  const { host = "", port = 0 } = database.as("hudun_app")
  const settings = { data: database.data, host, port, communityId, seed }
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "killed-child.ts"), JSON.stringify(settings)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  const lines = listen(child)
  while (lines.notes === 0 && child.exitCode === null) await sleep(5)
  await sleep(seeded(seed).int(150))
  child.kill("SIGKILL")
  await once(child, "close")
  expect(child.signalCode).toBe("SIGKILL")
}

function listen(child: ChildProcess): { notes: number } {
  const heard = { notes: 0 }
  if (child.stdout === null) throw new Error("nothing to hear")
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.endsWith("}")) return
    const { ids = [], note } = told.parse(JSON.parse(line))
    for (const id of ids) acknowledged.add(id)
    if (note !== undefined) {
      kept = note
      heard.notes += 1
    }
  })
  return heard
}

/** What is signed now is whole, and goes on from what was told before the kill. */
async function examine(): Promise<void> {
  const origin = originOf(installation.name, communityId)
  const policy = await policyOf(ledger, origin)
  const files = filesIn(join(ledger, folderOf(origin)))
  await verifyLog({ files, policy, kept: [kept] })
}

test(`${kills} times kill -9`, { timeout: 900_000 }, async () => {
  for (let seed = 0; seed < kills; seed++) {
    await runAndKill(seed)
    await examine()
  }
  const { publisher, follower } = publishing({ data: database.data, database: database.as("hudun_publish") })
  while ((await publisher.round()) > 0);
  await publisher.stop()
  await follower.close()
  const { checkpoint } = await oracle(
    ledger,
    { installation: installation.name, communityId },
    database.as("hudun_publish"),
  )
  const { rows } = await client.query<{ id: string }>(
    "select unnest(trace_ids)::text as id from app.ledger_batch where community_id = 70",
  )
  const inLog = new Set(rows.map(({ id }) => id))
  expect([...acknowledged].filter((id) => !inLog.has(id))).toEqual([])
  expect(checkpoint.size).toBe(inLog.size)
})
