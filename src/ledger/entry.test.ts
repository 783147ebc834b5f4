import { hash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { contentOf, entryOf, traceLeaf } from "./entry.ts"
import type { Trace } from "./trace.ts"

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

const trace: Trace = {
  communityId: "21",
  traceId: "0193f2c4-1111-7abc-8def-000000000002",
  at: 1767225600123,
  actor: "0193f2c4-1111-7abc-8def-000000000001",
  post: "repairer",
  act: "use.reveal",
  clause: "3.4",
  purpose: "repair",
  useId: null,
  subjects: ["9007199254740993", "12"],
  fields: ["phone"],
  outcome: "done",
  regimeVersion: 1,
  client: "web",
  salt: Uint8Array.from({ length: 16 }, (_, at) => at),
}

describe("a trace in the log, to the byte", () => {
  test("its content", () => {
    expect(Buffer.from(contentOf(trace)).toString()).toBe(
      '{"act":"use.reveal","actor":"0193f2c4-1111-7abc-8def-000000000001","at":1767225600123,"clause":"3.4",' +
        '"client":"web","communityId":"21","fields":["phone"],"outcome":"done","post":"repairer","purpose":"repair",' +
        '"regimeVersion":1,"subjects":["9007199254740993","12"],"traceId":"0193f2c4-1111-7abc-8def-000000000002",' +
        '"useId":null,"v":1}',
    )
  })

  test("its entry and leaf, as made by another implementation", () => {
    expect(hex(entryOf(contentOf(trace), trace.salt))).toBe(
      "7e31e04da80bf19971557cca3679f010eafe9c7a262fe5bba084de2f042f1e77",
    )
    expect(hex(traceLeaf(trace))).toBe("a1370569f1b3fd8349632a1f617aaa49b620b4936aaa0e6e19a36fb14bb2eb2e")
  })

  test("its entry by OpenSSL", () => {
    const input = Buffer.concat([Buffer.from("hudun/trace/1\n"), trace.salt, Buffer.from(contentOf(trace))])
    expect(hex(entryOf(contentOf(trace), trace.salt))).toBe(hash("sha256", input))
  })
})

test.each<[string, Partial<Trace>]>([
  ["community", { communityId: "22" }],
  ["number", { traceId: "0193f2c4-1111-7abc-8def-000000000003" }],
  ["time", { at: trace.at + 1 }],
  ["actor", { actor: null }],
  ["post", { post: "clerk" }],
  ["act", { act: "use.look" }],
  ["clause", { clause: "3.5" }],
  ["purpose", { purpose: null }],
  ["use", { useId: "0193f2c4-1111-7abc-8def-000000000004" }],
  ["subjects", { subjects: ["12", "9007199254740993"] }],
  ["fields", { fields: ["phone", "name"] }],
  ["outcome", { outcome: "refused" }],
  ["regime", { regimeVersion: 2 }],
  ["client", { client: "cli" }],
  ["salt", { salt: new Uint8Array(16) }],
])("a trace with another %s is another leaf", (_, other) => {
  expect(hex(traceLeaf({ ...trace, ...other }))).not.toBe(hex(traceLeaf(trace)))
})

test.each([0, 15, 17, 32])("a salt of %i bytes is refused", (length) => {
  expect(() => traceLeaf({ ...trace, salt: new Uint8Array(length) })).toThrow("salt is not 16 bytes")
})

test("lists are not taken for one another", () => {
  const joined = { ...trace, subjects: ["1,2"] }
  const parted = { ...trace, subjects: ["1", "2"] }
  expect(hex(traceLeaf(joined))).not.toBe(hex(traceLeaf(parted)))
})
