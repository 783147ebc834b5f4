import { describe, expect, it } from "vitest"
import { convenienceIn, type Finding, type LintInput, lintPurposes } from "./purpose-lint.ts"
import type { MatrixRow, Purpose, Regime } from "./regime-shape.ts"
import { regimeV1 } from "./regime-v1.ts"

const now = Date.UTC(2026, 10, 28)
const day = 86_400_000

const pool: Purpose = {
  code: "pool",
  label: { "zh-CN": "泳池", en: "Pool" },
  service: { "zh-CN": "办理泳池入场", en: "Admission to the pool" },
  basis: "PIPL 13(2) contract",
  isShared: false,
  isPublished: false,
}

function withPool(change: Partial<Purpose> = {}, row: MatrixRow = { phone: { rule: "required" } }): Regime {
  const purposes = [...regimeV1.purposes, { ...pool, ...change }]
  return { ...regimeV1, purposes, matrix: { ...regimeV1.matrix, pool: row } }
}

function findings(regime: Regime, more: Partial<LintInput> = {}): readonly Finding[] {
  return lintPurposes({ regime, inForce: regimeV1, assessed: [], now, ...more })
}
const ofPool = (regime: Regime, more: Partial<LintInput> = {}) =>
  findings(regime, more).filter(({ purpose }) => purpose === "pool")

describe("a purpose for convenience", () => {
  it.each([
    ["方便管理", "方便管理"],
    ["为了方便 管理小区", "方便管理"],
    ["完善档案", "完善档案"],
    ["备用", "备用"],
    ["紧急情况备用电话", "备用"],
    ["以后可能需要", "以后可能"],
    ["统一管理", "统一管理"],
    ["便于日后联系业主", "便于日后"],
    ["便于通行", undefined],
    ["方便面", undefined],
    ["摸清底数", "摸清底数"],
    ["以备不时之需", "以备"],
    ["方、便、管、理", "方便管理"],
  ])("%s", (zh, word) => {
    const found = convenienceIn({ label: { "zh-CN": zh, en: "x" }, service: pool.service })
    expect(found).toBe(word)
  })

  it.each(["Just in case", "for convenience", "Complete the file", "future use"])("in English: %s", (en) => {
    expect(convenienceIn({ label: { "zh-CN": "用途", en }, service: pool.service })).toBeDefined()
  })

  it("is found in the service as well as in the name, and is an error", () => {
    const service = { "zh-CN": "统一管理住户资料", en: "Keeping everything together" }
    expect(ofPool(withPool({ service }))).toContainEqual({
      code: "convenience",
      level: "error",
      purpose: "pool",
      word: "统一管理",
    })
  })

  it("is none of those the product comes with", () => {
    for (const purpose of regimeV1.purposes)
      expect([purpose.code, convenienceIn(purpose)]).toEqual([purpose.code, undefined])
  })
})

describe("a purpose", () => {
  it("that says its service and takes what belongs to it is not spoken of", () => {
    expect(ofPool(withPool())).toEqual([])
  })

  it.each<readonly [string, Partial<Purpose>, Finding["code"], Finding["level"]]>([
    ["without a ground in law", { basis: "管理规约" }, "no_basis", "error"],
    ["with an article that is not there", { basis: "PIPL 13(9)" }, "no_basis", "error"],
    ["whose service is its name", { service: pool.label }, "no_service", "error"],
    ["that is given to others", { isShared: true }, "unassessed", "error"],
    ["that is published", { isPublished: true }, "unassessed", "error"],
    [
      "that leaves open what is done",
      { service: { "zh-CN": "办理泳池入场及相关事宜", en: "Admission to the pool" } },
      "vague",
      "warning",
    ],
  ])("%s", (_what, change, code, level) => {
    expect(ofPool(withPool(change))).toContainEqual(expect.objectContaining({ code, level }))
  })

  it("that takes nothing is asked what it is for", () => {
    expect(ofPool(withPool({}, {})).map(({ code }) => code)).toEqual(["takes_nothing"])
  })

  it("that wants more than its service speaks of is told which field", () => {
    const row: MatrixRow = {
      phone: { rule: "required" },
      plate: { rule: "optional" },
      employer: { rule: "optional" },
    }
    expect(ofPool(withPool({}, row))).toEqual([
      { code: "beyond_service", level: "warning", purpose: "pool", field: "plate" },
      { code: "beyond_service", level: "warning", purpose: "pool", field: "employer" },
    ])
  })
})

describe("identity number and bank card", () => {
  it.each(["id_number", "bank_card"] as const)("%s needs a cited ground and an assessment", (field) => {
    const bare = ofPool(withPool({}, { [field]: { rule: "optional" } }))
    expect(bare.filter(({ level }) => level === "error").map(({ code }) => code)).toEqual([
      "no_ground",
      "unassessed",
    ])
    const cited = withPool({}, { [field]: { rule: "optional", ground: "《民法典》第 1035 条" } })
    const assessed = [{ purpose: "pool", fields: [field], isShared: false, isPublished: false }]
    expect(ofPool(cited, { assessed }).filter(({ level }) => level === "error")).toEqual([])
  })

  it("that version 1 brought along go on with a warning", () => {
    const found = findings(regimeV1)
    expect(found.filter(({ level }) => level === "error")).toEqual([])
    expect(found).toContainEqual({
      code: "ground_inherited",
      level: "warning",
      purpose: "fee",
      field: "bank_card",
    })
    expect(found.filter(({ code }) => code === "assessment_inherited").map(({ purpose }) => purpose)).toEqual(
      expect.arrayContaining(["elder_care", "gate", "move_in", "authority_assist"]),
    )
  })
})

describe("an assessment", () => {
  const health = withPool({}, { health: { rule: "optional" }, face: { rule: "optional" } })
  const of = (fields: readonly string[]) => [{ purpose: "pool", fields, isShared: false, isPublished: false }]

  it("counts only when it speaks of every sensitive field", () => {
    const codes = (assessed: ReturnType<typeof of>) => ofPool(health, { assessed }).map(({ code }) => code)
    expect(codes(of(["health"]))).toContain("unassessed")
    expect(codes(of(["face", "health"]))).not.toContain("unassessed")
    expect(codes(of(["face", "health"]).map((one) => ({ ...one, purpose: "gate" })))).toContain("unassessed")
  })
})

describe("a field that nobody used for months", () => {
  const uses = (at: number, since = now - 200 * day) => ({
    since,
    last: [
      { purpose: "parking", field: "plate", at: now - day },
      { purpose: "parking", field: "name", at },
    ],
  })
  const unused = (more: Partial<LintInput>) =>
    findings(regimeV1, more).filter(({ code, field }) => code === "unused" && field === "name")

  it("is told", () => {
    expect(unused({ uses: uses(now - 91 * day) })).toEqual([
      { code: "unused", level: "warning", purpose: "parking", field: "name" },
    ])
  })
  it("is not told while it is used, while traces are young, or where nothing is known", () => {
    expect(unused({ uses: uses(now - 89 * day) })).toEqual([])
    expect(unused({ uses: uses(now - 91 * day, now - 80 * day) })).toEqual([])
    expect(unused({})).toEqual([])
  })
})
