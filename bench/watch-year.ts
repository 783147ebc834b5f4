/**
 * Lawful work of a year, trace by trace: shifts, seasons, busy days, nights, honest repeats, slips of the keyboard. What
 * people may do is told by how desks work, not by what the rules look for.
 */

import type { WatchEvent } from "../src/duty/watch/event.ts"
import type { Chance } from "./leak-lists.ts"
import { draw, type Household, type Town, type Worker } from "./watch-town.ts"

export type Stream = Map<string, WatchEvent[]>

export const dayLength = 86_400_000
const hour = 3_600_000
const minute = 60_000
/** Midnight in the house's zone. */
export const yearBegins = Date.UTC(2026, 0, 1) - 8 * hour

const hours = { early: [7, 15], late: [13, 21], night: [21, 31] } as const

const nothing: Omit<WatchEvent, "traceId" | "at"> = {
  kind: "other",
  home: null,
  building: null,
  ground: "none",
  plain: [],
  useId: null,
  isGiven: false,
  reason: null,
}

let traces = 0

export function traceOf(at: number, what: Partial<WatchEvent>): WatchEvent {
  traces += 1
  return { ...nothing, ...what, at: Math.round(at), traceId: `t${traces}` }
}

export function about({ place }: Pick<Household, "place">): Pick<WatchEvent, "home" | "building"> {
  return { home: place.homeId, building: place.buildingId }
}

export function isAtWork({ free, shift }: Worker, day: number): boolean {
  // Nights come in blocks of a week.
  if (shift === "night") return day % 14 < 7
  return !free.includes(day % 7)
}

const swaps = { early: "late", late: "early", night: "late" } as const

/** Now and then shifts are swapped, and every few months some are changed for good. */
function shiftOf({ shift, id }: Worker, day: number): Worker["shift"] {
  const own = Number(id.split(" ")[1])
  const isChanged = own % 3 === 0 && shift !== "night" && Math.floor(day / 90) % 2 === 1
  const isSwapped = (day * 31 + own * 17) % 37 === 0
  return isChanged !== isSwapped ? swaps[shift] : shift
}

export function momentAtWork(worker: Worker, day: number, chance: Chance): number {
  const [from, until] = hours[shiftOf(worker, day)]
  return yearBegins + day * dayLength + (from + (until - from) * chance()) * hour
}

interface Year {
  readonly town: Town
  readonly repairers: readonly (readonly Worker[])[]
  readonly chance: Chance
  readonly stream: Stream
}

export function lawfulYear(town: Town, { days, chance }: { days: number; chance: Chance }): Stream {
  const stream: Stream = new Map(town.staff.map(({ id }) => [id, []]))
  const of = (wanted: Worker["work"]) =>
    town.byBuilding.map((_, nth) =>
      town.staff.filter(({ work, buildings }) => work === wanted && buildings.includes(nth)),
    )
  const desks = of("clerk")
  const year = { town, chance, stream, repairers: of("repairer") }
  for (let day = 0; day < days; day += 1) {
    for (const [nth, households] of town.byBuilding.entries())
      matters(year, { day, households, desk: desks[nth] ?? [] })
    for (const worker of town.staff) if (isAtWork(worker, day)) oneDay(year, worker, day)
  }
  for (const events of stream.values()) events.sort((a, b) => a.at - b.at)
  return stream
}

/** Summers and winters are busier; now and then a pipe bursts and a third of the building calls. */
function matters(
  year: Year,
  { day, households, desk }: { day: number; households: readonly Household[]; desk: readonly Worker[] },
): void {
  const { chance } = year
  const present = desk.filter((worker) => isAtWork(worker, day))
  if (present.length === 0) return
  const season = 1 + 0.4 * Math.cos((4 * Math.PI * day) / 365)
  const isBurst = chance() < 0.004
  for (const household of households) {
    const share = (household.rate * season) / 365 + (isBurst ? 0.3 : 0)
    if (chance() >= share) continue
    const clerk = draw.of(present, chance)
    // One's own family is a colleague's matter.
    if (isOwn(clerk, household)) continue
    matter(year, { household, clerk, at: momentAtWork(clerk, day, chance) })
    if (household.isInsistent) insist(year, { household, desk, day })
  }
}

function isOwn({ home, relatives }: Worker, { place }: Household): boolean {
  return home?.homeId === place.homeId || relatives.some((one) => one.homeId === place.homeId)
}

/** Comes again within weeks, to whoever is at the desk. */
function insist(
  year: Year,
  { household, desk, day }: { household: Household; desk: readonly Worker[]; day: number },
): void {
  const { chance } = year
  for (let again = draw.between(1, 5, chance); again > 0; again -= 1) {
    const later = day + draw.between(1, 24, chance)
    const present = desk.filter((one) => isAtWork(one, later) && !isOwn(one, household))
    if (present.length === 0 || later > 364) continue
    const clerk = draw.of(present, chance)
    matter(year, { household, clerk, at: momentAtWork(clerk, later, chance) })
  }
}

function add({ stream }: Year, { id }: Pick<Worker, "id">, event: WatchEvent): void {
  stream.get(id)?.push(event)
}

/** A call: the page of the household, an order in most cases, a repairer for half of them. */
function matter(
  year: Year,
  { household, clerk, at }: { household: Household; clerk: Worker; at: number },
): void {
  const { chance } = year
  const where = about(household)
  const say = (later: number, what: Partial<WatchEvent>) =>
    add(year, clerk, traceOf(at + later * minute, what))
  if (chance() < 0.7) say(0, { ...where, kind: "look" })
  if (chance() < 0.12) return
  const taken = 1 + 6 * chance()
  say(taken, { ...where, kind: "order", ground: "own" })
  const isRepair = chance() < 0.55
  if (!isRepair) {
    if (chance() < 0.6)
      say(taken + 30 * chance(), { ...where, kind: "look", ground: "own", plain: ["phone"] })
    say(taken + 60 + 400 * chance(), { ...where, kind: "order", ground: "own" })
    return
  }
  say(taken + 20 * chance(), { ...where, kind: "handed", ground: "given" })
  const repairers = year.repairers[household.building] ?? []
  if (repairers.length === 0) return
  const looked = at + (40 + 300 * chance()) * minute
  const seen = { ...where, kind: "look", ground: "given", plain: ["phone", "repair"] } as const
  add(year, draw.of(repairers, chance), traceOf(looked, seen))
  if (chance() < 0.3) say(400 + 600 * chance(), { ...where, kind: "look", ground: "given", plain: ["phone"] })
}

/** What a day has beside calls: signatures, a look at what others did, a report after the shift. */
function oneDay(year: Year, worker: Worker, day: number): void {
  const { chance } = year
  if (worker.work === "clerk") clerksDay(year, worker, day)
  if (worker.work === "supervisor" || worker.work === "manager") signs(year, worker, day)
  const read = worker.work === "supervisor" ? draw.count(4, chance) : 0
  for (let nth = 0; nth < read; nth += 1) {
    const seen = { ...about(servedBy(year, worker)), kind: "look", ground: "given" } as const
    add(year, worker, traceOf(momentAtWork(worker, day, chance), seen))
  }
  if (chance() < 0.05) add(year, worker, traceOf(momentAtWork(worker, day, chance) + hour, { kind: "other" }))
}

function servedBy({ town, chance }: Year, { buildings }: Worker): Household {
  return draw.of(town.byBuilding[draw.of(buildings, chance)] ?? town.households, chance)
}

/** Slips of the keyboard, and questions that need no order. */
function clerksDay(year: Year, worker: Worker, day: number): void {
  const { chance } = year
  // Now and then a list with old numbers is gone through by hand.
  const slips = draw.count(0.6, chance) + (chance() < 0.004 ? 6 : 0)
  for (let nth = 0; nth < slips; nth += 1)
    add(year, worker, traceOf(momentAtWork(worker, day, chance), { kind: "miss" }))
  for (let asked = draw.count(2.5, chance); asked > 0; asked -= 1) {
    const household = servedBy(year, worker)
    if (isOwn(worker, household)) continue
    add(year, worker, traceOf(momentAtWork(worker, day, chance), { ...about(household), kind: "look" }))
  }
}

const reasons = ["not_needed", "wrong_purpose", "too_much", "unclear", "other"]

function signs(year: Year, worker: Worker, day: number): void {
  const { chance } = year
  for (let signed = draw.count(worker.work === "manager" ? 0.5 : 0.9, chance); signed > 0; signed -= 1) {
    const at = momentAtWork(worker, day, chance)
    const useId = `use ${at}`
    // Most are read; a renewed one that is known well is signed quickly.
    const seconds = chance() < 0.05 ? 2 + 6 * chance() : 12 + 300 * chance() * chance()
    add(year, worker, traceOf(at, { kind: "opened", useId }))
    const isGiven = chance() < 0.9
    const reason = isGiven ? null : draw.of(reasons, chance)
    add(
      year,
      worker,
      traceOf(at + seconds * 1_000, { kind: "signed", ground: "given", useId, isGiven, reason }),
    )
  }
}
