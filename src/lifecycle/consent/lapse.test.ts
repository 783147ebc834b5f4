import { describe, expect, it } from "vitest"
import type { Regime } from "../catalogue/regime-shape.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { refuseUse, stateOf } from "./consent.ts"
import { answerNow, canCover, coverable, type DatedEvent, hasLapsed, withLapse } from "./lapse.ts"

const day = 86_400_000
const given = { kind: "given", purpose: "greeting", fields: ["phone"], at: day, validDays: null } as const
const text = { purpose: "greeting", fields: ["phone"] }
const now = { regime: regimeV1, now: day }

function withCell(purpose: string, field: string, rule: "required" | "optional" | "forbidden"): Regime {
  const row = { ...regimeV1.matrix[purpose], [field]: { rule } }
  return { ...regimeV1, matrix: { ...regimeV1.matrix, [purpose]: row } }
}

const noGreetings: Regime = {
  ...regimeV1,
  purposes: regimeV1.purposes.filter(({ code }) => code !== "greeting"),
}

describe("what consent can cover", () => {
  it.each([
    ["greeting", "phone", true],
    ["fee", "location", true],
    ["repair", "title", true],
    ["repair", "phone", false],
    ["repair", "household", false],
    ["authority_assist", "household", false],
    ["nonsense", "phone", false],
    ["greeting", "nonsense", false],
  ])("of %s × %s: %s", (purpose, field, isCovered) => {
    expect(canCover(regimeV1, purpose, field)).toBe(isCovered)
    expect(coverable(regimeV1).includes(`${purpose}/${field}`)).toBe(isCovered)
  })
})

describe("a consent lapses", () => {
  it("when its days are over, to the millisecond", () => {
    const limited = { ...given, validDays: 30 }
    expect(hasLapsed(limited, { ...now, now: 31 * day - 1 })).toBe(false)
    expect(hasLapsed(limited, { ...now, now: 31 * day })).toBe(true)
    expect(hasLapsed(given, { ...now, now: 9_999 * day })).toBe(false)
  })

  it("when its purpose is retired, or its cell forbidden or required", () => {
    const location = { ...given, purpose: "fee", fields: ["location"] }
    expect(hasLapsed(given, now)).toBe(false)
    expect(hasLapsed(location, now)).toBe(false)
    expect(hasLapsed(given, { ...now, regime: noGreetings })).toBe(true)
    expect(hasLapsed(given, { ...now, regime: withCell("greeting", "phone", "forbidden") })).toBe(true)
    expect(hasLapsed(location, { ...now, regime: withCell("fee", "location", "required") })).toBe(true)
  })

  it("not while one field of it is left, which alone may be used", () => {
    const both = { ...given, fields: ["phone", "name"] }
    const answer = answerNow(both, { ...now, regime: withCell("greeting", "name", "forbidden") })
    expect(answer).toEqual({ kind: "given", purpose: "greeting", fields: ["phone"] })
    expect(refuseUse([answer], { purpose: "greeting", fields: ["phone"] })).toBeUndefined()
    expect(refuseUse([answer], { purpose: "greeting", fields: ["name"] })).toBe("consent.missing")
  })
})

describe("what has lapsed", () => {
  const later = { ...now, now: 31 * day }
  const limited = { ...given, validDays: 30 }

  it("counts as none at the use, whether anybody wrote it down or not", () => {
    const use = { purpose: "greeting", fields: ["phone"] }
    expect(refuseUse([answerNow(limited, now)], use)).toBeUndefined()
    expect(refuseUse([answerNow(limited, later)], use)).toBe("consent.missing")
    expect(refuseUse([answerNow({ ...limited, kind: "withdrawn" }, later)], use)).toBe("consent.withdrawn")
  })

  it("is told by the history, once", () => {
    const events: DatedEvent[] = [{ ...limited }]
    expect(withLapse(events, now)).toBe(events)
    expect(stateOf(withLapse(events, later), text)).toBe("lapsed")
    const written: DatedEvent[] = [...events, { ...limited, kind: "lapsed", at: 31 * day }]
    expect(withLapse(written, later)).toBe(written)
    const askedAgain: DatedEvent[] = [...written, { ...limited, kind: "asked", at: 31 * day }]
    expect(stateOf(withLapse(askedAgain, later), text)).toBe("asked")
  })
})
