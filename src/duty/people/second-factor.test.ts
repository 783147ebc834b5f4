import { randomBytes } from "node:crypto"
import { describe, expect, test } from "vitest"
import { acceptedStep, newSecret, uriOf } from "./second-factor.ts"

/** The secret of RFC 6238 appendix B: the ASCII text 12345678901234567890. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

describe("one-time codes", () => {
  test.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("RFC 6238 appendix B, cut to six digits: at %i s the code is %s", (seconds, code) => {
    expect(acceptedStep(secret, code, { now: seconds * 1000, lastStep: 0 })).toBe(Math.floor(seconds / 30))
  })

  const at = 1_111_111_111_000
  const step = 37_037_037

  test("a clock one step off is borne, two steps are not", () => {
    const moment = (now: number) => acceptedStep(secret, "050471", { now, lastStep: 0 })
    expect([moment(at - 30_000), moment(at), moment(at + 30_000)]).toEqual([step, step, step])
    expect([moment(at - 60_000), moment(at + 60_000)]).toEqual([undefined, undefined])
  })

  test("a code counts once, and none before it counts any more", () => {
    expect(acceptedStep(secret, "050471", { now: at, lastStep: step - 1 })).toBe(step)
    expect(acceptedStep(secret, "050471", { now: at, lastStep: step })).toBeUndefined()
    expect(acceptedStep(secret, "081804", { now: at, lastStep: step })).toBeUndefined()
  })

  test.each(["050472", "", "50471", "0504711", "abcdef"])("%j is no code", (code) => {
    expect(acceptedStep(secret, code, { now: at, lastStep: 0 })).toBeUndefined()
  })

  test("a new secret has 160 bits and an address that authenticator apps read", () => {
    const made = newSecret(randomBytes)
    expect(made).toMatch(/^[A-Z2-7]{32}$/)
    const uri = new URL(uriOf(made, "wang.li"))
    expect(uri.protocol).toBe("otpauth:")
    expect(uri.href).toContain("totp/Hudun:wang.li")
    expect(uri.searchParams.get("secret")).toBe(made)
    expect(newSecret(randomBytes)).not.toBe(made)
  })
})
