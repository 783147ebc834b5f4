/** Clause 2.3: purpose × field; what is not listed is forbidden, and an intake refuses it instead of dropping it in silence. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FieldCode, fieldCodes } from "../../src/lifecycle/catalogue/field.ts"
import { mayCollect } from "../../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { type OrderKind, orderKinds } from "../../src/lifecycle/use/contract.ts"
import { dumpOf, spellingsOf } from "../dump.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, hire, intakeOf, openDesk, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const samples: Readonly<Partial<Record<FieldCode, string>>> = { phone: "13900004321", plate: "京A12345" }
const planted = "秘密四十二"

/** What the form of this kind takes beside place and text. */
const taken: Readonly<Record<OrderKind, readonly FieldCode[]>> = {
  repair: ["phone"],
  complaint: ["phone"],
  parking: ["phone", "plate"],
}

const cases = orderKinds.flatMap((kind) => fieldCodes.map((field) => ({ kind, field })))

function ask(kind: OrderKind, extra: object) {
  const body = { ...intakeOf(desk, { kind }), ...extra }
  return send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body })
}

async function orders(): Promise<number> {
  const rows = await sql<{ count: number }>(desk, "select count(*)::int as count from app.work_order")
  return rows[0]?.count ?? 0
}

describe("an intake", () => {
  it.each(cases)("of a $kind: $field", async ({ kind, field }) => {
    const reply = await ask(kind, { [field]: samples[field] ?? planted })
    if (taken[kind].includes(field)) {
      expect(mayCollect(regimeV1, kind, field)).toBe(true)
      expect(reply.status).toBe(200)
      return
    }
    expect(reply).toMatchObject({ status: 422, body: { code: "order.field_forbidden", facts: { field } } })
    expect(reply.text).not.toContain(planted)
  })

  it("says in the reader's own language which field it does not take", async () => {
    const body = { ...intakeOf(desk, {}), household: planted }
    const line = `POST ${at(desk, "/orders")}` as const
    const zh = await send(desk.test, line, { as: clerk, body })
    const en = await send(desk.test, line, { as: clerk, body, headers: { "accept-language": "en" } })
    expect(zh.body["title"]).toMatch(/\p{Script=Han}/u)
    expect(en.body["title"]).toMatch(/^[^\p{Script=Han}]+$/u)
  })

  it("that was refused leaves no order, and nothing of what was offered", async () => {
    const before = await orders()
    expect((await ask("repair", { plate: "京A98765" })).status).toBe(422)
    expect((await ask("repair", { household: planted })).status).toBe(422)
    expect(await orders()).toBe(before)
    expect((await ask("repair", {})).status).toBe(200)
    expect(await orders()).toBe(before + 1)
    const dump = await dumpOf(desk)
    for (const value of [planted, "京A98765"])
      for (const spelling of spellingsOf(value)) expect(dump.includes(spelling)).toBe(false)
  })

  it("takes nothing by another name, nested or repeated", async () => {
    for (const extra of [
      { Phone: "13900004321" },
      { facts: { household: planted } },
      { __proto__x: planted },
    ])
      expect((await ask("repair", extra)).status).toBe(422)
    expect((await ask("repair", { phone: ["13900004321"] })).status).toBe(400)
    expect((await ask("repair", { text: { repair: planted } })).status).toBe(400)
  })

  it("takes a phone that is one, and refuses one that is none", async () => {
    expect((await ask("repair", { phone: "010-62345678" })).status).toBe(200)
    for (const phone of ["1390", "厨房", "139000043210000"])
      expect(await ask("repair", { phone })).toMatchObject({
        status: 422,
        body: { code: "order.phone_invalid" },
      })
  })
})
