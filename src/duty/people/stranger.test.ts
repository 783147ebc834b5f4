import { describe, expect, test } from "vitest"
import { isLocked } from "./lockout.ts"
import { Strangers } from "./stranger.ts"

describe("log-ins that do not exist", () => {
  test("lock like those that do", () => {
    const strangers = new Strangers()
    for (let i = 0; i < 5; i++) strangers.fail("ghost", 0)
    expect(isLocked(strangers.lockout("ghost"), 59_999)).toBe(true)
    expect(isLocked(strangers.lockout("ghost"), 60_000)).toBe(false)
    expect(isLocked(strangers.lockout("other"), 0)).toBe(false)
  })

  test("are forgotten, the oldest first, when there are too many", () => {
    const strangers = new Strangers()
    for (let i = 0; i < 5; i++) strangers.fail("ghost", 0)
    for (let i = 0; i < 10_000; i++) strangers.fail(`x${i}`, 0)
    expect(strangers.lockout("ghost").failures).toBe(0)
    expect(strangers.lockout("x9999").failures).toBe(1)
  })
})
