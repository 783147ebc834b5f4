/** Clause 2.10: whether somebody is under 14 or 18 is worked out once, when their identity number is sealed, and ends by itself. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parseHome } from "../../src/lifecycle/catalogue/address.ts"
import { citizenCheck } from "../../src/lifecycle/catalogue/check-digits.ts"
import { letGrow } from "../../src/lifecycle/consent/note-age.ts"
import { applyAs, readApplication } from "../applications.ts"
import { fillIn } from "../forms.ts"
import { fillRoster, send, type TestStaff } from "../house.ts"
import {
  at,
  type Desk,
  done,
  hire,
  lookAt,
  openDesk,
  openOrder,
  type Resident,
  read,
  resident,
  sql,
  tracesOf,
} from "../orders.ts"
import { placeOf } from "../watch-samples.ts"

const day = 86_400_000

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1", "2", "3"])
})
afterAll(() => desk.test.close())

/** No region begins with 99: nobody's number, though its check digit is right. */
function numberOf(born: string): string {
  const digits = `990000${born.replaceAll("-", "")}001`
  return digits + citizenCheck(digits)
}

/** Whoever was born then has that birthday tomorrow. */
function almost(years: number): string {
  const tomorrow = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(Date.now() + day)
  return `${Number(tomorrow.slice(0, 4)) - years}${tomorrow.slice(4)}`.replace("02-29", "02-28")
}

/** Takes the number in as an import does where the regime keeps it. */
async function takeNumber({ homeId, name, phone }: Resident, born: string): Promise<void> {
  const home = parseHome(await placeOf(desk, homeId))
  if (home === undefined) throw new Error("no home")
  const facts = { name: [name], phone: [phone], id_number: [numberOf(born)] }
  const rest = { role: "owner", company: false, doubts: [], validFrom: null, row: 1 } as const
  await fillRoster(desk.test, desk.community, [{ home, facts, ...rest }])
}

async function ageOf({ personId }: Resident, as = clerk): Promise<unknown> {
  const { isMinor, hasEnd, isYoung } = done(await read(desk, as, `/persons/${personId}/consents`)).body
  return { isMinor, hasEnd, isYoung }
}

const note = ({ personId }: Resident, as: TestStaff, turns14?: string) =>
  send(desk.test, `POST ${at(desk, `/persons/${personId}/minor`)}`, { as, body: { turns14 } })

const acts = async () => (await tracesOf(desk)).map(({ act }) => act)

describe("an identity number that is taken in", () => {
  it("of a child makes the child one from that moment, for every look under an order", async () => {
    const child = resident(desk, "1")
    const order = await openOrder(desk, clerk)
    done(await lookAt(desk, clerk, order))
    expect(await ageOf(child)).toEqual({ isMinor: false, hasEnd: false, isYoung: false })
    await takeNumber(child, almost(14))
    expect(await ageOf(child)).toEqual({ isMinor: true, hasEnd: true, isYoung: true })
    expect((await lookAt(desk, clerk, order)).body["code"]).toBe("minor.by_order")
    expect((await acts()).filter((one) => one === "consent.flag_minor")).toHaveLength(1)
  })

  it("of a grown-up, or of somebody of 17, makes nobody a child; under 18 the approver is told", async () => {
    const [grown, young] = [resident(desk, "1", 1), resident(desk, "2")]
    await takeNumber(grown, almost(19))
    await takeNumber(young, almost(18))
    expect(await ageOf(grown)).toEqual({ isMinor: false, hasEnd: false, isYoung: false })
    expect(await ageOf(young)).toEqual({ isMinor: false, hasEnd: false, isYoung: true })
    const id = await applyAs(desk, clerk, { personIds: [young.personId] })
    expect((await readApplication(desk, clerk, id)).body["hints"]).toContain("under_18")
    const other = await applyAs(desk, clerk, { personIds: [grown.personId] })
    expect((await readApplication(desk, clerk, other)).body["hints"]).not.toContain("under_18")
  })

  it("leaves no birth date in the clear, only a month; nor does the trace", async () => {
    const born = almost(14)
    const rows = await sql<{ row: string }>(
      desk,
      `select row_to_json(a)::text as row from app.age_month a union all select row_to_json(m)::text from app.minor m
       union all select row_to_json(r)::text from app.record r union all select row_to_json(t)::text from app.trace t`,
    )
    const found = rows.filter(({ row }) =>
      [born, born.replaceAll("-", ""), numberOf(born)].some((one) => row.includes(one)),
    )
    expect(found).toEqual([])
    const months = await sql<{ day: number }>(
      desk,
      "select extract(day from ends)::int as day from app.age_month",
    )
    expect(months.length).toBeGreaterThan(2)
    expect(new Set(months.map((row) => row.day))).toEqual(new Set([1]))
  })

  it("in a form counts as well: no child says yes to it, and nothing of the form is kept", async () => {
    const home = await placeOf(desk, resident(desk, "1", 2).homeId)
    const values = {
      name: "齐小满",
      phone: "13900006606",
      home,
      id_number: numberOf(almost(9)),
      title_deed: "共有",
    }
    const kept = () => sql(desk, "select person_id from app.person union all select person_id from app.minor")
    const before = await kept()
    const reply = await fillIn(desk, clerk, { purpose: "move_in", values, agreed: ["id_number"] })
    expect(reply).toMatchObject({ status: 422, body: { code: "consent.guardian_needed" } })
    expect(await kept()).toHaveLength(before.length)
    const grown = { ...values, id_number: numberOf(almost(30)) }
    done(await fillIn(desk, clerk, { purpose: "move_in", values: grown, agreed: ["id_number"] }))
  })
})

describe("a note by hand", () => {
  it("may say the month; one that has come is for whoever supervises, and ends the note on record", async () => {
    const child = resident(desk, "3")
    done(await note(child, clerk))
    expect(await ageOf(child)).toEqual({ isMinor: true, hasEnd: false, isYoung: false })
    done(await note(child, clerk, "2039-05"))
    expect(await ageOf(child)).toEqual({ isMinor: true, hasEnd: true, isYoung: false })
    expect((await note(child, clerk, "2021-05")).body["code"]).toBe("post.not_allowed")
    expect((await note(child, clerk, "2039-13")).status).toBe(400)
    const supervisor = await hire(desk, "supervisor", ["3"])
    expect((await note(resident(desk, "1"), supervisor, "2021-05")).body["code"]).toBe("thing.absent")
    expect(done(await note(child, supervisor, "2021-05")).body).toEqual({ isMinor: false })
    expect(await ageOf(child)).toEqual({ isMinor: false, hasEnd: false, isYoung: false })
    expect(await sql(desk, "select reason from app.minor_ended")).toEqual([{ reason: "said_so" }])
    expect(await acts()).toContain("consent.end_minor")
  })

  it("goes from the database in no other way", async () => {
    await expect(sql(desk, "delete from app.minor")).rejects.toThrow("recorded to be")
  })
})

describe("somebody who turns 14", () => {
  it("is no child any more in the month after, nor before; at 18 nothing is left of it", async () => {
    const child = resident(desk, "1")
    expect(await letGrow(desk.test.house, () => true)).toBe(0)
    desk.test.time.ahead += 33 * day
    expect(await letGrow(desk.test.house, () => true)).toBe(2)
    const later = await hire(desk, "clerk", ["1"])
    expect(await ageOf(child, later)).toEqual({ isMinor: false, hasEnd: false, isYoung: true })
    done(await lookAt(desk, later, await openOrder(desk, later)))
    const found = await acts()
    expect(found).toContain("consent.turned_14")
    expect(found).toContain("consent.turned_18")
    expect(await letGrow(desk.test.house, () => true)).toBe(0)
  })
})
