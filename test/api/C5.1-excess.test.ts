/** Clauses 2.3, 5.1: what is held without need is counted, never shown; a plan to be rid of it takes two persons and is not changed. */

import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type ExcessLine, planDetail, readExcess } from "../../src/lifecycle/excess/contract.ts"
import { give, writeText } from "../consents.ts"
import { type Reply, send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, lookAt, openDesk, openOrder, resident, sql, tracesOf } from "../orders.ts"
import { activate, begin, type RegimeDesk, saved, staffRegime } from "../regime-desk.ts"

const day = 86_400_000

let desk: Desk
let room: RegimeDesk
let officer: TestStaff
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  room = await staffRegime(desk)
  officer = room.officer
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const get = (path: string, as = officer) => send(desk.test, `GET ${at(desk, path)}`, { as })
const post = (path: string, body: object = {}, as = officer) =>
  send(desk.test, `POST ${at(desk, path)}`, { as, body })

const meter = async () => readExcess.reply.parse(done(await get("/excess")).body)
const linesOf = async (why: string) => (await meter()).lines.filter((line) => line.why === why)
const sum = (lines: readonly ExcessLine[]) => lines.reduce((all, { count }) => all + count, 0)
const planOf = (reply: Reply) => planDetail.parse(done(reply).body)

/** As a roster of former days may have left it: a fact beside each person's others. */
const hold = (field: string, building: string) =>
  sql(
    desk,
    `update app.record set masks = masks || jsonb_build_object($1::text, '["*"]'::jsonb),
       origin = origin || jsonb_build_object($1::text, jsonb_build_object('purpose', 'move_in', 'channel', 'import', 'at', now(), 'importId', null))
     where class = 'identity' and building_ids = array[$2::bigint]`,
    [field, building],
  )

async function draw(lines: readonly ExcessLine[], as = officer) {
  const body = { planId: randomUUID(), lines }
  return { reply: await post("/purge-plans", body, as), body }
}

describe("the meter", () => {
  it("counts all that is held, and finds nothing but the plates that nobody asked consent for", async () => {
    const { lines, held, unused } = await meter()
    expect(lines.map(({ why, field, count }) => [why, field, count])).toEqual(
      Array(4).fill(["no_consent", "plate", 3]),
    )
    expect(held).toBeGreaterThanOrEqual(24)
    expect(unused.canTell).toBe(false)
  })

  it("counts by field and building what no purpose in force takes", async () => {
    await hold("hobby", "1")
    expect(await linesOf("no_purpose")).toMatchObject([
      { field: "hobby", purpose: "move_in", buildingId: "1", building: "1栋", count: 3 },
    ])
  })

  it("counts what came for a purpose that is gone, or that takes it no more", async () => {
    await sql(
      desk,
      `update app.record set origin = jsonb_set(origin, '{plate,purpose}', '"lucky_draw"') where origin ? 'plate' and building_ids = '{2}'`,
    )
    expect(await linesOf("purpose_ended")).toMatchObject([
      { field: "plate", purpose: "lucky_draw", buildingId: "2", count: 3 },
    ])
    const draft = await begin(room)
    const { plate: _plate, ...rest } = draft.text.matrix["move_in"] ?? {}
    const matrix = { ...draft.text.matrix, move_in: rest }
    await activate(room, await saved(room, draft, { ...draft.text, matrix }))
    await untilVersion(2)
    const plates = (await linesOf("purpose_ended")).filter(({ field }) => field === "plate")
    expect(sum(plates)).toBe(12)
    expect(plates).toHaveLength(4)
  })

  it("counts what is optional and has no consent; a consent given takes the person out, one withdrawn puts them back", async () => {
    done(await writeText(desk, officer))
    await sql(
      desk,
      `update app.record set origin = jsonb_set(origin, '{phone,purpose}', '"greeting"') where class = 'identity' and building_ids = '{1}'`,
    )
    const count = async () => sum((await linesOf("no_consent")).filter(({ field }) => field === "phone"))
    expect(await count()).toBe(3)
    const { personId } = resident(desk, "1")
    await give(desk, desk.manager, personId)
    expect(await count()).toBe(2)
    const withdrawn = { eventId: randomUUID(), feature: "greeting", kind: "withdrawn" }
    const usual = { textVersion: 1, language: "zh-CN", channel: "desk" }
    done(await post(`/persons/${personId}/consents`, { ...withdrawn, ...usual }, desk.manager))
    expect(await count()).toBe(3)
  })

  it("counts what nobody used for half a year, once the traces go back so far", async () => {
    expect(await linesOf("unused")).toEqual([])
    desk.test.time.ahead += 200 * day
    const before = await linesOf("unused")
    expect(before.some(({ field }) => field === "phone")).toBe(true)
    const order = await openOrder(desk, clerk)
    done(await lookAt(desk, clerk, order))
    const after = await linesOf("unused")
    expect(after.some(({ field }) => field === "phone")).toBe(false)
    expect(after.some(({ field }) => field === "name")).toBe(true)
    desk.test.time.ahead -= 200 * day
  })

  it("shows no value and no person, and is closed to those at the desk", async () => {
    const reply = await get("/excess")
    for (const { phone, name, personId, plate } of Object.values(desk.residents).flat())
      for (const told of [phone, name, personId, plate]) expect(reply.text).not.toContain(told)
    expect((await get("/excess", clerk)).status).toBe(403)
    expect((await get("/excess", await hire(desk, "auditor"))).status).toBe(200)
  })
})

describe("a purge plan", () => {
  it("is drawn up from the meter as it is now; sent again it is the same", async () => {
    const lines = await linesOf("no_purpose")
    const { reply, body } = await draw(lines)
    const plan = planOf(reply)
    expect(plan).toMatchObject({ state: "drawn", count: 3, fields: ["hobby"], endedBy: null })
    expect(plan.number).toMatch(/^D\d{8}-01$/)
    expect(planOf(await post("/purge-plans", body))).toEqual(plan)
    expect((await get("/purge-plans")).body["plans"]).toHaveLength(1)
  })

  it("is refused when a line is not in the meter, when it is empty, and to everybody but the officer", async () => {
    const [line] = await linesOf("no_purpose")
    if (line === undefined) throw new Error("nothing is in excess")
    expect((await draw([{ ...line, field: "phone" }])).reply.body["code"]).toBe("purge.changed")
    expect((await draw([])).reply.status).toBe(400)
    expect((await draw([line], desk.manager)).reply.status).toBe(403)
  })

  it("is handed over by a second person, who signs what they read; then it waits and is not changed", async () => {
    const { planId, digest } = planOf((await draw(await linesOf("purpose_ended"))).reply)
    const sign = (as: TestStaff, signed = digest) =>
      post(`/purge-plans/${planId}/signature`, { digest: signed }, as)
    expect((await sign(officer)).body["code"]).toBe("purge.own")
    expect((await sign(desk.manager, "0".repeat(64))).body["code"]).toBe("purge.changed")
    expect((await sign(clerk)).status).toBe(403)
    const plan = planOf(await sign(desk.manager))
    expect(plan).toMatchObject({ state: "handed_over", digest, endedBy: { post: "manager" } })
    expect((await sign(desk.manager)).body["code"]).toBe("purge.ended")
    expect((await post(`/purge-plans/${planId}/withdrawal`)).body["code"]).toBe("purge.ended")
    for (const table of ["purge_plan", "purge_plan_end"])
      await expect(sql(desk, `update app.${table} set at = now()`)).rejects.toMatchObject({ code: "HU001" })
  })

  it("is withdrawn by an officer before that, and then not signed any more", async () => {
    const { planId, digest } = planOf((await draw(await linesOf("no_purpose"))).reply)
    expect(planOf(await post(`/purge-plans/${planId}/withdrawal`)).state).toBe("withdrawn")
    const signed = await post(`/purge-plans/${planId}/signature`, { digest }, desk.manager)
    expect(signed.body["code"]).toBe("purge.ended")
  })

  it("leaves traces that name fields, and no plan is read from elsewhere", async () => {
    const acts = (await tracesOf(desk)).filter(({ act }) => act.startsWith("purge."))
    expect(new Set(acts.map(({ act }) => act))).toEqual(
      new Set(["purge.draw", "purge.sign", "purge.withdraw"]),
    )
    expect(acts.every(({ fields }) => fields.length > 0)).toBe(true)
    expect((await get(`/purge-plans/${randomUUID()}`)).status).toBe(404)
  })
})

async function untilVersion(version: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await meter()).regimeVersion === version) return
    await sleep(50)
  }
  throw new Error("the version did not come into force")
}
