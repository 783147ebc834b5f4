import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  characters,
  compact,
  isBlank,
  isMasked,
  isSameAsAbove,
  normalise,
  spreadsheetNumber,
} from "./normalise.ts"
import { anyText } from "./parse.fixture.ts"

describe("normalise", () => {
  it.each([
    ["full width becomes half", "１３９００００１２３４", "13900001234"],
    ["every dash becomes a hyphen", "1—2–3－4−5‐6", "1-2-3-4-5-6"],
    ["blanks of all kinds are one", "张\u00a0三\u3000丰\t四", "张 三 丰 四"],
    ["what cannot be seen is gone", "\ufeff1\u200b3\u200d9\u00ad0\u2060", "1390"],
    ["the apostrophe before text is gone", "'13900001234", "13900001234"],
    ["an apostrophe inside a name stays", "O'Neil", "O'Neil"],
    ["line ends stay, they separate values", " a \r\n\n b ", "a\nb"],
    ["ideographs of compatibility become their own", "\uf9f4", "林"],
    ["square metres can be typed", "89㎡", "89m2"],
  ])("%s", (_sentence, raw, expected) => {
    expect(normalise(raw)).toBe(expected)
  })

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyText(40), (raw) => {
        const once = normalise(raw)
        // An apostrophe under an apostrophe is uncovered by taking the first away.
        fc.pre(!/^['‘’`\s]/.test(once))
        expect(normalise(once)).toBe(once)
      }),
    )
  })
})

describe("compact", () => {
  it("drops blanks and hyphens and writes capitals", () => {
    expect(compact(" 1101-0519 4912 31002x ")).toBe("11010519491231002X")
  })
})

describe("characters", () => {
  it("counts a rare character of two code units once", () => {
    expect(characters("𠮷䶮")).toHaveLength(2)
  })
})

describe("numbers of a spreadsheet", () => {
  it.each([
    ["13900001234.0", { kind: "digits", digits: "13900001234" }],
    ["13900001234.00", { kind: "digits", digits: "13900001234" }],
    ["1.3900001234E+10", { kind: "digits", digits: "13900001234" }],
    ["1.39e10", { kind: "lost" }],
    ["1.38E+10", { kind: "lost" }],
    ["4.40524188001010E+17", { kind: "lost" }],
    ["1E+10", { kind: "lost" }],
    ["13900001234", undefined],
    ["89.5", undefined],
    ["E12345678", undefined],
  ])("%s", (text, expected) => {
    expect(spreadsheetNumber(text)).toEqual(expected)
  })
})

describe("words that stand for nothing", () => {
  it.each(["", "-", "/", "无", "暂无", "N/A", "null", "#N/A", "、"])("%j is empty", (text) => {
    expect(isBlank(text)).toBe(true)
  })

  it.each(["0", "1", "张三", "吴"])("%j is not", (text) => {
    expect(isBlank(text)).toBe(false)
  })

  it.each(["138****5678", "张**", "1101●●●", "138xxxx5678"])("%j is masked", (text) => {
    expect(isMasked(text)).toBe(true)
  })

  it.each(["买买提•艾山", "13900001234", "Max"])("%j is not masked", (text) => {
    expect(isMasked(text)).toBe(false)
  })

  it("同上 stands for another row, 上官 does not", () => {
    expect([isSameAsAbove("同上"), isSameAsAbove("上官")]).toEqual([true, false])
  })
})
