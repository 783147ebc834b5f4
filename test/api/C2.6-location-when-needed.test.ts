/** Clause 2.6: a location is asked when somebody pays for another home, never before, and is not kept beyond that service. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { fillIn, hang, sendIn } from "../forms.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let code = ""

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk")
  code = (await hang(desk, desk.manager, "fee")).code
})
afterAll(() => desk.test.close())

const values = { home: "1栋1单元101", fee: "2026 年第 1 季度物业费" }
const located = { ...values, location: "31.230,121.470" }
const feature = ["pay_for_another"]

interface Field {
  readonly code: string
  readonly need: string
  readonly feature: string | null
}

describe("a location", () => {
  it("is on no form but that of the fee, and there it waits for 代缴费", async () => {
    const reply = await send(desk.test, `GET ${at(desk, "/forms")}`, { as: clerk })
    const forms: unknown = reply.body["forms"]
    const asked: Array<[string, Field]> = Array.isArray(forms)
      ? forms.flatMap((form) =>
          form.fields
            .filter((one: Field) => one.code === "location")
            .map((one: Field) => [form.purpose, one]),
        )
      : []
    expect(asked).toMatchObject([["fee", { need: "optional", feature: "pay_for_another" }]])
  })

  it.each<[string, object, number, string | undefined]>([
    [
      "without the feature, though agreed to",
      { values: located, agreed: ["location"] },
      422,
      "form.feature_off",
    ],
    ["with the feature, not agreed to", { values: located, features: feature }, 422, "form.not_agreed"],
    [
      "with the feature and agreed to",
      { values: located, agreed: ["location"], features: feature },
      200,
      undefined,
    ],
    [
      "with the feature, refused: the fee is taken all the same",
      { values, features: feature },
      200,
      undefined,
    ],
    ["without the feature, not given", { values }, 200, undefined],
  ])("from a phone, %s", async (_how, body, status, refused) => {
    const reply = await sendIn(desk, code, { values, ...body })
    expect([reply.status, reply.body["code"]]).toEqual([status, refused])
  })

  it("at the desk obeys the same rule", async () => {
    const off = await fillIn(desk, clerk, { purpose: "fee", values: located, agreed: ["location"] })
    expect(off).toMatchObject({
      status: 422,
      body: { code: "form.feature_off", facts: { field: "location" } },
    })
    const on = { purpose: "fee", values: located, agreed: ["location"], features: feature }
    done(await fillIn(desk, clerk, on))
  })

  it("reaches no roster: no record of a trajectory is made of it", async () => {
    expect(await sql(desk, "select from app.record where class = 'trajectory'")).toEqual([])
  })

  it("is not shown in the inbox, only that it was given", async () => {
    const list = await send(desk.test, `GET ${at(desk, "/form-inbox")}`, { as: clerk })
    expect(list.text).toContain("location")
    expect(list.text).not.toContain("31.230")
  })
})
