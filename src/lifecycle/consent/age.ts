/** How long somebody is under 14 and under 18, as a month: no birth date is kept. Clause 2.10. */

import { yearsBetween } from "../catalogue/day.ts"
import { birthDateOf } from "../catalogue/id-number.ts"

/** PIPL 28 and 31: a guardian consents below 14. The law on the protection of minors: below 18. */
export const ages = [14, 18] as const
export type Age = (typeof ages)[number]

export interface AgeMonth {
  readonly under: Age
  /** First day of the month after; YYYY-MM-DD. */
  readonly ends: string
}

/**
 * What the numbers on file say on that day; nothing of a grown-up, or where none of them tells. Of two that differ the younger
 * counts: who is wrongly taken for a child is asked about, who is wrongly not is looked at.
 */
export function agesOf(numbers: readonly string[], today: string): AgeMonth[] {
  const [born] = numbers
    .flatMap((one) => birthDateOf(one) ?? [])
    .toSorted()
    .toReversed()
  if (born === undefined) return []
  return ages
    .filter((under) => yearsBetween(born, today) < under)
    .map((under) => ({ under, ends: monthAfter(Number(born.slice(0, 4)) + under, Number(born.slice(5, 7))) }))
}

/** As somebody said it: `2031-05` is the month in which they turn so old. */
export function endsAfter(month: string): string {
  return monthAfter(Number(month.slice(0, 4)), Number(month.slice(5, 7)))
}

function monthAfter(year: number, month: number): string {
  const [next, number] = month === 12 ? [year + 1, 1] : [year, month + 1]
  return `${next}-${String(number).padStart(2, "0")}-01`
}
