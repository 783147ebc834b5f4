import { describe, expect, it } from "vitest"
import { Refusal } from "../../base/refusal.ts"
import { regimeV1 } from "../../lifecycle/catalogue/regime-v1.ts"
import { channelOf, decideRuling, fieldCodeOf, isStop, purposeCodeOf, stateOf } from "./attempt.ts"
import type { Verdict } from "./contract.ts"
import { refusePersons } from "./lesson.ts"
import { barOf, firstDay } from "./standing.ts"

it.each([
  ["employer", "employer"],
  ["idNumber", "id_number"],
  [" emergencyContact ", "emergency_contact"],
  ["familySize", "unclassified"],
  ["13900001234", "unclassified"],
  ["constructor", "unclassified"],
  [undefined, "unclassified"],
])("the field named %s is written down as %s", (word, code) => {
  expect(fieldCodeOf(regimeV1, word)).toBe(code)
})

it("a purpose is a code or nothing", () => {
  expect([
    purposeCodeOf(regimeV1, "repair"),
    purposeCodeOf(regimeV1, "for convenience"),
    purposeCodeOf(regimeV1, 7),
  ]).toEqual(["repair", null, null])
})

it("only refusals of asking too much are attempts", () => {
  expect(isStop(new Refusal("order.field_forbidden"))).toBe(true)
  expect(isStop(new Refusal("order.phone_invalid"))).toBe(false)
})

it.each([
  ["/api/communities/:communityId/imports/:importId/check", "import"],
  ["/api/communities/:communityId/forms/:formId", "form"],
  ["/api/communities/:communityId/proposals", "proposal"],
  ["/api/communities/:communityId/orders", "api"],
])("what comes by %s came by %s", (route, channel) => {
  expect(channelOf(route)).toBe(channel)
})

describe("a ruling", () => {
  const officer = ["privacy_officer"]
  it.each<[readonly Verdict[], string]>([
    [[], "open"],
    [["forward"], "forwarded"],
    [["forward", "stop"], "stopped"],
    [["teach"], "taught"],
  ])("%j makes it %s", (verdicts, state) => {
    expect(stateOf(verdicts)).toBe(state)
  })

  it.each<[readonly Verdict[], readonly string[], Verdict, string | undefined]>([
    [[], ["supervisor"], "stop", undefined],
    [[], ["supervisor"], "forward", undefined],
    [["forward"], ["supervisor"], "stop", "attempt.with_officer"],
    [["forward"], officer, "teach", undefined],
    [["forward"], officer, "forward", "attempt.ruled_on"],
    [["stop"], officer, "teach", "attempt.ruled_on"],
  ])("after %j, by %j: %s is %s", (verdicts, posts, verdict, code) => {
    const decide = () => decideRuling({ actor: "a", verdicts }, { staffId: "b", posts }, verdict)
    if (code === undefined) expect(decide).not.toThrow()
    else expect(decide).toThrow(expect.objectContaining({ code }))
  })

  it("is never one's own", () => {
    const decide = () => decideRuling({ actor: "a", verdicts: [] }, { staffId: "a", posts: officer }, "stop")
    expect(decide).toThrow(expect.objectContaining({ code: "attempt.own" }))
  })
})

it.each([
  ["报修只要称呼和电话，2026 年起按第 2.3 条执行。", false],
  ["孙客服又问了", true],
  ["孙 客服又问了", true],
  ["回电 1390000 1234", true],
  ["一三九〇〇〇〇一二三四", true],
])("the lesson %s names somebody: %s", (text, names) => {
  const refuse = () => refusePersons([text], ["孙客服"])
  if (names) expect(refuse).toThrow(Refusal)
  else expect(refuse).not.toThrow()
})

describe("who may propose", () => {
  it("may from the ninetieth day, over the end of a year", () => {
    expect(firstDay("2026-11-28")).toBe("2027-02-26")
  })

  it.each([
    ["2026-01-01", null, "2026-03-31", "proposal.too_new"],
    ["2026-01-01", null, "2026-04-01", "proposal.no_training"],
    ["2026-01-01", "2026-03-31", "2026-04-01", "proposal.no_training"],
    ["2026-01-01", "2026-04-01", "2026-04-01", undefined],
    [null, "2030-01-01", "2026-04-01", "proposal.too_new"],
  ])("since %s, trained until %s, on %s: %s", (since, trainedUntil, today, code) => {
    expect(barOf({ since, trainedUntil }, today)?.code).toBe(code)
  })
})
