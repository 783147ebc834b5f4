import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readRootKey } from "../../src/vault/root-file.ts"
import { parseShare, splitRoot } from "../../src/vault/share.ts"
import type { TestDatabase } from "../database.ts"
import { appoint, makeCommunity, send, type TestCommunity, type TestHouse, type TestStaff } from "../house.ts"
import { openDatabase, startOver } from "../vault/house.ts"

let database: TestDatabase
let test: TestHouse
let community: TestCommunity
let shares: string[]
let holders: TestStaff[]
let clerk: TestStaff

beforeAll(async () => {
  database = await openDatabase()
  const before = await startOver(database)
  community = await makeCommunity(before, 7)
  holders = []
  for (const post of ["security_admin", "privacy_officer", "auditor"] as const)
    holders.push(await appoint(before, { community, post }))
  clerk = await appoint(before, { community, post: "clerk" })
  const admin = await database.superuser()
  await admin.query("update app.credential set second_factor = '\\x01'")
  await admin.end()
  const file = join(database.data, "keys", "root.key")
  shares = await splitRoot(await readRootKey(file, undefined), { of: 3, need: 2 })
  await before.close()
  await rm(file)
  test = await startOver(database, { env: { HUDUN_ROOT: "shares:" } })
})
afterAll(async () => {
  await test.close()
  await database.stop()
})

function give(holder: number, share: string | undefined) {
  const as = holders[holder]
  if (as === undefined || share === undefined) throw new Error("no such holder")
  return send(test, "POST /api/seal/shares", { as, body: { share } })
}

describe("a root key in three shares, of which two open", () => {
  it("is awaited by a sealed server", async () => {
    const state = await send(test, "GET /api/seal")
    expect(state.body).toMatchObject({
      sealed: true,
      reason: "shares_needed",
      shares: { given: 0, need: null },
    })
  })

  it("one share opens nothing, and its holder's second is not taken", async () => {
    expect((await give(0, shares[0])).body).toMatchObject({ sealed: true, shares: { given: 1, need: 2 } })
    expect((await give(0, shares[1])).body["code"]).toBe("seal.share_twice")
    expect((await give(1, shares[0])).body["code"]).toBe("seal.share_twice")
    const name = { ...community, subjectId: "00000000-0000-0000-0000-000000000001", class: "identity" }
    await expect(test.house.keyring.dataKey(name)).rejects.toThrow("server.sealed")
  })

  it("a slip of the pen and a share of another split are refused", async () => {
    const [first = "", second = ""] = shares
    const slip = `${second.slice(0, 30)}${second[30] === "0" ? "1" : "0"}${second.slice(31)}`
    expect((await give(1, slip)).body["code"]).toBe("seal.share_malformed")
    const key = await readRootKey(join(database.data, "keys", "other.key"), undefined, true)
    const [foreign] = await splitRoot(key, { of: 3, need: 2 })
    expect((await give(1, foreign)).body["code"]).toBe("seal.share_foreign")
    expect(parseShare(first)?.need).toBe(2)
  })

  it("is not taken from somebody who works with owners' data, nor from nobody", async () => {
    const body = { share: shares[1] ?? "" }
    expect((await send(test, "POST /api/seal/shares", { as: clerk, body })).body["code"]).toBe(
      "post.not_allowed",
    )
    expect((await send(test, "POST /api/seal/shares", { body })).body["code"]).toBe("session.none")
    const headers = { "x-hudun-local": "a-guess" }
    expect((await send(test, "POST /api/seal/shares", { headers, body })).body["code"]).toBe("session.none")
  })

  it("two shares of two holders open it", async () => {
    expect((await give(1, shares[1])).body).toMatchObject({ sealed: false })
    const name = { ...community, subjectId: "00000000-0000-0000-0000-000000000001", class: "identity" }
    expect(await test.house.keyring.dataKey(name)).toBeUndefined()
    expect((await give(2, shares[2])).body["code"]).toBe("seal.no_shares")
  })

  it("sealed by hand, its key is gone until two holders give theirs again", async () => {
    const [keeper] = holders
    if (keeper === undefined) throw new Error("no keeper")
    expect((await send(test, "POST /api/seal", { as: keeper })).body["sealed"]).toBe(true)
    expect((await send(test, "POST /api/seal/open", { as: keeper })).body["reason"]).toBe("shares_needed")
    expect((await give(1, shares[1])).body["sealed"]).toBe(true)
    expect((await give(2, shares[2])).body["sealed"]).toBe(false)
  })

  it("shares of another installation make no key of this one, and all are forgotten", async () => {
    const [keeper] = holders
    if (keeper === undefined) throw new Error("no keeper")
    await send(test, "POST /api/seal", { as: keeper })
    const key = await readRootKey(join(database.data, "keys", "other.key"), undefined)
    const [one, other] = await splitRoot(key, { of: 2, need: 2 })
    expect((await give(0, one)).body["sealed"]).toBe(true)
    expect((await give(1, other)).body["code"]).toBe("seal.shares_wrong")
    expect((await send(test, "GET /api/seal")).body).toMatchObject({
      reason: "root_wrong",
      shares: { given: 0 },
    })
    expect((await give(0, shares[0])).body["sealed"]).toBe(true)
    expect((await give(1, shares[2])).body["sealed"]).toBe(false)
  })

  it("leaves traces of who gave a share, and never the share", async () => {
    const admin = await database.superuser()
    const { rows } = await admin.query<{ actor: string; text: string }>(
      "select actor, row_to_json(t)::text as text from app.trace t where act = 'keys.share' order by seq",
    )
    await admin.end()
    expect(new Set(rows.map((row) => row.actor))).toEqual(new Set(holders.map((one) => one.staffId)))
    expect(rows.every((row) => !row.text.includes("hudun-share"))).toBe(true)
  })
})

describe("the shares themselves", () => {
  it("are fewer than their number in no way useful: one alone never makes the key", async () => {
    const key = await readRootKey(join(database.data, "keys", "other.key"), undefined)
    await expect(splitRoot(key, { of: 3, need: 1 })).rejects.toThrow()
    await expect(splitRoot(key, { of: 2, need: 3 })).rejects.toThrow()
  })
})
