import fc from "fast-check"
import { describe, expect, it, test } from "vitest"
import {
  codes,
  isOpenTerm,
  type Qualifier,
  qualifiers,
  readTraceQuery,
  startOfDay,
  type Term,
  type Vocabulary,
  wantedOf,
  writeTraceQuery,
} from "./trace-query.ts"

const id = "01930000-0000-7000-8000-00000000002a"
const term = (qualifier: Term["qualifier"], value: string): Term => ({ qualifier, value })

describe("a query is read as", () => {
  const understood: ReadonlyArray<readonly [text: string, terms: readonly Term[]]> = [
    ["", []],
    ["   ", []],
    ["post:clerk", [term("post", "clerk")]],
    ["POST:clerk  field:phone", [term("post", "clerk"), term("field", "phone")]],
    ["post:clerk post:manager", [term("post", "clerk"), term("post", "manager")]],
    ['by:"王 明"', [term("by", "王 明")]],
    ["by：“王 明”", [term("by", "王 明")]],
    ['by:"""甲"""', [term("by", '"甲"')]],
    ["home:3栋1单元101", [term("home", "3栋1单元101")]],
    [`home:${id} use:${id} person:${id}`, [term("home", id), term("use", id), term("person", id)]],
    ["act:use.look act:roster.*", [term("act", "use.look"), term("act", "roster.*")]],
    ["after:2026-10-04 before:2026-10-05", [term("after", "2026-10-04"), term("before", "2026-10-05")]],
    ["outcome:refused purpose:repair", [term("outcome", "refused"), term("purpose", "repair")]],
  ]
  it.each(understood)("%s", (text, terms) => {
    expect(readTraceQuery(text)).toEqual({ terms, problems: [] })
  })
})

describe("what is wrong is named", () => {
  const wrong: ReadonlyArray<readonly [text: string, kind: string, word: string]> = [
    ["colour:red", "unknown", "colour"],
    ["颜色：红", "unknown", "颜色"],
    ["clerk", "bare", "clerk"],
    ["13900001111", "bare", "13900001111"],
    [":clerk", "bare", ":clerk"],
    ["post:", "empty", "post"],
    ['by:""', "empty", "by"],
    ['by:"王', "open", "by"],
    ["by:“王 明", "open", "by"],
    ["post:客服", "value", "post"],
    ["use:R1", "value", "use"],
    ["outcome:maybe", "value", "outcome"],
    ["after:yesterday", "value", "after"],
    ["after:2026-02-30", "value", "after"],
    ["before:2026-13-01", "value", "before"],
    ["act:look", "value", "act"],
    ["after:2026-10-04 after:2026-10-05", "twice", "after"],
  ]
  it.each(wrong)("%s: %s", (text, kind, word) => {
    expect(readTraceQuery(text).problems).toEqual([{ kind, word }])
  })

  it("and what is right beside it stays", () => {
    const { terms, problems } = readTraceQuery("post:clerk colour:red field:phone")
    expect(terms).toEqual([term("post", "clerk"), term("field", "phone")])
    expect(problems).toHaveLength(1)
  })
})

test("a vocabulary turns words into codes", () => {
  const vocabulary: Vocabulary = {
    qualifier: (word) => (word === "岗位" ? "post" : codes.qualifier(word)),
    value: (qualifier, value) =>
      qualifier === "post" && value === "客服" ? "clerk" : codes.value(qualifier, value),
  }
  expect(readTraceQuery("岗位：客服 field:phone", vocabulary).terms).toEqual([
    term("post", "clerk"),
    term("field", "phone"),
  ])
})

test.each([
  ["2026-10-04", "2026-10-03T16:00:00.000Z"],
  ["2024-02-29", "2024-02-28T16:00:00.000Z"],
])("%s begins at midnight of the house", (day, at) => {
  expect(startOfDay(day)).toBe(at)
})

test.each(["", "yesterday", "2026-13-40", "2026-02-30", "20261004"])("%s is no day", (text) => {
  expect(startOfDay(text)).toBeUndefined()
})

test("values of one qualifier are alternatives", () => {
  const { terms } = readTraceQuery("post:clerk post:manager by:system before:2026-10-05")
  expect(wantedOf(terms)).toMatchObject({
    posts: ["clerk", "manager"],
    by: ["system"],
    homes: [],
    from: undefined,
    until: "2026-10-04T16:00:00.000Z",
  })
})

const code = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/)
const name = fc
  .string({ minLength: 1, maxLength: 20 })
  .map((text) => text.replaceAll(/\p{Cc}/gu, "").trim())
  .filter((text) => text !== "")
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
const anyTerm = fc.oneof(
  fc.record({ qualifier: fc.constantFrom("post", "purpose", "field"), value: code }),
  fc.record({ qualifier: fc.constantFrom("by", "home"), value: name }),
  fc.record({ qualifier: fc.constant("use"), value: fc.uuid() }),
)

test.each<[Qualifier, string, boolean]>([
  ["by", "13900001111", false],
  ["by", "李试样", false],
  ["by", id, true],
  ["by", "system", true],
  ["home", "3栋1单元101", false],
  ["home", id, true],
  ["post", "clerk", true],
])("%s:%s may be written down: %s", (qualifier, value, isOpen) => {
  expect(isOpenTerm({ qualifier, value })).toBe(isOpen)
})

test("what is written is read again", () => {
  const query = fc.record({ many: fc.array(anyTerm, { maxLength: 8 }), after: day })
  fc.assert(
    fc.property(query, ({ many, after }) => {
      const terms = [...many.map(({ qualifier, value }) => term(qualifier, value)), term("after", after)]
      expect(readTraceQuery(writeTraceQuery(terms))).toEqual({ terms, problems: [] })
    }),
  )
})

const signs = ["a", "b", ":", "：", '"', "“", "”", " ", ".", "*", "-", "2026"]

test("whatever is typed is read, and read to its end", () => {
  const hostile = fc.array(fc.constantFrom(...signs, ...qualifiers), { maxLength: 60 })
  fc.assert(
    fc.property(hostile, (parts) => {
      const text = parts.join("")
      const { terms, problems } = readTraceQuery(text)
      expect(terms.length + problems.length > 0).toBe(text.trim() !== "")
      expect(readTraceQuery(writeTraceQuery(terms)).terms).toEqual(terms)
    }),
  )
})
