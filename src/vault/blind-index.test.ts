import { createHmac, createSecretKey } from "node:crypto"
import { describe, expect, test } from "vitest"
import { hmac, type Indexed, type IndexKey, indexKinds, tag } from "./blind-index.ts"

const key = createSecretKey(Buffer.alloc(32, 3))
const keys: readonly IndexKey[] = [
  { suite: "A1", key },
  { suite: "S1", key },
]
const one: Indexed = { community: "21", kind: "phone", value: "13900001234" }

describe.each(keys)("tags of suite $suite", (by) => {
  test("are the first 32 bits of the HMAC", () => {
    const hash = by.suite === "A1" ? "sha256" : "sm3"
    const mac = createHmac(hash, by.key).update("phone/21/13900001234").digest()
    expect(tag(by, one)).toBe(mac.readInt32BE(0))
  })

  test("fit an integer column", () => {
    for (let value = 0; value < 500; value++) {
      const made = tag(by, { ...one, value: String(value) })
      expect(made).toBe(made | 0)
    }
  })

  test("are equal for equal values and differ by community, kind, value and key", () => {
    const other = { ...by, key: createSecretKey(Buffer.alloc(32, 4)) }
    const tags = [
      tag(by, one),
      tag(by, { ...one, community: "22" }),
      tag(by, { ...one, kind: "name" }),
      tag(by, { ...one, value: "13900001235" }),
      tag(other, one),
    ]
    expect(tag(by, { ...one })).toBe(tags[0])
    expect(new Set(tags).size).toBe(tags.length)
  })
})

test("HMAC-SHA-256 of RFC 4231 test case 2", () => {
  const mac = hmac({ suite: "A1", key: createSecretKey(Buffer.from("Jefe")) }, "what do ya want for nothing?")
  expect(Buffer.from(mac, "latin1").toString("hex")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  )
})

test("the suites tag differently", () => {
  const [a1, s1] = keys.map((by) => tag(by, one))
  expect(a1).not.toBe(s1)
})

test("no kind holds the mark that ends it", () => {
  expect(indexKinds.filter((kind) => kind.includes("/"))).toEqual([])
})

test("a value that holds the mark is not taken for another", () => {
  const by: IndexKey = { suite: "A1", key }
  expect(tag(by, { ...one, community: "2", value: "1/x" })).not.toBe(
    tag(by, { ...one, community: "21", value: "x" }),
  )
})
