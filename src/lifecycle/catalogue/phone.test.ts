import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { blank, doubt, fault, ok } from "./parse.fixture.ts"
import { isFakePhone, maskPhone, parsePhone, phonesOf } from "./phone.ts"

describe("a phone as typed", () => {
  it.each([
    ok("13900001234"),
    ok("139 0000 1234", "13900001234"),
    ok("139-0000-1234", "13900001234"),
    ok("+8613900001234", "13900001234"),
    ok("0086 139 0000 1234", "13900001234"),
    ok("86-13900001234", "13900001234"),
    ok("(+86)13900001234", "13900001234"),
    ok("013900001234", "13900001234"),
    ok("１３９００００１２３４", "13900001234"),
    ok("'13900001234", "13900001234"),
    ok("13900001234.0", "13900001234"),
    ok("1.3900001234E+10", "13900001234"),
    ok("139.0000.1234", "13900001234"),
    ok("13900001234/13900001234", "13900001234"),
    ok("852 91234567", "+85291234567"),
    ok("+852-9123 4567", "+85291234567"),
    ok("+853 6612 3456", "+85366123456"),
    ok("0912345678", "+886912345678"),
    ok("+886 912 345 678", "+886912345678"),
    ok("010-62345678"),
    ok("01062345678", "010-62345678"),
    ok("(010)62345678", "010-62345678"),
    ok("010 6234 5678", "010-62345678"),
    ok("+86 10 6234 5678", "010-62345678"),
    ok("0571-8765432转8012", "0571-8765432-8012"),
    ok("010-62345678-12"),
    ok("0755-26001234 分机 5", "0755-26001234-5"),
    ok("400-810-1234", "4008101234"),
    blank(""),
    blank("无"),
    blank("-"),
    doubt("13900001234(妻)", "phone.note", "13900001234"),
    doubt("儿子13900001234", "phone.note", "13900001234"),
    doubt("13900001234/13900005678", "phone.two_numbers", "13900001234/13900005678"),
    doubt("13900001234、13900005678", "phone.two_numbers", "13900001234/13900005678"),
    doubt("13900001234 13900005678", "phone.two_numbers", "13900001234/13900005678"),
    doubt("1390000123413900005678", "phone.two_numbers", "13900001234/13900005678"),
    doubt("13900001234\n010-62345678", "phone.two_numbers", "13900001234/010-62345678"),
    doubt("13900001234或13900005678", "phone.two_numbers", "13900001234/13900005678"),
    doubt("13900001234/1390000567", "phone.partly_readable", "13900001234"),
    doubt("62345678", "phone.no_area_code"),
    doubt("13800138000", "phone.fake"),
    doubt("12345678901", "phone.fake"),
    doubt("18999999999", "phone.fake"),
    doubt("11111111111", "phone.fake"),
    fault("abc", "phone.format"),
    fault("12900001234", "phone.format"),
    fault("1390000123", "phone.length"),
    fault("139000012345", "phone.length"),
    fault("1.38E+10", "value.precision_lost"),
    fault("138****5678", "value.masked"),
    fault("同上", "value.same_as_above"),
    fault("101-1001", "phone.format"),
    fault("3栋1单元1001", "phone.format"),
  ])("%j", (raw, expected) => {
    expect(parsePhone(raw, "phone")).toEqual(expected)
  })

  it("needs no area code where a landline is expected", () => {
    expect(parsePhone("6234-5678", "landline")).toEqual({ kind: "value", value: "62345678" })
  })

  it("is read back as it was written", () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
    const mobiles = digits(9).map((rest) => `13${rest}`)
    const canonical = fc.oneof(
      mobiles,
      digits(7).map((rest) => `+8529${rest}`),
      digits(7).map((rest) => `010-6${rest}`),
      digits(7).map((rest) => `010-6${rest}-12`),
    )
    fc.assert(
      fc.property(canonical, (phone) => {
        expect(parsePhone(phone, "phone")).toMatchObject({ value: phone })
      }),
    )
  })
})

describe("fake phones", () => {
  it.each(["13800138000", "18999999999", "13888888888", "12345678910"])("%s looks made up", (phone) => {
    expect(isFakePhone(phone)).toBe(true)
  })

  it.each(["13900001234", "13800138001", "13812345678", "13899999991"])("%s does not", (phone) => {
    expect(isFakePhone(phone)).toBe(false)
  })
})

describe("masks of phones", () => {
  it.each([
    ["13812345678", "138****5678"],
    ["852 91234567", "91****67"],
    ["+85366123456", "66****56"],
    ["010-62345678", "010-****5678"],
    ["0571-8765432-8012", "0571-****432"],
    ["62345678", "****5678"],
    ["4008101234", "4008101234"],
    ["13900001234/13900005678", "139****1234/139****5678"],
    ["12345678901", "123****8901"],
  ])("%s shows %s", (value, shown) => {
    expect(maskPhone(value)).toBe(shown)
  })

  it.each(["abc", "", "1390000", "13900001234/abc1", "138****5678"])("%j shows nothing", (value) => {
    expect(maskPhone(value)).toBeUndefined()
  })
})

describe("several phones in a value", () => {
  it("are its parts", () => {
    expect(phonesOf("13900001234/010-62345678")).toEqual(["13900001234", "010-62345678"])
  })
})
