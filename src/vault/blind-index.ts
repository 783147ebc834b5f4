/**
 * Blind indexes: a keyed tag by which an exact value is found without being stored. HMAC, RFC 2104: with SHA-256
 * (RFC 4231) under suite A1, with SM3 (GM/T 0004) under S1.
 *
 * The tag is cut to 32 bits so that values collide on purpose: about 1.6 of the 7×10⁹ mobile numbers share each tag, so that
 * even the key's thief holds candidates and no proof, while a community's few thousand rows meet by chance once in a million
 * lookups. Whoever finds by tag must open the record and compare. Small domains stay guessable with the key (10⁴
 * last-four values) and equal values show as equal in one community and kind: the key ranks with a KEK.
 */

import { createHmac, type KeyObject } from "node:crypto"
import type { SuiteCode } from "./suite.ts"

export const indexKinds = [
  "phone",
  "phone_last4",
  "name",
  "surname_building",
  "plate",
  "id_number",
  "home",
] as const
export type IndexKind = (typeof indexKinds)[number]

/** An index key is 32 bytes whatever the suite: HMAC gains nothing from the 16 of SM4. */
export interface IndexKey {
  readonly suite: SuiteCode
  readonly key: KeyObject
}

export interface Indexed {
  /** Decimal digits. */
  readonly community: string
  readonly kind: IndexKind
  /** Normalised by the caller: what is written differently is tagged differently. */
  readonly value: string
}

const digest = { A1: "sha256", S1: "sm3" } as const

/** The tag as a signed 32-bit integer, which is what an `integer` column of PostgreSQL holds. */
export function tag(by: IndexKey, { community, kind, value }: Indexed): number {
  // Neither a kind nor a community holds a slash, so the first two mark where the value begins.
  const mac = hmac(by, `${kind}/${community}/${value}`)
  return (at(mac, 0) << 24) | (at(mac, 1) << 16) | (at(mac, 2) << 8) | at(mac, 3)
}

/** The whole HMAC, a character per byte: read without a Buffer, it costs two thirds of the time. */
export function hmac(by: IndexKey, message: string | Uint8Array): string {
  return createHmac(digest[by.suite], by.key).update(message).digest("latin1")
}

function at(mac: string, index: number): number {
  return mac.charCodeAt(index)
}
