import { describe, expect, it } from "vitest"
import { capsOf } from "../../lifecycle/catalogue/approvals-v1.ts"
import { regimeV1 } from "../../lifecycle/catalogue/regime-v1.ts"
import { watchOf } from "../../lifecycle/catalogue/watch-v1.ts"
import type { WatchEvent } from "./event.ts"
import { eventOf, type TracedRow } from "./event-of.ts"
import { emptyMemory } from "./memory.ts"
import { watch } from "./watch.ts"

const [minute, day] = [60_000, 86_400_000]
const noon = Date.parse("2026-03-02T04:00:00Z")

interface Told {
  readonly at: number
  readonly home: string
  readonly reason?: string | null
  readonly act?: string
}

/** A look under break-glass; with `reason: null` one without any use. */
function lookAt({ at, home, reason = "medical", act = "use.look" }: Told): WatchEvent {
  const row: TracedRow = {
    trace_id: `t${at}${home}`,
    at: new Date(at),
    actor: "clerk",
    act,
    outcome: "done",
    use_id: reason === null ? null : `u${at}`,
    fields: ["phone"],
    subjects: 1,
    home_id: home,
    building_id: "1",
    is_order: false,
    is_own: false,
    reason: null,
    emergency: reason,
  }
  return eventOf(row)
}

const homes = (ids: readonly string[] = []) => new Set(ids)
const ties = {
  own: homes(["own"]),
  relatives: homes(["relative"]),
  colleagues: homes(["colleague"]),
  neighbours: homes(["neighbour"]),
}

function codesOf(events: readonly WatchEvent[]): string[] {
  const known = emptyMemory()
  const watching = { rules: watchOf(regimeV1), caps: capsOf(regimeV1), ties }
  return events.flatMap((event) => watch(known, event, watching)).map(({ code }) => code)
}

const times = (many: number, of: (nth: number) => Told) =>
  Array.from({ length: many }, (_, nth) => lookAt(of(nth)))

describe("break-glass", () => {
  it("at one's own or a relative's home is found, from the moment the glass breaks", () => {
    expect(codesOf([lookAt({ at: noon, home: "own", act: "emergency.break" })])).toEqual(["own_home"])
    expect(codesOf([lookAt({ at: noon, home: "relative" })])).toEqual(["relative"])
  })

  it("at a neighbour's, a colleague's or any home again and again is found; once it is an emergency", () => {
    const again = (home: string, many: number) => times(many, (nth) => ({ at: noon + nth * 5 * day, home }))
    expect(codesOf(again("neighbour", 3))).toEqual(["neighbour"])
    expect(codesOf(again("neighbour", 2))).toEqual([])
    expect(codesOf(again("colleague", 4))).toContain("colleague")
    expect(codesOf(again("far", 4))).toEqual(["repeated"])
    expect(codesOf(again("far", 3))).toEqual([])
  })

  it("at a neighbour's is counted with looks that had no reason at all", () => {
    const before = [0, 5].map((nth) => lookAt({ at: noon + nth * day, home: "neighbour", reason: null }))
    expect(codesOf([...before, lookAt({ at: noon + 9 * day, home: "neighbour" })])).toEqual(["neighbour"])
  })

  it("door after door is found where what happened concerns one household; a fire goes through the building", () => {
    const doors = (reason: string) =>
      times(12, (nth) => ({ at: noon + nth * 4 * minute, home: `h${nth}`, reason }))
    expect(codesOf(doors("medical"))).toEqual(["run"])
    for (const reason of ["fire", "flood", "gas"]) expect(codesOf(doors(reason))).toEqual([])
  })

  it("in good faith raises nothing: at night, for many households, with the repair that follows", () => {
    const night = noon + 14 * 3_600_000
    const nights = times(6, (nth) => ({ at: night + nth * 10 * day, home: `n${nth}`, reason: "flood" }))
    expect(codesOf(nights)).toEqual([])
    const fire = times(60, (nth) => ({ at: noon + nth * minute, home: `f${nth % 20}`, reason: "fire" }))
    const repair: WatchEvent = {
      ...lookAt({ at: noon + 90 * minute, home: "f1" }),
      kind: "order",
      ground: "own",
    }
    expect(codesOf([...fire, repair])).toEqual([])
  })
})

describe("an order of the same home after break-glass", () => {
  it("takes none of the looks of that day that had no order for reasoned", () => {
    const known = emptyMemory()
    const watching = { rules: watchOf(regimeV1), caps: capsOf(regimeV1), ties }
    const loose = lookAt({ at: noon, home: "far", reason: null })
    const alarm = lookAt({ at: noon + minute, home: "near" })
    const repair: WatchEvent = {
      ...lookAt({ at: noon + 2 * minute, home: "near" }),
      kind: "order",
      ground: "own",
    }
    for (const event of [loose, alarm, repair]) watch(known, event, watching)
    expect(Object.values(known.days)).toEqual([{ without: 1, within: 0, isWorked: true }])
  })
})
