import { randomUUID } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Post } from "../../src/duty/people/post.ts"
import {
  appoint,
  fillRoster,
  makeCommunity,
  type Request,
  send,
  startHouse,
  syntheticRoster,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { knownPassword, newStaff, signIn, staffWithLogin } from "../people.ts"

let house: TestHouse
let here: TestCommunity
let elsewhere: TestCommunity
let officer: TestStaff
let system: TestStaff
let manager: TestStaff

beforeAll(async () => {
  house = await startHouse()
  here = await makeCommunity(house, 1)
  elsewhere = await makeCommunity(house, 2)
  officer = await appoint(house, { community: here, post: "privacy_officer" })
  system = await appoint(house, { community: here, post: "system_admin" })
  manager = await fillRoster(house, here, syntheticRoster(8, 4))
})
afterAll(() => house.close())

const ask = (line: Parameters<typeof send>[1], request?: Request) => send(house, line, request)
const staffPath = () => `/api/communities/${here.communityId}/staff` as const

async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const admin = await house.database.superuser()
  try {
    return (await admin.query<Row>(text, values)).rows
  } finally {
    await admin.end()
  }
}

function codeOf({ status, body }: Awaited<ReturnType<typeof send>>): [number, unknown] {
  return [status, body["code"]]
}

describe("who manages people", () => {
  test.each(["clerk", "supervisor", "repairer", "archivist", "security_admin", "auditor"] as const)(
    "a %s neither lists nor appoints",
    async (post) => {
      const staff = await appoint(house, { community: here, post })
      expect(codeOf(await ask(`GET ${staffPath()}`, { as: staff }))).toEqual([403, "post.not_allowed"])
      const reply = await ask(`POST ${staffPath()}`, { as: staff, body: newStaff(`by.${post}`, "clerk") })
      expect(codeOf(reply)).toEqual([403, "post.not_allowed"])
    },
  )

  test("a manager lists and does not appoint", async () => {
    expect((await ask(`GET ${staffPath()}`, { as: manager })).status).toBe(200)
    const reply = await ask(`POST ${staffPath()}`, { as: manager, body: newStaff("by.manager", "clerk") })
    expect(codeOf(reply)).toEqual([403, "post.not_allowed"])
  })

  test("a privacy officer and a system admin appoint, and it is traced", async () => {
    for (const [as, login] of [
      [officer, "by.officer"],
      [system, "by.system"],
    ] as const) {
      const reply = await ask(`POST ${staffPath()}`, { as, body: newStaff(login, "clerk", ["3"]) })
      expect(reply.status).toBe(200)
      expect(reply.body["firstPassword"]).toMatch(/^([a-z2-9]{4}-){2}[a-z2-9]{4}$/)
    }
    const traced = await sql(
      "select actor from app.trace where act = 'people.appoint' and community_id = $1",
      [here.communityId],
    )
    expect(traced.map((row) => row["actor"]).sort()).toEqual([officer.staffId, system.staffId].sort())
    const { body } = await ask(`GET ${staffPath()}`, { as: officer })
    const made = Array.isArray(body["staff"])
      ? body["staff"].find((one) => one.login === "by.officer")
      : undefined
    expect(made).toMatchObject({ hasSecondFactor: false, lockedUntil: null, leftAt: null })
    expect(made.appointments).toMatchObject([
      { post: "clerk", communityId: here.communityId, buildingIds: ["3"], until: null },
    ])
  })

  test("the database refuses everybody else too", async () => {
    const app = new pg.Client(house.database.as("hudun_app"))
    await app.connect()
    const add = async (post: string) => {
      await app.query("begin")
      await app.query("select app.ctx($1, '*', '', $2, $3)", [here.communityId, post, manager.staffId])
      const insert =
        "insert into app.staff (staff_id, tenant_id, name, created_at) values ($1, $2, '某', now())"
      const outcome = await app.query(insert, [randomUUID(), here.tenantId]).then(
        () => "added",
        () => "refused",
      )
      await app.query("rollback")
      return outcome
    }
    expect(await add("system_admin")).toBe("added")
    expect(await add("clerk,supervisor,manager,security_admin,auditor")).toBe("refused")
    for (const table of ["login", "credential", "session"])
      await expect(app.query(`select * from app.${table}`)).rejects.toThrow("permission denied")
    await app.end()
  })
})

describe("a log-in is one person's", () => {
  test("the same appointment sent again gives a new first password to the same person", async () => {
    const body = newStaff("twice", "clerk")
    const first = await ask(`POST ${staffPath()}`, { as: officer, body })
    const second = await ask(`POST ${staffPath()}`, { as: officer, body })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(await sql("select post from app.appointment where staff_id = $1", [body.staffId])).toHaveLength(1)
    const old = await signIn(house.app, { login: "twice", password: String(first.body["firstPassword"]) })
    const newer = await signIn(house.app, { login: "twice", password: String(second.body["firstPassword"]) })
    expect([old.status, newer.status]).toEqual([401, 200])
  })

  test("somebody else's is taken, in this company and in any other, and nothing is half made", async () => {
    await staffWithLogin(house, { communityId: elsewhere.communityId, login: "far.away", post: "clerk" })
    for (const login of ["twice", "far.away"]) {
      const body = newStaff(login, "clerk")
      expect(codeOf(await ask(`POST ${staffPath()}`, { as: officer, body }))).toEqual([409, "login.taken"])
      expect(await sql("select from app.staff where staff_id = $1", [body.staffId])).toHaveLength(0)
    }
  })

  test("one left over from an appointment that failed is free again after a minute", async () => {
    const add = "insert into app.login values ($1, $2)"
    const [old, young] = [randomUUID(), randomUUID()]
    await sql(add, ["left.over", old])
    await sql(add, ["under.way", young])
    for (const [id, age] of [
      [old, "2 minutes"],
      [young, "1 second"],
    ] as const)
      await sql(
        "insert into app.credential (staff_id, password_hash, must_change, changed_at) values ($1, 'x', true, now() - $2::interval)",
        [id, age],
      )
    const free = await ask(`POST ${staffPath()}`, { as: officer, body: newStaff("left.over", "clerk") })
    const taken = await ask(`POST ${staffPath()}`, { as: officer, body: newStaff("under.way", "clerk") })
    expect([free.status, taken.status]).toEqual([200, 409])
  })

  test("an appointment over somebody who works already is refused and changes nothing", async () => {
    const clerk = await staffWithLogin(house, {
      communityId: here.communityId,
      login: "working",
      post: "clerk",
    })
    const body = { ...newStaff("working", "manager"), staffId: clerk.staffId }
    expect(codeOf(await ask(`POST ${staffPath()}`, { as: officer, body }))).toEqual([409, "login.taken"])
    expect((await signIn(house.app, { login: "working", password: knownPassword })).status).toBe(200)
  })

  test.each([
    ["a building the community does not have", { buildingIds: ["3", "77"] }, "request.malformed"],
    ["an end before the start", { until: "2020-01-01T00:00:00.000Z" }, "request.malformed"],
    ["a log-in with blanks", { login: "two words" }, "request.malformed"],
    ["a post nobody knows", { post: "king" }, "request.malformed"],
  ])("%s is refused", async (_, wrong, code) => {
    const reply = await ask(`POST ${staffPath()}`, {
      as: officer,
      body: { ...newStaff("never", "clerk"), ...wrong },
    })
    expect(codeOf(reply)).toEqual([400, code])
    expect(await sql("select from app.login where login = 'never'")).toHaveLength(0)
  })
})

describe("nobody changes themselves", () => {
  test("not their post, not their password by reset, not their leaving, not by appointing themselves", async () => {
    const own = `${staffPath()}/${officer.staffId}` as const
    const replies = [
      await ask(`PUT ${own}/post`, { as: officer, body: { post: "manager", buildingIds: null } }),
      await ask(`POST ${own}/password`, { as: officer, body: {} }),
      await ask(`POST ${own}/leave`, { as: officer, body: {} }),
      await ask(`POST ${staffPath()}`, {
        as: officer,
        body: { ...newStaff("myself", "manager"), staffId: officer.staffId },
      }),
    ]
    expect(replies.map(codeOf)).toEqual(replies.map(() => [422, "staff.self"]))
  })
})

describe("administrators apart", () => {
  /** A clerk here who also holds a post in another community of the same company. */
  async function withPostElsewhere(post: Post): Promise<TestStaff> {
    const staff = await appoint(house, { community: here, post: "clerk" })
    const other = String(1_000_000 + Math.floor(Math.random() * 1e9))
    await sql("insert into app.community values ($1, $2, '测试二区', false, now())", [other, here.tenantId])
    await sql(
      `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, valid_from)
       values ($1, $2, $3, $4, $5, now())`,
      [randomUUID(), staff.staffId, post, here.tenantId, other],
    )
    return staff
  }

  test.each(["system_admin", "security_admin"] as const)(
    "an auditor of one community is no %s of another",
    async (post) => {
      const staff = await withPostElsewhere("auditor")
      const line = `PUT ${staffPath()}/${staff.staffId}/post` as const
      const refused = await ask(line, { as: officer, body: { post, buildingIds: null } })
      expect(codeOf(refused)).toEqual([422, "post.exclusive"])
      expect(refused.body["facts"]).toEqual({ post: "auditor" })
      const allowed = await ask(line, { as: officer, body: { post: "archivist", buildingIds: null } })
      expect(allowed.status).toBe(200)
    },
  )

  test("whoever works elsewhere too is not dismissed by somebody who manages here only", async () => {
    const staff = await withPostElsewhere("clerk")
    const reply = await ask(`POST ${staffPath()}/${staff.staffId}/leave`, { as: officer, body: {} })
    expect(codeOf(reply)).toEqual([403, "post.not_allowed"])
  })

  test.each(["system_admin", "security_admin", "auditor", "privacy_officer"] as const)(
    "a %s sees no owners' data, on the server and in the database",
    async (post) => {
      const admin = await appoint(house, { community: here, post })
      const list = await ask(`GET /api/communities/${here.communityId}/owners`, { as: admin })
      expect(codeOf(list)).toEqual([403, "post.not_allowed"])
      const context = {
        communities: here.communityId,
        buildings: "*",
        classes: "identity,life,service",
        posts: post,
        actor: admin.staffId,
      }
      for (const table of ["person", "residence", "record", "home", "blind_index"])
        expect(await house.house.spine.database.read(context, `select from app.${table}`)).toHaveLength(0)
    },
  )
})

describe("staff of another company do not exist", () => {
  test("not in the list, not for a change", async () => {
    const stranger = await appoint(house, { community: elsewhere, post: "clerk" })
    const { text } = await ask(`GET ${staffPath()}`, { as: officer })
    expect(text).not.toContain(stranger.staffId)
    const one = `${staffPath()}/${stranger.staffId}` as const
    const nobody = `${staffPath()}/${randomUUID()}` as const
    for (const path of [one, nobody]) {
      const replies = [
        await ask(`PUT ${path}/post`, { as: officer, body: { post: "clerk", buildingIds: null } }),
        await ask(`POST ${path}/password`, { as: officer, body: {} }),
        await ask(`POST ${path}/leave`, { as: officer, body: {} }),
      ]
      expect(replies.map(codeOf)).toEqual(replies.map(() => [404, "thing.absent"]))
    }
    const body = { ...newStaff("stolen", "clerk"), staffId: stranger.staffId }
    expect(codeOf(await ask(`POST ${staffPath()}`, { as: officer, body }))).toEqual([404, "thing.absent"])
    const far = `/api/communities/${elsewhere.communityId}/staff` as const
    expect(codeOf(await ask(`GET ${far}`, { as: officer }))).toEqual([404, "thing.absent"])
  })
})

describe("changes take effect at once", () => {
  test("another post opens and closes with the next request", async () => {
    const staff = await appoint(house, { community: here, post: "clerk" })
    const owners = `GET /api/communities/${here.communityId}/owners` as const
    expect((await ask(owners, { as: staff })).status).toBe(200)
    const line = `PUT ${staffPath()}/${staff.staffId}/post` as const
    expect((await ask(line, { as: officer, body: { post: "auditor", buildingIds: null } })).status).toBe(200)
    expect(codeOf(await ask(owners, { as: staff }))).toEqual([403, "post.not_allowed"])
    const kept = await sql(
      "select post, valid_until is null as held from app.appointment where staff_id = $1 order by valid_from",
      [staff.staffId],
    )
    expect(kept).toEqual([
      { post: "clerk", held: false },
      { post: "auditor", held: true },
    ])
  })

  test("a post with an end stops by itself", async () => {
    const staff = await appoint(house, { community: here, post: "archivist" })
    const until = new Date(Date.now() + house.time.ahead + 3_600_000).toISOString()
    const body = { post: "clerk", buildingIds: null, until }
    await ask(`PUT ${staffPath()}/${staff.staffId}/post`, { as: officer, body })
    const owners = `GET /api/communities/${here.communityId}/owners` as const
    expect((await ask(owners, { as: staff })).status).toBe(200)
    house.time.ahead += 3_601_000
    expect(codeOf(await ask(owners, { as: staff }))).toEqual([404, "thing.absent"])
  })

  test("a reset password ends sessions, lifts the lockout, removes the second factor and must be changed", async () => {
    const staff = await staffWithLogin(house, {
      communityId: here.communityId,
      login: "forgetful",
      post: "clerk",
    })
    for (let i = 0; i < 5; i++) await signIn(house.app, { login: "forgetful", password: "not this one" })
    await sql("update app.credential set second_factor = '\\x00' where staff_id = $1", [staff.staffId])
    const reset = await ask(`POST ${staffPath()}/${staff.staffId}/password`, { as: system, body: {} })
    expect(reset.status).toBe(200)
    expect(codeOf(await ask("GET /api/session", { as: staff }))).toEqual([401, "session.none"])
    expect((await signIn(house.app, { login: "forgetful", password: knownPassword })).status).toBe(401)
    const session = await signIn(house.app, {
      login: "forgetful",
      password: String(reset.body["firstPassword"]),
    })
    expect(session.body).toMatchObject({ mustChangePassword: true, hasSecondFactor: false })
  })

  test("a leaver's sessions end, the log-in opens nothing and stays taken", async () => {
    const staff = await staffWithLogin(house, {
      communityId: here.communityId,
      login: "leaver",
      post: "clerk",
    })
    expect((await ask("GET /api/session", { as: staff })).status).toBe(200)
    const line = `POST ${staffPath()}/${staff.staffId}/leave` as const
    expect((await ask(line, { as: officer, body: {} })).status).toBe(200)
    expect(codeOf(await ask("GET /api/session", { as: staff }))).toEqual([401, "session.none"])
    expect(codeOf(await signIn(house.app, { login: "leaver", password: knownPassword }))).toEqual([
      401,
      "sign_in.wrong",
    ])
    const again = await ask(`POST ${staffPath()}`, { as: officer, body: newStaff("leaver", "clerk") })
    expect(codeOf(again)).toEqual([409, "login.taken"])
    expect((await ask(line, { as: officer, body: {} })).status).toBe(200)
    const { body } = await ask(`GET ${staffPath()}`, { as: officer })
    const left = Array.isArray(body["staff"])
      ? body["staff"].find((one) => one.login === "leaver")
      : undefined
    expect(left.leftAt).not.toBeNull()
    expect(
      codeOf(
        await ask(`PUT ${staffPath()}/${staff.staffId}/post`, {
          as: officer,
          body: { post: "clerk", buildingIds: null },
        }),
      ),
    ).toEqual([404, "thing.absent"])
  })
})
