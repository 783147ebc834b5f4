/** Clause 4.13: statistics are of groups, five households at least, and no sum or second count tells of fewer. */

import { readXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { z } from "zod"
import { readStatistics } from "../../src/lifecycle/statistics/contract.ts"
import { openStreet } from "../exports.ts"
import { type Reply, send, startHouse, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, sql, tracesOf } from "../orders.ts"

type Told = z.infer<typeof readStatistics.reply>

let desk: Desk
let officer: TestStaff

beforeAll(async () => {
  desk = await openStreet(await startHouse())
  officer = await hire(desk, "privacy_officer")
  // Noon of the tenth of next month: the months behind it are over, whatever the day of this run.
  const now = new Date()
  desk.test.time.ahead = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10, 4) - now.getTime()
  await orders({ building: "1", kind: "repair", homes: 12 })
  await orders({ building: "2", kind: "repair", homes: 9 })
  await orders({ building: "3", kind: "repair", homes: 15 })
  await orders({ building: "1", kind: "complaint", homes: 8 })
  await orders({ building: "2", kind: "complaint", homes: 3 })
  await orders({ building: "3", kind: "complaint", homes: 10 })
  await orders({ building: "1", kind: "parking", homes: 7 })
  await orders({ building: "2", kind: "parking", homes: 11 })
  await orders({ building: "3", kind: "parking", homes: 6 })
})
afterAll(() => desk.test.close())

const clock = () => Date.now() + desk.test.time.ahead
const lastMonth = () => new Date(clock() - 20 * 86_400_000).toISOString()

/** One order of so many homes of the building, in the month that is over. */
async function orders({ building, kind, homes }: { building: string; kind: string; homes: number }) {
  await sql(
    desk,
    `insert into app.work_order (community_id, order_id, number, kind, building_id, home_id, place, use_id, masks, subject_ref, opened_by,
       opened_post, opened_at)
     select community_id, gen_random_uuid(), gen_random_uuid()::text, $3, building_id, home_id, label, gen_random_uuid(), '{}', 1, $5,
       'manager', $6
     from (select * from app.home where community_id = $1 and building_id = $2 order by sort_key limit $4) h`,
    [desk.community.communityId, building, kind, homes, desk.manager.staffId, lastMonth()],
  )
}

const ask = (as: TestStaff, query = ""): Promise<Reply> =>
  send(desk.test, `GET ${at(desk, `/statistics${query}`)}`, { as })
const told = async (query = ""): Promise<Told> =>
  readStatistics.reply.parse(done(await ask(officer, query)).body)
const exported = () =>
  desk.test.app.inject({
    method: "POST",
    url: at(desk, "/statistics/export"),
    payload: {},
    cookies: { hudun_session: officer.cookie },
  })

describe("statistics", () => {
  it("show groups of five households or more, and hide smaller ones with what would give them away", async () => {
    const { orders: table, fewest } = await told()
    expect(fewest).toBe(5)
    expect(table.columns).toEqual(["repair", "complaint", "parking"])
    const small = table.shown[1]?.[1]
    expect(small).toBeNull()
    const hidden = table.shown.flat().filter((value) => value === null)
    expect(hidden.length).toBeGreaterThanOrEqual(4)
    expect(table.shown.flat().filter((value) => value !== null).length).toBeGreaterThan(6)
    for (const line of table.shown) expect(line.filter((value) => value === null).length).not.toBe(1)
    for (const column of [0, 1, 2, 3])
      expect(table.shown.filter((line) => line[column] === null).length).not.toBe(1)
  })

  it("hide an empty group like a small one", async () => {
    const { classes } = await told()
    const life = classes?.columns.indexOf("trajectory") ?? -1
    expect(classes?.shown.every((line) => line[life] === null)).toBe(true)
    expect(classes?.shown[0]?.[0]).toBe(40)
  })

  it("say the same again, though a household came in between: the month was counted once", async () => {
    const before = await told()
    await orders({ building: "2", kind: "complaint", homes: 6 })
    await sql(desk, "delete from app.record where class = 'life' and community_id = $1", [
      desk.community.communityId,
    ])
    expect(await told()).toEqual(before)
    expect((await told("?month=2001-01")).month).toBe(before.month)
  })

  it("tell of a course only what each month's own table tells", async () => {
    const { course, orders: table, months } = await told()
    expect(course.map((one) => one.month)).toEqual(months)
    expect(course[0]?.shown).toEqual(table.shown.at(-1))
    expect(course[5]?.shown).toEqual([null, null, null, null])
  })

  it("go into a workbook with a star where nothing is told", async () => {
    const file = await exported()
    expect(file.statusCode).toBe(200)
    const { sheets } = await readXlsx(file.rawPayload)
    const table = (await told()).orders
    const rows = sheets[0]?.rows.slice(2, 2 + table.shown.length).map((row) => row.slice(1)) ?? []
    expect(rows.map((row) => row.map((value) => (value === "＊" ? null : value)))).toEqual(table.shown)
    expect(JSON.stringify(sheets.map(({ rows: all }) => all))).not.toMatch(/139/)
  })

  it("are for those who answer for the whole community, and leave a trace", async () => {
    for (const post of ["clerk", "supervisor", "repairer", "system_admin"] as const)
      expect((await ask(await hire(desk, post))).status).toBe(403)
    expect((await ask(await hire(desk, "auditor"))).status).toBe(200)
    const acts = (await tracesOf(desk)).map(({ act }) => act)
    expect(acts.filter((act) => act === "statistics.release").length).toBe(1)
    expect(acts).toEqual(expect.arrayContaining(["statistics.read", "statistics.export"]))
    expect((await ask(officer, "?month=nonsense")).status).toBe(400)
  })

  it("of the next month repeat a cell until five households make a difference", async () => {
    const before = await told()
    desk.test.time.ahead += 31 * 86_400_000
    const rest = await told()
    expect(rest.month).not.toBe(before.month)
    expect(rest.classes?.shown.map((line) => line[0])).toEqual(before.classes?.shown.map((line) => line[0]))
    expect(rest.course.find((one) => one.month === before.month)?.shown).toEqual(before.course[0]?.shown)
  })
})
