/** Clause 3.8: a clerk sees basic information of her own buildings, a supervisor also service records of hers, a manager the whole community. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Reply, TestStaff } from "../house.ts"
import { send } from "../house.ts"
import {
  at,
  close,
  type Desk,
  done,
  hire,
  type Order,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
} from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let colleague: TestStaff
let supervisor: TestStaff
let manager: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  manager = desk.manager
  clerk = await hire(desk, "clerk", ["3"])
  colleague = await hire(desk, "clerk", ["3"])
  supervisor = await hire(desk, "supervisor", ["3", "4"])
  await plant("trajectory", { gate_event: ["●●●"] })
  await plant("special", { health: ["●●●"] })
})
afterAll(() => desk.test.close())

/** Kinds that no import takes in: put there by hand. */
async function plant(code: string, masks: object): Promise<void> {
  await sql(
    desk,
    `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
     values ($1, $2, $3, 1, '{3}', '\\x00', '\\x00', $4, '{}', now())`,
    [desk.community.communityId, resident(desk, "3").personId, code, JSON.stringify(masks)],
  )
}

function listOf(reply: Reply, name: string): Array<Record<string, unknown>> {
  const list = done(reply).body[name]
  if (!Array.isArray(list)) throw new Error(`no ${name}`)
  return list
}

async function buildingsSeen(as: TestStaff): Promise<string[]> {
  const owners = listOf(await read(desk, as, "/owners?limit=200"), "owners")
  return [...new Set(owners.map((owner) => String(owner["buildingId"])))].toSorted()
}

async function classesSeen(as: TestStaff, building: string): Promise<unknown[]> {
  const page = await read(desk, as, `/persons/${resident(desk, building).personId}`)
  return listOf(page, "classes").map((one) => one["class"])
}

describe("buildings", () => {
  it("a clerk of building 3 sees building 3", async () => {
    expect(await buildingsSeen(clerk)).toEqual(["3"])
    const list = listOf(await read(desk, clerk, "/buildings"), "buildings")
    expect(list.map((one) => one["name"])).toEqual(["3栋"])
  })

  it("a supervisor of buildings 3 and 4 sees both", async () => {
    expect(await buildingsSeen(supervisor)).toEqual(["3", "4"])
  })

  it("a manager sees the whole community", async () => {
    expect(await buildingsSeen(manager)).toEqual(["1", "2", "3", "4"])
  })

  it("a clerk without buildings sees none", async () => {
    const idle = await hire(desk, "clerk", [])
    expect(await buildingsSeen(idle)).toEqual([])
    expect(listOf(await read(desk, idle, "/buildings"), "buildings")).toEqual([])
  })
})

describe("classes", () => {
  it("a clerk sees the identity class and no other", async () => {
    expect(await classesSeen(clerk, "3")).toEqual(["identity"])
  })

  it("a supervisor and a manager see life as well", async () => {
    expect(await classesSeen(supervisor, "3")).toEqual(["identity", "life"])
    expect(await classesSeen(manager, "1")).toEqual(["identity", "life"])
  })

  it("trajectory and special kinds are in no level", async () => {
    for (const as of [clerk, supervisor, manager]) {
      const page = await read(desk, as, `/persons/${resident(desk, "3").personId}`)
      expect(page.text).not.toMatch(/trajectory|special|gate_event|health/)
    }
  })
})

describe("a person of another building", () => {
  it("does not exist for a clerk, and exists for the manager", async () => {
    const path = `/persons/${resident(desk, "4").personId}`
    expect((await read(desk, clerk, path)).status).toBe(404)
    expect((await read(desk, supervisor, path)).status).toBe(200)
    expect((await read(desk, manager, path)).status).toBe(200)
  })

  it("is found by nobody beyond their buildings, by whatever is known of them", async () => {
    const { phone, name, plate } = resident(desk, "1")
    for (const text of [phone, phone.slice(-4), name, plate, "1-1-101"]) {
      const find = (as: TestStaff) =>
        send(desk.test, `POST ${at(desk, "/owners/search")}`, { as, body: { text } })
      expect(listOf(await find(clerk), "owners")).toEqual([])
      expect(listOf(await find(supervisor), "owners")).toEqual([])
      expect(listOf(await find(manager), "owners").length).toBeGreaterThan(0)
    }
  })

  it("with homes in two buildings is seen in each only with what lies there", async () => {
    const { personId } = resident(desk, "3")
    const page = await read(desk, clerk, `/persons/${personId}`)
    expect(listOf(page, "residences").map((one) => one["buildingId"])).toEqual(["3"])
  })
})

describe("orders", () => {
  let own: Order
  let others: Order
  let elsewhere: Order

  beforeAll(async () => {
    own = await openOrder(desk, clerk, { building: "3" })
    others = await openOrder(desk, colleague, { building: "3" })
    elsewhere = await openOrder(desk, manager, { building: "1" })
  })

  const seen = async (as: TestStaff) =>
    new Set(listOf(await read(desk, as, "/orders"), "orders").map((one) => one["orderId"]))

  it("that are open are seen by every clerk of the building", async () => {
    expect(await seen(clerk)).toEqual(new Set([own.orderId, others.orderId]))
    expect(await seen(supervisor)).toEqual(new Set([own.orderId, others.orderId]))
    expect(await seen(manager)).toEqual(new Set([own.orderId, others.orderId, elsewhere.orderId]))
  })

  it("that are closed are service records: a clerk sees those she opened, no others", async () => {
    done(await close(desk, clerk, own))
    done(await close(desk, colleague, others))
    expect(await seen(clerk)).toEqual(new Set([own.orderId]))
    expect((await read(desk, clerk, `/orders/${own.orderId}`)).status).toBe(200)
    expect((await read(desk, clerk, `/orders/${others.orderId}`)).status).toBe(404)
    expect(await seen(supervisor)).toEqual(new Set([own.orderId, others.orderId]))
    expect((await read(desk, supervisor, `/orders/${others.orderId}`)).status).toBe(200)
  })

  it("of another building exist for the manager only", async () => {
    expect((await read(desk, clerk, `/orders/${elsewhere.orderId}`)).status).toBe(404)
    expect((await read(desk, supervisor, `/orders/${elsewhere.orderId}`)).status).toBe(404)
    expect((await read(desk, manager, `/orders/${elsewhere.orderId}`)).status).toBe(200)
  })

  it("are taken in for one's own buildings only", async () => {
    await expect(openOrder(desk, clerk, { building: "4" })).rejects.toThrow("order.no_place")
    expect(await openOrder(desk, supervisor, { building: "4" })).toBeDefined()
  })
})

describe("posts without a level", () => {
  it.each(["repairer", "archivist", "privacy_officer", "system_admin", "security_admin", "auditor"] as const)(
    "a %s sees no owners, not even masked",
    async (post) => {
      const as = await hire(desk, post)
      const { personId } = resident(desk, "3")
      for (const path of ["/owners", `/persons/${personId}`, "/buildings/3/homes"])
        expect((await read(desk, as, path)).body["code"]).toBe("post.not_allowed")
      const body = { text: resident(desk, "3").phone }
      const found = await send(desk.test, `POST ${at(desk, "/owners/search")}`, { as, body })
      expect(found.body["code"]).toBe("post.not_allowed")
    },
  )
})
