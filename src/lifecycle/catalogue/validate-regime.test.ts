import { describe, expect, it } from "vitest"
import type { Contradiction } from "./contradiction.ts"
import { emergencyOf } from "./emergency-v1.ts"
import { problemSentences } from "./problem-sentences.ts"
import type { Regime, StandingRule } from "./regime-shape.ts"
import { regimeV1 } from "./regime-v1.ts"
import { validateRegime } from "./validate-regime.ts"

const standing = (change: Partial<StandingRule>): Partial<Regime> => ({
  standingRules: regimeV1.standingRules.map((rule) =>
    rule.orderKind === "repair" ? { ...rule, ...change } : rule,
  ),
})

describe("a regime", () => {
  it("of version 1 does not contradict itself", () => {
    expect(validateRegime(regimeV1)).toEqual([])
  })

  it("is plain data", () => {
    expect(JSON.parse(JSON.stringify(regimeV1))).toEqual(regimeV1)
  })

  it.each<readonly [string, Partial<Regime>, Contradiction["code"], Contradiction["facts"]]>([
    [
      "a field twice",
      { fields: [...regimeV1.fields, ...regimeV1.fields.slice(0, 1)] },
      "twice",
      { kind: "field", code: "name" },
    ],
    [
      "an unknown retention",
      { retention: regimeV1.retention.slice(1) },
      "retention_unknown",
      { field: "name", retention: "basic" },
    ],
    [
      "a trajectory in the clear",
      { fields: regimeV1.fields.map((field) => ({ ...field, maskAtRest: "plain" })) },
      "not_sealed",
      { field: "gate_event" },
    ],
    [
      "an emergency that opens an identity number",
      { emergency: { ...emergencyOf(regimeV1), fields: ["phone", "id_number"] } },
      "emergency_opens",
      { field: "id_number" },
    ],
    [
      "an emergency that opens more than contact",
      { emergency: { ...emergencyOf(regimeV1), fields: ["employer"] } },
      "emergency_opens",
      { field: "employer" },
    ],
    [
      "a missing purpose",
      { purposes: regimeV1.purposes.slice(1) },
      "purpose_missing",
      { purpose: "handover" },
    ],
    [
      "a purpose without ground",
      { purposes: regimeV1.purposes.map((purpose) => ({ ...purpose, basis: "convenience" })) },
      "no_basis",
      { purpose: "repair" },
    ],
    [
      "health required of somebody",
      { matrix: { ...regimeV1.matrix, elder_care: { health: { rule: "required" } } } },
      "apart_required",
      { purpose: "elder_care", field: "health" },
    ],
    [
      "a standing rule beyond the matrix",
      standing({ fields: ["name"] }),
      "rule_shows",
      { rule: "standing.repair", field: "name", purpose: "repair" },
    ],
    [
      "a standing rule for the sensitive",
      standing({ purpose: "move_in", fields: ["id_number"] }),
      "rule_shows",
      { rule: "standing.repair", field: "id_number", purpose: "move_in" },
    ],
    ["a look without end", standing({ lookSeconds: 0 }), "rule_endless", { rule: "standing.repair" }],
    ["a window without end", standing({ windowDays: 0 }), "rule_endless", { rule: "standing.repair" }],
    [
      "trajectory in a level",
      { posts: [{ post: "manager", level: 3, classes: ["trajectory"], secondFactor: true }] },
      "level_apart",
      { post: "manager", class: "trajectory" },
    ],
    [
      "a level that sees nothing",
      { posts: [{ post: "clerk", level: 1, classes: [], secondFactor: false }] },
      "level_misfit",
      { post: "clerk" },
    ],
    [
      "a manager who sees less than a clerk",
      {
        posts: [
          { post: "clerk", level: 1, classes: ["identity"], secondFactor: false },
          { post: "manager", level: 3, classes: ["service"], secondFactor: true },
        ],
      },
      "level_smaller",
      { post: "manager", other: "clerk" },
    ],
    [
      "a purpose whose code is no code",
      { purposes: regimeV1.purposes.map((purpose) => ({ ...purpose, code: "Repair!" })) },
      "code_improper",
      { purpose: "Repair!" },
    ],
    [
      "a row of no purpose",
      { matrix: { ...regimeV1.matrix, pool: {} } },
      "row_without_purpose",
      { purpose: "pool" },
    ],
    [
      "one person in every post",
      { exclusions: [] },
      "posts_together",
      { post: "system_admin", other: "auditor" },
    ],
    [
      "an administrator at the desk",
      { exclusions: [] },
      "posts_together",
      { post: "auditor", other: "clerk" },
    ],
  ])("with %s is refused", (_sentence, change, code, facts) => {
    expect(validateRegime({ ...regimeV1, ...change })).toContainEqual({ code, facts })
  })
})

describe("sentences of problems", () => {
  it("say something to do in both languages", () => {
    for (const sentence of Object.values(problemSentences["zh-CN"])) expect(sentence).toMatch(/请.*。$/)
    for (const sentence of Object.values(problemSentences.en)) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })
})
