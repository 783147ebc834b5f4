/** Days of contracts, in the zone of the house. The zone of the product has no summer time. */

const dayMilliseconds = 86_400_000
const zoneMilliseconds = 8 * 3_600_000

/** @param day YYYY-MM-DD */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) - zoneMilliseconds
}

/** The first moment after the day. */
export function endOf(day: string): number {
  return startOf(day) + dayMilliseconds
}

export function dayOf(moment: number): string {
  return new Date(moment + zoneMilliseconds).toISOString().slice(0, 10)
}

/** The day that ends at this moment. */
export function lastDayOf(end: number): string {
  return dayOf(end - 1)
}
