/** What other slices ask as applications do: who is behind an account, and what was opened under a use. Clauses 4.2, 4.4. */

import { findPersons } from "./duty-sql.ts"
import { type Asked, readRegister } from "./sql.ts"

/** The natural person behind each of these accounts: the account itself unless it is linked. */
export function personsBehind(asked: Asked, staffIds: readonly string[]) {
  return findPersons(asked, staffIds)
}

/** Step 3: every opening of plain text under it, first things first. */
export function registerOf(asked: Asked, communityId: string, useId: string) {
  return readRegister(asked, communityId, useId)
}
export type Registered = Awaited<ReturnType<typeof registerOf>>[number]
