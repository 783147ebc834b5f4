/** Clause 3.12: a ledger that does not fit what was signed stops with its reason; it neither forks nor goes on. */

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderOf, originOf } from "../../src/ledger/log-name.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { addTraces, oracle } from "../ledger.ts"
import { installation, publishing } from "./publishing.ts"

let database: TestDatabase
let client: pg.Client
let ledger = ""
const folder = folderOf(originOf(installation.name, "70"))

/** A log of 300 leaves, its mirror, and a copy of both. */
beforeAll(async () => {
  database = await openTestDatabase()
  ledger = join(database.data, "ledger")
  client = await database.superuser()
  await mkdir(ledger)
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
  await client.query("insert into app.community values (70, 7, '测试小区', false, now())")
  for (const amount of [100, 150, 50]) {
    await addTraces(client, "70", amount)
    await publishOnce()
  }
  await cp(ledger, join(database.data, "kept"), { recursive: true })
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

/** One publisher's life; what became of it. */
async function publishOnce(): Promise<string> {
  const { publisher, follower } = publishing({ data: database.data, database: database.as("hudun_publish") })
  await publisher.round().catch(() => undefined)
  await follower.close()
  const { state } = publisher
  await publisher.stop()
  return state.kind === "stopped" ? state.stop.reason : state.kind
}

const file = (name: string) => join(ledger, folder, name)
async function change(name: string, work: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(file(name), work(await readFile(file(name))))
}
function flipped(bytes: Buffer): Buffer {
  bytes[40] = (bytes[40] ?? 0) ^ 1
  return bytes
}

/** As superuser, undone afterwards by a copy of the tables. */
async function inDatabase(...statements: string[]): Promise<void> {
  await client.query("set session_replication_role = replica")
  for (const statement of statements) await client.query(statement)
  await client.query("set session_replication_role = origin")
}

const stops: readonly (readonly [string, string, () => Promise<void>])[] = [
  ["a flipped bit in the checkpoint", "checkpoint_damaged", () => change("checkpoint", flipped)],
  ["a torn checkpoint", "checkpoint_damaged", () => change("checkpoint", (bytes) => bytes.subarray(0, 60))],
  ["a flipped bit in the last tile", "tile_damaged", () => change("tile/0/001.p/44", flipped)],
  ["a torn tile", "tile_damaged", () => change("tile/0/001.p/44", (bytes) => bytes.subarray(0, 33))],
  ["a lost tile", "tile_damaged", () => rm(file("tile/1/000.p/1"))],
  ["a flipped bit in the last bundle", "tile_damaged", () => change("tile/entries/001.p/44", flipped)],
  [
    "an older database",
    "database_older",
    () => inDatabase("delete from app.ledger_batch where first_index >= 250"),
  ],
  [
    "another root in the database",
    "forked",
    () => inDatabase("update app.ledger_batch set root = sha256('') where first_index = 250"),
  ],
  [
    "a changed trace of a log that must be made again",
    "trace_changed",
    async () => {
      await inDatabase(
        "update app.trace set outcome = 'refused' where seq = (select min(seq) + 9 from app.trace)",
      )
      await rm(join(ledger, folder), { recursive: true })
    },
  ],
  [
    "another installation's log",
    "other_installation",
    () =>
      inDatabase("update app.ledger_log set origin = 'hudun/0000000000000001/70' where community_id = 70"),
  ],
  [
    "a database filled from a dump",
    "transactions_restarted",
    () => inDatabase("update app.ledger_batch set last_tx = '99999999999' where first_index = 250"),
  ],
  [
    "a true older state of both, with the mirror left",
    "mirror_differs",
    async () => {
      await inDatabase(
        "delete from app.trace where trace_id in (select unnest(trace_ids) from app.ledger_batch where first_index >= 250)",
        "delete from app.ledger_batch where first_index >= 250",
        "delete from app.ledger_head",
      )
      await rm(ledger, { recursive: true })
      await mkdir(ledger)
    },
  ],
]

describe("the publisher", () => {
  test.each(stops)("stops at %s: %s", async (_what, reason, damage) => {
    await client.query("create schema saved")
    for (const table of ["trace", "ledger_log", "ledger_batch", "ledger_head"])
      await client.query(`create table saved.${table} as select * from app.${table}`)
    await damage()
    expect(await publishOnce()).toBe(reason)
    await inDatabase(
      ...["ledger_head", "ledger_batch", "ledger_log", "trace"].map((table) => `delete from app.${table}`),
      ...["trace", "ledger_log", "ledger_batch", "ledger_head"].map(
        (table) => `insert into app.${table} overriding system value select * from saved.${table}`,
      ),
      "drop schema saved cascade",
    )
    await rm(ledger, { recursive: true })
    await cp(join(database.data, "kept"), ledger, { recursive: true })
    expect(await publishOnce()).toBe("running")
  })

  test("makes a lost log again from the database, to the same root", async () => {
    const before = await readFile(file("checkpoint"), "utf8")
    await rm(join(ledger, folder), { recursive: true })
    expect(await publishOnce()).toBe("running")
    expect(await readFile(file("checkpoint"), "utf8")).toBe(before)
    await oracle(ledger, { installation: installation.name, communityId: "70" }, database.as("hudun_publish"))
  })

  test("stands by while another publishes, and takes over when it ends", async () => {
    const place = { data: database.data, database: database.as("hudun_publish") }
    const first = publishing(place)
    await first.publisher.round()
    const second = publishing({ ...place, data: join(database.data, "elsewhere") })
    await mkdir(join(database.data, "elsewhere", "ledger"), { recursive: true })
    await second.publisher.round()
    expect(second.publisher.state.kind).toBe("standby")
    await first.publisher.stop()
    await first.follower.close()
    await second.publisher.round()
    expect(second.publisher.state.kind).toBe("running")
    await second.publisher.stop()
    await second.follower.close()
  })
})
