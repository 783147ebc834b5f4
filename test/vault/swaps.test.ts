/**
 * Swapping any two of tenant, community, subject, class, version, key, suite or format: refused. 20,000 cases in `npm test`;
 * the full million with `HUDUN_SWAPS=1000000 npx vitest run --project api test/vault/swaps.test.ts`.
 */

import { createSecretKey } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { sealEnvelope } from "../../src/vault/envelope.ts"
import { drawNonce } from "../../src/vault/keyring.ts"
import { openRecord, type Place, sealRecord } from "../../src/vault/record.ts"
import { A1, S1, Unopenable } from "../../src/vault/suite.ts"

const runs = Number(process.env["HUDUN_SWAPS"] ?? 20_000)

const place = fc.record<Place>({
  tenant: fc.constantFrom("7", "8", "77"),
  community: fc.constantFrom("70", "80", "7"),
  subject: fc.constantFrom("a", "b", "ab", ""),
  name: fc.constantFrom("identity", "life", "phone"),
  version: fc.integer({ min: 1, max: 3 }),
})
const key = fc.record({
  suite: fc.constantFrom(A1, S1),
  version: fc.constantFrom(1, 2),
  fill: fc.constantFrom(1, 2),
})
type Key = typeof key extends fc.Arbitrary<infer Value> ? Value : never

const keys = new Map<string, ReturnType<typeof createSecretKey>>()
function keyOf({ suite, version, fill }: Key) {
  const name = `${suite.code}${fill}`
  const known = keys.get(name) ?? createSecretKey(Buffer.alloc(suite.keyBytes, fill))
  keys.set(name, known)
  return { suite, version, key: known }
}

test(`what was sealed at one place under one key opens at no other and under no other (${runs} cases)`, () => {
  let opened = 0
  let refused = 0
  fc.assert(
    fc.property(place, place, key, key, (from, to, by, other) => {
      const facts = { phone: ["13900001111"] }
      const sealed = sealRecord(keyOf(by), { place: from, facts }, drawNonce)
      const isSame =
        JSON.stringify([from, by.suite.code, by.version, by.fill]) ===
        JSON.stringify([to, other.suite.code, other.version, other.fill])
      if (isSame) {
        expect(openRecord(keyOf(other), to, sealed)).toEqual(facts)
        opened += 1
        return
      }
      refused += 1
      let thrown: unknown
      try {
        openRecord(keyOf(other), to, sealed)
      } catch (error) {
        thrown = error
      }
      if (!(thrown instanceof Unopenable) || thrown.message !== "unopenable") throw new Error("it opened")
    }),
    { numRuns: runs },
  )
  expect([refused > runs * 0.9, opened >= 0]).toEqual([true, true])
}, 600_000)

test("a wrapped key is not taken for a record", () => {
  const by = keyOf({ suite: A1, version: 1, fill: 1 })
  const at: Place = { tenant: "7", community: "70", subject: "a", name: "identity", version: 1 }
  const names = ["7", "70", "a", "identity", "1"]
  const sealed = sealEnvelope(by, { format: "key", names, plaintext: Buffer.from("{}") }, drawNonce)
  expect(() => openRecord(by, at, sealed)).toThrow(Unopenable)
})
