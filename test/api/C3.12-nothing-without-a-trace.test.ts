/** Clause 3.12: what leaves no trace does not happen: a command commits nothing, a look releases nothing. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { act, look } from "../../src/ledger/spine.ts"
import { actorOf, send, type TestStaff } from "../house.ts"
import { at, type Desk, hire, intakeOf, lookAt, openDesk, openOrder, read, resident, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const traced = { act: "order.count", clause: "4.3" }
const actor = () => actorOf(desk.manager, desk.community)
const days = async () => (await sql(desk, "select from app.order_counter where day < '2001-01-01'")).length
const traces = async () => (await sql(desk, "select from app.trace")).length

async function count(day: string, isTraced: boolean): Promise<void> {
  await act(desk.test.house.spine, actor(), async (command) => {
    await command.query("insert into app.order_counter values ($1, $2, 1)", [desk.community.communityId, day])
    if (isTraced) command.trace(traced)
  })
}

describe("a command", () => {
  it("that leaves no trace commits nothing", async () => {
    await expect(count("1999-01-01", false)).rejects.toThrow("a command left no trace")
    expect(await days()).toBe(0)
  })

  it("that leaves one commits both", async () => {
    const before = await traces()
    await count("1999-01-02", true)
    expect([await days(), await traces()]).toEqual([1, before + 1])
  })

  it("that fails after its trace commits neither", async () => {
    const before = await traces()
    const failing = act(desk.test.house.spine, actor(), async (command) => {
      command.trace(traced)
      await command.query("insert into app.order_counter values ($1, '1999-01-03', 1)", [
        desk.community.communityId,
      ])
      throw new Error("broken on the way")
    })
    await expect(failing).rejects.toThrow("broken on the way")
    expect([await days(), await traces()]).toEqual([1, before])
  })

  it("cannot name another community than its own in a trace", async () => {
    const before = await traces()
    const foreign = { ...actor(), communityId: "0" }
    await expect(
      act(desk.test.house.spine, foreign, async (command) => command.trace(traced)),
    ).rejects.toThrow()
    expect(await traces()).toBe(before)
  })
})

describe("a look", () => {
  it("releases its answer with its trace, and a refusal with its own", async () => {
    const before = await traces()
    const answer = await look(desk.test.house.spine, actor(), async () => ({ trace: traced, answer: 7 }))
    expect([answer, await traces()]).toEqual([7, before + 1])
  })
})

/** While the database takes no trace: a lost right stands for whatever keeps one from being written. */
async function withoutTraces<Result>(work: () => Promise<Result>): Promise<Result> {
  await sql(desk, "revoke insert on app.trace from hudun_app")
  try {
    return await work()
  } finally {
    await sql(desk, "grant insert on app.trace to hudun_app")
  }
}

describe("while no trace can be written", () => {
  it("no page with owners' data is released, not even masked", async () => {
    const order = await openOrder(desk, clerk)
    const { personId, phone } = resident(desk, "1")
    const pages = [
      "/owners",
      `/persons/${personId}`,
      "/orders",
      `/orders/${order.orderId}`,
      `/uses/${order.useId}`,
      "/uses",
    ]
    for (const page of pages) expect([page, (await read(desk, clerk, page)).status]).toEqual([page, 200])
    await withoutTraces(async () => {
      for (const page of pages) {
        const { status, text } = await read(desk, clerk, page)
        expect([page, status, text.includes("****"), text.includes(personId)]).toEqual([
          page,
          500,
          false,
          false,
        ])
      }
      const found = await send(desk.test, `POST ${at(desk, "/owners/search")}`, {
        as: clerk,
        body: { text: phone },
      })
      expect([found.status, found.text.includes("****")]).toEqual([500, false])
    })
  })

  it("no plaintext is released", async () => {
    const order = await openOrder(desk, clerk)
    const { phone } = resident(desk, "1")
    const reply = await withoutTraces(() => lookAt(desk, clerk, order))
    expect([reply.status, reply.text.includes(phone)]).toEqual([500, false])
    expect((await lookAt(desk, clerk, order)).body["values"]).toEqual([phone])
  })

  it("no order is opened, taken, handed on or closed", async () => {
    const order = await openOrder(desk, clerk)
    const steps = async () => (await sql(desk, "select from app.order_event")).length
    const before = await steps()
    const body = intakeOf(desk, {})
    await withoutTraces(async () => {
      const line = `POST ${at(desk, "/orders")}` as const
      expect((await send(desk.test, line, { as: clerk, body })).status).toBe(500)
      for (const deed of ["take", "close"]) {
        const path = `POST ${at(desk, `/orders/${order.orderId}/${deed}`)}` as const
        expect((await send(desk.test, path, { as: clerk, body: {} })).status).toBe(500)
      }
    })
    expect(await steps()).toBe(before)
    expect(await sql(desk, "select from app.work_order where order_id = $1", [body.orderId])).toEqual([])
  })
})
