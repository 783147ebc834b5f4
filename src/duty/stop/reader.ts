/** Reads under the actor's row security, for what holds nothing of an owner: no trace. */

import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"

export function readerOf({ spine }: Pick<House, "spine">, { context }: Actor): Reader {
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}
