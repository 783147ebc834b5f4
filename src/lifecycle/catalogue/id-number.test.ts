import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { citizenCheck, creditCheck, isLuhn } from "./check-digits.ts"
import { creditCode } from "./credit-code.ts"
import {
  birthDateOf,
  isYoungerThan,
  maskIdNumber,
  maskPassport,
  parseIdNumber,
  parsePassport,
} from "./id-number.ts"
import { blank, doubt, fault, ok } from "./parse.fixture.ts"

const today = "2026-01-01"

describe("an identity number as typed", () => {
  it.each([
    ok("11010519491231002X"),
    ok("11010519491231002x", "11010519491231002X"),
    ok("110105 19491231 002X", "11010519491231002X"),
    ok("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
    ok("身份证号:11010519491231002X", "11010519491231002X"),
    ok("440524188001010014"),
    ok("810000199001010019"),
    ok("820000199001010010"),
    ok("830000199001010012"),
    ok("H12345678"),
    ok("M1234567801"),
    ok("E12345678"),
    ok("EA1234567"),
    ok("ABC123456789012"),
    blank("无"),
    doubt("440524800101001", "id_number.old", "440524198001010013"),
    doubt("91350100M000100Y43", "id_number.credit_code"),
    doubt("12345678", "id_number.kind_unknown"),
    doubt("AB1234567", "id_number.kind_unknown"),
    fault("110105194912310021", "id_number.checksum"),
    fault("440524188001010015", "id_number.checksum"),
    fault("110105194913310023", "id_number.date"),
    fault("11010519490230002X", "id_number.date"),
    fault("1101051949123100", "id_number.length"),
    fault("4.40524188001010E+17", "value.precision_lost"),
    fault("440524188001010000", "value.precision_lost"),
    fault("1101**********002X", "value.masked"),
    fault("同上", "value.same_as_above"),
    fault("张三", "id_number.format"),
  ])("%j", (raw, expected) => {
    expect(parseIdNumber(raw, today)).toEqual(expected)
  })

  it("may not be of somebody born tomorrow", () => {
    const unborn = `11010520260102001${citizenCheck("11010520260102001")}`
    expect(parseIdNumber(unborn, today)).toEqual({ kind: "invalid", reason: "id_number.date" })
    expect(parseIdNumber(unborn, "2026-01-02")).toMatchObject({ kind: "value" })
  })

  it("shows every change of one digit", () => {
    const number = "11010519491231002X"
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 9 }), (place, digit) => {
        const changed = number.slice(0, place) + String(digit) + number.slice(place + 1)
        fc.pre(changed !== number)
        expect(parseIdNumber(changed, today).kind).not.toBe("value")
      }),
    )
  })
})

describe("a passport as typed", () => {
  it.each([
    ok("E12345678"),
    ok("e 1234 5678", "E12345678"),
    ok("C01234567"),
    ok("护照号:E12345678", "E12345678"),
    blank("-"),
    doubt("110105194912310021", "passport.kind_unknown"),
    doubt("123456789", "passport.kind_unknown"),
    fault("E1", "passport.format"),
  ])("%j", (raw, expected) => {
    expect(parsePassport(raw)).toEqual(expected)
  })
})

describe("masks of documents", () => {
  it.each([
    ["11010519491231002X", "1****************X"],
    ["110105194912310021", "1****************1"],
    ["440524800101001", "4*************1"],
    ["ABC123456789012", "A*************2"],
    ["E12345678", "E******78"],
    ["H12345678", "H******78"],
    ["91350100M000100Y43", "91350100M000100Y43"],
  ])("%s shows %s", (value, shown) => {
    expect(maskIdNumber(value)).toBe(shown)
  })

  it.each(["", "张三", "1101051949123100", "12345", "91350100M000100Y44", "AB12"])(
    "%j shows nothing",
    (value) => {
      expect(maskIdNumber(value)).toBeUndefined()
    },
  )

  it("never tells a passport's length", () => {
    expect(maskPassport("AB12345")).toHaveLength(9)
    expect(maskPassport("ABC1234567890123")).toHaveLength(9)
  })

  it("shows no credit code where a passport should be", () => {
    expect(maskPassport("91350100M000100Y43")).toBeUndefined()
  })
})

describe("ages", () => {
  it("come from citizens' numbers only", () => {
    expect(birthDateOf("11010519491231002X")).toBe("1949-12-31")
    expect(birthDateOf("E12345678")).toBeUndefined()
  })

  it("change on the birthday", () => {
    const child = "110105201201020010"
    expect(isYoungerThan(child, 14, "2026-01-01")).toBe(true)
    expect(isYoungerThan(child, 14, "2026-01-02")).toBe(false)
    expect(isYoungerThan("E12345678", 14, today)).toBeUndefined()
  })
})

describe("check digits", () => {
  it("of citizens follow GB 11643", () => {
    expect(citizenCheck("11010519491231002")).toBe("X")
    expect(citizenCheck("44052418800101001")).toBe("4")
  })

  it("of organisations follow GB 32100", () => {
    expect(creditCheck("91350100M000100Y4")).toBe("3")
    expect(creditCode("91350100m000100y43")).toBe("91350100M000100Y43")
    expect(creditCode("91350100M000100Y44")).toBeUndefined()
    expect(creditCode("11010519491231002X")).toBeUndefined()
  })

  it("of cards follow Luhn", () => {
    expect(isLuhn("6222021001116245702")).toBe(true)
    expect(isLuhn("6222021001116245703")).toBe(false)
  })
})
