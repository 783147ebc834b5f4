/** Weeks as ISO 8601 counts them: from Monday on, the first of a year holds its first Thursday. In the time of the house. */

const houseOffset = 8 * 3_600_000
const day = 86_400_000

export function weekOf(at: number): { readonly year: number; readonly week: number } {
  const midnight = Math.floor((at + houseOffset) / day) * day
  const weekday = (new Date(midnight).getUTCDay() + 6) % 7
  const thursday = midnight + (3 - weekday) * day
  const year = new Date(thursday).getUTCFullYear()
  return { year, week: 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * day)) }
}
