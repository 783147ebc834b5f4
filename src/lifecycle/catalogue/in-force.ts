/**
 * The regime in force as this process knows it. The clock of the database decides when a version comes into force, so that
 * every process and the database's own rules change over together; each looks once a second. Clauses 1.6, 2.3.
 */

import type { Database } from "../../platform/database.ts"
import type { Regime } from "./regime-shape.ts"
import { readVersion, versionInForce } from "./sql.ts"

const pollMilliseconds = 1_000

export class RegimeInForce {
  readonly #database: Database
  #regime: Regime
  #timer: NodeJS.Timeout

  private constructor(database: Database, regime: Regime) {
    this.#database = database
    this.#regime = regime
    this.#timer = this.#again()
  }

  static async open(database: Database): Promise<RegimeInForce> {
    return new RegimeInForce(database, await readVersion(database, await versionInForce(database)))
  }

  get regime(): Regime {
    return this.#regime
  }

  /** Reads which version is in force, and that version when it is another. */
  async refresh(): Promise<void> {
    const version = await versionInForce(this.#database)
    if (version !== this.#regime.version) this.#regime = await readVersion(this.#database, version)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  /** A database that is away changes nothing: the regime known last stays until it can be asked again. */
  #again(): NodeJS.Timeout {
    return setTimeout(() => {
      void this.refresh()
        .catch(() => undefined)
        .then(() => (this.#timer = this.#again()))
    }, pollMilliseconds).unref()
  }
}
