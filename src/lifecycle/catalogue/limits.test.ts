import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { capsOf, capsV1 } from "./approvals-v1.ts"
import { applied } from "./draft.ts"
import { limitsOf, unsettable, withLimits } from "./limits.ts"
import { mosaicOf } from "./mosaic-v1.ts"
import { isSettable, isShare, settable } from "./own-limits.ts"
import { compareRegimes } from "./regime-diff.ts"
import { parseRegime } from "./regime-schema.ts"
import { regimeV1 } from "./regime-v1.ts"
import { validateRegime } from "./validate-regime.ts"
import { watchOf } from "./watch-v1.ts"

const usual = limitsOf(regimeV1)
const text = { purposes: regimeV1.purposes, matrix: regimeV1.matrix, fields: regimeV1.fields }
const turned = (name: string, value: number) => ({ ...usual, numbers: { ...usual.numbers, [name]: value } })

describe("the numbers of a regime", () => {
  test("are all there, and those of the product are within their bounds", () => {
    expect(Object.keys(usual.numbers).toSorted()).toEqual([...settable.keys()].toSorted())
    for (const [name, value] of Object.entries(usual.numbers))
      expect([name, isSettable(name, value)]).toEqual([name, true])
  })

  test("end where the law does", () => {
    for (const { code, limit } of capsV1.lines) expect(settable.get(`caps.lines.${code}`)?.most).toBe(limit)
  })

  test("change by themselves, are stored alone, and survive it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...settable), fc.nat(), ([name, { least, most }], seed) => {
        const step = isShare(name) ? 0.01 : 1
        const steps = Math.round((most - least) / step)
        const value = Math.round((least + (seed % (steps + 1)) * step) * 100) / 100
        fc.pre(value !== usual.numbers[name])
        const regime = parseRegime(JSON.parse(JSON.stringify(withLimits(regimeV1, turned(name, value)))))
        expect(regime.own).toEqual({ numbers: { [name]: value }, off: [] })
        expect(limitsOf(regime)).toEqual(turned(name, value))
        expect([regime.caps, regime.mosaic, regime.watch]).toEqual([
          regimeV1.caps,
          regimeV1.mosaic,
          regimeV1.watch,
        ])
      }),
    )
  })

  test("are what the rules go by", () => {
    const numbers = {
      ...usual.numbers,
      "caps.lines.service": 30,
      "mosaic.applyAt": 7,
      "watch.offDuty.night.1": 6,
    }
    const regime = withLimits(regimeV1, { numbers, off: ["run"] })
    expect(capsOf(regime).lines.map(({ limit }) => limit)).toEqual([25, 30, 2_500])
    expect(mosaicOf(regime)).toEqual({ ...mosaicOf(regimeV1), applyAt: 7 })
    expect(watchOf(regime).offDuty.night).toEqual([22, 6])
    expect(watchOf(regime).off).toEqual(["run"])
    expect(watchOf(regimeV1).offDuty.night).toEqual([22, 7])
  })

  test("stay unsaid where nobody changed them, and when they are set back", () => {
    expect(withLimits(regimeV1, usual)).not.toHaveProperty("own")
    const changed = withLimits(regimeV1, turned("watch.run.homes", 5))
    expect(withLimits(changed, usual)).not.toHaveProperty("own")
    expect(applied(changed, text, 1).own).toEqual({ numbers: { "watch.run.homes": 5 }, off: [] })
  })

  test.each([
    ["caps.lines.other", 2_501],
    ["caps.lines.phone", 3],
    ["caps.warnAt", 0],
    ["caps.warnAt", 0.805],
    ["mosaic.refuseAt", 81],
    ["mosaic.applyAt", Number.NaN],
    ["statistics.fewestHouseholds", 4],
    ["watch.chance", 0],
    ["watch.noOrder.days", 32],
    ["watch.haste.days", 96],
    ["watch.offDuty.night.1", 24],
    ["watch.ownHome.times", 1.5],
    ["__proto__", 1],
  ])("are not %s at %d", (name, value) => {
    const numbers = Object.fromEntries([...Object.entries(usual.numbers), [name, value]])
    expect(unsettable(usual, { ...usual, numbers })).toBe(name)
  })

  test("that are older than the bounds stay, and nothing of a strange name gets into the rules", () => {
    const old = { ...usual, numbers: { ...usual.numbers, "watch.quietDays": 500 } }
    expect(unsettable(old, old)).toBe(undefined)
    const strange = withLimits(regimeV1, turned("watch.off.0", 3))
    expect(strange).not.toHaveProperty("own")
  })

  test("ask for an application before they close a household", () => {
    const crossed = withLimits(regimeV1, turned("mosaic.applyAt", 41))
    expect(validateRegime(crossed)).toEqual([{ code: "lines_crossed", facts: {} }])
    expect(validateRegime(withLimits(regimeV1, turned("mosaic.applyAt", 40)))).toEqual([])
  })

  test("are compared one by one, rules that are switched off too", () => {
    const after = { ...turned("watch.run.homes", 5), off: ["haste" as const] }
    expect(compareRegimes({ ...text, limits: usual }, { ...text, limits: after })).toEqual([
      { kind: "number", name: "watch.run.homes", before: "8", after: "5" },
      { kind: "rule_off", rule: "haste" },
    ])
    expect(compareRegimes({ ...text, limits: after }, { ...text, limits: usual })).toContainEqual({
      kind: "rule_on",
      rule: "haste",
    })
  })
})
