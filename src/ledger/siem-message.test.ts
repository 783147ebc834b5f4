import { describe, expect, test } from "vitest"
import { framed, jsonOf, type SiemMessage, syslogOf } from "./siem-message.ts"
import type { Trace } from "./trace.ts"

const trace: Trace = {
  communityId: "10",
  traceId: "01930000-0000-7000-8000-000000000000",
  at: 1_764_000_000_123,
  actor: null,
  post: "clerk",
  act: "use.look",
  clause: "4.2",
  purpose: "repair",
  useId: null,
  subjects: ["7"],
  fields: ["phone"],
  outcome: "done",
  regimeVersion: 1,
  client: "测试",
  salt: new Uint8Array(16).fill(0xab),
}
const log = "hudun/00000000000000aa/10"
const told: SiemMessage = { kind: "trace", log, seq: 42, trace }

describe("a message", () => {
  test("is RFC 5424 with the log and the number of the leaf as structured data", () => {
    const [, head = "", json = ""] = /^(.+?\]) (\{.+)$/.exec(syslogOf(told, "desk")) ?? []
    expect(head).toBe(
      `<110>1 2025-11-24T16:00:00.123Z desk hudun - trace [hudun@32473 log="${log}" seq="42"]`,
    )
    expect(JSON.parse(json)).toMatchObject({ log, seq: 42, trace: { act: "use.look", client: "测试" } })
  })

  test("is ASCII and one line, whatever a trace holds", () => {
    const odd: SiemMessage = { ...told, log: 'a"]\\b', trace: { ...trace, client: "行\n一\u2028😀" } }
    const message = syslogOf(odd, "desk")
    expect(message).toMatch(/^[\x20-\x7e]+$/)
    expect(message).toContain('log="a\\"\\]\\\\b"')
    expect(JSON.parse(jsonOf(odd))).toMatchObject({ trace: { client: "行\n一\u2028😀" } })
  })

  test("holds no salt: with it a leaf could be made again", () => {
    expect(jsonOf(told)).not.toMatch(/salt|q6ur|abab/)
  })

  test.each([
    [told, "<110>1"],
    [{ ...told, trace: { ...trace, outcome: "refused" } }, "<109>1"],
    [{ kind: "missing", log, seq: 3, through: 5, at: 0 }, "<105>1"],
    [{ kind: "rewound", log, seq: 3, through: 5, at: 0 }, "<105>1"],
  ] as const)("has the severity of what it tells (%#)", (message, start) => {
    expect(syslogOf(message, "desk").startsWith(start)).toBe(true)
  })

  test("of a hole says which leaves, and is no trace", () => {
    expect(JSON.parse(jsonOf({ kind: "missing", log, seq: 3, through: 5, at: 0 }))).toEqual({
      log,
      seq: 3,
      through: 5,
      alarm: "missing",
    })
  })

  test("is framed by its length in octets", () => {
    expect(framed("<1>1 é")).toBe("7 <1>1 é")
  })
})
