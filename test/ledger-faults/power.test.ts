/** Clause 3.12: the power fails, and of all files that follow the journal nothing has reached the disk: the next start has the same logs. */

import { cp, mkdir, readdir, readFile, rm, stat, truncate } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { folderOf, originOf } from "../../src/ledger/log-name.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { addTraces, oracle } from "../ledger.ts"
import { installation, publishing } from "./publishing.ts"

let database: TestDatabase
let client: pg.Client
let ledger = ""

beforeAll(async () => {
  database = await openTestDatabase()
  ledger = join(database.data, "ledger")
  client = await database.superuser()
  await mkdir(ledger)
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
  await client.query(
    "insert into app.community values (70, 7, '测试小区', false, now()), (71, 7, '邻居小区', false, now())",
  )
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

const grown = ["70", "71"].map((id) => folderOf(originOf(installation.name, id)))

/** Of both logs, as anybody reads them. */
function checkpoints(): Promise<string[]> {
  return Promise.all(grown.map((folder) => readFile(join(ledger, folder, "checkpoint"), "utf8")))
}

/** Whatever was committed is empty. Beside the logs lie the journal and the names of the keys. */
async function cutPower(place: string): Promise<void> {
  for (const name of await readdir(place, { recursive: true })) {
    const path = join(place, name)
    const isCommitted = name.includes("/tile/") || grown.some((folder) => name.startsWith(`${folder}/`))
    if (isCommitted && (await stat(path)).isFile()) await truncate(path)
  }
}

test("after a power failure the logs are what was signed before it", { timeout: 120_000 }, async () => {
  const place = { data: database.data, database: database.as("hudun_publish") }
  const first = publishing(place)
  await first.publisher.round()
  for (const amount of [100, 150, 50, 300, 1]) {
    await addTraces(client, "70", amount)
    await addTraces(client, "71", amount + 7)
    await first.publisher.round()
  }
  const signed = await checkpoints()
  const left = join(database.data, "left")
  await cp(ledger, left, { recursive: true })
  await cutPower(left)
  // Its process is gone with the power.
  await rm(join(left, "hudun.lock"))
  await first.publisher.stop()
  await first.follower.close()
  await rm(ledger, { recursive: true })
  await cp(left, ledger, { recursive: true })
  expect((await checkpoints()).join("")).toBe("")

  const second = publishing(place)
  await second.publisher.round()
  expect(second.publisher.state).toEqual({ kind: "running" })
  expect(await checkpoints()).toEqual(signed)
  await second.publisher.stop()
  await second.follower.close()
  for (const [communityId, size] of [
    ["70", 601],
    ["71", 636],
  ] as const) {
    const log = { installation: installation.name, communityId }
    expect((await oracle(ledger, log, place.database)).checkpoint.size).toBe(size)
  }
})

test("a log that is taken away after a kill is made again whole", { timeout: 120_000 }, async () => {
  const place = { data: database.data, database: database.as("hudun_publish") }
  const first = publishing(place)
  await first.publisher.round()
  await addTraces(client, "70", 300)
  await first.publisher.round()
  const signed = await checkpoints()
  const left = join(database.data, "killed")
  await cp(ledger, left, { recursive: true })
  await rm(join(left, "hudun.lock"))
  await first.publisher.stop()
  await first.follower.close()
  await rm(ledger, { recursive: true })
  await cp(left, ledger, { recursive: true })
  await rm(join(ledger, grown[0] ?? ""), { recursive: true })

  const second = publishing(place)
  await second.publisher.round()
  expect(second.publisher.state).toEqual({ kind: "running" })
  expect(await checkpoints()).toEqual(signed)
  await second.publisher.stop()
  await second.follower.close()
  const log = { installation: installation.name, communityId: "70" }
  expect((await oracle(ledger, log, place.database)).checkpoint.size).toBe(901)
})
