import { describe, expect, it } from "vitest"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { recogniseLayout } from "./layout.ts"
import { proposeMapping } from "./mapping.ts"
import { madeRow, madeXlsx } from "./sheet.fixture.ts"
import { readSheet } from "./sheet.ts"
import { usualLimits } from "./sheet-shape.ts"

const room =
  "楼号,单元,房间,楼层,总层数,是否有电梯,房屋类型,房屋户型,建筑面积,室内面积,租金,房屋状态,业主名称,性别,手机号,身份证号,业主类型"
const sheet = (name: string, ...rows: string[]) => ({
  name,
  rows: rows.map((row, at) => madeRow(at + 1, row.split(","))).join(""),
})
const taken = (header: readonly string[], rows: readonly (readonly string[])[] = []) =>
  Object.fromEntries(
    proposeMapping(regimeV1, header, rows).flatMap((fate, index) =>
      fate.fate === "take" ? [[header[index], fate.target]] : [],
    ),
  )

describe("importRoom.xlsx", () => {
  it.each([
    [room, {}],
    [
      `${room},人员类型,人员角色,联系人,联系人电话`,
      { 人员类型: "person_type", 人员角色: "role", 联系人: "contact_name", 联系人电话: "contact_phone" },
    ],
  ])("maps without being touched: %s", (header, more) => {
    const names = header.split(",")
    expect(recogniseLayout([{ header: names }])).toEqual({ code: "hc_room", sheet: 0 })
    expect(taken(names)).toEqual({
      楼号: "building",
      单元: "unit",
      房间: "room",
      业主名称: "name",
      手机号: "phone",
      ...("人员角色" in more ? {} : { 业主类型: "role" }),
      ...more,
    })
  })
})

describe("hc.xlsx", () => {
  const book = madeXlsx({
    sheets: [
      sheet("楼栋单元", "楼栋号,单元编号,总层数,是否有电梯", "3,1,6,有"),
      sheet(
        "业主信息",
        "编号,业主名称,性别,年龄,手机号,身份证号,业主类型,业主编号",
        "1,李试样,男,1,13900000001,,1001,",
        "2,李成员,女,1,13900000002,,1002,1",
        "3,王无房,女,1,13900000003,,1001,3",
      ),
      sheet(
        "房屋信息",
        "房屋编号,楼栋编号,单元编号,房屋楼层,房屋户型,建筑面积,业主编号",
        "101,3,1,1,二室,80,1",
        "102,3,1,1,二室,80,1",
      ),
    ],
  })

  it("gives every person the homes of their owner", async () => {
    const { sheets } = await readSheet(book, "hc.xlsx", usualLimits)
    expect(recogniseLayout(sheets)).toEqual({ code: "hc_owner_room", sheet: 1, homeSheet: 2 })
    const owners = sheets[1]
    expect(taken(owners?.header ?? [])).toEqual({
      业主名称: "name",
      手机号: "phone",
      业主类型: "role",
      "楼栋编号（房屋信息）": "building",
      "单元编号（房屋信息）": "unit",
      "房屋编号（房屋信息）": "room",
    })
    expect(owners?.rows.map(({ number, cells }) => [number, cells[1], ...cells.slice(8)])).toEqual([
      [2, "李试样", "3", "1", "101"],
      [2, "李试样", "3", "1", "102"],
      [3, "李成员", "3", "1", "101"],
      [3, "李成员", "3", "1", "102"],
      [4, "王无房", "", "", ""],
    ])
  })
})

it("another workbook has no known layout", () => {
  expect(recogniseLayout([{ header: ["楼栋", "房号", "姓名"] }])).toBeUndefined()
})
