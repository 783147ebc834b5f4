import { randomBytes } from "node:crypto"
import { describe, expect, test } from "vitest"
import { numberId, uuid } from "../../base/id.ts"
import { newNumberId } from "./number-id.ts"
import { matches, newSetupCode } from "./setup-code.ts"

const now = Date.UTC(2026, 5, 1)

describe("the set-up code", () => {
  const setup = newSetupCode(now, randomBytes)

  test("is read, spoken and typed without care for capitals, hyphens and blanks", () => {
    expect(setup.text).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(matches(setup, setup.text)).toBe(true)
    expect(matches(setup, ` ${setup.text.toUpperCase().replaceAll("-", " ")} `)).toBe(true)
  })

  test("is no other, and there is none when everything is set up", () => {
    expect(matches(setup, newSetupCode(now, randomBytes).text)).toBe(false)
    expect(matches(setup, "")).toBe(false)
    expect(matches(undefined, "")).toBe(false)
  })

  test("carries ids for what it sets up", () => {
    expect(numberId.safeParse(setup.tenantId).success).toBe(true)
    expect(uuid.safeParse(setup.officerId).success).toBe(true)
  })
})

describe("number ids", () => {
  test.each([
    [Date.UTC(2024, 0, 1, 0, 0, 0, 1), [0, 0], "4096"],
    [Date.UTC(2024, 0, 1, 0, 0, 0, 1), [255, 255], "8191"],
    [Date.UTC(2026, 5, 1), [0, 1], "312134860800001"],
  ])("at %i with bytes %j: %s", (at, bytes, expected) => {
    expect(newNumberId(at, () => Buffer.from(bytes))).toBe(expected)
  })

  test("fit a JavaScript number for decades", () => {
    expect(Number.isSafeInteger(Number(newNumberId(Date.UTC(2090, 0, 1), randomBytes)))).toBe(true)
  })
})
