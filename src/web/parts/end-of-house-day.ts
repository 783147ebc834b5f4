import type { Dayjs } from "dayjs"

/** The last moment of a day that was picked, in the time of the house, whatever the browser's zone. China has no summer time. */
export function endOfHouseDay(day: Dayjs): string {
  return new Date(`${day.format("YYYY-MM-DD")}T23:59:59.999+08:00`).toISOString()
}
