import { describe, expect, test } from "vitest"
import { acceptClock, behindBy, joined, markAfter, noMark, standsFor } from "./clock-rule.ts"
import type { PlacedTrace } from "./place.ts"

const trace = {
  communityId: "1",
  traceId: "",
  actor: null,
  post: "clerk",
  clause: "3.12",
  purpose: null,
  useId: null,
  subjects: [],
  fields: [],
  outcome: "done",
  regimeVersion: 1,
  client: "",
  salt: new Uint8Array(16),
} as const

function placed(seq: number, at: number, act = "owner.list"): PlacedTrace {
  return { trace: { ...trace, at, act }, tx: String(seq), seq: String(seq) }
}

describe("the mark", () => {
  test.each([
    ["is the newest time", [placed(8, 500), placed(9, 900), placed(10, 700)], 900],
    ["counts nothing before an accepted clock", [placed(9, 90_000), placed(10, 700, acceptClock)], 700],
    ["takes traces in any order", [placed(11, 800), placed(10, 700, acceptClock), placed(9, 90_000)], 800],
    [
      "takes the last accepted clock",
      [placed(9, 900, acceptClock), placed(10, 90_000), placed(11, 7, acceptClock)],
      7,
    ],
  ])("%s", (_what, traces, newest) => {
    expect(markAfter(noMark, traces).newest).toBe(newest)
  })

  test("does not sink by later traces, nor rise by earlier ones that are told late", () => {
    const before = markAfter(noMark, [placed(9, 90_000)])
    expect(markAfter(before, [placed(10, 500)]).newest).toBe(90_000)
    const accepted = markAfter(before, [placed(11, 600, acceptClock)])
    expect(markAfter(accepted, [placed(10, 95_000)]).newest).toBe(600)
    expect(markAfter(accepted, [placed(12, 95_000)]).newest).toBe(95_000)
  })
})

test.each([
  [100_000, 100_000, 0],
  [100_000, 40_000, 0],
  [100_000, 39_999, 60_001],
  [100_000, 200_000, 0],
])("newest %d at %d is behind by %d", (newest, now, behind) => {
  expect(behindBy({ newest, from: undefined }, now, 60_000)).toBe(behind)
})

const place = (seq: number) => ({ tx: String(seq), seq: String(seq) })
test.each([
  ["the newer time", { newest: 5, from: undefined }, { newest: 9, from: undefined }, 9],
  ["the newer time since the same clock", { newest: 5, from: place(1) }, { newest: 9, from: place(1) }, 9],
  ["what follows the later clock", { newest: 90, from: place(1) }, { newest: 9, from: place(10) }, 9],
  ["what follows a clock at all", { newest: 90, from: undefined }, { newest: 9, from: place(10) }, 9],
])("of two marks counts %s", (_what, one, other, newest) => {
  expect(joined(one, other).newest).toBe(newest)
  expect(joined(other, one).newest).toBe(newest)
})

test.each([
  [60_000, true],
  [-60_000, true],
  [60_001, false],
  [-60_001, false],
  [Number.NaN, false],
])("a clock off by %d may be accepted: %s", (off, may) => {
  expect(standsFor(off, 60_000)).toBe(may)
})
