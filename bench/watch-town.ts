/** An invented community and its staff, for the score of watchfulness: homes, shifts, who lives where. Knows no rule. */

import type { Place } from "../src/duty/watch/event.ts"
import { type Chance, chanceOf } from "./leak-lists.ts"

export type Work = "clerk" | "supervisor" | "repairer" | "manager"

export interface Worker {
  readonly id: string
  readonly work: Work
  /** Numbers of the buildings they serve. */
  readonly buildings: readonly number[]
  readonly shift: "early" | "late" | "night"
  /** Which days of the week are free. */
  readonly free: readonly [number, number]
  readonly home: Place | undefined
  readonly relatives: readonly Place[]
}

export interface Household {
  readonly place: Place
  readonly building: number
  /** Matters a year. */
  readonly rate: number
  /** One that comes again and again about the same thing. */
  readonly isInsistent: boolean
}

export interface Town {
  readonly households: readonly Household[]
  readonly byBuilding: readonly (readonly Household[])[]
  readonly staff: readonly Worker[]
}

export const draw = {
  of<Item>(items: readonly Item[], chance: Chance): Item {
    const item = items[Math.floor(chance() * items.length)]
    if (item === undefined) throw new Error("nothing to draw from")
    return item
  },
  between: (from: number, until: number, chance: Chance) => from + Math.floor(chance() * (until - from + 1)),
  /** Poisson, by Knuth; large means are split. */
  count(mean: number, chance: Chance): number {
    if (mean > 30) return draw.count(mean / 2, chance) + draw.count(mean / 2, chance)
    const limit = Math.exp(-mean)
    let product = chance()
    let count = 0
    for (; product > limit; count += 1) product *= chance()
    return count
  },
}

export function townOf({ staff, homes, seed }: { staff: number; homes: number; seed: number }): Town {
  const chance = chanceOf(seed)
  const buildings = Math.max(2, Math.round(homes / 100))
  const households = Array.from({ length: homes }, (_, at) => householdOf(at, buildings, chance))
  const byBuilding = Array.from({ length: buildings }, (_, nth) =>
    households.filter((one) => one.building === nth),
  )
  const workers = Array.from({ length: staff }, (_, at) => workerOf(at, { buildings, households, chance }))
  return { households, byBuilding, staff: workers }
}

function householdOf(at: number, buildings: number, chance: Chance): Household {
  const building = at % buildings
  const nth = Math.floor(at / buildings)
  const room = String(100 * (1 + Math.floor(nth / 8)) + 1 + (nth % 4))
  const place = {
    homeId: `home ${at}`,
    buildingId: String(building + 1),
    unit: String(1 + (Math.floor(nth / 4) % 2)),
    room,
  }
  const kind = chance()
  const rate = kind < 0.02 ? 20 + 20 * chance() : 4 + 16 * chance() * chance()
  return { place, building, rate, isInsistent: kind > 0.97 }
}

const shifts = ["early", "late", "early", "late", "early", "late", "night"] as const

function workerOf(
  at: number,
  { buildings, households, chance }: { buildings: number; households: readonly Household[]; chance: Chance },
): Worker {
  const kind = at % 20
  const other = kind < 17 ? "repairer" : kind < 19 ? "supervisor" : "manager"
  const work = kind < 12 ? "clerk" : other
  const first = Math.floor(chance() * buildings)
  const many = work === "clerk" ? 3 : work === "manager" ? buildings : 8
  const served = Array.from({ length: Math.min(many, buildings) }, (_, nth) => (first + nth) % buildings)
  const free = draw.between(0, 6, chance)
  return {
    id: `staff ${at}`,
    work,
    buildings: served,
    shift: work === "clerk" || work === "repairer" ? draw.of(shifts, chance) : "early",
    free: [free, (free + 1) % 7],
    home: chance() < 0.25 ? draw.of(households, chance).place : undefined,
    relatives: chance() < 0.15 ? [draw.of(households, chance).place] : [],
  }
}
