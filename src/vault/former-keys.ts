/** Keys that have a successor, and the order to give them one. Clauses 3.9, 5.3. */

import type pg from "pg"
import {
  destroyFormerKeys,
  endReseal,
  type OldKeys,
  oldFormerKeys,
  orderReseal,
  type Reseal,
  readReseal,
} from "./former-key-sql.ts"
import type { FormerKey } from "./key-state.ts"

export class FormerKeys {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** Orders that the tenant's records be sealed anew. Ordered twice, it begins again. */
  order(tenantId: string, now: number): Promise<void> {
    return orderReseal(this.#pool, tenantId, new Date(now))
  }

  /** The order that has not ended. */
  async ordered(tenantId: string): Promise<Reseal | undefined> {
    const order = await readReseal(this.#pool, tenantId)
    return order?.endedAt === null ? order : undefined
  }

  /** Ends the order that was read; one that came in the meantime stays. */
  end(order: Reseal, now: number): Promise<void> {
    return endReseal(this.#pool, order, new Date(now))
  }

  /** Those replaced before `since`, the oldest first, a batch at a time. */
  old(tenantId: string, which: OldKeys): Promise<FormerKey[]> {
    return oldFormerKeys(this.#pool, tenantId, which)
  }

  /** What they sealed, in old backups, is noise from here on. */
  destroy(keys: readonly FormerKey[], since: Date): Promise<void> {
    return destroyFormerKeys(this.#pool, keys, since)
  }
}
