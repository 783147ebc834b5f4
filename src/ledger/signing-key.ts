/** The log's own Ed25519 key (RFC 8032), held by node:crypto so that its private part is never in a variable of ours. */

import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto"
import type { Ed25519Key } from "./ed25519.ts"

// RFC 8410 §7: what stands before the 32 bytes of a seed in PKCS #8.
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex")

/** The key of a seed of 32 bytes. Throws for any other length. */
export function keyOfSeed(seed: Uint8Array): Ed25519Key {
  if (seed.length !== 32) throw new Error("seed is not 32 bytes")
  const der = Buffer.concat([pkcs8Prefix, seed])
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
  der.fill(0)
  return signingKey(key)
}

/** The key behind a private KeyObject. Throws when it is not an Ed25519 key. */
function signingKey(key: KeyObject): Ed25519Key {
  if (key.asymmetricKeyType !== "ed25519" || key.type !== "private")
    throw new Error("not an Ed25519 private key")
  const { x = "" } = createPublicKey(key).export({ format: "jwk" })
  return {
    publicKey: new Uint8Array(Buffer.from(x, "base64url")),
    sign: (message) => sign(null, message, key),
  }
}
