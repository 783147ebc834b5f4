/** Clause 5.4: a record that was damaged after it was sealed anew keeps its own former key, and nobody else's. */

import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { KeyKeeper } from "../../src/duty/keys/jobs.ts"
import type { TestDatabase } from "../database.ts"
import { fillRoster, makeCommunity, syntheticRoster, type TestCommunity, type TestHouse } from "../house.ts"
import { openDatabase, startOver, until } from "./house.ts"

/** More than the keeper looks at in one batch. */
const damaged = 505
let database: TestDatabase
let test: TestHouse
let keeper: KeyKeeper
let community: TestCommunity

beforeAll(async () => {
  database = await openDatabase()
  test = await startOver(database, { keptKeys: 100 })
  keeper = new KeyKeeper(test.house)
  community = await makeCommunity(test, 7)
  await fillRoster(test, community, syntheticRoster(400, 3))
  const { rotation } = test.house.vault
  await rotation.rotate("7", "S1")
  await rotation.former.order("7", Date.now())
  await until(async () => {
    await keeper.round()
    return (await rotation.former.ordered("7")) === undefined
  }, 30)
}, 120_000)
afterAll(async () => {
  await keeper.close()
  await test.close()
  await database.stop()
})

async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const admin = await database.superuser()
  try {
    return (await admin.query<Row>(text, values)).rows
  } finally {
    await admin.end()
  }
}

const countOf = async (rest: string) =>
  (await sql<{ n: number }>(`select count(*)::int as n from ${rest}`))[0]?.n
const told = () => countOf("app.trace where act = 'vault.quarantine'")
const logged = () => readFileSync(test.log, "utf8").split("vault.quarantined").length - 1
const damage = "set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))"

it("is told once, and the younger keys of others are destroyed", async () => {
  const victims = `select subject_id, class from app.record order by subject_id, class limit ${String(damaged)}`
  expect(await countOf("app.record")).toBeGreaterThan(damaged + 50)
  await sql(`update app.record ${damage} where (subject_id, class) in (${victims})`)
  await sql(
    `update keyring.former_key set replaced_at = replaced_at - interval '1 hour' where (subject_id, class) in (${victims})`,
  )
  await keeper.round()
  expect(await countOf("keyring.former_key")).toBe(
    await countOf("keyring.data_key k join app.record using (community_id, subject_id, class)"),
  )
  expect([await told(), logged()]).toEqual([0, 0])
  test.time.ahead = 36 * 86_400_000
  for (let rounds = 0; rounds < 3; rounds += 1) await keeper.round()
  expect(await countOf("keyring.former_key")).toBe(damaged)
  expect(await countOf("app.quarantine where resolved_at is null")).toBe(damaged)
  expect([await told(), logged()]).toEqual([damaged, damaged])
})

it("loses its former key once it opens again", async () => {
  await sql(
    `update app.record ${damage} where (subject_id, class) in (select subject_id, class from keyring.former_key)`,
  )
  await keeper.round()
  expect(await countOf("keyring.former_key")).toBe(0)
  expect(await told()).toBe(damaged)
})
