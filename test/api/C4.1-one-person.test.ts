import { Secret } from "otpauth"
import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { hashOf } from "../../src/duty/people/session.ts"
import { type Request, send, startHouse } from "../house.ts"
import {
  codeAt,
  type FirstRunHouse,
  knownPassword,
  newStaff,
  signIn,
  staffWithLogin,
  withSetup,
} from "../people.ts"

let house: FirstRunHouse
let admin: pg.Client
const officer = { name: "钱负责", login: "officer", password: "sing-a-quiet-song" }
const company = { company: "测试物业公司", community: "测试花园" }
let communityId = ""
let officerSecret = ""

beforeAll(async () => {
  house = await withSetup(await startHouse())
  admin = await house.database.superuser()
})
afterAll(async () => {
  await admin.end()
  await house.close()
})

const now = () => Date.now() + house.time.ahead
const ask = (line: Parameters<typeof send>[1], request?: Request) => send(house, line, request)
const enter = (login: string, password: string, code?: string) =>
  signIn(house.app, code === undefined ? { login, password } : { login, password, code })

async function traces(act: string, outcome = "done"): Promise<number> {
  const { rows } = await admin.query(
    "select count(*)::int as n from app.trace where act = $1 and outcome = $2",
    [act, outcome],
  )
  return rows[0].n
}

/** Signs the officer in with the next code: each counts once. */
async function enterOfficer() {
  house.time.ahead += 30_000
  return enter(officer.login, officer.password, codeAt(officerSecret, now()))
}

/** A clerk with the first password of the appointment. */
async function newColleague(login: string) {
  const staff = newStaff(login, "clerk")
  const line = `POST /api/communities/${communityId}/staff` as const
  const made = await ask(line, { as: await enterOfficer(), body: staff })
  expect(made.status).toBe(200)
  return { ...staff, password: String(made.body["firstPassword"]) }
}

/** A clerk who changed the first password long ago. */
async function newClerk(login: string) {
  const staff = await staffWithLogin(house, { communityId, login, post: "clerk" })
  return { ...staff, login, password: knownPassword }
}

describe("the first run", () => {
  const body = () => ({ code: house.setup.text, ...company, officer })

  test("is still to be done on a fresh installation", async () => {
    expect((await ask("GET /api/setup")).body).toEqual({ needed: true, demonstration: null })
  })

  test("needs the code, and a password that is not weak", async () => {
    const wrong = await ask("POST /api/setup", { body: { ...body(), code: "aaaa-bbbb-cccc-dddd" } })
    expect([wrong.status, wrong.body["code"]]).toEqual([403, "setup.code_wrong"])
    const weak = await ask("POST /api/setup", {
      body: { ...body(), officer: { ...officer, password: "officer-2026" } },
    })
    expect([weak.status, weak.body["code"]]).toEqual([422, "password.has_login"])
    expect((await ask("GET /api/setup")).body["needed"]).toBe(true)
  })

  test("three clicks at once make one company, and a fourth finds it", async () => {
    const clicks = await Promise.all([1, 2, 3].map(() => ask("POST /api/setup", { body: body() })))
    expect(clicks.map((click) => click.status)).toEqual([200, 200, 200])
    communityId = String(clicks[0]?.body["communityId"])
    expect((await ask("POST /api/setup", { body: body() })).body).toEqual({ communityId })
    const { rows } = await admin.query("select name from app.tenant where tenant_id <> 0")
    expect(rows).toEqual([{ name: company.company }])
  })

  test("is done once: the code makes no second company", async () => {
    const again = await ask("POST /api/setup", { body: { ...body(), company: "另一家" } })
    expect([again.status, again.body["code"]]).toEqual([409, "setup.done"])
    expect((await ask("GET /api/setup")).body).toEqual({ needed: false, demonstration: null })
    expect(await traces("people.set_up")).toBeGreaterThan(0)
  })

  test("a server that starts afterwards has no code, and none fits", async () => {
    const later = await withSetup(house, null)
    const reply = await send(later, "POST /api/setup", { body: { ...body(), code: "" } })
    expect([reply.status, reply.body["code"]]).toEqual([409, "setup.done"])
    await later.app.close()
  })
})

describe("a powerful post needs a second factor", () => {
  test("before it is enrolled, nothing else is open", async () => {
    const session = await enter(officer.login, officer.password)
    expect(session.body).toMatchObject({ mustEnrolSecondFactor: true, mustChangePassword: false })
    const list = await ask(`GET /api/communities/${communityId}/staff`, { as: session })
    expect([list.status, list.body["code"]]).toEqual([403, "code.enrol_first"])
  })

  test("a code confirms it, and a wrong one does not", async () => {
    const session = await enter(officer.login, officer.password)
    const begun = await ask("POST /api/session/second-factor", { as: session, body: {} })
    officerSecret = String(begun.body["secret"])
    expect(begun.body["uri"]).toContain(`otpauth://totp/Hudun:${officer.login}`)
    expect(begun.body["qr"]).toMatch(/^data:image\/png;base64,/)
    const wrong = await ask("POST /api/session/second-factor/confirm", {
      as: session,
      body: { code: "000000" },
    })
    expect([wrong.status, wrong.body["code"]]).toEqual([422, "code.wrong"])
    const code = codeAt(officerSecret, now())
    const confirmed = await ask("POST /api/session/second-factor/confirm", { as: session, body: { code } })
    expect(confirmed.status).toBe(200)
    expect((await ask(`GET /api/communities/${communityId}/staff`, { as: session })).status).toBe(200)
    expect(await traces("people.confirm_second_factor")).toBe(1)
  })

  test("from then on the password alone opens nothing, and asking for the code is no failure", async () => {
    for (let i = 0; i < 6; i++) {
      const half = await enter(officer.login, officer.password)
      expect([half.status, half.body["code"], half.cookie]).toEqual([401, "session.code_needed", ""])
    }
  })

  test("a code counts once", async () => {
    house.time.ahead += 30_000
    const code = codeAt(officerSecret, now())
    expect((await enter(officer.login, officer.password, code)).status).toBe(200)
    const replayed = await enter(officer.login, officer.password, code)
    expect([replayed.status, replayed.body["code"]]).toEqual([422, "code.wrong"])
  })

  test("the secret lies sealed", async () => {
    const { rows } = await admin.query(
      "select second_factor from app.credential where second_factor is not null",
    )
    expect(rows.length).toBe(1)
    const sealed: Buffer = rows[0].second_factor
    expect(sealed.includes(Buffer.from(officerSecret))).toBe(false)
    expect(sealed.includes(Buffer.from(Secret.fromBase32(officerSecret).buffer))).toBe(false)
  })
})

describe("a first password", () => {
  test("opens nothing but its own change", async () => {
    const clerk = await newColleague("first.clerk")
    const session = await enter(clerk.login, clerk.password)
    expect(session.body).toMatchObject({ mustChangePassword: true, name: clerk.name })
    const buildings = await ask(`GET /api/communities/${communityId}/buildings`, { as: session })
    expect(buildings.body["code"]).toBe("password.change_first")
    const enrol = await ask("POST /api/session/second-factor", { as: session, body: {} })
    expect(enrol.body["code"]).toBe("password.change_first")
  })

  test("is not changed into a weak one", async () => {
    const clerk = await newColleague("second.clerk")
    const session = await enter(clerk.login, clerk.password)
    const codes = []
    for (const next of ["short", "1234567890", "is-second.clerk-1", clerk.password]) {
      const body = { current: clerk.password, next }
      codes.push((await ask("POST /api/session/password", { as: session, body })).body["code"])
    }
    expect(codes).toEqual([
      "password.too_short",
      "password.too_common",
      "password.has_login",
      "password.same",
    ])
  })

  test("changed, it is no longer one, and the person's other sessions end", async () => {
    const clerk = await newColleague("third.clerk")
    const elsewhere = await enter(clerk.login, clerk.password)
    const here = await enter(clerk.login, clerk.password)
    const body = { current: clerk.password, next: "much better words" }
    const same = await ask("POST /api/session/password", {
      as: here,
      body: { ...body, next: clerk.password },
    })
    expect(same.body["code"]).toBe("password.same")
    const wrong = await ask("POST /api/session/password", {
      as: here,
      body: { ...body, current: "not this one" },
    })
    expect([wrong.status, wrong.body["code"]]).toEqual([401, "sign_in.wrong"])
    expect((await ask("POST /api/session/password", { as: here, body })).status).toBe(200)
    expect((await ask("GET /api/session", { as: here })).body["mustChangePassword"]).toBe(false)
    expect((await ask("GET /api/session", { as: elsewhere })).body["code"]).toBe("session.none")
    expect((await enter(clerk.login, clerk.password)).status).toBe(401)
    expect(await traces("people.change_password")).toBe(1)
    expect(await traces("people.change_password", "refused")).toBe(1)
  })
})

describe("signing in", () => {
  test("gives a cookie that scripts and other sites do not get, and keeps only its hash", async () => {
    const clerk = await newClerk("cookie.clerk")
    const session = await enter(clerk.login, clerk.password)
    expect(session.setCookie).toMatch(/^hudun_session=[A-Za-z0-9_-]{43};/)
    for (const word of ["HttpOnly", "SameSite=Strict", "Path=/", "Secure"])
      expect(session.setCookie).toContain(word)
    const { rows } = await admin.query("select staff_id from app.session where token_hash = $1", [
      hashOf(session.cookie),
    ])
    expect(rows).toEqual([{ staff_id: clerk.staffId }])
  })

  test("tells nothing about which log-ins there are", async () => {
    const clerk = await newClerk("quiet.clerk")
    const replies = []
    for (const login of [clerk.login, "nobody.here"]) {
      for (let i = 0; i < 6; i++) {
        const { status, body } = await enter(login, "a wrong password")
        replies.push([status, body["code"], body["facts"]])
      }
    }
    expect(replies.slice(0, 6)).toEqual(replies.slice(6))
    expect(replies[4]).toEqual([401, "sign_in.wrong", {}])
    expect(replies[5]).toEqual([429, "sign_in.locked", { minutes: 1 }])
  })

  test("takes as long for an unknown log-in as for a wrong password", async () => {
    const clerk = await newClerk("timed.clerk")
    const took = async (login: string) => {
      const start = performance.now()
      await enter(login, "a wrong password")
      return performance.now() - start
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 4; i++) {
      known.push(await took(clerk.login))
      unknown.push(await took("unknown.clerk"))
    }
    // Without the hash an unknown one takes a twentieth: wide bounds tell that on any machine.
    const ratio = Math.min(...unknown) / Math.min(...known)
    expect(ratio).toBeGreaterThan(0.25)
    expect(ratio).toBeLessThan(4)
  })

  test("rests after five failures, also for the right password, and success starts the count again", async () => {
    const clerk = await newClerk("locked.clerk")
    for (let i = 0; i < 5; i++) await enter(clerk.login, "a wrong password")
    expect((await enter(clerk.login, clerk.password)).body["code"]).toBe("sign_in.locked")
    house.time.ahead += 61_000
    expect((await enter(clerk.login, clerk.password)).status).toBe(200)
    for (let i = 0; i < 4; i++) await enter(clerk.login, "a wrong password")
    expect((await enter(clerk.login, clerk.password)).status).toBe(200)
  })

  test("guesses at the same moment count one by one", async () => {
    const clerk = await newClerk("crowded.clerk")
    const replies = await Promise.all(Array.from({ length: 9 }, () => enter(clerk.login, "a wrong password")))
    const codes = replies.map((reply) => reply.body["code"])
    expect(codes.filter((code) => code === "sign_in.wrong").length).toBe(5)
    expect(codes.filter((code) => code === "sign_in.locked").length).toBe(4)
  })

  test("is slowed down for one desk that tries and tries", async () => {
    const statuses: number[] = []
    for (let i = 0; i < 11; i++)
      statuses.push((await signIn(house.app, { login: "paced", password: "x" }, "10.9.9.9")).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await signIn(house.app, { login: "paced2", password: "x" }, "10.9.9.9")).status).toBe(401)
  })

  test("makes a cheaper hash again at today's cost", async () => {
    const clerk = await newClerk("old.clerk")
    const cheap = "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg"
    await admin.query("update app.credential set password_hash = $2 where staff_id = $1", [
      clerk.staffId,
      cheap,
    ])
    const session = await enter(clerk.login, "password")
    expect(session.status).toBe(200)
    const { rows } = await admin.query("select password_hash from app.credential where staff_id = $1", [
      clerk.staffId,
    ])
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await enter(clerk.login, "password")).status).toBe(200)
  })

  test("leaves a trace whichever way it went, with the person's name or with nobody's", async () => {
    const clerk = await newClerk("traced.clerk")
    await enter(clerk.login, clerk.password)
    await enter(clerk.login, "a wrong password")
    const { rows } = await admin.query(
      "select community_id, post, outcome from app.trace where act = 'people.sign_in' and actor = $1 order by seq desc limit 2",
      [clerk.staffId],
    )
    expect(rows).toEqual([
      { community_id: communityId, post: "clerk", outcome: "refused" },
      { community_id: communityId, post: "clerk", outcome: "done" },
    ])
    const { rows: strangers } = await admin.query(
      "select count(*)::int as n from app.trace where act = 'people.sign_in' and community_id = 0 and actor is null and outcome = 'refused'",
    )
    expect(strangers[0].n).toBeGreaterThan(5)
  })
})

describe("a session", () => {
  test("ends when its person signs out", async () => {
    const clerk = await newClerk("leaving.clerk")
    const session = await enter(clerk.login, clerk.password)
    expect((await ask("DELETE /api/session", { as: session })).status).toBe(200)
    expect((await ask("GET /api/session", { as: session })).body["code"]).toBe("session.none")
    expect(await traces("people.sign_out")).toBe(1)
  })

  test("ends after twelve hours", async () => {
    const clerk = await newClerk("tired.clerk")
    const session = await enter(clerk.login, clerk.password)
    house.time.ahead += 12 * 3_600_000 - 5_000
    expect((await ask("GET /api/session", { as: session })).status).toBe(200)
    house.time.ahead += 6_000
    expect((await ask("GET /api/session", { as: session })).status).toBe(401)
  })

  test("nobody has without a cookie, with an empty one or with somebody else's guess", async () => {
    for (const cookie of ["", "x", "A".repeat(43)]) {
      const reply = await ask("GET /api/session", { as: { staffId: "", post: "clerk", cookie } })
      expect([reply.status, reply.body["code"]]).toEqual([401, "session.none"])
    }
    expect((await ask("GET /api/session")).status).toBe(401)
  })

  test("tells posts and reach", async () => {
    const { body } = await enterOfficer()
    expect(body).toMatchObject({ login: officer.login, company: company.company, hasSecondFactor: true })
    expect(body["reaches"]).toMatchObject([
      { communityId, communityName: company.community, posts: ["privacy_officer"], buildingIds: null },
    ])
  })
})
