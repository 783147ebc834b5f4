/** Clause 2.1: every collection names a purpose, a service and a legal basis. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { purposeCodes } from "../../src/lifecycle/catalogue/regime-shape.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { send, type TestStaff } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import {
  at,
  type Desk,
  hire,
  intakeOf,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  tracesOf,
} from "../orders.ts"

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

describe("every purpose", () => {
  it("names the service it belongs to and its ground in law", async () => {
    const { body } = await send(desk.test, "GET /api/regime", { as: clerk })
    const purposes = body["purposes"]
    if (!Array.isArray(purposes)) throw new Error("no purposes")
    expect(purposes.map((one: { code: string }) => one.code)).toEqual([...purposeCodes])
    for (const { basis } of purposes) expect(basis).toMatch(/PIPL 13\([1-7]\)/)
    for (const { service } of regimeV1.purposes) expect(service["zh-CN"]).not.toBe("")
  })
})

describe("what is stored of a person", () => {
  it("says field by field for which purpose, through which channel and since when it is here", async () => {
    const page = await read(desk, desk.manager, `/persons/${resident(desk, "1").personId}`)
    const classes = page.body["classes"]
    if (!Array.isArray(classes)) throw new Error("no classes")
    const facts = classes.flatMap((one: { facts: Array<Record<string, unknown>> }) => one.facts)
    expect(facts.map((fact) => fact["field"]).toSorted()).toEqual(["name", "phone", "plate"])
    for (const fact of facts) {
      expect(fact).toMatchObject({ purpose: "move_in", channel: "import" })
      expect(Math.abs(Date.parse(String(fact["collectedAt"])) - Date.now())).toBeLessThan(600_000)
    }
  })

  it("never lies there without saying so", async () => {
    await openOrder(desk, clerk, { kind: "parking", plate: "京A12345", phone: "13900004321" })
    const rows = await sql<{ masks: object; origin: Record<string, { purpose: string }> }>(
      desk,
      "select masks, origin from app.record",
    )
    expect(await stateOf(sql(desk, "update app.record set origin = null"))).toBe("23502")
    expect(rows.length).toBeGreaterThan(20)
    for (const { masks, origin } of rows) {
      expect(Object.keys(origin).toSorted()).toEqual(expect.arrayContaining(Object.keys(masks).toSorted()))
      for (const { purpose } of Object.values(origin)) expect(purposeCodes).toContain(purpose)
    }
    const purposes = rows.flatMap(({ origin }) => Object.values(origin).map(({ purpose }) => purpose))
    expect(new Set(purposes)).toEqual(new Set(["move_in", "parking"]))
  })
})

describe("an order", () => {
  it("of a kind that serves no purpose is refused, by the server and by the database", async () => {
    const body = { ...intakeOf(desk, {}), kind: "survey" }
    const reply = await send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body })
    expect(reply).toMatchObject({
      status: 400,
      body: { code: "request.malformed", facts: { field: "kind" } },
    })
    const insert = (kind: string) =>
      stateOf(
        sql(
          desk,
          `insert into app.work_order (community_id, order_id, number, kind, building_id, home_id, place, use_id, masks, subject_ref,
             opened_by, opened_post, opened_at)
           values ($1, $2::uuid, $2::text, $3, 1, $2::uuid, '1栋', $2::uuid, '{}', 1, $2::uuid, 'clerk', now())`,
          [desk.community.communityId, randomUUID(), kind],
        ),
      )
    expect(await insert("survey")).toBe("23514")
    expect(await insert("repair")).toBe("")
  })

  it("leaves its purpose in every trace that touches owners' data", async () => {
    const traces = (await tracesOf(desk)).filter(({ purpose }) => purpose !== null)
    expect(traces.map(({ act }) => act)).toEqual(expect.arrayContaining(["roster.take", "order.open"]))
    for (const { purpose } of traces) expect(purposeCodes).toContain(purpose)
  })
})
