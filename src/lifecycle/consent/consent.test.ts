import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import {
  answerOf,
  type ConsentEvent,
  coolingUntil,
  eventKinds,
  needsConsent,
  refuseStep,
  refuseUse,
  stateOf,
} from "./consent.ts"

const day = 86_400_000
const text = { purpose: "greeting", fields: ["phone"], coolDownDays: 90 }
const wider = { ...text, fields: ["phone", "name"] }

function event(kind: ConsentEvent["kind"], at = 0): ConsentEvent {
  return { kind, at, purpose: "greeting", fields: ["phone"] }
}

describe("the state of a person and a feature", () => {
  it.each([
    ["none", []],
    ["asked", ["asked"]],
    ["given", ["asked", "given"]],
    ["refused", ["asked", "refused"]],
    ["withdrawn", ["given", "withdrawn"]],
    ["lapsed", ["given", "lapsed"]],
    ["asked", ["given", "withdrawn", "asked"]],
    ["given", ["refused", "given"]],
  ] as const)("is %s after %j", (state, kinds) => {
    expect(
      stateOf(
        kinds.map((kind) => event(kind)),
        text,
      ),
    ).toBe(state)
  })

  it("is stale once the text wants more, and still while one is asked again", () => {
    expect(stateOf([event("given")], wider)).toBe("stale")
    expect(stateOf([event("given"), event("re_asked")], wider)).toBe("stale")
    expect(stateOf([event("given")], { purpose: "elder_care", fields: ["phone"] })).toBe("stale")
    expect(stateOf([event("given")], { ...text, fields: [] })).toBe("given")
  })
})

describe("a step", () => {
  const step = (kind: ConsentEvent["kind"], now: number, isOwnWish = false) => ({ kind, now, isOwnWish })

  it("after a no waits for the cool-down, to the millisecond", () => {
    const events = [event("refused", day)]
    expect(coolingUntil(events, text)).toBe(91 * day)
    expect(refuseStep(events, text, step("asked", 91 * day - 1))).toEqual({
      code: "consent.cool_down",
      until: 91 * day,
    })
    expect(refuseStep(events, text, step("asked", 91 * day))).toBeUndefined()
    expect(refuseStep(events, text, step("given", day + 1, true))).toBeUndefined()
  })

  it("is asked again only where the text has become wider", () => {
    expect(refuseStep([event("given")], text, step("re_asked", 1))).toEqual({ code: "consent.nothing_new" })
    expect(refuseStep([event("given")], wider, step("re_asked", 1))).toBeUndefined()
  })

  it("takes back only what was given", () => {
    expect(refuseStep([], text, step("withdrawn", 1))).toEqual({ code: "consent.not_given" })
    expect(refuseStep([event("given")], text, step("withdrawn", 1))).toBeUndefined()
  })
})

const history = fc.array(
  fc.record({
    kind: fc.constantFrom(...eventKinds),
    isOwnWish: fc.boolean(),
    wait: fc.integer({ min: 0, max: 120 * day }),
  }),
  { maxLength: 30 },
)

/** What happens when everybody tries anything: only allowed steps become events. */
function played(steps: typeof history extends fc.Arbitrary<infer Steps> ? Steps : never): ConsentEvent[] {
  let now = 0
  const events: ConsentEvent[] = []
  for (const { kind, isOwnWish, wait } of steps) {
    now += wait
    if (refuseStep(events, text, { kind, isOwnWish, now }) === undefined) events.push(event(kind, now))
  }
  return events
}

describe("any history of allowed steps", () => {
  it("uses a field exactly while the last answer is yes", () => {
    fc.assert(
      fc.property(history, (steps) => {
        const events = played(steps)
        const last = answerOf(events)
        const answers = last === undefined ? [] : [{ ...last, kind: kindOf(last) }]
        const isOpen = refuseUse(answers, { purpose: "greeting", fields: ["phone"] }) === undefined
        expect(isOpen).toBe(stateOf(events, text) === "given")
      }),
    )
  })

  it("lets a yes be taken back at any time, and never a no be asked about before its day", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 89 * day }), (steps, later) => {
        const events = played(steps)
        const last = answerOf(events)
        if (last === undefined) return
        const now = last.at + later
        const withdrawn = refuseStep(events, text, { kind: "withdrawn", isOwnWish: false, now })
        expect(withdrawn === undefined).toBe(last.kind === "given")
        if (last.kind !== "refused" && last.kind !== "withdrawn") return
        expect(refuseStep(events, text, { kind: "asked", isOwnWish: false, now })?.code).toBe(
          "consent.cool_down",
        )
      }),
    )
  })
})

function kindOf({ kind }: ConsentEvent) {
  if (kind === "asked" || kind === "re_asked") throw new Error("no answer")
  return kind
}

describe("the use of a field", () => {
  const given = { kind: "given", purpose: "greeting", fields: ["phone"] } as const

  it("is for the purpose and the fields that were given, no more", () => {
    expect(refuseUse([given], { purpose: "greeting", fields: ["phone"] })).toBeUndefined()
    expect(refuseUse([given], { purpose: "greeting", fields: ["phone", "name"] })).toBe("consent.missing")
    expect(refuseUse([given], { purpose: "elder_care", fields: ["phone"] })).toBe("consent.missing")
    expect(refuseUse([{ ...given, kind: "withdrawn" }], { purpose: "greeting", fields: ["phone"] })).toBe(
      "consent.withdrawn",
    )
  })

  it.each([
    ["repair", "phone", false],
    ["repair", "landline", false],
    ["repair", "title", true],
    ["parking", "plate", false],
    ["fee", "location", true],
    ["greeting", "phone", true],
    ["elder_care", "name", true],
    ["authority_assist", "household", false],
  ])("of %s × %s needs consent: %s", (purpose, field, isNeeded) => {
    expect(needsConsent(regimeV1, purpose, field)).toBe(isNeeded)
  })
})
