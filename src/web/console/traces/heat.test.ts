import { expect, test } from "vitest"
import { heatOf } from "./heat.ts"

test.each([
  [0, 100, 0],
  [1, 1, 1],
  [1, 100, 1],
  [4, 100, 2],
  [10, 100, 3],
  [99, 100, 4],
  [100, 100, 5],
])("%i of at most %i is of degree %i", (count, most, degree) => {
  expect(heatOf(count, most)).toBe(degree)
})

test("more is never paler", () => {
  const degrees = Array.from({ length: 501 }, (_, count) => heatOf(count, 500))
  expect(degrees).toEqual(degrees.toSorted((one, other) => one - other))
})
