import { describe, expect, test } from "vitest"
import { hashPassword, isWeaker, verifyPassword } from "./password.ts"

const salt = Buffer.alloc(16, 7)
/** argon2id of "password" with salt "somesalt", 64 MiB, two passes, one lane: test vector of the reference implementation. */
const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

describe("argon2id, RFC 9106", () => {
  test("a hash of the reference implementation is verified", async () => {
    expect(await verifyPassword("password", reference)).toBe(true)
    expect(await verifyPassword("Password", reference)).toBe(false)
  })

  test("a hash says what it cost and holds nothing of the password", async () => {
    const hash = await hashPassword("correct horse battery", salt)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await verifyPassword("correct horse battery", hash)).toBe(true)
    expect(await verifyPassword("correct horse batterz", hash)).toBe(false)
  })

  test("the same characters typed on another keyboard are the same password", async () => {
    const hash = await hashPassword("caf\u00e9 caf\u00e9 caf\u00e9", salt)
    expect(await verifyPassword("cafe\u0301 cafe\u0301 cafe\u0301", hash)).toBe(true)
  })

  test.each([
    "",
    "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "none",
  ])("%j is no hash of ours", async (hash) => {
    await expect(verifyPassword("password", hash)).rejects.toThrow("not an argon2id hash")
  })
})

describe("costs may rise", () => {
  test("a cheaper hash is weaker", () => {
    expect(
      isWeaker("$argon2id$v=19$m=4096,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
    ).toBe(true)
    expect(
      isWeaker("$argon2id$v=19$m=19456,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
    ).toBe(true)
  })

  test("one of today's cost or more is not", async () => {
    expect(isWeaker(await hashPassword("correct horse battery", salt))).toBe(false)
    expect(isWeaker(reference)).toBe(false)
  })
})
