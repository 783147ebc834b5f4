import { describe, expect, test } from "vitest"
import { afterFailure, isLocked, type Lockout, minutesLeft, noLockout } from "./lockout.ts"

const now = 1_700_000_000_000
const minute = 60_000

function failed(times: number): Lockout {
  return Array.from({ length: times }).reduce<Lockout>((lockout) => afterFailure(lockout, now), noLockout)
}

describe("lockout", () => {
  test("four failures lock nothing", () => {
    expect(isLocked(failed(4), now)).toBe(false)
  })

  test.each([
    [5, 1],
    [6, 2],
    [7, 4],
    [10, 32],
    [11, 60],
    [40, 60],
    [2000, 60],
  ])("after %i failures it rests %i minutes", (failures, minutes) => {
    const lockout = failed(failures)
    expect(isLocked(lockout, now + minutes * minute - 1)).toBe(true)
    expect(isLocked(lockout, now + minutes * minute)).toBe(false)
  })

  test("says the minutes that are left, one at least", () => {
    expect(minutesLeft(failed(6), now)).toBe(2)
    expect(minutesLeft(failed(6), now + minute + 1)).toBe(1)
    expect(minutesLeft(failed(5), now + minute - 1)).toBe(1)
  })
})
