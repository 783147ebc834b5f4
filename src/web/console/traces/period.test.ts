import { expect, test } from "vitest"
import { endOfDay, startOfDay } from "./period.ts"

test("a day begins and ends at midnight in the time of the house", () => {
  expect(startOfDay("2026-10-04")).toBe("2026-10-03T16:00:00.000Z")
  expect(endOfDay("2026-10-04")).toBe("2026-10-04T16:00:00.000Z")
})

test.each([undefined, "", "yesterday", "2026-13-40"])("%s is no day", (text) => {
  expect(startOfDay(text)).toBeUndefined()
  expect(endOfDay(text)).toBeUndefined()
})
