import { describe, expect, test } from "vitest"
import { type OfficerPost, refuseLastOfficer, untilOf } from "./suspension.ts"

const officer = (staffId: string, communityId: string | null): OfficerPost => ({ staffId, communityId })

describe("a privacy officer stays in each community", () => {
  test.each<[string, readonly OfficerPost[], boolean]>([
    ["the only one of a community", [officer("a", "1")], true],
    ["one of two", [officer("a", "1"), officer("b", "1")], false],
    ["beside one of another community", [officer("a", "1"), officer("b", "2")], true],
    ["beside one of the whole company", [officer("a", "1"), officer("b", null)], false],
    ["of the whole company, beside one of a part", [officer("a", null), officer("b", "1")], true],
    [
      "of the whole company, beside one of each part",
      [officer("a", null), officer("b", "1"), officer("b", "2")],
      false,
    ],
    ["no officer at all", [officer("b", "1")], false],
    ["no officer, where there is none", [], false],
  ])("%s", (_, officers, isLast) => {
    const suspend = () => refuseLastOfficer("a", officers, ["1", "2"])
    if (isLast) expect(suspend).toThrow("staff.last_officer")
    else expect(suspend).not.toThrow()
  })
})

describe("the end of a suspension", () => {
  const now = Date.parse("2026-11-28T10:00:00.000Z")

  test("lies ahead, or is open", () => {
    expect(untilOf("2026-11-28T10:00:00.001Z", now)).toBe("2026-11-28T10:00:00.001Z")
    expect(untilOf(undefined, now)).toBeNull()
    expect(untilOf(null, now)).toBeNull()
  })

  test("is not over before it begins", () => {
    expect(() => untilOf("2026-11-28T10:00:00.000Z", now)).toThrow("request.malformed")
  })
})
