import { execFileSync } from "node:child_process"
import { cpSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { indexKinds, tag } from "../../src/vault/blind-index.ts"
import { newKey } from "../../src/vault/new-key.ts"
import type { TestDatabase } from "../database.ts"
import { fillRoster, makeCommunity, syntheticRoster, type TestCommunity, type TestHouse } from "../house.ts"
import { openDatabase, startOver } from "../vault/house.ts"

const planted = 2_000
let database: TestDatabase
let test: TestHouse
let community: TestCommunity

beforeAll(async () => {
  database = await openDatabase()
  const { host = "", port = 0 } = database.as("hudun_app")
  const admin = await database.superuser()
  await admin.query("create database apart owner hudun_owner")
  await admin.end()
  const url = `postgresql://postgres@localhost:${port}/apart?host=${encodeURIComponent(host)}`
  test = await startOver(database, { env: { KEYRING_URL: url } })
  community = await makeCommunity(test, 7)
  await fillRoster(test, community, syntheticRoster(planted / 2, 4))
}, 240_000)
afterAll(async () => {
  await test.close()
  await database.stop()
})

/** 1,000 phones and 1,000 plates. */
function values(): string[] {
  const facts = syntheticRoster(planted / 2, 4).map((entry) => entry.facts)
  return facts.flatMap((one) => [...(one.phone ?? []), ...(one.plate ?? [])])
}

async function rows(name: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...database.as("hudun_app"), user: "postgres", database: name })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

describe("a keyring in a database of its own", () => {
  it("holds every key, while the data's database holds none", async () => {
    const count =
      "select (select count(*)::int from keyring.kek) as keks, (select count(*)::int from keyring.data_key) as keys"
    const [apart] = await rows("apart", count)
    expect(Number(apart?.["keys"])).toBeGreaterThanOrEqual(planted / 2)
    expect(await rows("hudun", count)).toEqual([{ keks: 0, keys: 0 }])
    const tables = await rows("apart", "select nspname from pg_namespace where nspname = 'app'")
    expect(tables).toEqual([])
  })
})

describe("whoever takes the whole database directory, keyring included, but no root key", () => {
  it(`finds none of ${planted} planted values, and would have found them in the clear`, async () => {
    await rows("hudun", "checkpoint")
    const copy = join(database.data, "stolen")
    cpSync(join(database.data, "postgres"), copy, {
      recursive: true,
      filter: (path) => !/\.s\.PGSQL|\.sock/.test(path),
    })
    const sought = values()
    expect(new Set(sought).size).toBe(planted)
    const list = join(database.data, "sought")
    writeFileSync(list, `${sought.join("\n")}\n`)
    expect(found(list, copy)).toBe("")
    writeFileSync(join(copy, "control"), `x${sought[1_234]}y`)
    expect(found(list, copy)).toContain("control")
    rmSync(copy, { recursive: true })
  }, 240_000)

  it("cannot tell a phone or last four digits from their tags without the index key", async () => {
    const stored = new Set(
      (await rows("hudun", "select tag from app.blind_index where kind = 'phone_last4'")).map((row) =>
        Number(row["tag"]),
      ),
    )
    const guessed = { suite: "A1", key: newKey(32) } as const
    let hits = 0
    for (let number = 0; number < 10_000; number++) {
      const value = String(number).padStart(4, "0")
      if (stored.has(tag(guessed, { community: community.communityId, kind: "phone_last4", value })))
        hits += 1
    }
    expect(hits).toBeLessThan(3)
    expect(indexKinds).toContain("phone")
    const index = await test.house.keyring.indexKey(community.tenantId, community.communityId)
    const [phone = ""] = values()
    const value = phone.slice(-4)
    expect(stored.has(tag(index, { community: community.communityId, kind: "phone_last4", value }))).toBe(
      true,
    )
  })
})

function found(list: string, folder: string): string {
  try {
    return execFileSync("grep", ["-rlaF", "-f", list, folder], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    })
  } catch {
    return ""
  }
}
