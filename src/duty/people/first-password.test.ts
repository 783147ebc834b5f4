import { randomBytes } from "node:crypto"
import { describe, expect, test } from "vitest"
import { newFirstPassword, newReadableCode } from "./first-password.ts"
import { refuseWeakPassword } from "./password-rule.ts"

describe("first passwords", () => {
  test("are three groups of signs that are not taken for each other", () => {
    for (let i = 0; i < 200; i++) {
      const password = newFirstPassword(randomBytes)
      expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}$/)
      expect(() => refuseWeakPassword(password, "wang.li")).not.toThrow()
    }
  })

  test("use every sign about as often as any other", () => {
    const counts = new Map<string, number>()
    for (const sign of newReadableCode(7750, randomBytes).replaceAll("-", "").split(""))
      counts.set(sign, (counts.get(sign) ?? 0) + 1)
    expect(counts.size).toBe(31)
    expect(Math.min(...counts.values())).toBeGreaterThan(800)
    expect(Math.max(...counts.values())).toBeLessThan(1200)
  })

  test("bytes that would favour a sign are left out", () => {
    const bytes = [Buffer.alloc(32, 255), Buffer.alloc(32, 248), Buffer.alloc(32, 31)]
    expect(newReadableCode(1, () => bytes.shift() ?? Buffer.alloc(32))).toBe("aaaa")
  })
})
