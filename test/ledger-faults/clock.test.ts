/** Clause 3.12: what is known of the clock survives a restart, a kill, and the loss of its file. */

import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { ClockGuard } from "../../src/ledger/clock-guard.ts"
import { acceptClock, clockTolerance } from "../../src/ledger/clock-rule.ts"
import { openDisk } from "../../src/ledger/disk.ts"
import { PublishSql } from "../../src/ledger/publish-sql.ts"
import { insertTraces, traceColumns } from "../../src/ledger/trace-sql.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { syntheticTrace } from "../ledger.ts"

const now = Date.parse("2026-03-01T08:00:00Z")
const hour = 3_600_000
let database: TestDatabase
let client: pg.Client
let file = ""

beforeAll(async () => {
  database = await openTestDatabase()
  client = await database.superuser()
  await mkdir(join(database.data, "ledger"))
  file = join(database.data, "ledger", "clock-mark")
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
  await client.query("insert into app.community values (70, 7, '测试小区', false, now())")
})
beforeEach(async () => {
  await client.query("set session_replication_role = replica")
  await client.query("delete from app.trace")
  await client.query("set session_replication_role = origin")
  await rm(file, { force: true })
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

async function write(communityId: string, at: number, { act = "use.look", count = 1 } = {}): Promise<void> {
  const traces = Array.from({ length: count }, () => ({ ...syntheticTrace(communityId, at), act }))
  await client.query(insertTraces, traceColumns(traces))
}

/** A server's start under a clock; by how much it finds it behind. */
async function start(clock: number): Promise<{ guard: ClockGuard; behind: number }> {
  const guard = await ClockGuard.open({
    disk: openDisk(join(database.data, "ledger")),
    reader: new PublishSql(database.as("hudun_publish")),
    clock: () => clock,
    tolerance: clockTolerance,
  })
  return { guard, behind: guard.stop?.behind ?? 0 }
}
const behindAt = async (clock: number) => (await start(clock)).behind

test("an empty database complains about no clock", async () => {
  expect(await behindAt(0)).toBe(0)
})

test("a start finds the clock behind what is durable, published or not", async () => {
  await write("70", now)
  expect(await behindAt(now - hour)).toBe(hour)
  expect(await behindAt(now - clockTolerance)).toBe(0)
  expect(await behindAt(now + hour)).toBe(0)
})

test("it is still behind after a restart, although many traces were written under the wrong clock", async () => {
  await write("70", now)
  const { guard } = await start(now)
  await guard.close()
  await write("70", now - hour, { count: 300 })
  expect(await behindAt(now - hour)).toBe(hour)
})

test.each([
  ["gone", () => rm(file)],
  ["torn", async () => writeFile(file, (await readFile(file)).subarray(0, 9))],
  ["empty", () => writeFile(file, "")],
  ["of another shape", () => writeFile(file, '{"newest":"later"}')],
])("a file that is %s hides nothing: every trace is looked at", async (_what, damage) => {
  await write("70", now)
  await (await start(now)).guard.close()
  await write("70", now - hour, { count: 300 })
  await damage()
  expect(await behindAt(now - hour)).toBe(hour)
})

test("an accepted clock is known after a restart, with the file and without", async () => {
  await write("70", now + hour)
  await (await start(now + hour)).guard.close()
  await write("0", now, { act: acceptClock })
  await write("70", now + 1_000)
  const { guard, behind } = await start(now)
  expect(behind).toBe(0)
  await guard.close()
  await write("70", now + 2_000, { count: 300 })
  expect(await behindAt(now)).toBe(0)
  await rm(file)
  expect(await behindAt(now)).toBe(0)
  expect(await behindAt(now - hour)).toBe(hour + 2_000)
})
