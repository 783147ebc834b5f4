/** Clause 5.3: whoever gives a key a successor while it is destroyed leaves no former key behind. */

import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { replaceKeys } from "../../src/vault/former-key-sql.ts"
import { type KeyName, KeyringStore, type WrappedKey } from "../../src/vault/keyring-sql.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { until } from "./house.ts"

let database: TestDatabase
let store: KeyringStore
/** One connection, so that what it is asked is one transaction. */
let resealer: pg.Pool
let admin: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
  store = new KeyringStore(database.as("hudun_keyring"))
  resealer = new pg.Pool({ ...database.as("hudun_keyring"), max: 1 })
  admin = await database.superuser()
})
afterAll(async () => {
  await Promise.all([store.close(), resealer.end(), admin.end()])
  await database.stop()
})

const wrapped = Buffer.from("01a10000000100000000", "hex")
const nameOf = (communityId: string, last: number): KeyName => ({
  tenantId: "7",
  communityId,
  subjectId: `00000000-0000-4000-8000-${String(last).padStart(12, "0")}`,
  class: "identity",
})
const keyOf = (name: KeyName, suite: "A1" | "S1"): WrappedKey => ({ ...name, suite, kekEpoch: 1, wrapped })

async function left(table: "data_key" | "former_key"): Promise<string[]> {
  const { rows } = await admin.query<{ at: string }>(
    `select community_id || ' ' || right(subject_id::text, 1) as at from keyring.${table} order by at`,
  )
  return rows.map(({ at }) => at)
}

async function isWaited(): Promise<boolean> {
  const { rows } = await admin.query("select from pg_locks where not granted")
  return rows.length > 0
}

/** Begins to give every key a successor, destroys, and commits the successors once that waits for them. */
async function destroyAmidst(names: readonly KeyName[], destroy: () => Promise<void>): Promise<void> {
  await resealer.query("begin")
  await replaceKeys(
    resealer,
    names.map((name) => keyOf(name, "S1")),
  )
  const destroyed = destroy()
  await until(isWaited)
  await resealer.query("commit")
  await destroyed
}

describe("a key that gets a successor meanwhile", () => {
  it("is destroyed with the one before it, and its neighbour with neither", async () => {
    const names = [nameOf("70", 1), nameOf("70", 2)] as const
    await store.addDataKeys(names.map((name) => keyOf(name, "A1")))
    await destroyAmidst(names, () => store.destroyKeys([names[0]]))
    expect(await left("data_key")).toEqual(["70 2"])
    expect(await left("former_key")).toEqual(["70 2"])
  })

  it("is destroyed with its whole community, and that of another with neither", async () => {
    const names = [nameOf("80", 3), nameOf("90", 4)] as const
    await store.addDataKeys(names.map((name) => keyOf(name, "A1")))
    await destroyAmidst(names, () => store.destroyCommunity("80"))
    expect(await left("data_key")).toEqual(["70 2", "90 4"])
    expect(await left("former_key")).toEqual(["70 2", "90 4"])
  })

  it("stays as it was when it cannot be destroyed whole", async () => {
    await admin.query("revoke delete on keyring.former_key from hudun_keyring")
    await expect(store.destroyKeys([nameOf("70", 2)])).rejects.toThrow("permission denied")
    await expect(store.destroyCommunity("70")).rejects.toThrow("permission denied")
    await admin.query("grant delete on keyring.former_key to hudun_keyring")
    expect(await left("data_key")).toContain("70 2")
    await store.destroyKeys([nameOf("70", 2)])
    expect(await left("former_key")).toEqual(["90 4"])
  })
})
