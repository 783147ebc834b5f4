import { expect, test } from "vitest"
import { judge, replaced, wordsOf } from "./free-text.ts"

test("what is kept stays kept while the text around it changes, and nothing else is", () => {
  const decided = [{ kind: "phone", words: "13900001234", reason: "caller_asked" }] as const
  const text = "漏水，请打13900001234，或13900005678"
  const judged = judge(text, decided)
  expect(judged.kept).toEqual([{ kind: "phone", start: 5, end: 16, reason: "caller_asked" }])
  expect(judged.open.map((one) => wordsOf(text, one))).toEqual(["13900005678"])
  expect(judge(`厨房${text}`, decided).kept).toEqual([
    { kind: "phone", start: 7, end: 18, reason: "caller_asked" },
  ])
})

test("a finding is replaced in its place", () => {
  expect(replaced("打13900001234来", { start: 1, end: 12 }, "***")).toBe("打***来")
})
