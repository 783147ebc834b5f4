import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
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

let database: TestDatabase
let community: TestCommunity
let clerk: TestStaff
let keeper: TestStaff
let rootFile: string

beforeAll(async () => {
  database = await openDatabase()
  rootFile = join(database.data, "keys", "root.key")
  const house = await startOver(database)
  community = await makeCommunity(house, 7)
  await fillRoster(house, community, syntheticRoster(20, 2))
  clerk = await appoint(house, { community, post: "clerk" })
  keeper = await appoint(house, { community, post: "security_admin" })
  await enrol(house, keeper)
  await house.close()
})
afterAll(() => database.stop())

/** Powerful posts owe a second factor; whether it is right is tested elsewhere. */
async function enrol(house: TestHouse, staff: TestStaff): Promise<void> {
  const admin = await house.database.superuser()
  await admin.query("update app.credential set second_factor = '\\x01' where staff_id = $1", [staff.staffId])
  await admin.end()
}

async function withHouse(work: (house: TestHouse) => Promise<void>, env: Record<string, string> = {}) {
  const house = await startOver(database, { env })
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

async function expectSealed(house: TestHouse, reason: string): Promise<void> {
  expect(await send(house, "GET /livez")).toMatchObject({ status: 200 })
  expect(await send(house, "GET /readyz")).toMatchObject({ status: 503, body: { status: "sealed", reason } })
  const state = await send(house, "GET /api/seal")
  expect(state).toMatchObject({ status: 200, body: { sealed: true, reason } })
  expect(String(state.body["sentence"]).length).toBeGreaterThan(8)
  for (const line of [
    `GET /api/communities/${community.communityId}/roster`,
    `GET /api/communities/${community.communityId}/keys`,
    "POST /api/setup",
  ] as const) {
    expect(await send(house, line, { as: clerk })).toMatchObject({
      status: 503,
      body: { code: "server.sealed" },
    })
  }
  expect((await send(house, "GET /api/session", { as: clerk })).status).toBe(200)
  const wrong = { login: "nobody-here", password: "wrong-password" }
  expect((await send(house, "POST /api/session", { body: wrong })).body["code"]).toBe("sign_in.wrong")
}

async function expectOpen(house: TestHouse): Promise<void> {
  expect(await send(house, "GET /readyz")).toMatchObject({ status: 200, body: { status: "ready" } })
  const name = { ...community, subjectId: await aPerson(house), class: "identity" }
  expect(await house.house.keyring.dataKey(name)).toBeDefined()
}

async function aPerson(house: TestHouse): Promise<string> {
  const admin = await house.database.superuser()
  const { rows } = await admin.query<{ person_id: string }>("select person_id from app.person limit 1")
  await admin.end()
  return rows[0]?.person_id ?? ""
}

describe("a root key file that is gone", () => {
  it("is not made anew while the keyring holds keys: the server is sealed, says so, and opens once it is back", async () => {
    await rename(rootFile, `${rootFile}.away`)
    await withHouse(async (house) => {
      await expectSealed(house, "root_missing")
      await rename(`${rootFile}.away`, rootFile)
      await until(() => !house.house.vault.seal.state.sealed)
      await expectOpen(house)
    })
  })
})

describe("a root key file that is not right", () => {
  const faults: ReadonlyArray<readonly [string, string, () => Promise<void>]> = [
    ["of another installation", "root_wrong", () => writeFile(rootFile, foreign, { mode: 0o600 })],
    ["cut short", "root_damaged", () => writeFile(rootFile, foreign.slice(0, 40), { mode: 0o600 })],
    ["readable by others", "root_exposed", () => chmod(rootFile, 0o644)],
    [
      "under a passphrase that nobody gave",
      "passphrase_missing",
      () => writeFile(rootFile, "hudun-root-1 scrypt 131072 AAAA AAAA\n", { mode: 0o600 }),
    ],
  ]
  const foreign = `hudun-root-1 plain ${Buffer.alloc(32, 7).toString("base64")}\n`

  it.each(faults)("%s seals the server", async (_what, reason, spoil) => {
    await rename(rootFile, `${rootFile}.right`)
    await writeFile(
      rootFile,
      await import("node:fs/promises").then((fs) => fs.readFile(`${rootFile}.right`)),
      {
        mode: 0o600,
      },
    )
    await spoil()
    await withHouse((house) => expectSealed(house, reason))
    await rm(rootFile)
    await rename(`${rootFile}.right`, rootFile)
    await withHouse(expectOpen)
  })
})

describe("an empty keyring under data that has companies", () => {
  it("gets no new keys: somebody named the wrong database", async () => {
    const admin = await database.superuser()
    await admin.query("create table public.kept as select * from keyring.kek")
    await admin.query("delete from keyring.kek")
    await withHouse((house) => expectSealed(house, "keyring_empty"))
    await admin.query("insert into keyring.kek select * from public.kept")
    await admin.query("drop table public.kept")
    await admin.end()
    await withHouse(expectOpen)
  })
})

describe("sealing by hand", () => {
  it("drops the keys of every process within two seconds, outlives a restart and is traced", async () => {
    const one = await startOver(database)
    const other = await startOver(database)
    await expectOpen(one)
    await expectOpen(other)
    expect((await send(one, "POST /api/seal", { as: clerk })).body["code"]).toBe("post.not_allowed")
    const begin = performance.now()
    expect((await send(one, "POST /api/seal", { as: keeper })).body).toMatchObject({ reason: "by_hand" })
    await expectSealed(one, "by_hand")
    await until(() => other.house.vault.seal.state.sealed, 2)
    expect(performance.now() - begin).toBeLessThan(2_000)
    await expectSealed(other, "by_hand")
    await other.close()
    await withHouse((again) => expectSealed(again, "by_hand"))
    expect((await send(one, "POST /api/seal/open", { as: clerk })).body["code"]).toBe("post.not_allowed")
    expect((await send(one, "POST /api/seal/open", { as: keeper })).body["sealed"]).toBe(false)
    await expectOpen(one)
    const admin = await database.superuser()
    const { rows } = await admin.query<{ act: string }>(
      "select act from app.trace where act like 'keys.%' order by seq",
    )
    await admin.end()
    expect(rows.map((row) => row.act)).toEqual(["keys.seal", "keys.unseal"])
    await one.close()
  })
})

describe("a first start", () => {
  it("makes the root key where nothing can be lost", async () => {
    const empty = await openDatabase()
    await mkdir(join(empty.data, "keys"), { recursive: true })
    const house = await startOver(empty)
    expect(house.house.vault.seal.state.sealed).toBe(false)
    await house.close()
    await empty.stop()
  })
})
