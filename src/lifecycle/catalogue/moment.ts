/** Passages of gates and cars: the day and a part of it, never the minute. */

const local = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?$/
const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/** China has one zone and no summer time. */
const chinaOffset = 8 * 3_600_000

/** `2026-03-01 早`; 早 from 5, 午 from 11, 晚 from 17. Undefined when it is no point in time. */
export function maskMoment(value: string): string | undefined {
  const [, day, hour] = local.exec(inChina(value)) ?? []
  return day === undefined || hour === undefined ? undefined : `${day} ${bandOf(Number(hour))}`
}

function inChina(value: string): string {
  const time = zoned.test(value) ? Date.parse(value) : Number.NaN
  return Number.isFinite(time) ? new Date(time + chinaOffset).toISOString().slice(0, 19) : value
}

function bandOf(hour: number): string {
  if (hour >= 5 && hour < 11) return "早"
  return hour >= 11 && hour < 17 ? "午" : "晚"
}
