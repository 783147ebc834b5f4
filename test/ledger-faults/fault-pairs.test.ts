/** Clause 3.12: whatever storage call fails, lost or done, once or twice in a row, nothing forks and nothing is missing. */

import { mkdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderOf, originOf } from "../../src/ledger/log-name.ts"
import { verifyLog } from "../../src/ledger/verify.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { addTraces, filesIn, oracle, policyOf } from "../ledger.ts"
import { Faults, type Hit } from "./faults.ts"
import { installation, type Place, publishing } from "./publishing.ts"

let database: TestDatabase
let client: pg.Client
const faults = new Faults()
/** Each round fills a tile, and leaves another in parts. */
const amount = 259
/**
 * The whole figure with FAULTS=all: each call, and twice in a row as well. Otherwise the first call of a name in each of the
 * four ways (lost or done, after a death or not), and each of the others in one of them.
 */
const isWhole = process.env["FAULTS"] === "all"
const inARow = isWhole ? [1, 2] : [1]
let total = 0

beforeAll(async () => {
  database = await openTestDatabase()
  client = await database.superuser()
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

/** Nothing is left of what was before: the number of calls is that of one log. */
async function newCommunity(): Promise<string> {
  total = 0
  for (const folder of ["ledger", "mirror"])
    await rm(join(database.data, folder), { recursive: true, force: true })
  await mkdir(join(database.data, "ledger"))
  // A history is emptied by nobody whose triggers run.
  await client.query("set session_replication_role = replica")
  await client.query("truncate app.ledger_batch, app.ledger_log, app.ledger_head, app.trace")
  await client.query("reset session_replication_role")
  await client.query(
    "insert into app.community values (70, 7, '测试小区', false, now()) on conflict do nothing",
  )
  return "70"
}

interface Round extends Hit {
  readonly communityId: string
  /** A publisher before gave places, and died before it wrote a tile. */
  readonly hasDied: boolean
}

/** Traces come, a call fails, the publisher goes on until it has recovered; then the oracle looks at everything. Tells whether there was such a call. */
async function survive({ communityId, hasDied, ...hit }: Round): Promise<boolean> {
  const place = { data: database.data, database: database.as("hudun_publish") }
  total += amount
  await addTraces(client, communityId, amount)
  const kept = await keptCheckpoint(communityId)
  if (hasDied) await die(place)
  faults.arm(hit)
  const { publisher, follower } = publishing(place, faults)
  for (let tries = 0; tries < 8; tries++) {
    await publisher.round().catch(() => undefined)
    expect(publisher.state.kind).not.toBe("stopped")
    if (publisher.state.kind === "running") break
  }
  expect(publisher.state.kind).toBe("running")
  const wasHit = faults.isHit
  if (hit.name !== whenItStops) faults.arm(undefined)
  await publisher.stop()
  const isHit = wasHit || faults.isHit
  faults.arm(undefined)
  await follower.close()
  const log = { installation: installation.name, communityId }
  const { checkpoint } = await oracle(join(database.data, "ledger"), log, place.database)
  expect(checkpoint.size).toBe(total)
  await requireGrowth(communityId, kept)
  return isHit
}

async function die(place: Place): Promise<void> {
  faults.arm({ name: "disk.commit", nth: 0, kind: "lost", times: Number.POSITIVE_INFINITY })
  const { publisher, follower } = publishing(place, faults)
  await publisher.round().catch(() => undefined)
  await publisher.stop()
  await follower.close()
}

const folderIn = (communityId: string) =>
  join(database.data, "ledger", folderOf(originOf(installation.name, communityId)))

async function keptCheckpoint(communityId: string): Promise<string | undefined> {
  return readFile(join(folderIn(communityId), "checkpoint"), "utf8").catch(() => undefined)
}

async function requireGrowth(communityId: string, kept: string | undefined): Promise<void> {
  const origin = originOf(installation.name, communityId)
  const policy = await policyOf(join(database.data, "ledger"), origin)
  await verifyLog({ files: filesIn(folderIn(communityId)), policy, kept: kept === undefined ? [] : [kept] })
}

/** Calls of that name in turn, on a fresh log, so that making its row, its folders and its keys are among them. */
async function surviveEach(how: Omit<Round, "nth" | "communityId">): Promise<number> {
  const communityId = await newCommunity()
  const way = (how.kind === "done" ? 2 : 0) + (how.hasDied ? 1 : 0)
  let count = 0
  for (let nth = 0; ; nth += 1) {
    if (!isWhole && nth > 0 && nth % 4 !== way) continue
    if (!(await survive({ ...how, communityId, nth }))) return count
    count += 1
  }
}

describe("a publisher whose storage fails", () => {
  test.each(["lost", "done"] as const)(
    "survives every call that is %s",
    { timeout: 900_000 },
    async (kind) => {
      const hits = new Map<string, number>()
      for (const name of everyCall)
        for (const times of inARow)
          for (const hasDied of [false, true])
            hits.set(name, (hits.get(name) ?? 0) + (await surviveEach({ name, kind, times, hasDied })))
      expect([...hits].filter(([, count]) => count === 0)).toEqual([])
    },
  )
})

/** Called at the end of a publisher that went well, and by nothing else. */
const whenItStops = "disk.settle"

/** Every method by which the publisher stores or asks. */
const everyCall = [
  "disk.commit",
  "disk.read",
  "disk.recover",
  "disk.removeFolder",
  "disk.replace",
  "disk.settle",
  "sequence.addBatches",
  "sequence.addLogs",
  "sequence.addTopEntries",
  "sequence.batches",
  "sequence.heads",
  "sequence.isBehind",
  "sequence.lock",
  "sequence.logs",
  "sequence.newestTopEntries",
  "sequence.topEntries",
  "sequence.traces",
  "sequence.waiting",
]
