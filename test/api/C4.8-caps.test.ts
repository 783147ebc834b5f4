/** Clause 4.8: what one person sees in thirty days is counted against the criminal lines: a warning, then a hard stop. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { capsV1 } from "../../src/lifecycle/catalogue/approvals-v1.ts"
import { send, type TestHouse, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, lookAt, openDesk, openOrder, read, sql, tracesOf } from "../orders.ts"
import { openSecond } from "../second-house.ts"

const day = 86_400_000

let desk: Desk
let other: Desk
let second: TestHouse
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  second = await openSecond(desk.test)
  other = { ...desk, test: second }
  officer = await hire(desk, "privacy_officer")
})
afterAll(async () => {
  await second.close()
  await desk.test.close()
})

/** As if so many other phones had been seen so many days ago. */
async function seen({ staffId }: TestStaff, count: number, { line = "other", days = 0 } = {}): Promise<void> {
  const when = new Date(Date.now() + desk.test.time.ahead - days * day).toISOString()
  await sql(
    desk,
    "insert into app.cap_mark select $1, $2, gen_random_uuid(), 'phone', $3, $4 from generate_series(1, $5)",
    [staffId, line, desk.community.communityId, when, count],
  )
  await sql(desk, "update app.cap_count set since = '-infinity' where person_id = $1 and line = $2", [
    staffId,
    line,
  ])
}

async function meterOf(as: TestStaff, line = "other"): Promise<unknown> {
  const { body } = done(await send(desk.test, "GET /api/meter", { as }))
  const gauges: unknown = body["gauges"]
  return Array.isArray(gauges) ? gauges.find((one) => one.line === line) : undefined
}

const limit = 2_500

describe("a look", () => {
  it("counts each field of each record once, and another field again", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const order = await openOrder(desk, clerk, { phone: "13900001111" })
    for (let again = 0; again < 3; again += 1) done(await lookAt(desk, clerk, order))
    expect(await meterOf(clerk)).toEqual({ line: "other", count: 1, limit, state: "free" })
    done(await lookAt(desk, clerk, order, "repair"))
    expect(await meterOf(clerk)).toMatchObject({ count: 1 })
    expect(await meterOf(clerk, "service")).toMatchObject({ count: 1, limit: 250 })
  })

  it("that is refused counts nothing", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const order = await openOrder(desk, clerk)
    expect((await lookAt(desk, clerk, order, "id_number")).status).toBe(403)
    expect(await meterOf(clerk)).toMatchObject({ count: 0 })
  })

  it("warns from four fifths on, and is stopped hard at the line, with a trace", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await seen(clerk, 1_998)
    expect(
      done(await lookAt(desk, clerk, await openOrder(desk, clerk, { phone: "13900001111" }))).body["cap"],
    ).toBeNull()
    const near = await lookAt(desk, clerk, await openOrder(desk, clerk, { phone: "13900001111" }))
    expect(near.body["cap"]).toEqual({ line: "other", count: 2_000, limit, state: "warned" })
    await seen(clerk, 499)
    const last = await openOrder(desk, clerk, { phone: "13900001111" })
    done(await lookAt(desk, clerk, last))
    const beyond = await openOrder(desk, clerk, { phone: "13900002222" })
    const refused = await lookAt(desk, clerk, beyond)
    expect(refused.body).toMatchObject({ code: "use.cap_reached", facts: { limit } })
    expect(refused.text).not.toContain("13900002222")
    expect((await tracesOf(desk)).at(-1)).toMatchObject({
      act: "use.look",
      outcome: "refused",
      use_id: beyond.useId,
    })
    // What was counted before may be seen again.
    done(await lookAt(desk, clerk, last))
    expect(await meterOf(clerk)).toEqual({ line: "other", count: limit, limit, state: "reached" })
  })

  it("at the last place: exactly as many of a hundred as are left, on two processes", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const orders = []
    for (let made = 0; made < 100; made += 1)
      orders.push(await openOrder(desk, clerk, { phone: `139000${String(10_000 + made)}` }))
    await seen(clerk, limit - 37)
    const looks = await Promise.all(
      orders.map((order, index) => lookAt(index % 2 ? other : desk, clerk, order)),
    )
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(37)
    expect(new Set(looks.filter(({ status }) => status !== 200).map(({ body }) => body["code"]))).toEqual(
      new Set(["use.cap_reached"]),
    )
    expect(await meterOf(clerk)).toMatchObject({ count: limit })
  })

  it("is forgotten after thirty days, and not before", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await seen(clerk, limit - 1, { days: 29 })
    await seen(clerk, 1, { days: 1 })
    const order = await openOrder(desk, clerk)
    expect((await lookAt(desk, clerk, order)).body["code"]).toBe("use.cap_reached")
    desk.test.time.ahead += day + 60_000
    expect(done(await lookAt(desk, clerk, order)).status).toBe(200)
    expect(await meterOf(clerk)).toMatchObject({ count: 2 })
  })
})

describe("a person", () => {
  it("with two accounts has one count, whatever either has seen before", async () => {
    const [one, two] = [await hire(desk, "clerk", ["1"]), await hire(desk, "clerk", ["1"])]
    await seen(one, 100)
    await seen(two, limit - 100)
    done(await lookAt(desk, one, await openOrder(desk, one)))
    const body = { staffId: one.staffId, sameAs: two.staffId }
    done(await send(desk.test, `POST ${at(desk, "/same-person")}`, { as: officer, body }))
    const refused = await lookAt(desk, one, await openOrder(desk, one, { phone: "13900003333" }))
    expect(refused.body["code"]).toBe("use.cap_reached")
    expect(await meterOf(one)).toMatchObject({ state: "reached" })
    expect(await meterOf(two)).toMatchObject({ state: "reached" })
  })

  it("sees their own meter; the officer everybody's, closest to a line first", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await seen(clerk, 24, { line: "trajectory" })
    expect(await meterOf(clerk, "trajectory")).toEqual({
      line: "trajectory",
      count: 24,
      limit: 25,
      state: "warned",
    })
    const { body } = done(await read(desk, officer, "/caps"))
    expect(JSON.stringify(body["people"])).toContain(clerk.staffId)
    expect((await read(desk, clerk, "/caps")).body["code"]).toBe("post.not_allowed")
  })
})

it("the lines are those of the clause", () => {
  expect(capsV1.lines.map((line) => line.limit)).toEqual([25, 250, 2_500])
})
