import { describe, expect, it } from "vitest"
import { fieldSet } from "../catalogue/field-set.ts"
import { decideLook, type Grant, lookableFields } from "./grant.ts"

const grant: Grant = {
  grantId: "g",
  subjectId: "s",
  class: "identity",
  fields: fieldSet(["phone"]),
  grantee: "lan",
  granteePost: null,
  from: 100,
  until: 200,
  isEnded: false,
}
const lan = { staffId: "lan", posts: ["clerk"] }

describe("decideLook", () => {
  const cases: Array<[string, readonly Grant[], typeof lan, { field: string; now: number }, object]> = [
    ["the named person sees the field", [grant], lan, { field: "phone", now: 150 }, { grant }],
    ["nobody sees without a grant", [], lan, { field: "phone", now: 150 }, { refusal: "use.none" }],
    [
      "a colleague's grant is not one's own",
      [grant],
      { staffId: "wei", posts: ["manager"] },
      { field: "phone", now: 150 },
      { refusal: "use.none" },
    ],
    ["a grant has not begun", [grant], lan, { field: "phone", now: 99 }, { refusal: "use.ended" }],
    [
      "a grant is over at its last instant",
      [grant],
      lan,
      { field: "phone", now: 200 },
      { refusal: "use.ended" },
    ],
    [
      "an ended grant opens nothing",
      [{ ...grant, isEnded: true }],
      lan,
      { field: "phone", now: 150 },
      { refusal: "use.ended" },
    ],
    [
      "another field stays closed",
      [grant],
      lan,
      { field: "id_number", now: 150 },
      { refusal: "use.field_not_granted" },
    ],
  ]
  it.each(cases)("%s", (_name, grants, viewer, asked, expected) => {
    expect(decideLook(grants, viewer, asked)).toEqual(expected)
  })

  it("a grant to a post is for everybody in that post and nobody else", () => {
    const toPost = { ...grant, grantee: null, granteePost: "supervisor" }
    expect(
      decideLook([toPost], { staffId: "wei", posts: ["supervisor"] }, { field: "phone", now: 150 }),
    ).toEqual({ grant: toPost })
    expect(decideLook([toPost], lan, { field: "phone", now: 150 })).toEqual({ refusal: "use.none" })
  })

  it("lists the fields that are open now, once each", () => {
    expect(
      lookableFields([grant, { ...grant, grantId: "h", fields: fieldSet(["phone", "repair"]) }], lan, 150),
    ).toEqual(["phone", "repair"])
    expect(lookableFields([grant], lan, 250)).toEqual([])
  })
})
