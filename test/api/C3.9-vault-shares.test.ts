import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readRootKey } from "../../src/vault/root-file.ts"
import { parseShare, splitRoot } from "../../src/vault/share.ts"
import type { TestDatabase } from "../database.ts"
import { appoint, makeCommunity, send, type TestCommunity, type TestHouse, type TestStaff } from "../house.ts"
import { knownPassword, staffWithLogin } from "../people.ts"
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

function keeperOf(): TestStaff {
  const [keeper] = holders
  if (keeper === undefined) throw new Error("no keeper")
  return keeper
}

async function withPassword(post: "auditor" | "manager" | "clerk", login: string): Promise<TestStaff> {
  const staff = await staffWithLogin(test, { communityId: community.communityId, login, post })
  const admin = await database.superuser()
  await admin.query("update app.credential set second_factor = '\\x01' where staff_id = $1", [staff.staffId])
  await admin.end()
  return staff
}

async function byPassword(login: string, password: string, share = "") {
  const reply = await test.app.inject({
    method: "POST",
    url: "/api/seal/shares/by-password",
    payload: { login, password, share },
  })
  const body: Record<string, unknown> = JSON.parse(reply.body)
  return { body, cookies: reply.cookies }
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
    const keeper = keeperOf()
    expect((await send(test, "POST /api/seal", { as: keeper })).body["sealed"]).toBe(true)
    expect((await send(test, "POST /api/seal/open", { as: keeper })).body["reason"]).toBe("shares_needed")
    expect((await give(1, shares[1])).body["sealed"]).toBe(true)
    expect((await give(2, shares[2])).body["sealed"]).toBe(false)
  })

  it("are taken by password from holders with a second factor, whose code a sealed server cannot check", async () => {
    const [first, second] = await Promise.all([
      withPassword("auditor", "share.one"),
      withPassword("manager", "share.two"),
    ])
    await send(test, "POST /api/seal", { as: keeperOf() })
    const session = { login: "share.one", password: knownPassword, code: "123456" }
    for (let tries = 0; tries < 7; tries += 1) {
      const refused = await send(test, "POST /api/session", { body: session })
      expect(refused.body["code"]).toBe("server.sealed")
    }
    expect((await byPassword("share.one", "a-wrong-password", shares[0])).body["code"]).toBe("sign_in.wrong")
    expect((await byPassword("nobody.here", knownPassword, shares[0])).body["code"]).toBe("sign_in.wrong")
    const one = await byPassword("share.one", knownPassword, shares[0])
    expect(one.body).toMatchObject({ sealed: true, shares: { given: 1, need: 2 } })
    expect(one.cookies).toEqual([])
    expect((await byPassword("share.one", knownPassword, shares[1])).body["code"]).toBe("seal.share_twice")
    expect((await byPassword("share.two", knownPassword, shares[1])).body["sealed"]).toBe(false)
    // Open, the password alone is good for nothing.
    expect((await byPassword("share.one", knownPassword, shares[0])).body["code"]).toBe("seal.no_shares")
    expect(
      (await send(test, "POST /api/session", { body: { ...session, login: "share.two", code: undefined } }))
        .body["code"],
    ).toBe("session.code_needed")
    expect(second.staffId).not.toBe(first.staffId)
  })

  it("are not taken by password from other posts, from who is suspended, nor with a first password that somebody else knows", async () => {
    const other = await withPassword("clerk", "share.three")
    const fresh = await withPassword("auditor", "share.four")
    const admin = await database.superuser()
    await admin.query("update app.credential set must_change = true where staff_id = $1", [fresh.staffId])
    await admin.end()
    const keeper = keeperOf()
    const stopped = await withPassword("auditor", "share.five")
    const [, officer = keeper] = holders
    const path = `/api/communities/${community.communityId}/staff/${stopped.staffId}/suspend` as const
    const suspended = await send(test, `POST ${path}`, { as: officer, body: { reason: "lost_device" } })
    expect(suspended.status).toBe(200)
    await send(test, "POST /api/seal", { as: keeper })
    expect((await byPassword("share.five", knownPassword, shares[0])).body["code"]).toBe("account.suspended")
    expect((await byPassword("share.five", "a-wrong-password", shares[0])).body["code"]).toBe("sign_in.wrong")
    expect((await byPassword("share.three", knownPassword, shares[0])).body["code"]).toBe("post.not_allowed")
    expect((await byPassword("share.four", knownPassword, shares[0])).body["code"]).toBe(
      "password.change_first",
    )
    expect((await send(test, "GET /api/seal")).body).toMatchObject({ shares: { given: 0 } })
    expect((await give(0, shares[0])).body["sealed"]).toBe(true)
    expect((await give(1, shares[1])).body["sealed"]).toBe(false)
    expect(other.post).toBe("clerk")
  })

  it("shares of another installation make no key of this one, and all are forgotten", async () => {
    const keeper = keeperOf()
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
    const givers = new Set(rows.map((row) => row.actor))
    expect(holders.every((one) => givers.has(one.staffId))).toBe(true)
    expect(givers.has("")).toBe(false)
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
