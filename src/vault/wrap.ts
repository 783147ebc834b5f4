/** Wrapped keys: a data or index key sealed under a KEK of the tenant, as it lies in the keyring. */

import { createSecretKey, type KeyObject } from "node:crypto"
import { openEnvelope, type SealingKey, sealEnvelope } from "./envelope.ts"
import type { DrawNonce } from "./nonce.ts"
import { Unopenable } from "./suite.ts"

/** Which key it is. The KEK's epoch is the version of the sealing key and is bound with it. */
export interface KeyPlace {
  readonly tenant: string
  /** What the key may do. An index key put where a data key lies does not unwrap. */
  readonly purpose: "data" | "index" | "mask" | "kek" | "ledger"
  /** Whose it is, from the widest to the narrowest, such as community, person, class, key version. */
  readonly of: readonly string[]
}

/** Wraps a key under the KEK. The plain bytes are zeroed before it returns. */
export function wrapKey(
  kek: SealingKey,
  { place, key }: { place: KeyPlace; key: KeyObject },
  draw: DrawNonce,
): Buffer {
  const plaintext = key.export()
  const wrapped = sealEnvelope(kek, { format: "key", names: namesOf(place), plaintext }, draw)
  plaintext.fill(0)
  return wrapped
}

/** The key, which must have that many bytes. Throws {@link Unopenable} when it is not the key wrapped for this place. */
export function unwrapKey(
  kek: SealingKey,
  { place, bytes }: { place: KeyPlace; bytes: number },
  wrapped: Uint8Array,
): KeyObject {
  const plaintext = openEnvelope(kek, { format: "key", names: namesOf(place) }, wrapped)
  if (plaintext.length !== bytes) throw new Unopenable()
  const key = createSecretKey(plaintext)
  plaintext.fill(0)
  return key
}

/** The names a wrapped key is bound to, in this order. */
export function namesOf(place: KeyPlace): readonly string[] {
  return [place.tenant, place.purpose, ...place.of]
}
