import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fieldCodes } from "./field.ts"
import { anyText, blank, doubt, fault, ok } from "./parse.fixture.ts"
import { parseField } from "./parse.ts"

describe("fields with a form of their own", () => {
  it.each([
    ["bank_card", ok("6222021001116245702")],
    ["bank_card", ok("6222 0210 0111 6245 702", "6222021001116245702")],
    ["bank_card", doubt("6222021001116245703", "bank_card.check_digit")],
    ["bank_card", fault("6.22202E+18", "value.precision_lost")],
    ["bank_card", fault("6222021001116250000", "value.precision_lost")],
    ["bank_card", doubt("6222021001116240000", "value.zeros_at_end")],
    ["id_number", doubt("440524188001043000", "value.zeros_at_end")],
    ["bank_card", fault("12345", "bank_card.format")],
    ["email", ok("Anna@Example.COM", "Anna@example.com")],
    ["email", fault("anna@", "email.format")],
    ["email", fault(`${"a".repeat(65)}@example.com`, "email.format")],
    ["wechat", ok("house_001")],
    ["wechat", ok("微信号:house_001", "house_001")],
    ["wechat", ok("QQ:12345678", "12345678")],
    ["wechat", doubt("同手机号", "value.same_as")],
    ["wechat", fault("同上", "value.same_as_above")],
    ["wechat", fault("abc", "chat_id.format")],
    ["sex", ok("男")],
    ["sex", ok("Female", "女")],
    ["sex", doubt("0", "sex.code")],
    ["sex", fault("?!", "sex.format")],
    ["area", ok("89.5㎡", "89.5")],
    ["area", ok("1,089.506平方米", "1089.51")],
    ["area", fault("0", "area.format")],
    ["area", fault("三室两厅", "area.format")],
    ["birth_date", fault("2026-01-02", "date.future")],
    ["move_in_date", ok("2026-01-02")],
    ["title", ok("张先生")],
    ["title", blank("无")],
    ["repair", ok("水管漏水")],
    ["repair", fault("漏".repeat(501), "value.too_long")],
    ["name", fault("张".repeat(2001), "value.too_long")],
  ] as const)("%s: %j", (field, [raw, expected]) => {
    expect(parseField(field, raw, "2026-01-01")).toEqual(expected)
  })
})

const field = fc.constantFrom(...fieldCodes)
const typed = fc.oneof(
  anyText(60),
  fc.string({
    unit: fc.constantFrom(...Array.from("0123456789-/ .,、()+ABXO京粤张三欧阳·栋单元室号楼座弄车位*E转")),
    maxLength: 30,
  }),
)

describe("every field", () => {
  it("reads anything without throwing", () => {
    fc.assert(
      fc.property(field, typed, (code, raw) => {
        expect(["empty", "value", "doubtful", "invalid"]).toContain(parseField(code, raw).kind)
      }),
      { numRuns: 3000 },
    )
  })

  it("reads its canonical form as itself", () => {
    fc.assert(
      fc.property(field, typed, (code, raw) => {
        const parsed = parseField(code, raw)
        fc.pre(parsed.kind === "value")
        expect(parseField(code, parsed.value)).toEqual(parsed)
      }),
      { numRuns: 5000 },
    )
  })
})
