/**
 * Log-ins that do not exist lock like those that do, so that guessing never tells which exist. Kept in memory only: what
 * was typed may be somebody's password in the wrong box.
 */

import { afterFailure, type Lockout, noLockout } from "./lockout.ts"

const rememberedLogins = 10_000

export class Strangers {
  readonly #lockouts = new Map<string, Lockout>()

  lockout(login: string): Lockout {
    return this.#lockouts.get(login) ?? noLockout
  }

  fail(login: string, now: number): void {
    const lockout = afterFailure(this.lockout(login), now)
    this.#lockouts.delete(login)
    const [oldest] = this.#lockouts.keys()
    if (this.#lockouts.size >= rememberedLogins && oldest !== undefined) this.#lockouts.delete(oldest)
    this.#lockouts.set(login, lockout)
  }
}
