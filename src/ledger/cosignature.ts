/**
 * Cosignatures, C2SP tlog-cosignature, "Ed25519 signed message": a witness says that at a time it knew no larger
 * tree of the log than this one, and that all it has seen before is a part of it.
 */

import { type Ed25519Key, signatureBytes, type VerifyEd25519 } from "./ed25519.ts"
import { Malformed } from "./malformed.ts"
import { cosignatureType, type Signature, type Verifier, type VerifierKey, verifierKey } from "./note.ts"

const timeBytes = 8
const utf8 = new TextEncoder()

/** What the witness signs: two lines before the text of the checkpoint. `time` in whole seconds since the epoch. */
export function cosignedMessage(text: string, time: number): Uint8Array {
  return utf8.encode(`cosignature/v1\ntime ${time}\n${text}`)
}

/** The witness's signature over a checkpoint's text. A key serves one witness's name only, as the name is not signed. */
export function cosign(text: string, witness: { name: string; key: Ed25519Key }, time: number): Signature {
  if (!Number.isSafeInteger(time) || time < 0) throw new Error("not a time in seconds")
  const { name, id } = verifierKey(witness.name, cosignatureType, witness.key.publicKey)
  const bytes = new Uint8Array(timeBytes + signatureBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  bytes.set(witness.key.sign(cosignedMessage(text, time)), timeBytes)
  return { name, id, bytes }
}

/** Verifies signatures of type 0x04 over the text of a checkpoint. */
export function cosignatureVerifier(key: VerifierKey, ed25519: VerifyEd25519): Verifier {
  if (key.type !== cosignatureType) throw new Error("not a key for cosignatures")
  return {
    name: key.name,
    id: key.id,
    async verify(text, signature) {
      if (signature.length !== timeBytes + signatureBytes) return false
      const time = readTime(signature)
      if (!Number.isSafeInteger(time)) return false
      return ed25519(key.publicKey, cosignedMessage(text, time), signature.subarray(timeBytes))
    },
  }
}

/** When a cosignature was made, in seconds. Throws {@link Malformed} when it is not one, by its length. */
export function cosignatureTime({ bytes }: Signature): number {
  const time = bytes.length === timeBytes + signatureBytes ? readTime(bytes) : Number.NaN
  if (!Number.isSafeInteger(time)) throw new Malformed("not a cosignature")
  return time
}

function readTime(signature: Uint8Array): number {
  return Number(new DataView(signature.buffer, signature.byteOffset, timeBytes).getBigUint64(0))
}
