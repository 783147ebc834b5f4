import { describe, expect, test } from "vitest"
import { Pace } from "./pace.ts"

describe("pace", () => {
  test("admits so many tries in a window, and again in the next", () => {
    const pace = new Pace({ tries: 2, milliseconds: 1000 })
    expect([0, 10, 20, 999, 1000].map((now) => pace.admits("a", now))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
  })

  test("counts every key by itself", () => {
    const pace = new Pace({ tries: 1, milliseconds: 1000 })
    expect(pace.admits("a", 0)).toBe(true)
    expect(pace.admits("b", 0)).toBe(true)
    expect(pace.admits("a", 1)).toBe(false)
  })

  test("remembers the newest ten thousand keys", () => {
    const pace = new Pace({ tries: 1, milliseconds: 1000 })
    for (let key = 0; key <= 10_000; key++) pace.admits(String(key), 0)
    expect(pace.admits("0", 1)).toBe(true)
    expect(pace.admits("10000", 1)).toBe(false)
  })
})
