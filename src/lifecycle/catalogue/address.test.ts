import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { homeOf, homeText, maskHome, parseHome, parseHomeField } from "./address.ts"

describe("a home as typed", () => {
  it.each([
    ["1-1-1001", "1", "1", "1001"],
    ["1栋1单元1001室", "1", "1", "1001"],
    ["1栋-1单元-1001室", "1", "1", "1001"],
    ["1#-2-302", "1", "2", "302"],
    ["1幢302", "1", "0", "302"],
    ["A座1203", "A座", "0", "1203"],
    ["A-1-1001", "A座", "1", "1001"],
    ["12弄3号502室", "12弄3号", "0", "502"],
    ["5号楼3门1201", "5", "3", "1201"],
    ["商铺 1-0-101", "1", "0", "101"],
    ["商铺12", "商铺", "0", "12"],
    ["车位 B1-023", "车位", "0", "B1-023"],
    ["别墅12号", "别墅", "0", "12"],
    ["三号楼二单元501", "3", "2", "501"],
    ["二十一栋301", "21", "0", "301"],
    ["十栋301", "10", "0", "301"],
    ["一期1栋1单元101", "1期1", "1", "101"],
    ["东区5号楼1201", "东区5", "0", "1201"],
    ["阳光花园1栋2单元301", "阳光花园1", "2", "301"],
    ["1栋1单元3层302", "1", "1", "302"],
    ["3号楼1-501", "3", "1", "501"],
    ["1栋B单元201", "1", "B", "201"],
    ["1-1-13A01", "1", "1", "13A01"],
    ["1-1-1001-1", "1", "1", "1001-1"],
    ["1-1001-1", "1", "0", "1001-1"],
    ["1-2-3-502", "1-2", "3", "502"],
    ["01-02-302", "1", "2", "302"],
    ["１－１－１００１", "1", "1", "1001"],
    ["1—1—1001", "1", "1", "1001"],
    ["101-1001", "101", "0", "1001"],
    ["3栋1单元1001", "3", "1", "1001"],
  ])("%s", (raw, building, unit, room) => {
    expect(parseHome(raw)).toEqual({ building, unit, room })
  })

  it.each(["", "302", "张三", "Jean-Paul", "2024-01-01", "3月5日", "5-Mar", "1-1-1001-1-2"])(
    "%j is none",
    (raw) => {
      expect(parseHome(raw)).toBeUndefined()
    },
  )

  it.each([
    ["1栋302", { kind: "value", value: "1-0-302" }],
    ["", { kind: "empty" }],
    ["302", { kind: "invalid", reason: "home.no_building" }],
    ["2024-01-01", { kind: "invalid", reason: "home.became_date" }],
    ["12月3日", { kind: "invalid", reason: "home.became_date" }],
    ["某处", { kind: "invalid", reason: "home.format" }],
    ["同上", { kind: "invalid", reason: "value.same_as_above" }],
    ["1栋****", { kind: "invalid", reason: "value.masked" }],
  ])("%j as a field", (raw, expected) => {
    expect(parseHomeField(raw)).toEqual(expected)
  })
})

describe("a home from three columns", () => {
  it.each([
    [["1栋", "1单元", "1001室"], { building: "1", unit: "1", room: "1001" }],
    [["01", "02", "302"], { building: "1", unit: "2", room: "302" }],
    [["1.0", "", "302"], { building: "1", unit: "0", room: "302" }],
    [["A座", "无", "1203"], { building: "A座", unit: "0", room: "1203" }],
    [["三号楼", "甲单元", "501"], { building: "3", unit: "甲", room: "501" }],
  ] as const)("%j", ([building, unit, room], place) => {
    expect(homeOf(building, unit, room)).toEqual(place)
  })

  it.each([
    ["13900001234", "1", "101"],
    ["1", "139-0000-1234", "101"],
    ["1", "1", "110105190001011234"],
    ["1", "1", "京A12345"],
    ["1", "1", "13900001234"],
  ])("is none when a phone, a number or a plate slipped in: %s, %s, %s", (building, unit, room) => {
    expect(homeOf(building, unit, room)).toBeUndefined()
    expect(parseHome(`${building}-${unit}-${room}`)).toBeUndefined()
  })

  it("needs building and room", () => {
    expect(homeOf("", "1", "302")).toBeUndefined()
    expect(homeOf("1", "1", "")).toBeUndefined()
  })
})

describe("canonical homes", () => {
  const small = fc.integer({ min: 1, max: 60 }).map(String)
  const building = fc.oneof(small, fc.constantFrom("A座", "12弄3号", "东区5"))
  const room = fc.tuple(fc.integer({ min: 1, max: 33 }), fc.integer({ min: 1, max: 9 }))

  it("are read back as the same home", () => {
    fc.assert(
      fc.property(building, fc.integer({ min: 0, max: 9 }), room, (name, unit, [floor, flat]) => {
        const place = { building: name, unit: String(unit), room: `${floor}0${flat}` }
        expect(parseHome(homeText(place))).toEqual(place)
      }),
    )
  })

  it("are the same whichever way they were written", () => {
    fc.assert(
      fc.property(small, small, room, (name, unit, [floor, flat]) => {
        const written = [`${name}栋${unit}单元${floor}0${flat}室`, `${name}#-${unit}-${floor}0${flat}`]
        expect(written.map(parseHome)).toEqual(Array(2).fill(parseHome(`${name}-${unit}-${floor}0${flat}`)))
      }),
    )
  })
})

describe("masks of homes", () => {
  it.each([
    ["1-1-1001", "1栋****"],
    ["A座-0-1203", "A座****"],
    ["12弄3号-0-502", "12弄3号****"],
    ["车位-0-B1-023", "车位****"],
  ])("%s shows %s", (value, shown) => {
    expect(maskHome(value)).toBe(shown)
  })

  it.each(["", "302", "某处"])("%j shows nothing", (value) => {
    expect(maskHome(value)).toBeUndefined()
  })
})
