import { describe, expect, it } from "vitest"
import { maskDay, parseDay, realDay, yearsBetween } from "./day.ts"
import { maskMoment } from "./moment.ts"
import { blank, fault, ok } from "./parse.fixture.ts"

describe("a day as typed", () => {
  it.each([
    ok("2016-01-01"),
    ok("2016/1/1", "2016-01-01"),
    ok("2016.1.1", "2016-01-01"),
    ok("20160101", "2016-01-01"),
    ok("2016年1月1日", "2016-01-01"),
    ok("2016-01-01 08:30:00", "2016-01-01"),
    ok("42370", "2016-01-01"),
    ok("42370.5", "2016-01-01"),
    ok("2024-02-29"),
    blank("不详"),
    fault("2023-02-29", "date.format"),
    fault("2016-13-01", "date.format"),
    fault("1/2/2016", "date.format"),
    fault("16-1-1", "date.format"),
    fault("2026-01-02", "date.future"),
    fault("1990-**-**", "value.masked"),
  ])("%j", (raw, expected) => {
    expect(parseDay(raw, "2026-01-01")).toEqual(expected)
  })

  it("may lie ahead when nobody says what day it is", () => {
    expect(parseDay("2099-01-01", undefined)).toMatchObject({ kind: "value" })
  })

  it("exists", () => {
    expect(realDay("2000", "2", "29")).toBe("2000-02-29")
    expect(realDay("1900", "2", "29")).toBeUndefined()
  })

  it("adds a year on the birthday only", () => {
    expect(yearsBetween("2012-05-10", "2026-05-09")).toBe(13)
    expect(yearsBetween("2012-05-10", "2026-05-10")).toBe(14)
  })
})

describe("masks of days and moments", () => {
  it("a day shows its year", () => {
    expect(maskDay("1990-05-10")).toBe("1990")
    expect(maskDay("1990")).toBeUndefined()
  })

  it.each([
    ["2026-03-01 08:12", "2026-03-01 早"],
    ["2026-03-01T12:12:00", "2026-03-01 午"],
    ["2026-03-01 23:59:59", "2026-03-01 晚"],
    ["2026-03-01 03:00", "2026-03-01 晚"],
    ["2026-03-01T23:00:00Z", "2026-03-02 早"],
    ["2026-03-01T08:12:00.000+08:00", "2026-03-01 早"],
  ])("%s shows %s", (value, shown) => {
    expect(maskMoment(value)).toBe(shown)
  })

  it("what is no moment shows nothing", () => {
    expect(maskMoment("昨天早上")).toBeUndefined()
  })
})
