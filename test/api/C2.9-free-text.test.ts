/** Clause 2.9: free text is scanned when written; what is found is moved, masked or kept with a reason, or the text is not taken. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scoreText } from "../../bench/text-score.ts"
import type { TestStaff } from "../house.ts"
import { send } from "../house.ts"
import { at, type Desk, hire, intakeOf, openDesk, sql, tracesOf } from "../orders.ts"

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const phone = "13900007654"
const post = (text: string, kept?: readonly object[]) => {
  const body = { ...intakeOf(desk, { text }), ...(kept === undefined ? {} : { kept }) }
  return send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body }).then((reply) => ({
    reply,
    orderId: body.orderId,
  }))
}
const keptRows = (orderId: string) =>
  sql<{ kind: string; reason: string }>(desk, "select kind, reason from app.text_kept where order_id = $1", [
    orderId,
  ])

describe("the text of an order", () => {
  it("is refused when it holds somebody's phone, and the refusal says where, not what", async () => {
    const { reply, orderId } = await post(`漏水，打${phone}，门锁密码123456`)
    expect(reply.status).toBe(422)
    expect(reply.body).toMatchObject({
      code: "text.personal_found",
      facts: { count: 2, spans: "phone:4-15 door_code:20-26" },
    })
    expect(reply.text).not.toContain(phone)
    expect(await sql(desk, "select from app.work_order where order_id = $1", [orderId])).toEqual([])
  })

  it("is taken when nothing is found in it", async () => {
    const { reply, orderId } = await post("厨房水龙头漏水，订单号13912345678的龙头")
    expect(reply.status).toBe(200)
    expect(await keptRows(orderId)).toEqual([])
  })

  it("is taken with what is kept for a reason, which is written down and traced without the words", async () => {
    const { reply, orderId } = await post(`漏水，打${phone}`, [
      { kind: "phone", start: 4, end: 15, reason: "caller_asked" },
    ])
    expect(reply.status).toBe(200)
    expect(await keptRows(orderId)).toEqual([{ kind: "phone", reason: "caller_asked" }])
    const traces = await tracesOf(desk)
    expect(traces).toContainEqual(
      expect.objectContaining({ act: "text.keep", clause: "2.9", fields: ["phone"] }),
    )
    expect(JSON.stringify(traces)).not.toContain(phone)
  })

  it("is refused when the reason is for another place, or none of those known", async () => {
    const misplaced = await post(`漏水，打${phone}`, [
      { kind: "phone", start: 0, end: 11, reason: "caller_asked" },
    ])
    expect(misplaced.reply.body["code"]).toBe("text.personal_found")
    const unknown = await post(`漏水，打${phone}`, [{ kind: "phone", start: 4, end: 15, reason: "just so" }])
    expect(unknown.reply.status).toBe(400)
  })

  it("leaves what was kept as it is: nobody changes or deletes it", async () => {
    await expect(sql(desk, "delete from app.text_kept")).rejects.toMatchObject({ code: "HU001" })
  })
})

describe("on sentences that it has not seen", () => {
  it.each([708, 20_261])("the guard finds what it promises, seed %i", (seed) => {
    const score = scoreText(2400, seed)
    expect(score.plain).toBeGreaterThanOrEqual(0.98)
    expect(score.obfuscated).toBeGreaterThanOrEqual(0.9)
    expect(score.precision).toBeGreaterThanOrEqual(0.95)
    expect(score.milliseconds).toBeLessThanOrEqual(20)
  })
})
