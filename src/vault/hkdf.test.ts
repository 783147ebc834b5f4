import { createHmac, createSecretKey, hash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { deriveKey } from "./hkdf.ts"

const hex = (text: string) => Buffer.from(text, "hex")
const range = (from: number, length: number) => Buffer.from(Array.from({ length }, (_, at) => from + at))

describe("RFC 5869 appendix A", () => {
  test.each([
    {
      name: "A.1 basic",
      ikm: Buffer.alloc(22, 0x0b),
      salt: range(0, 13),
      info: range(0xf0, 10),
      okm: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    },
    {
      name: "A.2 longer inputs",
      ikm: range(0x00, 80),
      salt: range(0x60, 80),
      info: range(0xb0, 80),
      okm: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    },
    {
      name: "A.3 no salt, no info",
      ikm: Buffer.alloc(22, 0x0b),
      salt: Buffer.alloc(0),
      info: Buffer.alloc(0),
      okm: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    },
  ])("$name", ({ ikm, salt, info, okm }) => {
    const key = deriveKey("A1", createSecretKey(ikm), { salt, info, bytes: okm.length / 2 })
    expect(key.export()).toEqual(hex(okm))
  })
})

test("S1 derives with HMAC-SM3, by RFC 5869 §2.2 and §2.3 written out", () => {
  const [ikm, salt, info] = [Buffer.alloc(22, 0x0b), range(0, 13), range(0xf0, 10)]
  const pseudorandom = createHmac("sm3", salt).update(ikm).digest()
  const block = createHmac("sm3", pseudorandom).update(info).update(Uint8Array.of(1)).digest()
  expect(deriveKey("S1", createSecretKey(ikm), { salt, info, bytes: 32 }).export()).toEqual(block)
})

test("SM3 itself gives the digests of GM/T 0004 appendix A", () => {
  expect(hash("sm3", "abc")).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
  expect(hash("sm3", "abcd".repeat(16))).toBe(
    "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
  )
})

test("more than 255 blocks are refused", () => {
  const input = { salt: Buffer.alloc(0), info: Buffer.alloc(0), bytes: 255 * 32 + 1 }
  expect(() => deriveKey("A1", createSecretKey(Buffer.alloc(32)), input)).toThrow()
})
