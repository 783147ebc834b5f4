import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { KeyKeeper } from "../../src/duty/keys/jobs.ts"
import type { TestDatabase } from "../database.ts"
import {
  appoint,
  fillRoster,
  makeCommunity,
  send,
  syntheticRoster,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { openDatabase, startOver, until } from "../vault/house.ts"

const kept = 150
let database: TestDatabase
let test: TestHouse
let community: TestCommunity
let keeper: TestStaff
let clerk: TestStaff
let jobs: KeyKeeper

beforeAll(async () => {
  database = await openDatabase()
  test = await startOver(database, { keptKeys: kept })
  community = await makeCommunity(test, 7)
  await fillRoster(test, community, syntheticRoster(60, 3))
  clerk = await appoint(test, { community, post: "clerk" })
  keeper = await appoint(test, { community, post: "security_admin" })
  const admin = await database.superuser()
  await admin.query("update app.credential set second_factor = '\\x01' where staff_id = $1", [keeper.staffId])
  await admin.end()
  jobs = new KeyKeeper(test.house)
})
afterAll(async () => {
  await jobs.close()
  await test.close()
  await database.stop()
})

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const admin = await database.superuser()
  try {
    return (await admin.query<Row>(text, values)).rows
  } finally {
    await admin.end()
  }
}

function keysAt(path = ""): `POST ${string}` {
  return `POST /api/communities/${community.communityId}/keys${path}`
}

async function companyKeys(): Promise<Record<string, unknown>> {
  const reply = await send(test, `GET /api/communities/${community.communityId}/keys`, { as: keeper })
  expect(reply.status).toBe(200)
  const [company] = Object.values(reply.body["companies"] ?? {})
  return { ...company }
}

/** Who is found by a phone of the roster. */
async function findPhone(number: number): Promise<number> {
  const phone = `139${String(10_000_000 + number * 37).slice(0, 8)}`
  const reply = await send(test, `POST /api/communities/${community.communityId}/owners/search`, {
    as: clerk,
    body: { text: phone },
  })
  expect(reply.status).toBe(200)
  return Object.values(reply.body["owners"] ?? {}).length
}

async function everyRecordOpens(): Promise<number> {
  const found = await rows<{ subject_id: string; class: string }>("select subject_id, class from app.record")
  for (const { subject_id: subjectId, class: code } of found)
    expect(await test.house.keyring.dataKey({ ...community, subjectId, class: code })).toBeDefined()
  return found.length
}

describe("a KEK epoch", () => {
  it("is begun by the security admin only; what was there stays readable and is wrapped again", async () => {
    expect((await send(test, keysAt("/rotate"), { as: clerk, body: {} })).body["code"]).toBe(
      "post.not_allowed",
    )
    expect((await send(test, keysAt("/rotate"), { as: keeper, body: {} })).body["epoch"]).toBe(2)
    expect(await everyRecordOpens()).toBeGreaterThan(59)
    await until(async () => {
      const company = await companyKeys()
      return company["rewrapped"] === company["keys"]
    })
    expect(await everyRecordOpens()).toBeGreaterThan(59)
  })

  it("of another suite seals what is new with it while both are read", async () => {
    const body = { suite: "S1" }
    expect((await send(test, keysAt("/rotate"), { as: keeper, body })).body["epoch"]).toBe(3)
    test.house.keyring.forget()
    const entries = syntheticRoster(70, 3).slice(60)
    await fillRoster(test, community, entries)
    await jobs.round()
    test.house.keyring.forget()
    expect(await everyRecordOpens()).toBeGreaterThan(69)
    const suites = await rows<{ suite: string; count: number }>(
      "select suite, count(*)::int from keyring.data_key where community_id = $1 group by suite order by suite",
      [community.communityId],
    )
    expect(suites.map((row) => row.suite)).toEqual(["A1", "S1"])
    const headers = await rows<{ suite: number }>(
      "select distinct get_byte(sealed, 1) as suite from app.record order by 1",
    )
    expect(headers.map((row) => row.suite)).toEqual([0x51, 0xa1])
  })

  it("is destroyed once no backup is that old, and not before", async () => {
    await jobs.round()
    test.time.ahead = 34 * 86_400_000
    await jobs.round()
    const before = await rows<{ epoch: number }>(
      "select epoch from keyring.kek where tenant_id = 7 and wrapped is null",
    )
    expect(before).toEqual([])
    test.time.ahead = 36 * 86_400_000
    await jobs.round()
    const after = await rows<{ epoch: number }>(
      "select epoch from keyring.kek where tenant_id = 7 and wrapped is null order by epoch",
    )
    expect(after.map((row) => row.epoch)).toEqual([1, 2])
    test.house.keyring.forget()
    expect(await everyRecordOpens()).toBeGreaterThan(69)
    test.time.ahead = 0
  })

  it("rolls by itself when it is a year old", async () => {
    test.time.ahead = 366 * 86_400_000
    await jobs.round()
    test.time.ahead = 0
    const [newest] = await rows<{ epoch: number }>(
      "select max(epoch) as epoch from keyring.kek where tenant_id = 7",
    )
    expect(newest?.epoch).toBe(4)
    test.house.keyring.forget()
    expect(await everyRecordOpens()).toBeGreaterThan(69)
  })

  it("leaves a trace at each act", async () => {
    const found = await rows<{ act: string }>(
      "select distinct act from app.trace where act like 'keys.%' order by act",
    )
    expect(found.map((row) => row.act)).toEqual(
      expect.arrayContaining(["keys.destroy", "keys.list", "keys.rewrap", "keys.rotate"]),
    )
  })
})

describe("a new index key", () => {
  it("is filled while the old one finds, takes over, and the old one's tags go", async () => {
    expect(await findPhone(3)).toBe(1)
    expect((await send(test, keysAt("/rotate-index"), { as: keeper, body: {} })).body["epoch"]).toBe(2)
    expect((await send(test, keysAt("/rotate-index"), { as: keeper, body: {} })).body["code"]).toBe(
      "keys.filling",
    )
    expect(await findPhone(3)).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 2 * kept))
    // Taken in while two epochs are written: found under both.
    await fillRoster(test, community, syntheticRoster(75, 3).slice(70))
    await until(async () => {
      await jobs.round()
      expect(await findPhone(5)).toBe(1)
      const epochs = await rows<{ epoch: number }>("select distinct epoch from app.blind_index")
      return epochs.length === 1 && epochs[0]?.epoch === 2
    })
    for (const number of [0, 3, 59, 69, 72]) expect(await findPhone(number)).toBe(1)
    const left = await rows<{ epoch: number; state: string }>(
      "select epoch, state from keyring.index_key where community_id = $1",
      [community.communityId],
    )
    expect(left).toEqual([{ epoch: 2, state: "active" }])
  })
})

describe("a record that does not open", () => {
  it("is refused with one error, listed, and left as it lies", async () => {
    const [victim] = await rows<{ subject_id: string; sealed: Buffer }>(
      "select subject_id, sealed from app.record where class = 'identity' order by subject_id limit 1",
    )
    const spoiled = Buffer.from(victim?.sealed ?? [])
    spoiled[30] = (spoiled[30] ?? 0) ^ 1
    await rows("update app.record set sealed = $1 where subject_id = $2 and class = 'identity'", [
      spoiled,
      victim?.subject_id,
    ])
    await expect(fillRoster(test, community, syntheticRoster(75, 3))).rejects.toThrow("record.unreadable")
    const [still] = await rows<{ sealed: Buffer }>(
      "select sealed from app.record where subject_id = $1 and class = 'identity'",
      [victim?.subject_id],
    )
    expect(still?.sealed.equals(spoiled)).toBe(true)
    const reply = await send(test, `GET /api/communities/${community.communityId}/keys`, { as: keeper })
    expect(reply.body["quarantine"]).toMatchObject([{ subjectId: victim?.subject_id, class: "identity" }])
    const traces = await rows("select from app.trace where act = 'vault.quarantine'")
    expect(traces.length).toBeGreaterThan(0)
  })
})
