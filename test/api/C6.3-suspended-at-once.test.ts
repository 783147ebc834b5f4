/** Clause 6.3: somebody of the staff is stopped on the spot, on every server, with their posts left as they are, and let in again. */

import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sealSecret } from "../../src/duty/people/sealed-secret.ts"
import { applyAs, approve, lookUnder, type Office, setDuty, setToNoon, staffOffice } from "../applications.ts"
import { appoint, makeCommunity, type Reply, send, type TestHouse, type TestStaff } from "../house.ts"
import { at, type Desk, dispatch, done, hire, openDesk, openOrder, read, sql } from "../orders.ts"
import { codeAt, knownPassword, signIn, staffWithLogin } from "../people.ts"
import { openSecond } from "../second-house.ts"

const hour = 3_600_000

let desk: Desk
/** The same community as a second server sees it. */
let other: Desk
let second: TestHouse
let office: Office
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
  officer = office.officer
  second = await openSecond(desk.test)
  other = { ...desk, test: second }
})
afterAll(async () => {
  await second.close()
  await desk.test.close()
})

const now = () => Date.now() + desk.test.time.ahead
const code = async (asked: Promise<Reply>) => {
  const { status, body } = await asked
  return status === 200 ? "done" : body["code"]
}

function suspend(whom: TestStaff, body: object = {}, as = officer, of = desk): Promise<Reply> {
  const path = at(of, `/staff/${whom.staffId}/suspend`)
  return send(of.test, `POST ${path}`, { as, body: { reason: "lost_device", ...body } })
}

function restore(whom: TestStaff, as = officer): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/staff/${whom.staffId}/restore`)}`, { as, body: {} })
}

interface Known extends TestStaff {
  readonly login: string
}

async function known(login: string, post: TestStaff["post"] = "clerk"): Promise<Known> {
  const staff = await staffWithLogin(desk.test, { communityId: desk.community.communityId, login, post })
  return { ...staff, login }
}

const enter = (who: Known, password = knownPassword, of = desk) =>
  signIn(of.test.app, { login: who.login, password }, `10.6.3.${Math.floor(Math.random() * 250)}`)
const session = (as: TestStaff, of = desk) => code(send(of.test, "GET /api/session", { as }))

async function memberOf(whom: TestStaff, as = officer): Promise<Record<string, unknown>> {
  const { body } = await read(desk, as, "/staff")
  const staff: Array<Record<string, unknown>> = Array.isArray(body["staff"]) ? body["staff"] : []
  return staff.find((one) => one["staffId"] === whom.staffId) ?? {}
}

describe("somebody who is suspended", () => {
  it("is out at once, on every server within five seconds, and the others are not", async () => {
    const [clerk, colleague] = [await known("lost.phone"), await known("next.desk")]
    const here = await enter(clerk)
    const there = await enter(clerk, knownPassword, other)
    expect([await session(here), await session(there, other), await session(clerk, other)]).toEqual([
      "done",
      "done",
      "done",
    ])
    done(await suspend(clerk))
    const since = performance.now()
    expect([await session(here), await session(clerk)]).toEqual(["session.none", "session.none"])
    const isOpen = async () => [await session(there, other), await session(clerk, other)].includes("done")
    while (await isOpen()) {
      expect(performance.now() - since).toBeLessThan(5_000)
      await sleep(100)
    }
    expect(await session(there, other)).toBe("session.none")
    expect([await session(colleague), await session(colleague, other)]).toEqual(["done", "done"])
  })

  it("keeps their posts, is let in again, and what was open before stays closed", async () => {
    const clerk = await known("on.leave")
    const before = await enter(clerk)
    done(await suspend(clerk, { reason: "leave" }))
    expect(await memberOf(clerk)).toMatchObject({
      leftAt: null,
      suspension: { reason: "leave", until: null },
      appointments: [{ post: "clerk", until: null }],
    })
    expect(await code(enter(clerk))).toBe("account.suspended")
    done(await restore(clerk))
    expect(await memberOf(clerk)).toMatchObject({ suspension: null })
    expect([await session(before), await session(clerk)]).toEqual(["session.none", "session.none"])
    const again = await enter(clerk)
    expect(await session(again)).toBe("done")
    expect(await code(read(desk, again, "/owners"))).toBe("done")
  })

  it("comes back by themselves when the time is over, and not before", async () => {
    const clerk = await known("till.noon")
    const before = await enter(clerk)
    const until = new Date(now() + hour).toISOString()
    done(await suspend(clerk, { reason: "leave", until }))
    expect(await memberOf(clerk)).toMatchObject({ suspension: { until } })
    desk.test.time.ahead += hour - 60_000
    expect(await code(enter(clerk))).toBe("account.suspended")
    desk.test.time.ahead += 120_000
    expect(await session(before)).toBe("session.none")
    expect(await session(await enter(clerk))).toBe("done")
    expect(await memberOf(clerk)).toMatchObject({ suspension: null })
  })

  it("stays out longer, or less long, by a second word, and one lifting ends both", async () => {
    const clerk = await known("two.words")
    done(await suspend(clerk, { until: new Date(now() + hour).toISOString() }))
    done(await suspend(clerk, { reason: "investigation" }))
    expect(await memberOf(clerk)).toMatchObject({ suspension: { reason: "investigation", until: null } })
    done(await restore(clerk))
    expect(await session(await enter(clerk))).toBe("done")
  })
})

describe("signing in", () => {
  it("tells who has proven themselves that they are suspended, and nobody else", async () => {
    const [clerk, colleague] = [await known("who.is"), await known("who.is.not")]
    done(await suspend(clerk))
    const wrong = await Promise.all([clerk, colleague].map((one) => enter(one, "a-guess-of-somebody")))
    const nobody = await enter({ ...clerk, login: "nobody.here" }, "a-guess-of-somebody")
    expect(new Set([...wrong, nobody].map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(wrong[0]?.body["code"]).toBe("sign_in.wrong")
    // Right passwords are no guesses: they lock nobody out.
    for (let tries = 0; tries < 6; tries += 1) expect(await code(enter(clerk))).toBe("account.suspended")
    for (const one of [clerk, colleague]) {
      for (let tries = 0; tries < 4; tries += 1) await enter(one, "a-guess-of-somebody")
      expect(await code(enter(one))).toBe("sign_in.locked")
    }
  })

  it("asks for the code first where one is owed", async () => {
    const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    const manager = await known("with.code", "manager")
    const whom = { staffId: manager.staffId, tenantId: desk.community.tenantId }
    const sealed = await sealSecret(desk.test.house.keyring, whom, secret)
    await sql(desk, "update app.credential set second_factor = $2 where staff_id = $1", [
      manager.staffId,
      sealed,
    ])
    done(await suspend(manager))
    expect(await code(enter(manager))).toBe("session.code_needed")
    const knock = { login: manager.login, password: knownPassword, code: codeAt(secret, now()) }
    expect(await code(signIn(desk.test.app, knock))).toBe("account.suspended")
  })
})

describe("what rests on the suspended person", () => {
  it("an approver signs no more, on no server; whoever stands in for them does", async () => {
    const { clerk, archivist, manager } = office
    const supervisor = await hire(desk, "supervisor", ["1"])
    const duty = { post: "supervisor", forStaff: supervisor.staffId, deputy: archivist.staffId }
    const first = await applyAs(desk, clerk)
    expect(await session(supervisor, other)).toBe("done")
    done(await suspend(supervisor))
    // The other server still remembers the session, and asks again in the command itself.
    expect(await code(approve(other, supervisor, first))).toBe("session.none")
    expect(await code(approve(desk, archivist, first))).toBe("post.not_allowed")
    done(await setDuty(desk, manager, duty))
    expect(await code(approve(desk, archivist, first))).toBe("done")
  })

  it("a deputy who is suspended is put on no roster", async () => {
    const { manager, supervisor } = office
    const archivist = await hire(desk, "archivist")
    const duty = { post: "supervisor", forStaff: supervisor.staffId, deputy: archivist.staffId }
    done(await suspend(archivist))
    expect(await code(setDuty(desk, manager, duty))).toBe("duty.not_a_signer")
    done(await restore(archivist))
    expect(await code(setDuty(desk, manager, duty))).toBe("done")
  })

  it("a grant opens nothing while they are, and what is left of it when they are back", async () => {
    const clerk = await known("has.grant")
    const id = await applyAs(desk, clerk)
    done(await approve(desk, office.supervisor, id))
    expect(await code(lookUnder(desk, clerk, { id }))).toBe("done")
    done(await suspend(clerk))
    expect(await code(lookUnder(desk, clerk, { id }))).toBe("session.none")
    done(await restore(clerk))
    expect(await code(lookUnder(desk, clerk, { id }))).toBe("session.none")
    expect(await code(lookUnder(desk, await enter(clerk), { id }))).toBe("done")
  })

  it("a repairer's link is dead, no order is sent to them, and both live again", async () => {
    const { clerk } = office
    const repairer = await hire(desk, "repairer")
    const order = await openOrder(desk, clerk)
    done(await dispatch(desk, clerk, order, repairer))
    const path = at(desk, `/orders/${order.orderId}/visit`)
    const { link } = done(await send(desk.test, `POST ${path}`, { as: clerk, body: {} })).body
    let device = ""
    const open = async () => {
      const cookies = { hudun_visit: device }
      const reply = await desk.test.app.inject({
        method: "POST",
        url: "/api/visit",
        payload: { link },
        cookies,
      })
      device = reply.cookies.find(({ name }) => name === "hudun_visit")?.value ?? device
      return reply.statusCode
    }
    const handlers = async () => (await read(desk, clerk, "/handlers")).text.includes(repairer.staffId)
    expect([await open(), await handlers()]).toEqual([200, true])
    done(await suspend(repairer))
    expect([await open(), await handlers()]).toEqual([410, false])
    const next = await openOrder(desk, clerk)
    expect(await code(dispatch(desk, clerk, next, repairer))).toBe("order.assignee_unknown")
    done(await restore(repairer))
    expect([await open(), await handlers()]).toEqual([200, true])
    expect(await code(dispatch(desk, clerk, next, repairer))).toBe("done")
  })
})

describe("who suspends", () => {
  it("nobody themselves, nobody whom they do not manage, nobody who has left", async () => {
    const clerk = await hire(desk, "clerk")
    expect(await code(suspend(officer, {}, officer))).toBe("staff.self")
    expect(await code(restore(officer))).toBe("staff.self")
    expect(await code(suspend(clerk, {}, office.manager))).toBe("post.not_allowed")
    const away = await appoint(desk.test, { community: await makeCommunity(desk.test, 3), post: "clerk" })
    expect(await code(suspend(away))).toBe("thing.absent")
    done(
      await send(desk.test, `POST ${at(desk, `/staff/${clerk.staffId}/leave`)}`, { as: officer, body: {} }),
    )
    expect([await code(suspend(clerk)), await code(restore(clerk))]).toEqual(["thing.absent", "thing.absent"])
  })

  it("with a coded word and an end that is still to come", async () => {
    const clerk = await hire(desk, "clerk")
    expect(await code(suspend(clerk, { reason: "王先生的投诉" }))).toBe("request.malformed")
    expect(await code(suspend(clerk, { until: new Date(now() - hour).toISOString() }))).toBe(
      "request.malformed",
    )
    expect(await session(clerk)).toBe("done")
  })

  it("a manager sees that somebody is suspended, and not why; nor does a query of the server", async () => {
    const clerk = await hire(desk, "clerk")
    done(await suspend(clerk, { reason: "investigation" }))
    expect(await memberOf(clerk, desk.manager)).toMatchObject({ suspension: { reason: null, until: null } })
    expect(await memberOf(clerk)).toMatchObject({ suspension: { reason: "investigation" } })
    const app = new pg.Client(desk.test.database.as("hudun_app"))
    await app.connect()
    await expect(app.query("select reason from app.staff_suspension")).rejects.toThrow("permission denied")
    expect((await app.query("select staff_id from app.staff_suspension")).rows).toEqual([])
    await app.end()
  })

  it("leaves a trace, with no word of why", async () => {
    const clerk = await hire(desk, "clerk")
    done(await suspend(clerk, { reason: "investigation" }))
    done(await restore(clerk))
    const rows = await sql<{ row: string; act: string }>(
      desk,
      "select act, to_jsonb(t)::text as row from app.trace t where act in ('people.suspend', 'people.restore') order by seq desc limit 2",
    )
    expect(rows.map((one) => one.act)).toEqual(["people.restore", "people.suspend"])
    expect(rows.some(({ row }) => row.includes("investigation"))).toBe(false)
  })
})

describe("a community keeps a privacy officer", () => {
  it("the last one who can sign in is not suspended; beside another one, they are", async () => {
    const community = await makeCommunity(desk.test, 5)
    const there = { ...desk, community }
    const hireThere = (post: TestStaff["post"]) => appoint(desk.test, { community, post })
    const [system, last] = [await hireThere("system_admin"), await hireThere("privacy_officer")]
    expect(await code(suspend(last, {}, system, there))).toBe("staff.last_officer")
    expect(await session(last)).toBe("done")
    const next = await hireThere("privacy_officer")
    expect(await code(suspend(last, {}, system, there))).toBe("done")
    expect(await code(suspend(next, {}, system, there))).toBe("staff.last_officer")
    expect(await code(suspend(system, {}, next, there))).toBe("done")
  })

  it("of two who suspend each other at the same moment one stays", async () => {
    const community = await makeCommunity(desk.test, 6)
    const there = { ...desk, community }
    await appoint(desk.test, { community, post: "privacy_officer" })
    for (let round = 0; round < 3; round += 1) {
      const one = await appoint(desk.test, { community, post: "privacy_officer" })
      const two = await appoint(desk.test, { community, post: "privacy_officer" })
      const codes = await Promise.all([
        code(suspend(two, {}, one, there)),
        code(suspend(one, {}, two, there)),
      ])
      expect(codes.toSorted()).toEqual(["done", "session.none"])
    }
  })
})
