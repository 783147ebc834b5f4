import { createSecretKey, randomFillSync } from "node:crypto"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readHeader, type SealingKey, sealEnvelope } from "./envelope.ts"
import { nonceSource } from "./nonce.ts"
import { openRecord, type Place, sealRecord } from "./record.ts"
import { A1, S1, Unopenable } from "./suite.ts"

const draw = nonceSource(randomFillSync)
const place: Place = { tenant: "7", community: "21", subject: "person-1", name: "identity", version: 3 }
const facts = { phone: ["13900001234", "13900005678"], name: "张三" }
const keys: readonly SealingKey[] = [
  { suite: A1, version: 9, key: createSecretKey(Buffer.alloc(32, 1)) },
  { suite: S1, version: 9, key: createSecretKey(Buffer.alloc(16, 1)) },
]

describe.each(keys)("a record sealed under $suite.code", (by) => {
  const envelope = sealRecord(by, { place, facts }, draw)

  test("opens at its place", () => {
    expect(openRecord(by, place, envelope)).toEqual(facts)
  })

  test("names its suite and its key's version", () => {
    expect(readHeader(envelope)).toEqual({ format: "record", suite: by.suite.code, keyVersion: 9 })
  })

  test("takes 34 bytes beside the facts", () => {
    expect(envelope.length).toBe(
      34 + Buffer.byteLength('{"name":"张三","phone":["13900001234","13900005678"]}'),
    )
  })

  test.each([
    ["tenant", { tenant: "8" }],
    ["community", { community: "22" }],
    ["subject", { subject: "person-2" }],
    ["field or class", { name: "phone" }],
    ["version", { version: 2 }],
    ["cut between two names", { tenant: "72", community: "1" }],
  ])("does not open at another %s", (_, other) => {
    expect(() => openRecord(by, { ...place, ...other }, envelope)).toThrow(Unopenable)
  })

  test("does not open under another version of the key, even one of the same bytes", () => {
    expect(() => openRecord({ ...by, version: 8 }, place, envelope)).toThrow(Unopenable)
  })

  test("does not open when any byte is changed, cut off or added", () => {
    for (let index = 0; index < envelope.length; index++) {
      const bent = Buffer.from(envelope)
      bent[index] = (bent[index] ?? 0) ^ 1
      expect(() => openRecord(by, place, bent)).toThrow(Unopenable)
      expect(() => openRecord(by, place, envelope.subarray(0, index))).toThrow(Unopenable)
    }
    expect(() => openRecord(by, place, Buffer.concat([envelope, Buffer.alloc(1)]))).toThrow(Unopenable)
  })

  test("is not opened as a record when it was sealed as a key", () => {
    const names = ["7", "21", "person-1", "identity", "3"]
    const plaintext = Buffer.from("{}")
    const asKey = sealEnvelope(by, { format: "key", names, plaintext }, draw)
    const asRecord = sealEnvelope(by, { format: "record", names, plaintext }, draw)
    expect(() => openRecord(by, place, asKey)).toThrow(Unopenable)
    expect(openRecord(by, place, asRecord)).toEqual({})
  })
})

test("a suite's record does not open under the other suite", () => {
  const [a1, s1] = keys
  if (a1 === undefined || s1 === undefined) throw new Error("two suites are tested")
  expect(() => openRecord(s1, place, sealRecord(a1, { place, facts }, draw))).toThrow(Unopenable)
})

test("equal facts at one place are sealed to different bytes", () => {
  const seen = new Set<string>()
  for (const by of keys) {
    for (let n = 0; n < 300; n++) seen.add(sealRecord(by, { place, facts }, draw).toString("hex", 6))
  }
  expect(seen.size).toBe(600)
})

const names = fc.record({
  tenant: fc.string({ maxLength: 12 }),
  community: fc.string({ maxLength: 12 }),
  subject: fc.string({ maxLength: 12 }),
  name: fc.string({ maxLength: 12 }),
  version: fc.nat(),
})
const anyFacts = fc.dictionary(
  fc.string({ maxLength: 10 }),
  fc.oneof(fc.string({ unit: "grapheme" }), fc.array(fc.string({ unit: "grapheme" }), { maxLength: 3 })),
)

test("all facts come back, and from no other place", () => {
  fc.assert(
    fc.property(fc.constantFrom(...keys), names, names, anyFacts, (by, here, there, sealed) => {
      const envelope = sealRecord(by, { place: here, facts: sealed }, draw)
      expect(openRecord(by, here, envelope)).toEqual(sealed)
      const isSame = JSON.stringify(here) === JSON.stringify(there)
      if (!isSame) expect(() => openRecord(by, there, envelope)).toThrow(Unopenable)
    }),
    { numRuns: 500 },
  )
})

/** A million when asked for: `CASES=1000000 npx vitest run --project unit src/vault/record.test.ts`. */
const cases = Number(process.env["CASES"] ?? 3000)

test("swapping any of row, person, field, community, version, key version and suite is refused", {
  timeout: 600_000,
}, () => {
  const someKeys = keys.flatMap((by) => [by, { ...by, version: 10 }])
  const few = fc.record({
    by: fc.constantFrom(...someKeys),
    place: fc.record({
      tenant: fc.constantFrom("7", "8"),
      community: fc.constantFrom("21", "22", "2"),
      subject: fc.constantFrom("person-1", "person-2", "1person-1"),
      name: fc.constantFrom("identity", "phone"),
      version: fc.constantFrom(1, 2),
    }),
  })
  fc.assert(
    fc.property(few, few, (here, there) => {
      const opened = () =>
        openRecord(there.by, there.place, sealRecord(here.by, { place: here.place, facts }, draw))
      const isSame = here.by === there.by && JSON.stringify(here.place) === JSON.stringify(there.place)
      if (isSame) expect(opened()).toEqual(facts)
      else expect(opened).toThrow(Unopenable)
    }),
    { numRuns: cases },
  )
})

test("names that could not be bound exactly are refused as a bug", () => {
  const [by] = keys
  if (by === undefined) throw new Error("a suite is tested")
  for (const subject of ["\ud800", "x".repeat(700)]) {
    expect(() => sealRecord(by, { place: { ...place, subject }, facts }, draw)).toThrow(
      "names cannot be bound",
    )
  }
})
