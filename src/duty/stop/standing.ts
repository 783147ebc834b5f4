/** Who may propose a field: after ninety days, and with training that counts today. Clauses 2.4, 6.2. */

import { houseZone } from "../../base/instant.ts"
import { Refusal } from "../../base/refusal.ts"

/** Days from the first appointment in which nobody proposes. */
const newFor = 90

export interface Standing {
  /** Days as YYYY-MM-DD, in the house's zone. `since`: the first appointment; null: none. */
  readonly since: string | null
  /** The end of the newest training; null: none. */
  readonly trainedUntil: string | null
}

/** The first day on which somebody who came on `since` may propose. */
export function firstDay(since: string): string {
  const day = new Date(`${since}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + newFor)
  return day.toISOString().slice(0, 10)
}

export function isTrained({ trainedUntil }: Pick<Standing, "trainedUntil">, today: string): boolean {
  return trainedUntil !== null && trainedUntil >= today
}

/** Why they may not propose: `proposal.too_new` with the day from which they may, `proposal.no_training`. */
export function barOf(standing: Standing, today: string): Refusal | undefined {
  const from = firstDay(standing.since ?? today)
  if (today < from) return new Refusal("proposal.too_new", { date: from, limit: newFor })
  if (!isTrained(standing, today)) return new Refusal("proposal.no_training")
  return undefined
}

/** The day in the house's zone, as YYYY-MM-DD. */
export function dayOf(now: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: houseZone }).format(now)
}
