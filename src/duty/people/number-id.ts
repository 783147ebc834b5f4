/** Numbers for tenants, communities and the like: made by the server, in order of time, safe in JSON (below 2^53). */

/** 2024-01-01T00:00:00Z: leaves room for 69 years. */
const since = 1_704_067_200_000
const randomRange = 4096

/** Decimal digits of a positive number: milliseconds since 2024, then twelve random bits. */
export function newNumberId(now: number, random: (bytes: number) => Uint8Array): string {
  const [high = 0, low = 0] = random(2)
  return String((now - since) * randomRange + (((high << 8) | low) % randomRange))
}
