/** A person's one-time-code secret, sealed under a data key of the person. Clauses 3.9, 4.1. */

import { Refusal } from "../../base/refusal.ts"
import { drawNonce, type Keyring } from "../../vault/keyring.ts"
import { openRecord, type Place, sealRecord } from "../../vault/record.ts"

interface Owner {
  readonly tenantId: string
  readonly staffId: string
}

export async function sealSecret(keyring: Keyring, owner: Owner, secret: string): Promise<Buffer> {
  const [key] = await keyring.ensureDataKeys([keyNameOf(owner)])
  if (key === undefined) throw new Refusal("server.sealed")
  return sealRecord(key, { place: placeOf(owner), facts: { secret } }, drawNonce)
}

/** Throws `server.sealed` when the key is not there. */
export async function openSecret(keyring: Keyring, owner: Owner, sealed: Buffer): Promise<string> {
  const key = await keyring.dataKey(keyNameOf(owner))
  if (key === undefined) throw new Refusal("server.sealed")
  const { secret } = openRecord(key, placeOf(owner), sealed)
  if (typeof secret !== "string") throw new Error("sealed record is not a secret")
  return secret
}

/** The key's name: destroying it makes every copy of the secret noise. */
export function keyNameOf({ tenantId, staffId }: Owner): Parameters<Keyring["dataKey"]>[0] {
  return { tenantId, communityId: "0", subjectId: staffId, class: "sign_in" }
}

/** A secret is replaced as a whole, never changed: always version 1. */
function placeOf({ tenantId, staffId }: Owner): Place {
  return { tenant: tenantId, community: "0", subject: staffId, name: "sign_in", version: 1 }
}
