import dayjs from "dayjs"
import { expect, test } from "vitest"
import { endOfHouseDay } from "./end-of-house-day.ts"

test("a day ends at midnight of the house", () => {
  expect(endOfHouseDay(dayjs("2026-12-05"))).toBe("2026-12-05T15:59:59.999Z")
  expect(endOfHouseDay(dayjs("2026-07-05T23:30"))).toBe("2026-07-05T15:59:59.999Z")
})
