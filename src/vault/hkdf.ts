/** Keys from keys: HKDF, RFC 5869, with SHA-256 under suite A1 and SM3 under S1. */

import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto"
import type { SuiteCode } from "./suite.ts"

export interface Derivation {
  readonly salt: Uint8Array
  /** RFC 5869 §3.2: what the derived key is for. Two purposes never share a key. */
  readonly info: Uint8Array
  readonly bytes: number
}

const digest = { A1: "sha256", S1: "sm3" } as const

/** A derived key of so many bytes. Throws beyond 255 blocks of the hash (RFC 5869 §2.3). */
export function deriveKey(suite: SuiteCode, from: KeyObject, { salt, info, bytes }: Derivation): KeyObject {
  const okm = new Uint8Array(hkdfSync(digest[suite], from, salt, info, bytes))
  const key = createSecretKey(okm)
  okm.fill(0)
  return key
}
