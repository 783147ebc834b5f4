import { describe, expect, it } from "vitest"
import { endRefusal, lookRefusal, reviewRefusal, type Standing, stateOf } from "./emergency.ts"

const standing: Standing = {
  applicant: "clerk",
  fields: ["phone"],
  persons: ["owner"],
  until: 30,
  reviewBy: 1_000,
  isEnded: false,
  isArchived: false,
  reviewers: [],
}
const over = { ...standing, isEnded: true }
const oneself = (staffId: string) => staffId
const linked = (staffId: string) => staffId.replace("alias of ", "")

describe("an emergency", () => {
  it.each([
    ["runs until its time", standing, 29, "running"],
    ["waits behind it", standing, 30, "to_review"],
    ["waits when it was handed back", over, 1, "to_review"],
    ["is overdue after a day", over, 1_000, "overdue"],
    ["is archived, however late", { ...over, isArchived: true }, 2_000, "archived"],
  ] as const)("%s", (_what, one, now, state) => {
    expect(stateOf(one, now)).toBe(state)
  })

  it.each([
    ["shows what it opens", standing, {}, undefined],
    [
      "shows no closed kind, even had it been opened",
      { ...standing, fields: ["id_number"] },
      { field: "id_number" },
      "emergency.closed_kind",
    ],
    ["shows no other field", standing, { field: "landline" }, "use.field_not_granted"],
    ["shows no other person", standing, { personId: "neighbour" }, "use.field_not_granted"],
    ["shows nobody else anything", standing, { staffId: "supervisor" }, "use.none"],
    ["shows nothing behind its time", standing, { now: 30 }, "use.ended"],
    ["shows nothing behind its end", over, {}, "use.ended"],
  ] as const)("%s", (_what, one, asked, refusal) => {
    const usual = { staffId: "clerk", personId: "owner", field: "phone", now: 1 }
    expect(lookRefusal(one, { ...usual, ...asked })).toBe(refusal)
  })

  it.each([
    ["is reviewed by another", over, "manager", undefined],
    ["is not reviewed while it runs", standing, "manager", "emergency.not_over"],
    ["is nobody's own to review", over, "clerk", "emergency.own"],
    ["nor another account's of theirs", over, "alias of clerk", "emergency.own"],
    ["is reviewed once by each", { ...over, reviewers: ["manager"] }, "manager", "emergency.reviewed_before"],
    [
      "by whatever account",
      { ...over, reviewers: ["manager"] },
      "alias of manager",
      "emergency.reviewed_before",
    ],
    ["is reviewed by no third", { ...over, isArchived: true }, "officer", "emergency.archived"],
  ] as const)("%s", (_what, one, staffId, refusal) => {
    expect(reviewRefusal(one, { staffId, personOf: linked }, 1)).toBe(refusal)
  })

  it("is not told that two accounts are one unless they are", () => {
    expect(reviewRefusal(over, { staffId: "alias of clerk", personOf: oneself }, 1)).toBeUndefined()
  })

  it.each([
    ["by whoever broke the glass", standing, "clerk", ["clerk"], undefined],
    ["by whoever supervises", standing, "officer", ["privacy_officer"], undefined],
    ["by no colleague", standing, "other", ["clerk"], "post.not_allowed"],
    ["once", over, "clerk", ["clerk"], "emergency.over"],
  ] as const)("is ended %s", (_what, one, staffId, posts, refusal) => {
    expect(endRefusal(one, { staffId, posts }, 1)).toBe(refusal)
  })
})
