import { expect, test } from "vitest"
import { isRunning, percentOf, stepReached } from "./import-progress.ts"

const counts = {
  rows: 1,
  taken: 1,
  added: 1,
  merged: 0,
  unchanged: 0,
  toVerify: 0,
  refused: 0,
  toDestroy: 0,
  cells: 4,
}

test.each([
  ["reading", null, "upload"],
  ["uploaded", null, "mapping"],
  ["checking", null, "check"],
  ["checked", counts, "check"],
  ["committing", counts, "commit"],
  ["done", counts, "done"],
  ["failed", null, "upload"],
  ["failed", counts, "commit"],
  ["cancelled", null, "mapping"],
  ["cancelled", counts, "commit"],
] as const)("an import that is %s has come to its step", (state, counted, step) => {
  expect(stepReached({ state, counts: counted })).toBe(step)
})

test("only an import at work is asked for again", () => {
  expect(isRunning({ state: "committing" })).toBe(true)
  expect(isRunning({ state: "checked" })).toBe(false)
})

test("percents never round up to a hundred, and need a total", () => {
  expect(percentOf({ done: 999, total: 1000 })).toBe(99)
  expect(percentOf({ done: 0, total: 0 })).toBe(0)
})
