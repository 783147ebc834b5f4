/**
 * One household again and again: within weeks, or patiently over a year. Who serves few homes meets each of them often, so it is
 * measured against how often the person meets any other home. Clause 6.4.
 */

import type { WatchRules } from "../../lifecycle/catalogue/watch-shape.ts"
import type { Mark, Memory, Visit } from "./memory.ts"
import { dayOf } from "./off-duty.ts"

const dayMilliseconds = 86_400_000

interface Household {
  readonly code: "repeated" | "patient"
  readonly home: string
  readonly marks: readonly Mark[]
}

export function oneHouseholdOf(
  known: Memory,
  { home, at }: { home: string; at: number },
  rules: WatchRules,
): Household[] {
  const visits = known.visits[home] ?? []
  const isLong = spanOf(visits) >= rules.patient.spanDays
  const all = [
    { code: "repeated", often: rules.repeated, isMeant: true },
    { code: "patient", often: rules.patient, isMeant: isLong },
  ] as const
  return all.flatMap(({ code, often: { times, days }, isMeant }): Household[] => {
    if (!isMeant) return []
    const since = at - days * dayMilliseconds
    const many = timesOf(known, { home, since }, rules)
    const isFound = many >= times && chanceOf(many, usualOf(known, { home, since }, rules)) <= rules.chance
    return isFound ? [{ code, home, marks: visits.filter((one) => one.at > since) }] : []
  })
}

/** On how many days; one on which there was an order of one's own only counts less. */
export function daysOf(visits: readonly Visit[], ownWeight: number): number {
  const days = new Map<string, number>()
  for (const { at, isOwn } of visits)
    days.set(dayOf(at), Math.max(days.get(dayOf(at)) ?? 0, isOwn ? ownWeight : 1))
  return [...days.values()].reduce((sum, one) => sum + one, 0)
}

interface Window {
  readonly home: string
  readonly since: number
}

function timesOf(known: Memory, { home, since }: Window, { ownWeight }: WatchRules): number {
  const visits = (known.visits[home] ?? []).filter(({ at }) => at > since)
  const handed = (known.handed[home] ?? []).filter((at) => at > since)
  return daysOf(visits, ownWeight) - handed.length
}

interface Usual {
  readonly homes: number
  /** A home, in the same time. */
  readonly times: number
}

function usualOf(known: Memory, { home, since }: Window, rules: WatchRules): Usual {
  const others = Object.keys(known.visits).filter((one) => one !== home)
  const times = others.reduce(
    (sum, one) =>
      sum +
      daysOf(
        (known.visits[one] ?? []).filter(({ at }) => at > since),
        rules.ownWeight,
      ),
    0,
  )
  return { homes: others.length + 1, times: times / Math.max(1, others.length) }
}

/** That any of so many homes is met so often, when each is met by chance (Poisson). */
function chanceOf(many: number, { homes, times }: Usual): number {
  let term = Math.exp(-times)
  let below = term
  for (let nth = 1; nth < Math.floor(many); nth += 1) {
    term *= times / nth
    below += term
  }
  return homes * Math.max(0, 1 - below)
}

function spanOf(marks: readonly Mark[]): number {
  const [first, last] = [marks[0], marks.at(-1)]
  return first === undefined || last === undefined ? 0 : (last.at - first.at) / dayMilliseconds
}
