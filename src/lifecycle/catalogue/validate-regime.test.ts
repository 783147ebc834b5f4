import { describe, expect, it } from "vitest"
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

  it.each<readonly [string, Partial<Regime>, string]>([
    [
      "a field twice",
      { fields: [...regimeV1.fields, ...regimeV1.fields.slice(0, 1)] },
      "field name appears twice",
    ],
    ["an unknown retention", { retention: regimeV1.retention.slice(1) }, "kept by the unknown rule basic"],
    [
      "a trajectory in the clear",
      { fields: regimeV1.fields.map((field) => ({ ...field, maskAtRest: "plain" })) },
      "field gate_event is trajectory but not sealed",
    ],
    ["a missing purpose", { purposes: regimeV1.purposes.slice(1) }, "purpose handover is missing"],
    [
      "a purpose without ground",
      { purposes: regimeV1.purposes.map((purpose) => ({ ...purpose, basis: "convenience" })) },
      "purpose repair names no ground",
    ],
    [
      "health required of somebody",
      { matrix: { ...regimeV1.matrix, elder_care: { health: { rule: "required" } } } },
      "elder_care requires health",
    ],
    ["a standing rule beyond the matrix", standing({ fields: ["name"] }), "standing.repair shows name"],
    [
      "a standing rule for the sensitive",
      standing({ purpose: "move_in", fields: ["id_number"] }),
      "shows id_number",
    ],
    ["a look without end", standing({ lookSeconds: 0 }), "standing.repair has no sensible end"],
    ["a window without end", standing({ windowDays: 0 }), "standing.repair has no sensible end"],
    [
      "trajectory in a level",
      { posts: [{ post: "manager", level: 3, classes: ["trajectory"], secondFactor: true }] },
      "post manager sees trajectory",
    ],
    [
      "a level that sees nothing",
      { posts: [{ post: "clerk", level: 1, classes: [], secondFactor: false }] },
      "post clerk of level 1 does not fit",
    ],
    [
      "a manager who sees less than a clerk",
      {
        posts: [
          { post: "clerk", level: 1, classes: ["identity"], secondFactor: false },
          { post: "manager", level: 3, classes: ["service"], secondFactor: true },
        ],
      },
      "post manager sees less than clerk",
    ],
    ["one person in every post", { exclusions: [] }, "one person could be system_admin and auditor"],
    ["an administrator at the desk", { exclusions: [] }, "one person could be auditor and clerk"],
  ])("with %s is refused", (_sentence, change, line) => {
    expect(validateRegime({ ...regimeV1, ...change }).join("; ")).toContain(line)
  })
})

describe("sentences of problems", () => {
  it("say something to do in both languages", () => {
    for (const sentence of Object.values(problemSentences["zh-CN"])) expect(sentence).toMatch(/请.*。$/)
    for (const sentence of Object.values(problemSentences.en)) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })
})
