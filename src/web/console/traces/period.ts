/** Days of the address (`from=2026-10-04`) as points in time of the wire, in the time of the house. */

/** China has had one zone and no summer time since 1991. */
const houseOffset = "+08:00"
const day = /^\d{4}-\d{2}-\d{2}$/
const dayMilliseconds = 86_400_000

/** Midnight at which a day begins; `undefined` for what is no day. */
export function startOfDay(text: string | undefined): string | undefined {
  const at = midnight(text)
  return at === undefined ? undefined : new Date(at).toISOString()
}

/** Midnight at which a day is over: the end of a period that includes it. */
export function endOfDay(text: string | undefined): string | undefined {
  const at = midnight(text)
  return at === undefined ? undefined : new Date(at + dayMilliseconds).toISOString()
}

function midnight(text: string | undefined): number | undefined {
  if (text === undefined || !day.test(text)) return undefined
  const at = Date.parse(`${text}T00:00:00${houseOffset}`)
  return Number.isNaN(at) ? undefined : at
}
