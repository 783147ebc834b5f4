/** The demonstration community: real commands on invented people, made and removed by one click. Clause 4.1. */

import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { appoint, makeCommunity, type Request, send, startHouse } from "../house.ts"
import { type Entered, type FirstRunHouse, signIn, withSetup } from "../people.ts"

let house: FirstRunHouse
let admin: pg.Client
let communityId = ""
const people = new Map<string, { login: string; password: string; reach: string }>()

beforeAll(async () => {
  house = await withSetup(await startHouse())
  admin = await house.database.superuser()
})
afterAll(async () => {
  await admin.end()
  await house.close()
})

const ask = (line: Parameters<typeof send>[1], request?: Request) => send(house, line, request)

async function enter(post: string): Promise<Entered> {
  const person = people.get(post)
  return signIn(house.app, { login: person?.login ?? "", password: person?.password ?? "" })
}

function learn(logins: unknown): void {
  if (!Array.isArray(logins)) throw new Error("no log-ins")
  for (const login of logins) people.set(login.post, login)
}

async function count(table: string): Promise<number> {
  const { rows } = await admin.query(`select count(*)::int as n from app.${table} where community_id = $1`, [
    communityId,
  ])
  return rows[0].n
}

describe("opening", () => {
  test("needs the set-up code or somebody who manages people", async () => {
    const wrong = await ask("POST /api/demonstration", { body: { code: "aaaa-bbbb-cccc-dddd" } })
    expect([wrong.status, wrong.body["code"]]).toEqual([403, "setup.code_wrong"])
    expect((await ask("POST /api/demonstration", { body: {} })).body["code"]).toBe("session.none")
    const clerk = await appoint(house, { community: await makeCommunity(house, 1), post: "manager" })
    const refused = await ask("POST /api/demonstration", { as: clerk, body: {} })
    expect(refused.body["code"]).toBe("post.not_allowed")
  })

  test("makes 1,200 households and one log-in a post; a second click waits for the same ones", async () => {
    const body = { code: house.setup.text }
    const [first, second] = await Promise.all([1, 2].map(() => ask("POST /api/demonstration", { body })))
    expect([first?.status, second?.status]).toEqual([200, 200])
    expect(second?.body).toEqual(first?.body)
    communityId = String(first?.body["communityId"])
    learn(first?.body["logins"])
    expect(people.size).toBe(9)
    expect(await count("home")).toBe(1200)
    expect(await count("person")).toBeGreaterThan(1500)
    const { rows } = await admin.query("select post from app.trace where act = 'people.open_demonstration'")
    expect(rows).toEqual([{ post: "setup" }, { post: "setup" }])
  }, 120_000)

  test("is told at the start; whoever holds the code and lost the passwords gets new ones, no second community", async () => {
    expect((await ask("GET /api/setup")).body["demonstration"]).toBe(communityId)
    const former = { ...people.get("clerk") }
    const again = await ask("POST /api/demonstration", { body: { code: house.setup.text } })
    expect([again.status, again.body["communityId"]]).toEqual([200, communityId])
    learn(again.body["logins"])
    expect(await count("home")).toBe(1200)
    const stale = { login: former.login ?? "", password: former.password ?? "" }
    expect((await signIn(house.app, stale)).body["code"]).toBe("sign_in.wrong")
  })

  test("is not opened again by somebody without the code: it may be in use", async () => {
    const again = await ask("POST /api/demonstration", { as: await enter("privacy_officer"), body: {} })
    expect([again.status, again.body["code"]]).toEqual([409, "demonstration.exists"])
  })
})

describe("its people", () => {
  test("sign in at once, without a second factor and without changing a password", async () => {
    for (const post of people.keys()) {
      const session = await enter(post)
      expect(session.body).toMatchObject({ mustChangePassword: false, mustEnrolSecondFactor: false })
      expect(session.body["reaches"]).toMatchObject([{ communityId, demonstration: true, posts: [post] }])
    }
  })

  test("have the reach of their post: the clerk buildings 3 and 5, the supervisor 1 to 4", async () => {
    const seen = async (post: string) => {
      const { body } = await ask(`GET /api/communities/${communityId}/buildings`, { as: await enter(post) })
      return Array.isArray(body["buildings"]) ? body["buildings"].map((one) => one.name) : body["code"]
    }
    expect(await seen("clerk")).toEqual(["3栋", "5栋"])
    expect(await seen("supervisor")).toEqual(["1栋", "2栋", "3栋", "4栋"])
    expect(await seen("manager")).toHaveLength(8)
    expect(people.get("clerk")?.reach).toBe("3栋、5栋")
  })
})

describe("removing", () => {
  test("is for those who manage people", async () => {
    const refused = await ask("DELETE /api/demonstration", { as: await enter("manager") })
    expect([refused.status, refused.body["code"]]).toEqual([403, "post.not_allowed"])
  })

  test("ends sessions and log-ins, destroys keys, deletes rows and leaves the traces", async () => {
    const manager = await enter("manager")
    const traced = await count("trace")
    const removed = await ask("DELETE /api/demonstration", { as: await enter("privacy_officer") })
    expect(removed.status).toBe(200)
    expect((await ask("GET /api/session", { as: manager })).body["code"]).toBe("session.none")
    expect((await enter("manager")).body["code"]).toBe("sign_in.wrong")
    for (const table of ["person", "home", "building", "residence", "record", "blind_index"])
      expect([table, await count(table)]).toEqual([table, 0])
    const keys = await admin.query("select from keyring.data_key where community_id = $1", [communityId])
    expect(keys.rowCount).toBe(0)
    expect((await admin.query("select from app.staff where is_demonstration")).rowCount).toBe(0)
    expect((await admin.query("select from app.login where login like 'demo-%'")).rowCount).toBe(0)
    expect(await count("trace")).toBeGreaterThan(traced)
    expect((await ask("GET /api/setup")).body["demonstration"]).toBeNull()
  })

  test("is done once", async () => {
    const officer = await appoint(house, {
      community: { tenantId: "1", communityId: "10" },
      post: "privacy_officer",
    })
    const again = await ask("DELETE /api/demonstration", { as: officer })
    expect([again.status, again.body["code"]]).toEqual([409, "demonstration.none"])
  })
})

describe("a demonstration that was never finished", () => {
  test("is cleared away by the next opening, here by a privacy officer", async () => {
    const tenant = "777"
    await admin.query("insert into app.tenant values ($1, '半途', 'A1', true, now())", [tenant])
    await admin.query("insert into app.community values (7770, $1, '半途', true, now())", [tenant])
    await admin.query(
      "insert into app.staff (staff_id, tenant_id, name, is_demonstration, created_at) values (gen_random_uuid(), $1, '半途', true, now())",
      [tenant],
    )
    expect((await ask("GET /api/setup")).body["demonstration"]).toBeNull()
    const community = { tenantId: "1", communityId: "10" }
    const officer = await appoint(house, { community, post: "privacy_officer" })
    const opened = await ask("POST /api/demonstration", { as: officer, body: {} })
    expect(opened.status).toBe(200)
    const { rows } = await admin.query(
      "select removed_at is not null as removed from app.community where community_id = 7770",
    )
    expect(rows).toEqual([{ removed: true }])
    expect((await ask("GET /api/setup")).body["demonstration"]).toBe(opened.body["communityId"])
  }, 120_000)
})
