/** A keyed hash of a record's whole content: tells that nothing changed without opening it. HMAC, RFC 2104. */

import { createHmac } from "node:crypto"
import { canonicalText } from "../base/canonical.ts"
import type { IndexKey } from "./blind-index.ts"
import type { Facts, Place } from "./record.ts"

const digest = { A1: "sha256", S1: "sm3" } as const

/** 16 bytes. The subject is part of it: equal facts of two persons do not show as equal. */
export function contentTag(by: IndexKey, place: Pick<Place, "subject" | "name">, facts: Facts): Buffer {
  const text = `content/${place.subject}/${place.name}/${canonicalText(facts)}`
  return createHmac(digest[by.suite], by.key).update(text).digest().subarray(0, 16)
}
