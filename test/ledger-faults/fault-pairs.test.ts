/** Clause 3.12: whatever storage call fails, lost or done, once or twice in a row, nothing forks and nothing is missing. */

import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderOf, originOf } from "../../src/ledger/log-name.ts"
import { verifyLog } from "../../src/ledger/verify.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { addTraces, filesIn, oracle, policyOf } from "../ledger.ts"
import { Faults, type Kind } from "./faults.ts"
import { installation, type Place, publishing } from "./publishing.ts"

let database: TestDatabase
let client: pg.Client
const faults = new Faults()
const amounts = [1, 254, 3, 2, 300, 7]
let seen = 0
let total = 0

beforeAll(async () => {
  database = await openTestDatabase()
  client = await database.superuser()
  await mkdir(join(database.data, "ledger"))
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

let communities = 0
async function newCommunity(): Promise<string> {
  total = 0
  communities += 1
  const id = String(700 + communities)
  await client.query("insert into app.community values ($1, 7, '测试小区', false, now())", [id])
  return id
}

interface Round {
  readonly communityId: string
  readonly at: number
  readonly kind: Kind
  readonly times: number
  /** A publisher before gave places, and died before it wrote a tile. */
  readonly hasDied: boolean
}

/** Traces come, a call fails, the publisher goes on until it has recovered; then the oracle looks at everything. Tells which call it was. */
async function survive({ communityId, at, kind, times, hasDied }: Round): Promise<string | undefined> {
  const place = { data: database.data, database: database.as("hudun_publish") }
  total += amounts[seen % amounts.length] ?? 1
  await addTraces(client, communityId, amounts[seen++ % amounts.length] ?? 1)
  const kept = await keptCheckpoint(communityId)
  if (hasDied) await die(place)
  faults.arm(at, kind, times)
  const { publisher, follower } = publishing(place, faults)
  for (let tries = 0; tries < 8; tries++) {
    await publisher.round().catch(() => undefined)
    expect(publisher.state.kind).not.toBe("stopped")
    if (publisher.state.kind === "running") break
  }
  expect(publisher.state.kind).toBe("running")
  const name = faults.isHit ? faults.calls[at] : undefined
  faults.arm(-1, "lost", 0)
  await publisher.stop()
  await follower.close()
  const log = { installation: installation.name, communityId }
  const { checkpoint } = await oracle(join(database.data, "ledger"), log, place.database)
  expect(checkpoint.size).toBe(total)
  await requireGrowth(communityId, kept)
  return name
}

async function die(place: Place): Promise<void> {
  faults.armFrom("disk.write")
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

/** Every call in turn, on a fresh log, so that making its row, its folders and its keys are among them. */
async function surviveEach(
  how: Omit<Round, "at" | "communityId">,
  hit: Map<string, Set<string>>,
): Promise<void> {
  const communityId = await newCommunity()
  for (let at = 0; ; at++) {
    const name = await survive({ ...how, communityId, at })
    if (name === undefined) return
    hit.set(name, (hit.get(name) ?? new Set()).add(`${how.kind} ${how.times}`))
  }
}

describe("a publisher whose storage fails", () => {
  test("survives every call, lost or done, once and twice in a row", { timeout: 600_000 }, async () => {
    const hit = new Map<string, Set<string>>()
    for (const hasDied of [false, true]) {
      for (const times of [1, 2]) {
        for (const kind of ["lost", "done"] as const) await surviveEach({ times, kind, hasDied }, hit)
      }
    }
    const all = ["done 1", "done 2", "lost 1", "lost 2"]
    expect([...hit].filter(([, kinds]) => kinds.size < all.length).map(([name]) => name)).toEqual([])
    expect([...hit.keys()].sort()).toEqual(everyCall)
  })
})

/** Every method by which the publisher stores or asks. */
const everyCall = [
  "disk.read",
  "disk.removeFolder",
  "disk.replace",
  "disk.write",
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
