/** Roots: what wraps the tenants' key-encrypting keys and never lies in a database. Clause 3.9. */

import { type KeyObject, randomFillSync } from "node:crypto"
import { nonceSource } from "./nonce.ts"
import type { SealReason } from "./seal-reason.ts"
import { A1 } from "./suite.ts"
import { type KeyPlace, unwrapKey, wrapKey } from "./wrap.ts"

/** A place that holds the root key: a file, a token, a transit service. Every method may be slow and may fail. */
export interface Root {
  /** For people and logs: the kind and where it is, never what it holds. */
  readonly name: string
  /** Throws {@link RootUnavailable} when the place does not answer. */
  wrap(place: KeyPlace, key: KeyObject): Promise<Buffer>
  /** Throws Unopenable when the wrapped key is not one of this root's, made for this place; {@link RootUnavailable}. */
  unwrap(what: { place: KeyPlace; bytes: number }, wrapped: Uint8Array): Promise<KeyObject>
}

/** The root key is not to be had: the server is sealed for this reason. */
export class RootUnavailable extends Error {
  readonly reason: SealReason

  constructor(reason: SealReason) {
    super(reason)
    this.name = "RootUnavailable"
    this.reason = reason
  }
}

/** How a root is opened. `mayMake`: the keyring is empty, so that a new root loses nothing. */
export interface RootProvider {
  /** `file`, `transit`, `pkcs11` or `shares`. */
  readonly kind: string
  /** Throws {@link RootUnavailable}. */
  open(mayMake: boolean): Promise<Root>
}

const draw = nonceSource((bytes) => randomFillSync(bytes))

/** A root whose 32 bytes are in this process: AES-256-GCM, its epoch is always 1. */
export function rootOfKey(name: string, key: KeyObject): Root {
  const root = { suite: A1, version: 1, key }
  return {
    name,
    wrap: (place, kek) => Promise.resolve(wrapKey(root, { place, key: kek }, draw)),
    unwrap: async (what, wrapped) => unwrapKey(root, what, wrapped),
  }
}
