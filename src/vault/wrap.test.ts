import { createSecretKey, randomFillSync } from "node:crypto"
import { describe, expect, test } from "vitest"
import { sealEnvelope } from "./envelope.ts"
import { nonceSource } from "./nonce.ts"
import { A1, S1, Unopenable } from "./suite.ts"
import { type KeyPlace, unwrapKey, wrapKey } from "./wrap.ts"

const draw = nonceSource(randomFillSync)
const place: KeyPlace = { tenant: "7", purpose: "data", of: ["21", "person-1", "identity", "1"] }
const key = createSecretKey(Buffer.alloc(32, 5))
const keks = [
  { suite: A1, version: 2, key: createSecretKey(Buffer.alloc(32, 1)) },
  { suite: S1, version: 2, key: createSecretKey(Buffer.alloc(16, 1)) },
]

describe.each(keks)("a key wrapped under a KEK of $suite.code", (kek) => {
  const wrapped = wrapKey(kek, { place, key }, draw)

  test("unwraps at its place to the same key, which stays usable after wrapping", () => {
    expect(unwrapKey(kek, { place, bytes: 32 }, wrapped).equals(key)).toBe(true)
    expect(key.export()).toEqual(Buffer.alloc(32, 5))
  })

  test.each<[string, KeyPlace]>([
    ["tenant", { ...place, tenant: "8" }],
    ["purpose", { ...place, purpose: "index" }],
    ["person", { ...place, of: ["21", "person-2", "identity", "1"] }],
    ["number of names", { ...place, of: ["21", "person-1", "identity", "1", ""] }],
  ])("does not unwrap for another %s", (_, other) => {
    expect(() => unwrapKey(kek, { place: other, bytes: 32 }, wrapped)).toThrow(Unopenable)
  })

  test("does not unwrap under another epoch", () => {
    expect(() => unwrapKey({ ...kek, version: 3 }, { place, bytes: 32 }, wrapped)).toThrow(Unopenable)
  })

  test("does not unwrap to a key of another length", () => {
    expect(() => unwrapKey(kek, { place, bytes: 16 }, wrapped)).toThrow(Unopenable)
  })

  test("a record is not unwrapped as a key", () => {
    const names = ["7", "data", "21", "person-1", "identity", "1"]
    const record = sealEnvelope(kek, { format: "record", names, plaintext: Buffer.alloc(32) }, draw)
    expect(() => unwrapKey(kek, { place, bytes: 32 }, record)).toThrow(Unopenable)
  })
})
