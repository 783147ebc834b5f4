/** What a copy needs to keep secret: its password and what it is known by. Each under a key of its own. Clause 3.9. */

import type { House } from "../../house.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { openFacts } from "../../vault/opening.ts"
import { type Facts, sealRecord } from "../../vault/record.ts"

/** Whose, and of what: a file, a copy or a decoy. */
export interface Owner {
  readonly tenantId: string
  readonly communityId: string
  readonly subjectId: string
}

const keyClass = "service"

export function keyName(owner: Owner) {
  return { ...owner, class: keyClass }
}

function placeOf({ tenantId, communityId, subjectId }: Owner) {
  return { tenant: tenantId, community: communityId, subject: subjectId, name: keyClass, version: 1 }
}

export async function sealFacts(house: House, owner: Owner, facts: Facts): Promise<Buffer> {
  const [key] = await house.keyring.ensureDataKeys([keyName(owner)])
  if (key === undefined) throw new Error("a key was not made")
  return sealRecord(key, { place: placeOf(owner), facts }, drawNonce)
}

/** Undefined when its key is gone. */
export function unsealFacts(house: House, owner: Owner, sealed: Uint8Array): Promise<Facts | undefined> {
  return openFacts(house.keyring, placeOf(owner), sealed)
}
