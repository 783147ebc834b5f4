/** Clause 2.4: asking for more is refused at once, recorded and shown to the supervisor, who rules on it; it becomes a lesson. */

import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createApp } from "../../src/app.ts"
import { readConfig } from "../../src/config.ts"
import { openHouse } from "../../src/open-house.ts"
import { openLog } from "../../src/platform/log.ts"
import { program } from "../database.ts"
import { type Reply, send, type TestHouse, type TestStaff } from "../house.ts"
import { uploadRoster } from "../isolation/upload.ts"
import { at, type Desk, furnish, hire, intakeOf, openDesk, sql } from "../orders.ts"
import { listen } from "../stream.ts"

let desk: Desk
let clerk: TestStaff
let neighbour: TestStaff
let supervisor: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  neighbour = await hire(desk, "clerk", ["3"])
  supervisor = await hire(desk, "supervisor", ["1", "2"])
  officer = await hire(desk, "privacy_officer")
})
afterAll(() => desk.test.close())

const planted = "秘密四十二号"
const orders = (as: TestStaff, extra: object, building = "1") =>
  send(desk.test, `POST ${at(desk, "/orders")}`, { as, body: { ...intakeOf(desk, { building }), ...extra } })
const seenBy = async (as: TestStaff, query = ""): Promise<Record<string, unknown>[]> => {
  const { body } = await send(desk.test, `GET ${at(desk, `/attempts${query}`)}`, { as })
  return body["attempts"] instanceof Array ? body["attempts"] : []
}
const newest = async (): Promise<Record<string, unknown>> => (await seenBy(desk.manager, "?limit=1"))[0] ?? {}
const idOf = (attempt: Record<string, unknown>) => String(attempt["attemptId"])
const rule = (as: TestStaff, attemptId: string, verdict: string): Promise<Reply> =>
  send(desk.test, `POST ${at(desk, `/attempts/${attemptId}/rulings`)}`, {
    as,
    body: { rulingId: randomUUID(), verdict },
  })
const teach = (as: TestStaff, attemptId: string, text: { zh: string; en: string }): Promise<Reply> =>
  send(desk.test, `POST ${at(desk, `/attempts/${attemptId}/lesson`)}`, {
    as,
    body: { lessonId: randomUUID(), ...text },
  })
async function attempted(extra: object = { employer: planted }): Promise<string> {
  expect((await orders(clerk, extra)).status).toBe(422)
  return idOf(await newest())
}
const text = { zh: "报修不需要知道工作单位。", en: "A repair does not need the employer." }

describe("an attempt to ask for more", () => {
  it.each([
    ["a field of the catalogue", { employer: planted }, "employer"],
    ["a field in the spelling of a program", { idNumber: planted }, "id_number"],
    ["a field nobody knows", { familySize: planted }, "unclassified"],
    ["a plate for a repair", { plate: "京A98765" }, "plate"],
  ])("by an order with %s is refused and written down", async (_, extra, field) => {
    const reply = await orders(clerk, extra)
    expect(reply).toMatchObject({ status: 422, body: { code: "order.field_forbidden" } })
    expect(await newest()).toMatchObject({
      by: { staffId: clerk.staffId, post: "clerk" },
      channel: "api",
      purpose: "repair",
      field,
      reason: "order.field_forbidden",
      regimeVersion: 1,
      state: "open",
    })
  })

  it("by a mapping that names a forbidden column is refused and written down", async () => {
    const roster = { header: ["楼栋", "房号", "姓名", "工作单位"], rows: [["1", "101", "王一", planted]] }
    const { importId, mapping } = await uploadRoster(desk.test, {
      community: desk.community,
      as: desk.manager,
      roster,
    })
    for (const target of ["employer", "title"]) {
      const fates = [...mapping.fates.slice(0, -1), { fate: "take", target }]
      const reply = await send(desk.test, `POST ${at(desk, `/imports/${importId}/check`)}`, {
        as: desk.manager,
        body: { sheetIndex: mapping.sheetIndex, fates },
      })
      expect(reply).toMatchObject({ status: 422, body: { code: "import.column_forbidden" } })
      expect(await newest()).toMatchObject({ channel: "import", purpose: "move_in", field: "employer" })
    }
  })

  it("leaves one trace with the field and nothing of what was offered", async () => {
    const count = async () =>
      (
        await sql<{ n: number }>(
          desk,
          "select count(*)::int as n from app.trace where act = 'attempt.record'",
        )
      )[0]
    const before = await count()
    await attempted({ hobby: planted })
    expect((await count())?.n).toBe((before?.n ?? 0) + 1)
    const rows = await sql<{ row: string }>(desk, "select to_jsonb(a)::text as row from app.attempt a")
    expect(rows.filter(({ row }) => row.includes(planted) || row.includes("familySize"))).toEqual([])
    const [trace] = await sql<{ fields: string[]; outcome: string }>(
      desk,
      "select fields, outcome from app.trace where act = 'attempt.record' order by seq desc limit 1",
    )
    expect(trace).toEqual({ fields: ["hobby"], outcome: "refused" })
  })

  it("is not written down for what is merely wrong, nor for somebody who is nobody here", async () => {
    const before = await newest()
    expect((await orders(clerk, { phone: "1390" })).status).toBe(422)
    expect((await orders(clerk, {})).status).toBe(200)
    const body = { ...intakeOf(desk, {}), employer: planted }
    await send(desk.test, `POST ${at(desk, "/orders")}`, { body })
    await send(desk.test, "POST /api/communities/77/orders", { as: clerk, body })
    expect(await newest()).toEqual(before)
  })
})

describe("a supervisor", () => {
  it("sees attempts of the own buildings, and no others", async () => {
    await orders(neighbour, { employer: planted }, "3")
    const theirs = (rows: Record<string, unknown>[]) =>
      rows.filter(({ by }) => JSON.stringify(by).includes(neighbour.staffId)).length
    expect(theirs(await seenBy(desk.manager))).toBe(1)
    expect(theirs(await seenBy(supervisor))).toBe(0)
    expect((await seenBy(supervisor)).length).toBeGreaterThan(0)
    const reply = await send(desk.test, `GET ${at(desk, "/attempts")}`, { as: clerk })
    expect(reply).toMatchObject({ status: 403, body: { code: "post.not_allowed" } })
  })

  it("rules once; a ruling is never changed", async () => {
    const id = await attempted()
    expect((await rule(supervisor, id, "stop")).body).toMatchObject({
      state: "stopped",
      rulings: [{ verdict: "stop", by: { staffId: supervisor.staffId } }],
    })
    for (const verdict of ["stop", "forward"])
      expect(await rule(desk.manager, id, verdict)).toMatchObject({
        status: 409,
        body: { code: "attempt.ruled_on" },
      })
    await expect(sql(desk, "update app.attempt_ruling set verdict = 'forward'")).rejects.toThrow(
      /append only/,
    )
    expect((await orders(clerk, { employer: planted })).status).toBe(422)
  })

  it("forwards a case to the officer, who alone rules on it then", async () => {
    const id = await attempted()
    expect((await rule(supervisor, id, "forward")).body).toMatchObject({ state: "forwarded" })
    expect(await rule(supervisor, id, "stop")).toMatchObject({
      status: 403,
      body: { code: "attempt.with_officer" },
    })
    expect((await rule(officer, id, "stop")).body).toMatchObject({ state: "stopped" })
  })

  it("never rules on an own attempt", async () => {
    await orders(supervisor, { employer: planted })
    const id = idOf(await newest())
    expect(await rule(supervisor, id, "stop")).toMatchObject({ status: 403, body: { code: "attempt.own" } })
    expect(await rule(desk.manager, id, "stop")).toMatchObject({ status: 200 })
  })

  it("finds no attempt of another building or community", async () => {
    await orders(neighbour, { employer: planted }, "3")
    for (const id of [idOf(await newest()), randomUUID()])
      expect(await rule(supervisor, id, "stop")).toMatchObject({
        status: 404,
        body: { code: "thing.absent" },
      })
  })
})

describe("a lesson", () => {
  it("is told to everybody, with its field and clause and without persons", async () => {
    const id = await attempted()
    expect((await teach(supervisor, id, text)).body).toMatchObject({ state: "taught" })
    for (const as of [clerk, neighbour, await hire(desk, "auditor")]) {
      const { body } = await send(desk.test, `GET ${at(desk, "/lessons?field=employer")}`, { as })
      expect(body["lessons"]).toMatchObject([
        { field: "employer", purpose: "repair", clause: "2.3", ...text },
      ])
      expect(JSON.stringify(body)).not.toContain(clerk.staffId)
    }
    const other = await send(desk.test, `GET ${at(desk, "/lessons?field=health")}`, { as: clerk })
    expect(other.body["lessons"]).toEqual([])
  })

  it.each([
    ["a colleague", "测clerk 又问了工作单位。"],
    ["a colleague, spaced", "测 clerk 又问了工作单位。"],
    ["a phone", "1390000 1234 不需要工作单位。"],
    ["a phone in Chinese numerals", "一三九〇〇〇〇一二三四"],
    ["a full-width phone", "１３９００００１２３４"],
  ])("that names %s is not told", async (_, zh) => {
    const id = await attempted()
    expect(await teach(supervisor, id, { zh, en: "No." })).toMatchObject({
      status: 422,
      body: { code: "lesson.names_somebody" },
    })
    expect((await seenBy(supervisor, "?limit=1"))[0]).toMatchObject({ state: "open" })
  })
})

describe("the live page", () => {
  let address = ""
  const live = (as: TestStaff, lastEventId?: string) =>
    listen({
      address,
      path: at(desk, "/attempts/live"),
      cookie: as.cookie,
      ...(lastEventId === undefined ? {} : { lastEventId }),
    })

  beforeAll(async () => {
    address = await desk.test.app.listen({ port: 0, host: "127.0.0.1" })
  })

  it("shows an attempt within two seconds, to whom it concerns and to nobody else", async () => {
    const [mine, managers] = [await live(supervisor), await live(desk.manager)]
    const begin = Date.now()
    const id = await attempted()
    await Promise.all([mine.until(1), managers.until(1)])
    expect(Date.now() - begin).toBeLessThan(2_000)
    expect(mine.events[0]).toMatchObject({ name: "attempt", data: { attemptId: id, field: "employer" } })
    await orders(neighbour, { hobby: planted }, "3")
    await managers.until(2)
    await sleep(800)
    expect(mine.events).toHaveLength(1)
    mine.close()
    managers.close()
  })

  it("goes on behind the last event, after a broken connection", async () => {
    const first = await live(supervisor)
    await attempted({ hobby: planted })
    await first.until(1)
    first.close()
    const missed = [await attempted({ employer: planted }), await attempted({ idNumber: planted })]
    const second = await live(supervisor, first.events[0]?.id)
    await second.until(2)
    await sleep(800)
    expect(second.events.map(({ data }) => data["attemptId"])).toEqual(missed)
    second.close()
  })

  it("shows what another server on the same database refused", async () => {
    const other = await secondServer(desk.test)
    const stream = await live(supervisor)
    const body = { ...intakeOf(desk, {}), employer: planted }
    expect((await send(other, `POST ${at(desk, "/orders")}`, { as: clerk, body })).status).toBe(422)
    await stream.until(1)
    expect(stream.events[0]?.data).toMatchObject({ by: { staffId: clerk.staffId } })
    stream.close()
    await other.close()
  })

  it("is closed to a clerk and to another community, and ends when a session does", async () => {
    expect((await live(clerk)).status).toBe(403)
    const away = await furnish(desk.test, 2)
    const stranger = await hire(away, "supervisor")
    expect((await live(stranger)).status).toBe(404)
    const leaving = await hire(desk, "supervisor")
    const stream = await live(leaving)
    expect(stream.status).toBe(200)
    await sql(desk, "update app.session set ended_at = now() where staff_id = $1", [leaving.staffId])
    for (let tries = 0; !stream.isOver() && tries < 100; tries += 1) await sleep(50)
    expect(stream.isOver()).toBe(true)
  })
})

/** Another process would be this: pools, caches and keys of its own. */
async function secondServer(test: TestHouse): Promise<TestHouse> {
  const { data } = test.database
  const log = openLog(test.log)
  const config = readConfig({ HUDUN_DATA: data }, data)
  const open = await openHouse({ config, program, log, server: { ...test.database, stop: async () => {} } })
  const app = await createApp(open, { log, web: undefined, setup: undefined, origin: undefined })
  const close = async () => {
    await app.close()
    await open.close()
  }
  return { ...test, house: open.house, open, app, close }
}
