/** Clause 1.5: pieces that are harmless alone draw a family together; what one person puts together of a household has a line. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { mosaicOf } from "../../src/lifecycle/catalogue/mosaic-v1.ts"
import {
  applyAs,
  approve,
  lookUnder,
  type Office,
  readApplication,
  setToNoon,
  staffOffice,
} from "../applications.ts"
import { type Reply, send, type TestHouse, type TestStaff } from "../house.ts"
import {
  at,
  type Desk,
  done,
  hire,
  lookAt,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  tracesOf,
} from "../orders.ts"
import { openSecond } from "../second-house.ts"

const day = 86_400_000
const rules = mosaicOf({})

let desk: Desk
let other: Desk
let second: TestHouse
let office: Office

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  second = await openSecond(desk.test)
  other = { ...desk, test: second }
  office = await staffOffice(desk)
})
beforeEach(() => setToNoon(desk))
afterAll(async () => {
  await second.close()
  await desk.test.close()
})

/** As if so many other fields of this weight had been shown of the household of building 1 so many days ago. */
async function shown({ staffId }: TestStaff, fields: readonly string[], days = 0): Promise<void> {
  const when = new Date(Date.now() + desk.test.time.ahead - days * day).toISOString()
  await sql(
    desk,
    "insert into app.mosaic_mark select $1, $2, field, gen_random_uuid(), $3, $4 from unnest($5::text[]) as u (field)",
    [staffId, resident(desk, "1").homeId, desk.community.communityId, when, fields],
  )
}

/** Eighteen, nineteen, and twenty: the line for orders. */
const eighteen = ["complaint", "complaint", "complaint", "fee", "fee", "fee", "parcel", "pet", "plate"]
const nineteen = [...eighteen, "sex"]
const upToTheLine = [...nineteen, "email"]

const marksOf = ({ staffId }: TestStaff) =>
  sql<{ field: string }>(desk, "select field from app.mosaic_mark where person_id = $1", [staffId])

const outcome = ({ status, body }: Reply) => (status === 200 ? "seen" : body["code"])

const granted = async (as: TestStaff, fields: readonly string[], purpose = "move_in"): Promise<string> => {
  const id = await applyAs(desk, as, { fields, purpose })
  done(await approve(desk, office.supervisor, id))
  return id
}

describe("under an order", () => {
  it("nothing new of a household is shown beyond the line; what was shown before is, and other households are", async () => {
    const clerk = await hire(desk, "clerk", ["1", "2"])
    const before = await openOrder(desk, clerk, { phone: "13900001111" })
    done(await lookAt(desk, clerk, before))
    await shown(clerk, nineteen)
    expect(outcome(await lookAt(desk, clerk, before))).toBe("seen")
    expect(outcome(await lookAt(desk, clerk, before, "repair"))).toBe("use.mosaic_apply")
    // A fourth complaint adds nothing to what three have told.
    const complaint = await openOrder(desk, clerk, { kind: "complaint" })
    expect(outcome(await lookAt(desk, clerk, complaint, "complaint"))).toBe("seen")
    expect(outcome(await lookAt(desk, clerk, before, "repair"))).toBe("use.mosaic_apply")
    expect((await tracesOf(desk)).at(-1)).toMatchObject({ act: "use.look", outcome: "refused" })
    const elsewhere = await openOrder(desk, clerk, { building: "2", phone: "13900001111" })
    expect(outcome(await lookAt(desk, clerk, elsewhere))).toBe("seen")
  })

  it("what others have seen counts for them, not for me", async () => {
    const [one, two] = [await hire(desk, "clerk", ["1"]), await hire(desk, "clerk", ["1"])]
    await shown(one, upToTheLine)
    expect(outcome(await lookAt(desk, two, await openOrder(desk, two)))).toBe("seen")
    expect(outcome(await lookAt(desk, one, await openOrder(desk, one)))).toBe("use.mosaic_apply")
  })

  it("the same phone said by the caller again is no new piece", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    for (let again = 0; again < 3; again += 1)
      done(await lookAt(desk, clerk, await openOrder(desk, clerk, { phone: "13900001111" })))
    expect(await marksOf(clerk)).toEqual([{ field: "phone" }])
  })

  it("a refusal is the same whatever was asked for, and leaves no mark under any line", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await shown(clerk, upToTheLine)
    const order = await openOrder(desk, clerk)
    const [phone, text] = [await lookAt(desk, clerk, order), await lookAt(desk, clerk, order, "repair")]
    expect(outcome(phone)).toBe("use.mosaic_apply")
    expect(phone.text).toBe(text.text)
    expect(await marksOf(clerk)).toHaveLength(upToTheLine.length)
    expect(await sql(desk, "select from app.cap_mark where person_id = $1", [clerk.staffId])).toEqual([])
  })

  it("is forgotten after the window, and not before", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await shown(clerk, upToTheLine, rules.days - 1)
    const order = await openOrder(desk, clerk)
    expect(outcome(await lookAt(desk, clerk, order))).toBe("use.mosaic_apply")
    desk.test.time.ahead += day + 60_000
    expect(outcome(await lookAt(desk, clerk, await openOrder(desk, clerk)))).toBe("seen")
  })

  it("at the last place: one of a hundred at the same moment, on two processes", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await shown(clerk, eighteen)
    const orders = []
    for (let made = 0; made < 20; made += 1) orders.push(await openOrder(desk, clerk))
    const asked = orders.flatMap((order) => [0, 1, 2, 3, 4].map((nth) => ({ order, isPhone: nth % 2 === 0 })))
    const looks = await Promise.all(
      asked.map(({ order, isPhone }, nth) =>
        lookAt(nth % 2 === 0 ? desk : other, clerk, order, isPhone ? "phone" : "repair"),
      ),
    )
    // Either the phone, which is the same in all of them, or one of the repairs: not both, and no second repair.
    const seen = asked.filter((_, nth) => looks[nth]?.status === 200)
    const pieces = new Set(seen.map(({ order, isPhone }) => (isPhone ? "phone" : order.orderId)))
    expect(pieces.size).toBe(1)
    expect(new Set(looks.filter(({ status }) => status !== 200).map(outcome))).toEqual(
      new Set(["use.mosaic_apply"]),
    )
    expect(await marksOf(clerk)).toHaveLength(eighteen.length + 1)
  })
})

describe("whoever decides on an application", () => {
  const halves = [eighteen.slice(0, 5), [...eighteen.slice(5), "id_number", "title_deed"]]
  const exposureIn = async (as: TestStaff, id: string) =>
    done(await readApplication(desk, as, id)).body["exposure"]

  it("is told how far the applicant stands with the household, as a level; officers, how far all stand together", async () => {
    const [one, two] = [await hire(desk, "clerk", ["3"]), await hire(desk, "clerk", ["3"])]
    const { personId, homeId } = resident(desk, "3")
    const answered = ({ staffId }: TestStaff, fields: readonly string[] = []) =>
      sql(
        desk,
        "insert into app.mosaic_mark select $1, $2, field, gen_random_uuid(), $3, now() from unnest($4::text[]) as u (field)",
        [staffId, homeId, desk.community.communityId, fields],
      )
    const id = await applyAs(desk, one, { personIds: [personId] })
    const supervisor = await hire(desk, "supervisor", ["3"])
    expect(await exposureIn(supervisor, id)).toEqual({ own: "free", team: null })
    await answered(one, halves[0])
    await answered(two, halves[1])
    expect(await exposureIn(supervisor, id)).toEqual({ own: "free", team: null })
    expect(await exposureIn(office.manager, id)).toEqual({ own: "free", team: "apply" })
    await answered(one, upToTheLine)
    expect(await exposureIn(supervisor, id)).toEqual({ own: "apply", team: null })
    await answered(one, [...upToTheLine, "passport", "passport", "elder_alone", "children", "id_number"])
    expect(await exposureIn(supervisor, id)).toEqual({ own: "reached", team: null })
    const other = await applyAs(desk, one, { personIds: [resident(desk, "3", 1).personId] })
    expect(await exposureIn(supervisor, other)).toEqual({ own: "free", team: null })
  })
})

describe("under an application", () => {
  it("goes on where an order does not, up to the last line", async () => {
    await shown(office.clerk, upToTheLine)
    const id = await granted(office.clerk, ["phone", "name"])
    expect(outcome(await lookUnder(desk, office.clerk, { id }))).toBe("seen")
    await shown(office.clerk, ["id_number", "id_number", "id_number", "title_deed", "email", "wechat", "sex"])
    expect(outcome(await lookUnder(desk, office.clerk, { id, field: "name" }))).toBe("use.mosaic_reached")
    expect(outcome(await lookUnder(desk, office.clerk, { id }))).toBe("seen")
  })
})

describe("movements, and whether children live there or an elder alone", () => {
  it("are never shown together to one person, with an approval neither", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await shown(clerk, ["gate_event"])
    const take = { staffId: clerk.staffId, communityId: desk.community.communityId, isApproved: true }
    const { homeId, personId } = resident(desk, "1")
    const piece = { ...take, homeId, subjectId: personId, recordId: personId }
    const { caps } = desk.test.house
    expect((await caps.take({ ...piece, field: "children" })).bound?.code).toBe("use.mosaic_apart")
    expect((await caps.take({ ...piece, field: "phone" })).state).toBe("free")
    const elsewhere = { ...piece, homeId: resident(desk, "2").homeId }
    expect((await caps.take({ ...elsewhere, field: "children" })).state).toBe("free")
    expect((await caps.take({ ...elsewhere, field: "vehicle_event" })).bound?.code).toBe("use.mosaic_apart")
  })

  it("not even when both are asked for at the same moment", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    const { homeId, personId } = resident(desk, "3")
    const piece = {
      staffId: clerk.staffId,
      communityId: desk.community.communityId,
      isApproved: true,
      homeId,
    }
    const asked = ["gate_event", "children"].map((field) =>
      desk.test.house.caps.take({ ...piece, subjectId: personId, recordId: personId, field }),
    )
    const states = (await Promise.all(asked)).map(({ bound }) => bound?.code)
    expect(states.filter((code) => code === "use.mosaic_apart")).toHaveLength(1)
  })
})

it("a person with two accounts has one mosaic", async () => {
  const [one, two] = [await hire(desk, "clerk", ["1"]), await hire(desk, "clerk", ["1"])]
  await shown(one, upToTheLine)
  const body = { staffId: one.staffId, sameAs: two.staffId }
  done(await send(desk.test, `POST ${at(desk, "/same-person")}`, { as: office.officer, body }))
  expect(outcome(await lookAt(desk, two, await openOrder(desk, two)))).toBe("use.mosaic_apply")
})

describe("the map", () => {
  it("shows the officer who has put together how much of a household, by class; a clerk cannot read it", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await shown(clerk, nineteen)
    done(await lookAt(desk, clerk, await openOrder(desk, clerk)))
    const { homeId } = resident(desk, "1")
    const { body } = done(await read(desk, office.officer, `/exposure?home=${homeId}`))
    const rows: unknown = body["rows"]
    const own = Array.isArray(rows) ? rows.find((row) => row.staffId === clerk.staffId) : undefined
    expect(own).toMatchObject({ homeId, exposure: 20, state: "apply" })
    expect(own.place).toMatch(/^1栋/)
    expect(own.classes.map((one: { class: string; exposure: number }) => [one.class, one.exposure])).toEqual([
      ["identity", 2],
      ["life", 6],
      ["service", 12],
    ])
    expect((await read(desk, clerk, "/exposure")).body["code"]).toBe("post.not_allowed")
  })

  it("tells everybody their own sum beside their own meter, in numbers", async () => {
    const clerk = await hire(desk, "clerk", ["1"])
    await shown(clerk, upToTheLine)
    const { body } = done(await send(desk.test, "GET /api/meter", { as: clerk }))
    expect(body["mosaic"]).toEqual({ days: 365, applyAt: 20, refuseAt: 40, most: 20, beyond: 1 })
  })
})
