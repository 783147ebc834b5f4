/** Clause 5.4: a server that ends does not wait for a backup that takes long, and leaves none that is half written. */

import { readdirSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { BackupDesk } from "../../src/duty/keys/backup-desk.ts"
import { readBackup } from "../../src/duty/keys/backup-manifest.ts"
import { localHeader, readLocalToken } from "../../src/vault/local-token.ts"
import type { TestDatabase } from "../database.ts"
import { makeCommunity, send, type TestHouse } from "../house.ts"
import { openDatabase, startOver, until } from "./house.ts"

let database: TestDatabase
let test: TestHouse
let place: string

beforeAll(async () => {
  database = await openDatabase()
  test = await startOver(database)
  await makeCommunity(test, 7)
  place = await mkdtemp(join(tmpdir(), "hudun-backup-"))
})
afterAll(async () => {
  await test.close()
  await database.stop()
  await rm(place, { recursive: true, force: true })
})

it("is whole when it had ended before the server did", async () => {
  const desk = new BackupDesk(test.house, database.as("hudun_backup"))
  desk.begin({ to: join(place, "whole"), kind: "data" })
  await until(() => desk.view.state !== "running")
  await desk.close()
  expect(desk.view.state).toBe("done")
  expect((await readBackup(join(place, "whole"), "data")).tables.length).toBeGreaterThan(25)
})

it("is broken off before it has so much as connected", async () => {
  const desk = new BackupDesk(test.house, database.as("hudun_backup"))
  desk.begin({ to: join(place, "early"), kind: "data" })
  await desk.close()
  expect(desk.view.state).toBe("failed")
  expect(readdirSync(place)).toEqual(["whole"])
})

it("is broken off in the middle of a table, and its draft is removed", async () => {
  const holder = await database.superuser()
  await holder.query("begin")
  await holder.query("lock table keyring.former_key in access exclusive mode")
  const headers = { [localHeader]: await readLocalToken(database.data) }
  const body = { to: join(place, "half"), kind: "keyring" }
  expect((await send(test, "POST /api/local/backup", { headers, body })).status).toBe(200)
  const state = async () => (await send(test, "GET /api/local/backup", { headers })).body
  await until(async () => (await state())["table"] === "former_key")
  expect(readdirSync(place)).toEqual([".half.part", "whole"])
  expect(readdirSync(join(place, ".half.part"))).toContain("data_key.copy")
  const isClosed = test.app.close().then(() => true)
  const isLate = new Promise((resolve) => setTimeout(resolve, 5_000, false))
  const inTime = await Promise.race([isClosed, isLate])
  await holder.end()
  await isClosed
  expect(inTime).toBe(true)
  expect(readdirSync(place)).toEqual(["whole"])
})
