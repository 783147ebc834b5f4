/** Clause 4.5: a grant by application runs from its first look within a window; single use, handed back, revoked at once everywhere. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { ApplicationSweeper } from "../../src/lifecycle/apply/jobs.ts"
import {
  applyAs,
  approve,
  end,
  lookUnder,
  type Office,
  readApplication,
  setToNoon,
  staffOffice,
  type Wish,
} from "../applications.ts"
import type { TestHouse } from "../house.ts"
import { close, type Desk, done, hire, openDesk, openOrder, resident, sql, tracesOf } from "../orders.ts"
import { openSecond } from "../second-house.ts"

const hour = 3_600_000

let desk: Desk
let other: Desk
let second: TestHouse
let office: Office

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
  second = await openSecond(desk.test)
  other = { ...desk, test: second }
})
beforeEach(() => setToNoon(desk))
afterAll(async () => {
  await second.close()
  await desk.test.close()
})

async function granted(wish: Wish = {}): Promise<string> {
  const id = await applyAs(desk, office.clerk, wish)
  done(await approve(desk, office.supervisor, id))
  return id
}

const look = async (id: string, asked: { field?: string; in?: Desk } = {}) => {
  const { status, body } = await lookUnder(asked.in ?? desk, office.clerk, { id, ...asked })
  return status === 200 ? "seen" : body["code"]
}

describe("the clock of a grant", () => {
  it("starts with the first look", async () => {
    const id = await granted({ hours: 2 })
    desk.test.time.ahead += 23 * hour
    expect(await look(id)).toBe("seen")
    desk.test.time.ahead += 2 * hour - 60_000
    expect(await look(id)).toBe("seen")
    desk.test.time.ahead += 60_000
    expect(await look(id)).toBe("use.ended")
  })

  it("never starts when the window for the first look is over", async () => {
    const id = await granted()
    desk.test.time.ahead += 24 * hour
    expect(await look(id)).toBe("use.ended")
    expect(await sql(desk, "select from app.application_begun where application_id = $1", [id])).toEqual([])
  })

  it("starts once, however many first looks there are", async () => {
    const id = await granted({ hours: 2 })
    const looks = await Promise.all(
      Array.from({ length: 20 }, (_, at) => look(id, { in: at % 2 ? other : desk })),
    )
    expect(new Set(looks)).toEqual(new Set(["seen"]))
    expect(await sql(desk, "select from app.application_begun where application_id = $1", [id])).toHaveLength(
      1,
    )
  })
})

describe("a grant", () => {
  it("shows what it names and nothing else, to whom it names and nobody else", async () => {
    const id = await granted()
    expect((await lookUnder(desk, office.clerk, { id })).body["values"]).toEqual([resident(desk, "1").phone])
    expect(await look(id, { field: "name" })).toBe("use.field_not_granted")
    const neighbour = { id, personId: resident(desk, "1", 1).personId }
    expect((await lookUnder(desk, office.clerk, neighbour)).body["code"]).toBe("use.field_not_granted")
    expect((await lookUnder(desk, office.supervisor, { id })).body["code"]).toBe("use.none")
    const colleague = await hire(desk, "clerk", ["1"])
    expect((await lookUnder(desk, colleague, { id })).body["code"]).toBe("thing.absent")
  })

  it("for single use shows each thing once: one of a hundred at the same moment, on two processes", async () => {
    const id = await granted({ single: true, fields: ["phone", "name"] })
    const looks = await Promise.all(
      Array.from({ length: 100 }, (_, at) => look(id, { in: at % 2 ? other : desk })),
    )
    expect(looks.filter((one) => one === "seen")).toHaveLength(1)
    expect(looks.filter((one) => one === "use.shown_once")).toHaveLength(99)
    expect(await look(id, { field: "name" })).toBe("seen")
    expect(await look(id, { field: "name" })).toBe("use.shown_once")
    const traces = (await tracesOf(desk)).filter((one) => one.use_id === id && one.act === "use.look")
    expect(traces.filter(({ outcome }) => outcome === "done")).toHaveLength(2)
  })

  it("is revoked on every process at once", async () => {
    const id = await granted()
    expect([await look(id), await look(id, { in: other })]).toEqual(["seen", "seen"])
    const begin = performance.now()
    done(await end(other, office.supervisor, id))
    expect([await look(id), await look(id, { in: other })]).toEqual(["use.ended", "use.ended"])
    expect(performance.now() - begin).toBeLessThan(5_000)
    expect((await readApplication(desk, office.clerk, id)).body).toMatchObject({
      state: "ended",
      ended: { reason: "revoked", looks: 2 },
    })
  })

  it("opens nothing behind its revocation, whatever is under way", async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await granted({ single: true })
      const [ended] = await Promise.all([end(other, office.manager, id), look(id), look(id, { in: other })])
      expect(ended.status).toBe(200)
      expect(await look(id)).toBe("use.ended")
    }
  })

  it("is revoked once it is there: what waits for a signature is only withdrawn, by whoever applied", async () => {
    const id = await applyAs(desk, office.clerk)
    for (const as of [office.supervisor, office.manager, office.officer]) {
      expect((await end(desk, as, id)).body["code"]).toBe("application.not_granted")
      const { body } = await readApplication(desk, as, id)
      expect(body["endRefusal"]).toBe("application.not_granted")
    }
    expect((await readApplication(desk, office.clerk, id)).body["endRefusal"]).toBeNull()
    done(await end(desk, office.clerk, id))
    expect((await readApplication(desk, office.clerk, id)).body).toMatchObject({
      ended: { reason: "withdrawn" },
      endRefusal: "application.decided",
    })
  })

  it("is handed back by its holder, and ended by nobody below", async () => {
    const id = await granted()
    expect((await end(desk, await hire(desk, "clerk", ["1"]), id)).status).toBe(404)
    expect((await end(desk, office.archivist, id)).body["code"]).toBe("post.not_allowed")
    done(await end(desk, office.clerk, id))
    expect(await look(id)).toBe("use.ended")
    expect((await end(desk, office.clerk, id)).body["code"]).toBe("application.decided")
  })

  it("ends with the order it was applied for", async () => {
    const order = await openOrder(desk, office.clerk)
    const id = await granted({ orderId: order.orderId, purpose: "repair" })
    expect(await look(id)).toBe("seen")
    done(await close(desk, office.clerk, order))
    expect(await look(id)).toBe("use.ended")
  })

  it("ends with the reach: whoever moves to other buildings sees no more", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const id = await applyAs(desk, clerk)
    done(await approve(desk, office.supervisor, id))
    done(await lookUnder(desk, clerk, { id }))
    await sql(desk, "update app.appointment set building_ids = '{2}' where staff_id = $1", [clerk.staffId])
    desk.test.time.ahead += 3_000
    expect((await lookUnder(desk, clerk, { id })).body["code"]).toBe("use.ended")
  })

  it("goes on by a new application only", async () => {
    const id = await granted()
    const next = await applyAs(desk, office.clerk)
    expect(await look(next)).toBe("use.none")
    expect(await look(id)).toBe("seen")
  })
})

describe("time", () => {
  it("archives what it has ended, with a reason and without a person", async () => {
    const order = await openOrder(desk, office.clerk)
    const late = await applyAs(desk, office.clerk)
    const unused = await granted()
    const used = await granted({ hours: 1 })
    const closed = await granted({ orderId: order.orderId, purpose: "repair" })
    done(await lookUnder(desk, office.clerk, { id: used }))
    done(await close(desk, office.clerk, order))
    desk.test.time.ahead += 25 * hour
    await new ApplicationSweeper(desk.test.house).round()
    const ends = await Promise.all(
      [late, unused, used, closed].map(
        async (id) => (await readApplication(desk, office.clerk, id)).body["ended"],
      ),
    )
    expect(ends).toMatchObject([
      { reason: "timed_out", by: null, looks: 0 },
      { reason: "expired", by: null, looks: 0 },
      { reason: "expired", by: null, looks: 1 },
      { reason: "order_closed", by: null, looks: 0 },
    ])
  })
})
