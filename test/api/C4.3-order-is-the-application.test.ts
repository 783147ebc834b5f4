/** Clause 4.3: the order gives the application, a standing rule the approval, each look the register, closing the archive. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { orderKinds } from "../../src/lifecycle/use/contract.ts"
import { send, type TestStaff } from "../house.ts"
import {
  at,
  close,
  type Desk,
  dispatch,
  done,
  hire,
  intakeOf,
  lookAt,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  take,
  tracesOf,
} from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let supervisor: TestStaff
let repairer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1", "2"])
  supervisor = await hire(desk, "supervisor", ["1", "2"])
  repairer = await hire(desk, "repairer")
})
afterAll(() => desk.test.close())

describe("opening an order", () => {
  it.each(orderKinds)("of a %s opens its use by the standing rule of the regime", async (kind) => {
    const plate = kind === "parking" ? { plate: "京A12345" } : {}
    const order = await openOrder(desk, clerk, { kind, ...plate })
    const rule = regimeV1.standingRules.find((one) => one.orderKind === kind)
    const { body } = await read(desk, desk.manager, `/uses/${order.useId}`)
    expect(body).toMatchObject({
      orderId: order.orderId,
      orderKind: kind,
      purpose: rule?.purpose,
      fields: rule?.fields,
      decided: { verdict: "granted", rule: rule?.code },
    })
    expect((await lookAt(desk, clerk, order)).body).toEqual({
      values: [resident(desk, "1").phone],
      seconds: rule?.lookSeconds,
      cap: null,
    })
  })

  it("sent twice opens one, one after the other and both at once", async () => {
    const body = intakeOf(desk, {})
    const ask = () => send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body })
    const replies = [await ask(), await ask()]
    const other = intakeOf(desk, {})
    const askOther = () => send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body: other })
    replies.push(...(await Promise.all([askOther(), askOther(), askOther()])))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(replies.map((reply) => reply.body["useId"])).size).toBe(2)
    for (const { orderId } of [body, other]) {
      const rows = await sql<{ count: number }>(
        desk,
        "select count(*)::int as count from app.order_event where order_id = $1",
        [orderId],
      )
      expect(rows).toEqual([{ count: 1 }])
    }
  })

  it("opens nothing when it is refused half-way", async () => {
    const count = async () => (await sql(desk, "select from app.use_applied")).length
    const before = await count()
    const body = { ...intakeOf(desk, {}), homeId: resident(desk, "4").homeId }
    const reply = await send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body })
    expect(reply.body["code"]).toBe("order.no_place")
    expect(await count()).toBe(before)
    expect(await sql(desk, "select from app.record where subject_id = $1", [body.orderId])).toEqual([])
  })

  it("without a phone, typed or on file, is refused", async () => {
    const { personId: _, ...body } = intakeOf(desk, {})
    const line = `POST ${at(desk, "/orders")}` as const
    const bare = await send(desk.test, line, { as: clerk, body })
    expect(bare).toMatchObject({ status: 422, body: { code: "order.no_phone" } })
    const typed = await send(desk.test, line, { as: clerk, body: { ...body, phone: "13900004444" } })
    expect(typed.status).toBe(200)
  })
})

describe("closing an order", () => {
  it("archives its use and ends every look, also the supervisor's and the repairer's", async () => {
    const order = await openOrder(desk, clerk)
    done(await dispatch(desk, clerk, order, repairer))
    for (const as of [clerk, supervisor, repairer]) expect((await lookAt(desk, as, order)).status).toBe(200)
    done(await close(desk, clerk, order))
    for (const as of [clerk, supervisor, repairer]) {
      const reply = await lookAt(desk, as, order)
      expect(reply).toMatchObject({ status: 403, body: { code: "use.ended" } })
      expect(reply.text).not.toContain(resident(desk, "1").phone)
    }
    const { body } = await read(desk, clerk, `/orders/${order.orderId}`)
    expect(body).toMatchObject({ state: "closed", text: null, lookable: [], lookRefusal: "use.ended" })
  })

  it("archives the number of all looks, whoever closes it", async () => {
    const order = await openOrder(desk, clerk)
    done(await lookAt(desk, clerk, order))
    done(await dispatch(desk, clerk, order, repairer))
    done(await lookAt(desk, repairer, order))
    done(await close(desk, repairer, order))
    const { archived, registered } = (await read(desk, desk.manager, `/uses/${order.useId}`)).body
    if (!Array.isArray(registered)) throw new Error("no register")
    expect(archived).toMatchObject({ looks: registered.length })
  })

  it("happens once, and nothing happens to the order after it", async () => {
    const order = await openOrder(desk, clerk)
    done(await close(desk, clerk, order))
    for (const reply of [
      await close(desk, clerk, order),
      await take(desk, clerk, order),
      await dispatch(desk, clerk, order, repairer),
    ])
      expect(reply).toMatchObject({ status: 409, body: { code: "order.closed" } })
  })

  it("at the same moment by two is done by one", async () => {
    const order = await openOrder(desk, clerk)
    const replies = await Promise.all([close(desk, clerk, order), close(desk, supervisor, order)])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it("is for the desk and for the repairer who has it", async () => {
    const order = await openOrder(desk, clerk)
    const stranger = await hire(desk, "repairer")
    expect((await close(desk, stranger, order)).status).toBe(404)
    expect((await close(desk, await hire(desk, "auditor"), order)).body["code"]).toBe("post.not_allowed")
    done(await dispatch(desk, clerk, order, repairer))
    expect((await close(desk, stranger, order)).status).toBe(404)
    expect((await close(desk, repairer, order)).status).toBe(200)
  })
})

describe("every step", () => {
  it("leaves a trace that names the use", async () => {
    const before = (await tracesOf(desk)).length
    const order = await openOrder(desk, clerk)
    done(await take(desk, clerk, order))
    done(await dispatch(desk, clerk, order, repairer))
    done(await lookAt(desk, repairer, order))
    done(await close(desk, repairer, order))
    const traces = (await tracesOf(desk)).slice(before).filter(({ act }) => act !== "order.read")
    expect(traces.map(({ act, post }) => [act, post])).toEqual([
      ["order.open", "clerk"],
      ["order.take", "clerk"],
      ["order.dispatch", "clerk"],
      ["use.look", "repairer"],
      ["order.close", "repairer"],
    ])
    for (const trace of traces) expect(trace.use_id).toBe(order.useId)
  })
})
