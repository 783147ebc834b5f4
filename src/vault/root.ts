/** Roots: what wraps the tenants' key-encrypting keys and never lies in a database. Clause 3.9. */

import type { KeyObject } from "node:crypto"
import type { KeyPlace } from "./wrap.ts"

/** A place that holds the root key: a file, a token, a transit service. Every method may be slow and may fail. */
export interface Root {
  /** For people and logs: the kind and where it is, never what it holds. */
  readonly name: string
  wrap(place: KeyPlace, key: KeyObject): Promise<Buffer>
  /** Throws Unopenable when the wrapped key is not one of this root's, made for this place. */
  unwrap(what: { place: KeyPlace; bytes: number }, wrapped: Uint8Array): Promise<KeyObject>
}
