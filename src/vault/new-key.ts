/** A fresh random key, whose raw bytes are zeroed before it returns. */

import { createSecretKey, type KeyObject, randomBytes } from "node:crypto"

export function newKey(bytes: number): KeyObject {
  const raw = randomBytes(bytes)
  const key = createSecretKey(raw)
  raw.fill(0)
  return key
}
