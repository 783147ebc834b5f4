/** Clauses 2.4, 6.2: nobody in the first ninety days, or without valid training, may propose a field. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Reply, send, type TestStaff } from "../house.ts"
import { at, type Desk, furnish, hire, openDesk, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  officer = await hire(desk, "privacy_officer")
})
beforeEach(async () => {
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const day = 86_400_000
const dayFrom = (days: number) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(Date.now() + days * day)
const wish = { field: "email", purpose: "fee", why: "想发电子收据" }
const propose = (as: TestStaff, body: object = wish): Promise<Reply> =>
  send(desk.test, `POST ${at(desk, "/proposals")}`, { as, body: { proposalId: randomUUID(), ...body } })
const worksSince = (days: number) =>
  sql(desk, "update app.appointment set valid_from = now() - make_interval(days => $2) where staff_id = $1", [
    clerk.staffId,
    days,
  ])
const train = (as: TestStaff, staffId: string, until: number): Promise<Reply> =>
  send(desk.test, `POST ${at(desk, "/training")}`, {
    as,
    body: {
      trainingId: randomUUID(),
      staffId,
      course: "业主信息保密",
      passedOn: dayFrom(Math.min(until, 0)),
      validUntil: dayFrom(until),
    },
  })
const barred = async () =>
  (await send(desk.test, `GET ${at(desk, "/proposals")}`, { as: clerk })).body["barred"]

describe("somebody in the first ninety days", () => {
  it.each([0, 1, 88])("on day %i is told from when they may propose", async (days) => {
    await worksSince(days)
    await train(desk.manager, clerk.staffId, 365)
    const facts = { date: dayFrom(90 - days), limit: 90 }
    expect(await propose(clerk)).toMatchObject({ status: 403, body: { code: "proposal.too_new", facts } })
    expect(await barred()).toMatchObject({ code: "proposal.too_new", facts: { date: facts.date } })
  })

  it("may propose after them, also when the post has changed since", async () => {
    await worksSince(90)
    await train(desk.manager, clerk.staffId, 365)
    await sql(
      desk,
      `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, building_ids, valid_from)
       select gen_random_uuid(), staff_id, 'supervisor', tenant_id, community_id, building_ids, now() from app.appointment where staff_id = $1`,
      [clerk.staffId],
    )
    expect(await barred()).toBeNull()
    expect(await propose(clerk)).toMatchObject({ status: 200, body: { field: "email", answer: null } })
  })
})

describe("training", () => {
  it.each([
    ["none", []],
    ["one that ended yesterday", [-1]],
    ["one that was taken back", [365, -1]],
  ])("%s keeps somebody from proposing", async (_, untils) => {
    await worksSince(200)
    for (const until of untils) expect((await train(officer, clerk.staffId, until)).status).toBe(200)
    expect(await propose(clerk)).toMatchObject({ status: 403, body: { code: "proposal.no_training" } })
  })

  it("counts to the end of its last day", async () => {
    await worksSince(200)
    await train(officer, clerk.staffId, 0)
    expect((await propose(clerk)).status).toBe(200)
  })

  it("is recorded by manager or officer, never for oneself, never by a clerk, never for a stranger", async () => {
    expect((await train(desk.manager, clerk.staffId, 10)).status).toBe(200)
    expect(await train(desk.manager, desk.manager.staffId, 10)).toMatchObject({
      body: { code: "training.own" },
    })
    expect(await train(clerk, clerk.staffId, 10)).toMatchObject({ body: { code: "post.not_allowed" } })
    const stranger = await hire(await furnish(desk.test, 2), "clerk")
    expect(await train(desk.manager, stranger.staffId, 10)).toMatchObject({ status: 404 })
    await expect(
      sql(
        desk,
        "insert into app.training values ($1, gen_random_uuid(), $2, 'x', now(), now(), $2, 'manager', now())",
        [desk.community.communityId, clerk.staffId],
      ),
    ).rejects.toThrow(/training_is_recorded_by_another/)
  })

  it("is listed for the manager: who, until when, and who has none", async () => {
    await train(officer, clerk.staffId, 30)
    const { body } = await send(desk.test, `GET ${at(desk, "/training")}`, { as: desk.manager })
    const rows = body["staff"] instanceof Array ? body["staff"] : []
    const of = (staff: TestStaff) => rows.find((row) => row.staff.staffId === staff.staffId)
    expect(of(clerk)).toMatchObject({ isValid: true, validUntil: dayFrom(30), course: "业主信息保密" })
    expect(of(officer)).toMatchObject({ isValid: false, validUntil: null })
  })
})

describe("a proposal", () => {
  it("whose reason holds somebody's phone is refused; masked, or kept for a reason, it is taken (2.9)", async () => {
    await worksSince(200)
    await train(desk.manager, clerk.staffId, 365)
    const phone = "13900007654"
    const refused = await propose(clerk, { ...wish, why: `打${phone}找业主要邮箱` })
    expect(refused).toMatchObject({ status: 422, body: { code: "text.personal_found" } })
    expect(refused.text).not.toContain(phone)
    expect((await propose(clerk, { ...wish, why: "打139****7654找业主要邮箱" })).status).toBe(200)
    const kept = [{ kind: "phone", start: 1, end: 12, reason: "public_number" }]
    expect((await propose(clerk, { ...wish, why: `打${phone}找业主要邮箱`, kept })).status).toBe(200)
    const traced = "select fields from app.trace where act = 'text.keep' and actor = $1"
    expect(await sql(desk, traced, [clerk.staffId])).toEqual([{ fields: ["phone"] }])
  })

  it("that was barred stands among the attempts, with codes only", async () => {
    await propose(clerk, { field: "客人的爱好", purpose: "greeting", why: "客户张三喜欢" })
    const { body } = await send(desk.test, `GET ${at(desk, "/attempts?limit=1")}`, { as: desk.manager })
    expect(body["attempts"]).toMatchObject([
      { by: { staffId: clerk.staffId }, channel: "proposal", purpose: "greeting", field: "unclassified" },
    ])
    const rows = await sql<{ row: string }>(desk, "select to_jsonb(a)::text as row from app.attempt a")
    expect(rows.filter(({ row }) => /爱好|张三/.test(row))).toEqual([])
  })

  it("goes to the officer, who answers once; the proposer reads the answer and nobody else does", async () => {
    await worksSince(200)
    await train(officer, clerk.staffId, 30)
    const made = await propose(clerk)
    const id = String(made.body["proposalId"])
    const answer = (as: TestStaff, verdict = "declined") =>
      send(desk.test, `POST ${at(desk, `/proposals/${id}/answer`)}`, { as, body: { verdict } })
    expect(await answer(desk.manager)).toMatchObject({ status: 403 })
    expect((await answer(officer)).body).toMatchObject({ answer: { verdict: "declined" } })
    expect(await answer(officer, "taken_up")).toMatchObject({ body: { code: "attempt.ruled_on" } })
    const ids = async (as: TestStaff) => (await send(desk.test, `GET ${at(desk, "/proposals")}`, { as })).text
    expect(await ids(clerk)).toContain(id)
    expect(await ids(officer)).toContain(id)
    expect(await ids(desk.manager)).not.toContain(id)
  })
})
