import { describe, expect, it, test } from "vitest"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { canTell, consentPairs, type ExcessReason, excessOf, type Held } from "./excess.ts"

const day = 86_400_000
const now = 1_000 * day
const used = { since: now - 200 * day, fields: new Set(["name", "phone", "plate"]) }

const held = (field: string, purpose: string, counts: Partial<Held> = {}): Held => ({
  field,
  purpose,
  buildingId: "1",
  count: 10,
  old: 0,
  unconsented: 0,
  ...counts,
})

describe("what is held", () => {
  test.each<[string, Held, ExcessReason | undefined, number]>([
    ["a hobby, which no purpose takes", held("hobby", "move_in"), "no_purpose", 10],
    ["a word outside the catalogue", held("zodiac", "move_in"), "no_purpose", 10],
    ["a phone of a purpose that is gone", held("phone", "lucky_draw"), "purpose_ended", 10],
    ["an employer taken for the fee", held("plate", "fee"), "purpose_ended", 10],
    ["a phone taken for moving in", held("phone", "move_in", { old: 10 }), undefined, 0],
    ["greetings that nobody consented to", held("phone", "greeting", { unconsented: 4 }), "no_consent", 4],
    ["greetings with everybody's consent", held("phone", "greeting"), undefined, 0],
    ["an old home that nobody looked at", held("home", "move_in", { old: 7 }), "unused", 7],
    ["a new home that nobody looked at", held("home", "move_in"), undefined, 0],
  ])("%s", (_, one, why, count) => {
    const found = excessOf(regimeV1, [one], { uses: used, now })
    expect(found.map((line) => [line.why, line.count])).toEqual(why === undefined ? [] : [[why, count]])
  })
})

describe("nobody used it", () => {
  it("is not said while the traces are young, or where there are none", () => {
    const old = [held("home", "move_in", { old: 7 })]
    for (const since of [undefined, now - 100 * day]) {
      const uses = { since, fields: new Set<string>() }
      expect(canTell(uses, now)).toBe(false)
      expect(excessOf(regimeV1, old, { uses, now })).toEqual([])
    }
  })
})

it("consent is looked up for what is optional or stands on consent, each pair once", () => {
  const facts = [held("phone", "greeting"), held("phone", "greeting"), held("phone", "move_in")]
  expect(consentPairs(regimeV1, facts)).toEqual([{ field: "phone", purpose: "greeting" }])
})
