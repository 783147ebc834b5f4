/** Twelve kinds of people who look where they should not, each in many ways: what they add to their lawful work. */

import { areNeighbours, type WatchEvent } from "../src/duty/watch/event.ts"
import type { WatchCode } from "../src/lifecycle/catalogue/watch-shape.ts"
import type { Chance } from "./leak-lists.ts"
import { draw, type Household, type Town, type Worker } from "./watch-town.ts"
import { about, dayLength, isAtWork, momentAtWork, traceOf, yearBegins } from "./watch-year.ts"

interface Snooping {
  readonly town: Town
  readonly worker: Worker
  readonly chance: Chance
  readonly from: number
  readonly days: number
}

const minute = 60_000
const hour = 60 * minute

/** With or without a pretext: an order that one opens and closes oneself. */
function glance(at: number, household: Pick<Household, "place">, pretext: boolean): WatchEvent[] {
  const where = about(household)
  if (!pretext) return [traceOf(at, { ...where, kind: "look" })]
  return [
    traceOf(at, { ...where, kind: "order", ground: "own" }),
    traceOf(at + minute, { ...where, kind: "look", ground: "own", plain: ["phone"] }),
    traceOf(at + 3 * minute, { ...where, kind: "order", ground: "own" }),
  ]
}

/** On so many of the days at work, out of thirty. */
function often(
  { worker, chance, from, days }: Snooping,
  monthly: number,
  what: (at: number, day: number) => WatchEvent[],
): WatchEvent[] {
  return Array.from({ length: days - from }, (_, nth) => from + nth)
    .filter((day) => isAtWork(worker, day) && chance() < monthly / 21)
    .flatMap((day) => what(momentAtWork(worker, day, chance), day))
}

function target({ town, worker, chance }: Snooping): Household {
  return draw.of(town.byBuilding[draw.of(worker.buildings, chance)] ?? town.households, chance)
}

function placed(place: Household["place"] | undefined): Pick<Household, "place"> {
  if (place === undefined) throw new Error("lives nowhere here")
  return { place }
}

type Kind = (snooping: Snooping) => WatchEvent[]

const tied =
  (placeOf: (snooping: Snooping) => Pick<Household, "place">, most: number): Kind =>
  (snooping) => {
    const { chance } = snooping
    const one = placeOf(snooping)
    const pretexts = 0.5 * chance()
    return often(snooping, 1 + (most - 1) * chance(), (at) => glance(at, one, chance() < pretexts))
  }

export const kinds: Readonly<Record<WatchCode, Kind>> = {
  own_home: tied(({ worker }) => placed(worker.home), 4),
  relative: tied(({ worker }) => placed(worker.relatives[0]), 4),
  colleague: (snooping) => {
    const { town, worker, chance } = snooping
    const one = placed(
      draw.of(
        town.staff.filter(({ home, id }) => home !== undefined && id !== worker.id),
        chance,
      ).home,
    )
    return often(snooping, 3 + 5 * chance(), (at) => glance(at, one, false))
  },
  neighbour: (snooping) => {
    const { town, worker, chance } = snooping
    const home = placed(worker.home).place
    const near = town.households.filter(({ place }) => areNeighbours(home, place))
    const some = near.slice(0, draw.between(1, 3, chance))
    return often(snooping, 3 + 6 * chance(), (at) => glance(at, draw.of(some, chance), false))
  },
  off_duty: (snooping) => {
    const { worker, chance, from, days } = snooping
    const weekly = 0.8 + 2 * chance()
    return Array.from({ length: days - from }, (_, nth) => from + nth)
      .filter((day) => !isAtWork(worker, day) && chance() < weekly / 2)
      .flatMap((day) => {
        const at = yearBegins + day * dayLength + (9 + 14 * chance()) * hour
        const homes = draw.between(1, 4, chance)
        return Array.from({ length: homes }, (_, nth) =>
          glance(at + nth * 4 * minute, target(snooping), false),
        ).flat()
      })
  },
  no_order: (snooping) => {
    const { chance } = snooping
    const daily = 6 + 12 * chance()
    return often(snooping, 21, (at) =>
      Array.from({ length: draw.count(daily, chance) }, (_, nth) =>
        glance(at + nth * 11 * minute, target(snooping), false),
      ).flat(),
    )
  },
  repeated: (snooping) => {
    const { chance } = snooping
    const one = target(snooping)
    const pretexts = 0.7 * chance()
    return often(snooping, 6 + 10 * chance(), (at) => glance(at, one, chance() < pretexts))
  },
  probe: (snooping) => {
    const { chance } = snooping
    return often(snooping, 1 + 3 * chance(), (at) =>
      Array.from({ length: draw.between(12, 45, chance) }, (_, nth) =>
        traceOf(at + nth * 1.5 * minute, { kind: "miss" }),
      ),
    )
  },
  run: (snooping) => {
    const { town, worker, chance } = snooping
    return often(snooping, 1 + 3 * chance(), (at) => {
      const homes = town.byBuilding[draw.of(worker.buildings, chance)] ?? []
      const first = Math.floor(chance() * (homes.length - 30))
      const pace = (0.5 + 1.5 * chance()) * minute
      const many = draw.between(10, 28, chance)
      return homes.slice(first, first + many).flatMap((one, nth) => glance(at + nth * pace, one, false))
    })
  },
  haste: (snooping) => {
    const { chance } = snooping
    const style = draw.of(["blind", "glance", "rubber", "copied"] as const, chance)
    return often(snooping, 21, (at) =>
      Array.from({ length: draw.count(1.5, chance) + 1 }, (_, nth) =>
        signature(at + nth * 20 * minute, style, chance),
      ).flat(),
    )
  },
  near_caps: (snooping) => {
    const { chance } = snooping
    const daily = 110 + 60 * chance()
    const households = snooping.town.households
    return often(snooping, 21, (at) =>
      Array.from({ length: draw.count(daily, chance) }, (_, nth) => {
        const seen = {
          ...about(draw.of(households, chance)),
          kind: "look",
          ground: "given",
          plain: [draw.of(["phone", "name", "plate"], chance)],
        } as const
        return traceOf(at + nth * 2 * minute, seen)
      }),
    )
  },
  patient: (snooping) => {
    const { chance } = snooping
    const one = target({ ...snooping })
    const pretexts = chance()
    const yearly = 14 + 14 * chance()
    return often({ ...snooping, from: 0 }, yearly / 12, (at) => glance(at, one, chance() < pretexts))
  },
}

function signature(
  at: number,
  style: "blind" | "glance" | "rubber" | "copied",
  chance: Chance,
): WatchEvent[] {
  const useId = `use ${at}`
  const isGiven = style !== "copied" || chance() < 0.4
  const reason = isGiven ? null : "other"
  const quick = style === "glance" ? 1 + 3 * chance() : 14 + 120 * chance()
  const signed = traceOf(at + quick * 1_000, { kind: "signed", ground: "given", useId, isGiven, reason })
  return style === "blind" ? [signed] : [traceOf(at, { kind: "opened", useId }), signed]
}

/** Who could be this kind of snooper at all. */
export function couldBe(kind: WatchCode, { work, home, relatives }: Worker): boolean {
  if (kind === "haste") return work === "supervisor" || work === "manager"
  if (work !== "clerk") return false
  if (kind === "own_home" || kind === "neighbour") return home !== undefined
  return kind === "relative" ? relatives.length > 0 : true
}
