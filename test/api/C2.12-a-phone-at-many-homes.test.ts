/** Clause 2.12: a phone that a file gives for many homes is taken, marked, and waits to be verified; it refuses nothing. */

import { afterAll, beforeAll, expect, it } from "vitest"
import { send } from "../house.ts"
import { importRoster } from "../isolation/upload.ts"
import { at, type Desk, openDesk, sql } from "../orders.ts"

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.test.close())

const header = ["楼栋", "单元", "房号", "姓名", "手机号"]
const names = "赵钱孙李周吴郑王冯陈"

/** So many homes with one phone, on two batches, and one home with another. */
function rosterOf(building: string, phone: string, many: number) {
  const shared = Array.from({ length: many }, (_, i) => [building, "1", `10${i}`, `${names[i]}同号`, phone])
  const between = Array.from({ length: 500 }, (_, i) => [
    building,
    "2",
    String(1000 + i),
    `${names[i % 10]}各${names[Math.floor(i / 10) % 10]}`,
    `1390001${String(1000 + i + Number(building) * 1000)}`,
  ])
  return { header, rows: [...shared.slice(0, 2), ...between, ...shared.slice(2)] }
}

async function taken(building: string, phone: string, many: number) {
  const roster = rosterOf(building, phone, many)
  const importId = await importRoster(desk.test, { community: desk.community, as: desk.manager, roster })
  const read = async (rest: string) =>
    (await send(desk.test, `GET ${at(desk, `/imports/${importId}${rest}`)}`, { as: desk.manager })).body
  const doubts = await sql<{ source_row: number }>(
    desk,
    "select source_row from app.to_verify where import_id = $1 and reason = 'phone.repeated' order by 1",
    [importId],
  )
  return { counts: (await read(""))["counts"], problems: (await read("/problems"))["problems"], doubts }
}

it("is marked in each row, and waits to be verified", async () => {
  const { counts, problems, doubts } = await taken("5", "13900008888", 6)
  const rows = [2, 3, 504, 505, 506, 507]
  expect(counts).toMatchObject({ rows: 506, taken: 506, added: 506, refused: 0, toVerify: 6 })
  expect(problems).toEqual(
    rows.map((row) => ({
      row,
      column: "手机号",
      field: "phone",
      reason: "phone.repeated",
      verdict: "verify",
    })),
  )
  expect(doubts.map(({ source_row }) => source_row)).toEqual(rows)
})

it("is believed at five homes", async () => {
  const { counts, problems, doubts } = await taken("6", "13900007777", 5)
  expect(counts).toMatchObject({ rows: 505, taken: 505, refused: 0, toVerify: 0 })
  expect([problems, doubts]).toEqual([[], []])
})
