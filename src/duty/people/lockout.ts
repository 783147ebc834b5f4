/** Lockout: after five failures in a row a log-in rests for a minute, after each further one twice as long, an hour at most. */

export interface Lockout {
  /** Failures since the last success. */
  readonly failures: number
  /** Milliseconds since the epoch; null: never locked, or lifted. */
  readonly lockedUntil: number | null
}

const freeFailures = 5
const shortest = 60_000
const longest = 3_600_000

export const noLockout: Lockout = { failures: 0, lockedUntil: null }

export function isLocked(lockout: Lockout, now: number): boolean {
  return lockout.lockedUntil !== null && now < lockout.lockedUntil
}

/** Whole minutes until the next try, for the sentence of the refusal. */
export function minutesLeft(lockout: Lockout, now: number): number {
  return Math.max(1, Math.ceil(((lockout.lockedUntil ?? now) - now) / 60_000))
}

export function afterFailure(lockout: Lockout, now: number): Lockout {
  const failures = lockout.failures + 1
  if (failures < freeFailures) return { failures, lockedUntil: null }
  return { failures, lockedUntil: now + Math.min(shortest * 2 ** (failures - freeFailures), longest) }
}
