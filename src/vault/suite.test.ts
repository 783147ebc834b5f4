import { createCipheriv, createSecretKey } from "node:crypto"
import { describe, expect, test } from "vitest"
import { A1, S1, type Suite, suiteOf, Unopenable } from "./suite.ts"

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex")

interface Vector {
  readonly suite: Suite
  readonly source: string
  readonly key: string
  readonly nonce: string
  readonly aad: string
  readonly plaintext: string
  readonly sealed: string
}

const vectors: readonly Vector[] = [
  {
    suite: A1,
    source: "McGrew and Viega, The Galois/Counter Mode of Operation, test case 13",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plaintext: "",
    sealed: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    suite: A1,
    source: "McGrew and Viega, test case 14",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    aad: "",
    plaintext: "00".repeat(16),
    sealed: "cea7403d4d606b6e074ec5d3baf39d18 d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    suite: A1,
    source: "McGrew and Viega, test case 16",
    key: "feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbaddecaf888",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plaintext: `d9313225f88406e5a55909c5aff5269a 86a7a9531534f7da2e4c303d8a318a72
      1c3c0c95956809532fcf0e2449a6b525 b16aedf5aa0de657ba637b39`,
    sealed: `522dc1f099567d07f47f37a32a84427d 643a8cdcbfe5c0c97598a2bd2555d1aa
      8cb08e48590dbb3da7b08b1056828838 c5f61e6393ba7a0abcc9f662 76fc6ece0f4e1768cddf8853bb2d551b`,
  },
  {
    suite: S1,
    source: "RFC 8998 appendix A.1",
    key: "0123456789abcdeffedcba9876543210",
    nonce: "00001234567800000000abcd",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plaintext: `aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb ccccccccccccccccdddddddddddddddd
      eeeeeeeeeeeeeeeeffffffffffffffff eeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa`,
    sealed: `17f399f08c67d5ee19d0dc9969c4bb7d 5fd46fd3756489069157b282bb200735
      d82710ca5c22f0ccfa7cbf93d496ac15 a56834cbcf98c397b4024a2691233b8d 83de3541e4c2b58177e065a9bf7b62ec`,
  },
]

describe.each(vectors)("$suite.code: $source", (vector) => {
  const key = createSecretKey(hex(vector.key))
  const input = { nonce: hex(vector.nonce), aad: hex(vector.aad) }

  test("seals to the published bytes", () => {
    expect(vector.suite.seal(key, hex(vector.plaintext), input)).toEqual(hex(vector.sealed))
  })

  test("opens the published bytes", () => {
    expect(vector.suite.open(key, hex(vector.sealed), input)).toEqual(hex(vector.plaintext))
  })

  test("does not open when one bit is changed anywhere", () => {
    const sealed = hex(vector.sealed)
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const bent = Buffer.from(sealed)
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => vector.suite.open(key, bent, input)).toThrow(Unopenable)
    }
  })
})

describe.each([A1, S1])("$code keeps to its profile", (suite) => {
  const key = createSecretKey(Buffer.alloc(suite.keyBytes, 1))
  const aad = Buffer.from("place")
  const nonce = Buffer.alloc(12, 2)
  const sealed = suite.seal(key, Buffer.from("text"), { nonce, aad })

  test("opens what it sealed", () => {
    expect(suite.open(key, sealed, { nonce, aad }).toString()).toBe("text")
  })

  test.each([0, 1, 8, 11, 13, 16, 256])("a nonce of %i bytes neither seals nor opens", (length) => {
    const input = { nonce: Buffer.alloc(length, 2), aad }
    expect(() => suite.seal(key, Buffer.from("text"), input)).toThrow("nonce is not 96 bits")
    expect(() => suite.open(key, sealed, input)).toThrow(Unopenable)
  })

  test.each([4, 8, 12, 13, 14, 15])("a tag cut to %i bytes does not open, though GCM allows it", (length) => {
    const cut = sealed.subarray(0, sealed.length - 16 + length)
    expect(() => suite.open(key, cut, { nonce, aad })).toThrow(Unopenable)
    expect(() => suite.open(key, sealed.subarray(sealed.length - 16, length), { nonce, aad })).toThrow(
      Unopenable,
    )
  })

  test.each([16, 24, 32].filter((length) => length !== suite.keyBytes))(
    "a key of %i bytes neither seals nor opens",
    (length) => {
      const other = createSecretKey(Buffer.alloc(length, 1))
      expect(() => suite.seal(other, Buffer.from("text"), { nonce, aad })).toThrow("key length")
      expect(() => suite.open(other, sealed, { nonce, aad })).toThrow(Unopenable)
    },
  )

  test("other associated data does not open, and the error says nothing", () => {
    expect(() => suite.open(key, sealed, { nonce, aad: Buffer.from("elsewhere") })).toThrow(/^unopenable$/)
  })
})

test("a suite is found by its code", () => {
  expect([suiteOf("A1"), suiteOf("S1")]).toEqual([A1, S1])
})

test("SM4 itself gives the block of GM/T 0002 appendix A", () => {
  const block = hex("0123456789abcdeffedcba9876543210")
  const cipher = createCipheriv("sm4-ecb", createSecretKey(block), null)
  expect(cipher.update(block)).toEqual(hex("681edf34d206965e86b3e94f536e4246"))
})
