/** Clause 3.4, electronic: service records older than a year open after three slips in sequence; length of service gives no bypass. */

import { afterAll, beforeAll, expect, it } from "vitest"
import {
  applyAs,
  approve,
  lookUnder,
  type Office,
  readApplication,
  setToNoon,
  staffOffice,
  tryApply,
} from "../applications.ts"
import type { TestStaff } from "../house.ts"
import { close, type Desk, done, hire, openDesk, openOrder, sql } from "../orders.ts"

const day = 86_400_000
const oldText = "去年厨房漏水"
const newText = "上周水管又漏"

let desk: Desk
let office: Office

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  const clerk = await hire(desk, "clerk", ["1"])
  const old = await openOrder(desk, clerk, { text: oldText })
  done(await close(desk, clerk, old))
  desk.test.time.ahead += 370 * day
  done(await close(desk, clerk, await openOrder(desk, clerk, { text: newText })))
  office = await staffOffice(desk)
})
afterAll(() => desk.test.close())

const repair = { purpose: "repair", fields: ["repair"] }
const chainOf = async (as: TestStaff, wish: object) =>
  done(await tryApply(desk, as, { ...repair, ...wish })).body["posts"]

it("this year's records take one slip, and show no older one", async () => {
  const id = await applyAs(desk, office.clerk, repair)
  done(await approve(desk, office.supervisor, id))
  const { body } = await lookUnder(desk, office.clerk, { id, field: "repair" })
  expect(body["values"]).toEqual([newText])
})

it("older records take three slips in their order: supervisor, archivist, manager", async () => {
  const { clerk, supervisor, archivist, manager } = office
  const id = await applyAs(desk, clerk, { ...repair, older: true })
  expect((await readApplication(desk, clerk, id)).body).toMatchObject({
    posts: ["supervisor", "archivist", "manager"],
    nextPost: "supervisor",
    hints: expect.arrayContaining(["old_material"]),
  })
  const outOfTurn = [
    [archivist, "application.later_turn"],
    [manager, "application.later_turn"],
  ] as const
  for (const [as, due] of outOfTurn) expect((await approve(desk, as, id)).body["code"]).toBe(due)
  for (const as of [supervisor, archivist]) {
    done(await approve(desk, as, id))
    expect((await lookUnder(desk, clerk, { id, field: "repair" })).body["code"]).toBe("use.none")
  }
  done(await approve(desk, manager, id))
  const { body } = await lookUnder(desk, clerk, { id, field: "repair" })
  expect(body["values"]).toEqual([newText, oldText])
})

it("length of service gives no bypass, nor does a post", async () => {
  const veteran = await hire(desk, "clerk", ["1"])
  await sql(desk, "update app.staff set created_at = now() - interval '20 years' where staff_id = $1", [
    veteran.staffId,
  ])
  const three = ["supervisor", "archivist", "manager"]
  expect(await chainOf(veteran, { older: true })).toEqual(three)
  expect(await chainOf(office.supervisor, { older: true })).toEqual(three)
  expect(await chainOf(office.manager, { older: true })).toEqual([...three, "privacy_officer"])
  expect(await chainOf(veteran, { older: false })).toEqual(["supervisor"])
})

it("one of three is not enough for an archivist to be left out: a refusal ends it", async () => {
  const id = await applyAs(desk, office.clerk, { ...repair, older: true })
  done(await approve(desk, office.supervisor, id))
  desk.test.time.ahead += day
  expect((await approve(desk, office.archivist, id)).body["code"]).toBe("application.timed_out")
  expect((await lookUnder(desk, office.clerk, { id, field: "repair" })).body["code"]).toBe("use.none")
})
