/** Clause 4.5: a grant names person, fields, form, from and until; it ends with its time, with its holder's task and with the order. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import type { TestStaff } from "../house.ts"
import {
  close,
  type Desk,
  dispatch,
  done,
  hire,
  lookAt,
  type Order,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  take,
  tracesOf,
} from "../orders.ts"

const day = 86_400_000

let desk: Desk
let clerk: TestStaff
let colleague: TestStaff
let repairer: TestStaff
let mate: TestStaff
let order: Order

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  colleague = await hire(desk, "clerk", ["1"])
  repairer = await hire(desk, "repairer")
  mate = await hire(desk, "repairer")
})
beforeEach(async () => {
  order = await openOrder(desk, clerk)
})
afterAll(() => desk.test.close())

interface GrantRow {
  readonly grantee: string | null
  readonly grantee_post: string | null
  readonly fields: readonly string[]
  readonly form: string
  readonly valid_from: Date
  readonly valid_until: Date
  readonly subject_id: string
  readonly class: string
}

const grantsOf = (of: Order) =>
  sql<GrantRow>(desk, "select * from app.use_grant where use_id = $1 order by grant_id", [of.useId])

const code = async (as: TestStaff, of = order, field = "phone") => {
  const reply = await lookAt(desk, as, of, field)
  if (reply.status !== 200) expect(reply.text).not.toContain(resident(desk, "1").phone)
  return reply.status === 200 ? "seen" : reply.body["code"]
}

describe("a grant", () => {
  it("names a person or a post, fields, form, from and until", async () => {
    const grants = await grantsOf(order)
    expect(grants.length).toBeGreaterThan(1)
    for (const grant of grants) {
      expect([grant.grantee, grant.grantee_post].filter((one) => one !== null)).toHaveLength(1)
      expect(grant.form).toBe("see")
      expect(grant.valid_until.getTime() - grant.valid_from.getTime()).toBe(30 * day)
    }
    const known = new Set(grants.map(({ grantee, grantee_post }) => grantee ?? grantee_post))
    expect(known).toEqual(new Set([clerk.staffId, "supervisor"]))
    const granted = new Set(grants.flatMap(({ fields }) => fields))
    expect(granted).toEqual(new Set(["repair", "phone"]))
  })

  it("is for one person: a colleague at the same desk has none", async () => {
    expect(await code(clerk)).toBe("seen")
    expect(await code(colleague)).toBe("use.none")
  })

  it("is for the supervisor of the building, not for another's", async () => {
    expect(await code(await hire(desk, "supervisor", ["1"]))).toBe("seen")
    expect(await code(await hire(desk, "supervisor", ["2"]))).toBe("use.none")
  })

  it("is for its fields and no other", async () => {
    for (const field of ["name", "id_number", "plate", "title", "home", "*", "phone,name"])
      expect([field, await code(clerk, order, field)]).toEqual([field, "use.field_not_granted"])
  })

  it("is for its use: another order of the same person is another use", async () => {
    const other = await openOrder(desk, colleague)
    expect(await code(clerk, other)).toBe("use.none")
    expect(await code(colleague, other)).toBe("seen")
  })

  it("opens a plate for a parking matter and for no repair", async () => {
    const parking = await openOrder(desk, clerk, { kind: "parking" })
    expect((await lookAt(desk, clerk, parking, "plate")).body["values"]).toEqual([resident(desk, "1").plate])
    expect(await code(clerk, order, "plate")).toBe("use.field_not_granted")
  })
})

describe("handing an order on", () => {
  it("ends the grants of whoever had it before", async () => {
    expect(await code(repairer)).toBe("use.none")
    done(await dispatch(desk, clerk, order, repairer))
    expect(await code(repairer)).toBe("seen")
    done(await dispatch(desk, clerk, order, mate))
    expect(await code(repairer)).toBe("use.none")
    expect(await code(mate)).toBe("seen")
    done(await dispatch(desk, clerk, order, repairer))
    expect(await code(repairer)).toBe("seen")
    expect(await code(mate)).toBe("use.none")
  })

  it("to whoever has it already leaves it with them, and opens nothing to anybody else", async () => {
    for (let time = 0; time < 3; time += 1) {
      done(await dispatch(desk, clerk, order, repairer))
      expect([time, await code(repairer), await code(mate)]).toEqual([time, "seen", "use.none"])
    }
    done(await take(desk, colleague, order))
    done(await take(desk, colleague, order))
    expect([await code(colleague), await code(repairer)]).toEqual(["seen", "use.none"])
  })

  it("takes the order itself out of the former repairer's sight", async () => {
    done(await dispatch(desk, clerk, order, repairer))
    expect((await read(desk, repairer, `/orders/${order.orderId}`)).status).toBe(200)
    done(await dispatch(desk, clerk, order, mate))
    expect((await read(desk, repairer, `/orders/${order.orderId}`)).status).toBe(404)
  })

  it("lets the colleague who took it over close it, and nobody at the desk who did not", async () => {
    expect((await close(desk, colleague, order)).body["code"]).toBe("order.not_handler")
    done(await take(desk, colleague, order))
    done(await close(desk, colleague, order))
  })

  it("by taking it over ends them too", async () => {
    done(await dispatch(desk, clerk, order, repairer))
    done(await take(desk, colleague, order))
    expect(await code(repairer)).toBe("use.none")
    expect(await code(colleague)).toBe("seen")
  })

  it("gives the next no more than the opening gave", async () => {
    const before = new Set((await grantsOf(order)).flatMap(({ fields }) => fields))
    done(await dispatch(desk, clerk, order, repairer))
    const theirs = (await grantsOf(order)).filter(({ grantee }) => grantee === repairer.staffId)
    expect(new Set(theirs.flatMap(({ fields }) => fields))).toEqual(before)
    expect(await code(repairer, order, "id_number")).toBe("use.field_not_granted")
  })

  it("goes to somebody who works here, and to nobody else", async () => {
    for (const post of ["manager", "archivist", "auditor", "system_admin", "privacy_officer"] as const) {
      const reply = await dispatch(desk, clerk, order, await hire(desk, post))
      expect([post, reply.body["code"]]).toEqual([post, "order.assignee_unknown"])
    }
    expect((await dispatch(desk, clerk, order, repairer)).status).toBe(200)
  })
})

describe("the window of a grant", () => {
  it.each(regimeV1.standingRules.map(({ orderKind, windowDays }) => [orderKind, windowDays] as const))(
    "of a %s is over after %i days, with the order still open",
    async (kind, days) => {
      const opened = await openOrder(desk, clerk, { kind })
      desk.test.time.ahead += days * day - 60_000
      expect(await code(clerk, opened)).toBe("seen")
      desk.test.time.ahead += 61_000
      expect(await code(clerk, opened)).toBe("use.ended")
      expect((await read(desk, clerk, `/orders/${opened.orderId}`)).body).toMatchObject({
        state: "open",
        text: null,
        lookRefusal: "use.ended",
      })
    },
  )

  it("does not begin before its time", async () => {
    expect(await code(clerk)).toBe("seen")
    desk.test.time.ahead -= 120_000
    expect(await code(clerk)).toBe("use.ended")
    desk.test.time.ahead += 120_000
    expect(await code(clerk)).toBe("seen")
  })
})

describe("a refused look", () => {
  it("is traced, whatever it was refused for", async () => {
    const before = (await tracesOf(desk)).length
    await lookAt(desk, colleague, order)
    await lookAt(desk, clerk, order, "id_number")
    done(await close(desk, clerk, order))
    await lookAt(desk, clerk, order)
    const refused = (await tracesOf(desk)).slice(before).filter(({ outcome }) => outcome === "refused")
    expect(refused.map(({ act, actor, fields, use_id }) => [act, actor, fields, use_id])).toEqual([
      ["use.look", colleague.staffId, ["phone"], order.useId],
      ["use.look", clerk.staffId, ["id_number"], order.useId],
      ["use.look", clerk.staffId, ["phone"], order.useId],
    ])
  })
})
