/** Ed25519, RFC 8032, as the log's formats use it. Whoever signs or checks brings the algorithm: node:crypto or a browser's. */

/** Whether the signature of 64 bytes is the key's, whose public part has 32 bytes. False for other lengths; never throws. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>

/** A key that signs without showing its private part. */
export interface Ed25519Key {
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

export const publicKeyBytes = 32
export const signatureBytes = 64

/** By WebCrypto, which a server and today's browsers have. */
export const verifyEd25519: VerifyEd25519 = async (publicKey, message, signature) => {
  if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false
  const { subtle } = globalThis.crypto
  try {
    const key = await subtle.importKey("raw", copy(publicKey), "Ed25519", false, ["verify"])
    return await subtle.verify("Ed25519", key, copy(signature), copy(message))
  } catch {
    // A public key that is no point of the curve.
    return false
  }
}

/** WebCrypto's types refuse bytes that might lie in shared memory. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
