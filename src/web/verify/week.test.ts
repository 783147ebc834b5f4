import { expect, test } from "vitest"
import { weekOf } from "./week.ts"

test.each([
  ["2026-01-01T00:00:00+08:00", 2026, 1],
  ["2025-12-29T00:00:00+08:00", 2026, 1],
  ["2025-12-28T23:59:59+08:00", 2025, 52],
  ["2026-11-24T10:00:00+08:00", 2026, 48],
  ["2027-01-03T12:00:00+08:00", 2026, 53],
  ["2027-01-04T00:00:00+08:00", 2027, 1],
])("%s is in week %i/%i", (at, year, week) => {
  expect(weekOf(Date.parse(at))).toEqual({ year, week })
})
