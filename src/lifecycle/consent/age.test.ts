import { describe, expect, it } from "vitest"
import { agesOf, endsAfter } from "./age.ts"

/** No region begins with 99: nobody's number. */
const born = (day: string) => `990000${day.replaceAll("-", "")}001X`

describe("a number says until which month somebody is under 14 and 18", () => {
  it.each([
    [
      "a child",
      "2015-05-20",
      [
        [14, "2029-06-01"],
        [18, "2033-06-01"],
      ],
    ],
    [
      "born in December",
      "2015-12-31",
      [
        [14, "2030-01-01"],
        [18, "2034-01-01"],
      ],
    ],
    [
      "on the day before they turn 14",
      "2012-03-03",
      [
        [14, "2026-04-01"],
        [18, "2030-04-01"],
      ],
    ],
    ["on the day they turn 14", "2012-03-02", [[18, "2030-04-01"]]],
    ["on the day they turn 18", "2008-03-02", []],
    ["a leap day", "2012-02-29", [[18, "2030-03-01"]]],
  ])("%s", (_who, day, due) => {
    expect(agesOf([born(day)], "2026-03-02").map(({ under, ends }) => [under, ends])).toEqual(due)
  })

  it("of two the younger counts; a passport says nothing", () => {
    expect(agesOf([born("1990-01-01"), born("2015-05-20")], "2026-03-02")).toHaveLength(2)
    expect(agesOf(["E12345678"], "2026-03-02")).toEqual([])
    expect(agesOf([], "2026-03-02")).toEqual([])
  })

  it("the end never lies before the day itself, and no day of birth can be read from it", () => {
    const ends = [1, 15, 31].map((day) =>
      agesOf([born(`2015-05-${String(day).padStart(2, "0")}`)], "2026-03-02"),
    )
    expect(new Set(ends.map((one) => JSON.stringify(one))).size).toBe(1)
  })
})

it("a month that somebody said ends with it", () => {
  expect([endsAfter("2031-05"), endsAfter("2031-12")]).toEqual(["2031-06-01", "2032-01-01"])
})
