/** Who and what leaves with a copy: as granted, without children. Clauses 2.10, 4.7. */

import type { House } from "../../house.ts"
import { minorsAmong } from "../consent/consent-for.ts"
import { serverReader } from "./hand.ts"
import { type LentRow, readLent, readScope } from "./sql.ts"

/** What an authority may ask for by law is not held back from it. Clause 4.11. */
const purposeOfAuthorities = "authority_assist"

export interface Lent {
  readonly purpose: string
  /** How many persons leave. */
  readonly persons: number
  readonly rows: readonly LentRow[]
}

/**
 * Somebody under 14 is looked at one by one, with the guardian's consent and a named approver: in a list that leaves there is
 * neither, so they stay behind. Undefined when the application was not granted.
 */
export async function lentWith(
  house: House,
  communityId: string,
  applicationId: string,
): Promise<Lent | undefined> {
  const whole = serverReader(house, communityId)
  const scope = await readScope(whole, communityId, applicationId)
  if (scope === undefined) return undefined
  const { purpose, persons: granted } = scope
  const minors =
    purpose === purposeOfAuthorities ? new Set<string>() : await stayingBehind(house, communityId, granted)
  const persons = granted.filter((one) => !minors.has(one))
  const rows = await readLent(whole, communityId, { applicationId, persons })
  return { purpose, persons: persons.length, rows }
}

/** Of these persons, the children. */
export async function stayingBehind(
  house: House,
  communityId: string,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return new Set(await minorsAmong(serverReader(house, communityId), communityId, personIds))
}
