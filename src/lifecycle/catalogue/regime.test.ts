import { describe, expect, it } from "vitest"
import { type Post, posts } from "../../duty/people/post.ts"
import { type FieldCode, fieldClasses, fieldCodes, fieldOf, fields, isFieldCode } from "./field.ts"
import {
  cell,
  cellNote,
  excludes,
  levelOf,
  mayCollect,
  needsSecondFactor,
  standingRule,
  visibleClasses,
} from "./regime.ts"
import { purposeCodes, type StartingPurpose } from "./regime-shape.ts"
import { regimeV1 } from "./regime-v1.ts"

describe("the catalogue", () => {
  it("describes every field once", () => {
    expect(fields.map(({ code }) => code).toSorted()).toEqual(fieldCodes.toSorted())
  })

  it("treats what it does not know as the most sensitive", () => {
    for (const word of ["shoe_size", "", "constructor", "__proto__"]) {
      expect(fieldOf(word)).toMatchObject({ code: "unclassified", sensitivity: "special", mask: "hidden" })
      expect(isFieldCode(word)).toBe(false)
    }
  })

  it("states class, retention and law of every field", () => {
    for (const field of fields) {
      expect(fieldClasses).toContain(field.class)
      expect(field.law.every((article) => /^PIPL \d+$/.test(article))).toBe(true)
      expect(field.retention).not.toBe("")
    }
  })
})

/** The table of the design, column by column: r required, o optional, . forbidden. */
const columns: readonly FieldCode[] = [
  "name",
  "phone",
  "home",
  "id_number",
  "title_deed",
  "plate",
  "household",
  "employer",
  "emergency_contact",
  "bank_card",
  "location",
  "face",
  "health",
]
const table: Readonly<Record<StartingPurpose, string>> = {
  handover: "rrr.r........",
  move_in: "rrroro.......",
  repair: ".rr..........",
  fee: ".or......oo..",
  parking: "rrr..r.......",
  gate: "ror...o....o.",
  complaint: "oro..........",
  elder_care: "rrr...o.o...o",
  greeting: "oo...........",
  renovation: "rrr.o...o....",
  owners_meeting: "roror........",
  authority_assist: "oooo..oo.....",
}
const rules = { r: "required", o: "optional", ".": "forbidden" } as const

describe("purpose × field", () => {
  it.each(purposeCodes)("%s takes what the table says", (purpose) => {
    const row = columns.map((field) => cell(regimeV1, purpose, field))
    expect(row).toEqual(
      Array.from(table[purpose], (sign) => rules[sign === "r" || sign === "o" ? sign : "."]),
    )
  })

  it("a repair takes a form of address and no name", () => {
    expect(cell(regimeV1, "repair", "title")).toBe("optional")
    expect(mayCollect(regimeV1, "repair", "name")).toBe(false)
  })

  it("what is not listed is forbidden", () => {
    const unlisted = [
      "hobby",
      "ethnicity",
      "politics",
      "marriage",
      "education",
      "native_place",
      "sex",
    ] as const
    for (const purpose of purposeCodes)
      for (const field of unlisted) expect(mayCollect(regimeV1, purpose, field)).toBe(false)
  })

  it("no purpose collects a trajectory of gates or cars", () => {
    for (const purpose of purposeCodes) {
      expect(mayCollect(regimeV1, purpose, "gate_event")).toBe(false)
      expect(mayCollect(regimeV1, purpose, "vehicle_event")).toBe(false)
    }
  })

  it("keeps the conditions beside the cells", () => {
    expect(cellNote(regimeV1, "handover", "id_number")?.["zh-CN"]).toBe("核验不留存")
    expect(cellNote(regimeV1, "handover", "name")).toBeUndefined()
  })
})

describe("posts and levels", () => {
  it.each([
    ["clerk", 1, ["identity"], false],
    ["supervisor", 2, ["identity", "life", "service"], false],
    ["manager", 3, ["identity", "life", "service"], true],
    ["repairer", 0, [], false],
    ["archivist", 0, [], false],
    ["privacy_officer", 0, [], true],
    ["system_admin", 0, [], true],
    ["security_admin", 0, [], true],
    ["auditor", 0, [], true],
  ] as const)("%s has level %i", (post, level, classes, secondFactor) => {
    expect(levelOf(regimeV1, post)).toBe(level)
    expect(visibleClasses(regimeV1, post)).toEqual(classes)
    expect(needsSecondFactor(regimeV1, post)).toBe(secondFactor)
  })

  it("a post the regime does not name sees nothing and counts as powerful", () => {
    const bare = { ...regimeV1, posts: [] }
    expect([
      levelOf(bare, "manager"),
      visibleClasses(bare, "manager"),
      needsSecondFactor(bare, "clerk"),
    ]).toEqual([0, [], true])
  })

  const administrators: readonly Post[] = ["system_admin", "security_admin", "auditor"]
  const free: readonly Post[] = ["archivist", "privacy_officer"]

  it("those who run or check the system hold no post that sees owners", () => {
    for (const one of administrators)
      for (const other of posts) {
        const expected = one !== other && !free.includes(other)
        expect(excludes(regimeV1, one, other)).toBe(expected)
        expect(excludes(regimeV1, other, one)).toBe(expected)
      }
  })

  it("posts of the desk may be held together", () => {
    expect(excludes(regimeV1, "clerk", "supervisor")).toBe(false)
    expect(excludes(regimeV1, "supervisor", "manager")).toBe(false)
  })
})

describe("standing rules", () => {
  it.each([
    ["repair", ["phone", "title"]],
    ["complaint", ["phone", "title"]],
    ["parking", ["phone", "title", "plate"]],
  ] as const)("an order of kind %s shows %j to those who work on it", (kind, shown) => {
    const rule = standingRule(regimeV1, kind)
    expect(rule).toMatchObject({
      purpose: kind,
      form: "see",
      lookSeconds: 30,
      onClose: "end_grants_and_archive",
    })
    expect(rule?.fields).toEqual(shown)
    expect(rule?.relations).toEqual(["handler", "supervisor", "assignee"])
  })

  it("without a rule an order opens nothing", () => {
    expect(standingRule({ ...regimeV1, standingRules: [] }, "repair")).toBeUndefined()
  })
})
