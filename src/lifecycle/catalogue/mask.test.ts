import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fieldCodes } from "./field.ts"
import { hidden, mask } from "./mask.ts"
import { isOrganisation } from "./organisation.ts"
import { anyText } from "./parse.fixture.ts"
import { parseField } from "./parse.ts"

describe("masks", () => {
  it.each([
    ["phone", "13812345678", "138****5678"],
    ["phone", "010-62345678", "010-****5678"],
    ["landline", "010-62345678", "010-****5678"],
    ["phone", "852 91234567", "91****67"],
    ["plate", "京AD12345", "京AD****5"],
    ["plate", "粤B12345", "粤B1***5"],
    ["name", "欧阳娜娜", "欧阳**"],
    ["name", "欧阳", "欧*"],
    ["name", "阿卜杜拉·买买提", "阿**·**"],
    ["title", "张先生", "张**"],
    ["id_number", "11010519491231002X", "1****************X"],
    ["passport", "E12345678", "E******78"],
    ["bank_card", "6222021001116245702", "**** 5702"],
    ["home", "1-1-1001", "1栋****"],
    ["email", "anna@qq.com", "a***@qq.com"],
    ["email", "12345678@qq.com", "***@qq.com"],
    ["email", "a@example.com", "*@example.com"],
    ["wechat", "house_001", "h***1"],
    ["wechat", "13812345678", "138****5678"],
    ["birth_date", "1990-05-10", "1990"],
    ["gate_event", "2026-03-01 08:12", "2026-03-01 早"],
  ])("%s: %s shows %s", (field, value, shown) => {
    expect(mask(field, value)).toBe(shown)
  })

  it.each([
    ["phone", "abc"],
    ["name", "张三1"],
    ["id_number", "张三"],
    ["bank_card", "1234"],
    ["plate", "无牌"],
    ["home", "某处"],
    ["email", "anna"],
    ["wechat", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"],
    ["birth_date", "1990"],
    ["health", "高血压"],
    ["face", "tile"],
    ["household", "三口之家"],
    ["title_deed", "京房权证12345号"],
    ["an invented field", "13812345678"],
    ["constructor", "13812345678"],
  ])("%s: %s is of no known format and shows nothing", (field, value) => {
    expect(mask(field, value)).toBe(hidden)
  })
})

const value = fc.oneof(
  anyText(60),
  fc.string({
    unit: fc.constantFrom(...Array.from("0123456789-/ ABX@.京粤张三欧阳·栋单元室号座")),
    minLength: 1,
    maxLength: 30,
  }),
  fc.stringMatching(/^1[3-9]\d{9}$/),
  fc.stringMatching(/^\d{17}[\dX]$/),
  fc.stringMatching(/^[张王李欧阳司马诸葛明]{1,5}$/u),
)
const field = fc.constantFrom(...fieldCodes)

/** Service numbers, organisations and their credit codes are nobody's personal data; the sign for nothing is no value. */
function isPublic(code: string, text: string): boolean {
  return (
    text.includes(hidden) || isOrganisation(text) || /^[48]00[\d-]{7,9}$/.test(text) || isCredit(code, text)
  )
}

function isCredit(code: string, text: string): boolean {
  const parsed = code === "id_number" ? parseField(code, text) : undefined
  return parsed?.kind === "doubtful" && parsed.reason === "id_number.credit_code"
}

describe("any mask of anything", () => {
  it("never holds the whole value", () => {
    fc.assert(
      fc.property(field, value, (code, text) => {
        fc.pre(!isPublic(code, text) && text.trim() !== "")
        expect(mask(code, text)).not.toContain(text)
      }),
      { numRuns: 5000 },
    )
  })

  it("hides at least half of the digits of a number", () => {
    const numbers = fc.stringMatching(/^1[3-9]\d{9}$/)
    fc.assert(
      fc.property(fc.constantFrom("phone", "landline", "wechat"), numbers, (code, text) => {
        expect(mask(code, text)).toMatch(/^\d{3}\*{4}\d{4}$/)
      }),
    )
  })

  it("is the same for what was typed canonically and what was read from it", () => {
    fc.assert(
      fc.property(field, value, (code, text) => {
        const parsed = parseField(code, text)
        fc.pre(parsed.kind === "value")
        expect(mask(code, parsed.value)).toBe(mask(code, parsed.value.normalize("NFKC")))
      }),
      { numRuns: 2000 },
    )
  })
})
