/** Clause 4.2: four steps for every use, all four recorded, never changed; no plaintext without a use. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { posts } from "../../src/duty/people/post.ts"
import type { TestStaff } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import {
  close,
  type Desk,
  done,
  hire,
  lookAt,
  type Order,
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

describe("the four records of a use", () => {
  let order: Order
  const use = async () => (await read(desk, desk.manager, `/uses/${order.useId}`)).body

  it("are: applied by the order, approved by the standing rule, nothing yet registered or archived", async () => {
    order = await openOrder(desk, clerk)
    expect(await use()).toMatchObject({
      purpose: "repair",
      fields: ["phone", "title"],
      regimeVersion: 1,
      applied: { by: { staffId: clerk.staffId, post: "clerk" } },
      decided: { verdict: "granted", rule: "standing.repair", by: null },
      archived: null,
    })
  })

  it("register each look with who, when and which field", async () => {
    expect((await lookAt(desk, clerk, order)).body["values"]).toEqual([resident(desk, "1").phone])
    const { registered } = await use()
    expect(registered).toContainEqual(
      expect.objectContaining({
        by: expect.objectContaining({ staffId: clerk.staffId }),
        fields: ["phone"],
      }),
    )
  })

  it("end with the archive, which counts the looks", async () => {
    await lookAt(desk, clerk, order)
    done(await close(desk, clerk, order))
    const { archived, registered } = await use()
    if (!Array.isArray(registered)) throw new Error("no register")
    expect(archived).toMatchObject({ looks: registered.length, by: { staffId: clerk.staffId } })
    expect(registered.length).toBeGreaterThan(1)
  })

  it("are listed for whoever opened it and whose level or task it is, and for nobody else", async () => {
    const colleague = await hire(desk, "clerk", ["1"])
    const readers = [clerk, desk.manager, await hire(desk, "supervisor", ["1"]), await hire(desk, "auditor")]
    const others = [colleague, await hire(desk, "clerk", ["2"]), await hire(desk, "supervisor", ["2"])]
    const isListed = async (as: TestStaff) => (await read(desk, as, "/uses")).text.includes(order.useId)
    for (const as of readers) expect([as.post, await isListed(as)]).toEqual([as.post, true])
    for (const as of others) expect([as.post, await isListed(as)]).toEqual([as.post, false])
  })

  it.each([
    ["the application", "update app.use_applied set fields = '{phone,id_number}'", "HU001"],
    ["the approval", "update app.use_decided set verdict = 'refused'", "HU001"],
    ["the register", "delete from app.trace where use_id is not null", "HU001"],
    ["the archive", "update app.use_archived set looks = 0", "HU001"],
    ["the grant", "update app.use_grant set valid_until = valid_until + interval '1 year'", "HU001"],
  ])("cannot be changed: %s", async (_, text, state) => {
    expect(await stateOf(sql(desk, text))).toBe(state)
  })

  it("cannot be archived twice, nor decided twice", async () => {
    const again = (table: string) =>
      stateOf(sql(desk, `insert into ${table} select * from ${table} where use_id = $1`, [order.useId]))
    expect(await again("app.use_archived")).toBe("23505")
    expect(await again("app.use_decided")).toBe("23505")
  })
})

describe("without a use nobody sees plaintext", () => {
  const staff = new Map<string, TestStaff>()
  let order: Order

  beforeAll(async () => {
    order = await openOrder(desk, clerk)
    for (const post of posts) staff.set(post, await hire(desk, post, post === "clerk" ? ["1"] : null))
  })

  const member = (post: string): TestStaff => {
    const found = staff.get(post)
    if (found === undefined) throw new Error("no such post")
    return found
  }

  it("whoever opened the order does", async () => {
    expect((await lookAt(desk, clerk, order)).body["values"]).toEqual([resident(desk, "1").phone])
  })

  it.each(posts.filter((post) => post !== "supervisor"))("a %s without a grant does not", async (post) => {
    const reply = await lookAt(desk, member(post), order)
    expect(reply.status).toBe(403)
    expect(["use.none", "post.not_allowed"]).toContain(reply.body["code"])
    expect(reply.text).not.toContain(resident(desk, "1").phone)
  })

  it("a manager is refused for want of a use, not for want of a post", async () => {
    expect((await lookAt(desk, desk.manager, order)).body["code"]).toBe("use.none")
  })

  it.each(posts)("a %s finds it on no page", async (post) => {
    const { phone, name, plate, personId } = resident(desk, "1")
    const pages = [
      "/owners?limit=200",
      `/persons/${personId}`,
      "/orders",
      "/uses",
      "/traces",
      "/imports",
      "/staff",
    ]
    for (const page of [...pages, `/orders/${order.orderId}`, `/uses/${order.useId}`, "/handlers"]) {
      const { text } = await read(desk, member(post), page)
      for (const value of [phone, name, plate]) expect([page, text.includes(value)]).toEqual([page, false])
    }
  })

  it("the text of an order is shown to whom it was granted, and to a manager not", async () => {
    const own = await read(desk, clerk, `/orders/${order.orderId}`)
    expect(own.body).toMatchObject({ text: "厨房水龙头漏水", lookable: ["phone"], lookRefusal: null })
    const manager = await read(desk, desk.manager, `/orders/${order.orderId}`)
    expect(manager.body).toMatchObject({ text: null, lookable: [], lookRefusal: "use.none" })
    expect(manager.text).not.toContain("漏水")
  })
})

describe("a look", () => {
  it("leaves a trace with the use, the field and the person, and so does a refused one", async () => {
    const order = await openOrder(desk, clerk)
    const before = (await tracesOf(desk)).length
    await lookAt(desk, clerk, order)
    await lookAt(desk, desk.manager, order)
    await lookAt(desk, clerk, order, "id_number")
    const [seen, unused, ungranted] = (await tracesOf(desk)).slice(before)
    const use = { act: "use.look", clause: "4.2", use_id: order.useId }
    expect(seen).toMatchObject({
      ...use,
      outcome: "done",
      actor: clerk.staffId,
      fields: ["phone"],
      purpose: "repair",
    })
    expect(seen?.subjects).toHaveLength(1)
    expect(unused).toMatchObject({
      ...use,
      outcome: "refused",
      actor: desk.manager.staffId,
      fields: ["phone"],
    })
    expect(ungranted).toMatchObject({
      ...use,
      outcome: "refused",
      actor: clerk.staffId,
      fields: ["id_number"],
    })
  })

  it("that is refused does not enter the register of the use", async () => {
    const order = await openOrder(desk, clerk)
    await lookAt(desk, desk.manager, order)
    const { body } = await read(desk, desk.manager, `/uses/${order.useId}`)
    const registered = body["registered"]
    if (!Array.isArray(registered)) throw new Error("no register")
    expect(registered.every((one: { by: { staffId: string } }) => one.by.staffId === clerk.staffId)).toBe(
      true,
    )
  })
})
