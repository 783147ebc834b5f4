import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { applied } from "./draft.ts"
import { capsAboveTheLaw, lawfulCaps, limitsOf, numbersOf, withLimits, withNumber } from "./limits.ts"
import { compareRegimes } from "./regime-diff.ts"
import { parseRegime } from "./regime-schema.ts"
import { regimeV1 } from "./regime-v1.ts"
import { validateRegime } from "./validate-regime.ts"

const limits = limitsOf(regimeV1)
const names = [...numbersOf(limits).keys()]
const text = { purposes: regimeV1.purposes, matrix: regimeV1.matrix, fields: regimeV1.fields }

/** Throws when there is none. */
function turned(name: string, value: number) {
  const changed = withNumber(limits, name, value)
  if (changed === undefined) throw new Error(`${name} cannot be ${value}`)
  return changed
}

describe("the numbers of a regime", () => {
  test("are found under their names", () => {
    expect(numbersOf(limits).get("caps.lines.trajectory")).toBe(25)
    expect(numbersOf(limits).get("watch.offDuty.night.0")).toBe(22)
    expect(names).toHaveLength(new Set(names).size)
  })

  test("change by themselves: no other number does", () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 0, max: 400 }), (name, value) => {
        const changed = withNumber(limits, name, value)
        if (changed === undefined) return
        const before = numbersOf(limits)
        for (const [one, number] of numbersOf(changed))
          expect(number).toBe(one === name ? value : before.get(one))
      }),
    )
  })

  test.each([
    ["caps.lines.phone", 3],
    ["caps", 3],
    ["watch.__proto__.times", 3],
    ["statistics.fewestHouseholds", 4],
    ["watch.offDuty.night.1", 24],
    ["caps.warnAt", 1.1],
    ["mosaic.applyAt", Number.NaN],
  ])("are not %s with %d", (name, value) => {
    expect(withNumber(limits, name, value)).toBe(undefined)
  })

  test("survive being stored, and are what the regime then says", () => {
    const changed = turned("caps.lines.service", 30)
    const regime = parseRegime(JSON.parse(JSON.stringify(withLimits(regimeV1, changed))))
    expect(limitsOf(regime)).toEqual(changed)
    expect(validateRegime(regime)).toEqual([])
  })

  test("stay unsaid where nobody changed them", () => {
    expect(withLimits(regimeV1, limits)).toBe(regimeV1)
    expect(applied(regimeV1, { ...text, limits }, 1).watch).toBe(undefined)
    expect(applied(regimeV1, text, 1).caps).toBe(undefined)
  })

  test("may be stricter than the law and not laxer", () => {
    const strict = withLimits(regimeV1, turned("caps.lines.other", 10))
    const lax = withLimits(regimeV1, turned("caps.lines.other", 2_501))
    expect(capsAboveTheLaw(strict)).toEqual([])
    expect(validateRegime(lax)).toEqual([
      { code: "cap_too_high", facts: { line: "other", most: String(lawfulCaps.get("other")) } },
    ])
  })

  test("ask for an application before they close a household", () => {
    const crossed = withLimits(regimeV1, turned("mosaic.applyAt", 41))
    expect(validateRegime(crossed)).toEqual([{ code: "lines_crossed", facts: {} }])
  })

  test("are compared one by one, rules that are switched off too", () => {
    const changed = turned("watch.run.homes", 5)
    const after = { ...changed, watch: { ...changed.watch, off: ["haste" as const] } }
    expect(compareRegimes({ ...text, limits }, { ...text, limits: after })).toEqual([
      { kind: "number", name: "watch.run.homes", before: "8", after: "5" },
      { kind: "rule_off", rule: "haste" },
    ])
    expect(compareRegimes({ ...text, limits: after }, { ...text, limits })).toContainEqual({
      kind: "rule_on",
      rule: "haste",
    })
  })
})
