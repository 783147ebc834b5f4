/**
 * Authenticated ciphers: `A1` AES-256-GCM (NIST SP 800-38D, RFC 5116 §5.2), `S1` SM4-GCM (RFC 8998 §3, GB/T 32907).
 * The only file that may touch the ciphers of node:crypto. Node itself takes 4-byte tags and nonces of any length;
 * nothing here does.
 */

import { type CipherGCMTypes, createCipheriv, createDecipheriv, type KeyObject } from "node:crypto"

export type SuiteCode = "A1" | "S1"

/** 96 bits, RFC 5116 §5.2: any other length sends GCM through GHASH, where distinct nonces may meet. */
export const nonceBytes = 12

/** 128 bits. Shorter tags lose more than their missing bits (SP 800-38D appendix C). */
export const tagBytes = 16

/** A sealed thing did not open: wrong key, place, version, length or a changed bit. It tells nothing, on purpose. */
export class Unopenable extends Error {
  constructor() {
    super("unopenable")
    this.name = "Unopenable"
  }
}

/** What a seal is made with besides the text: neither may repeat under one key (nonce) nor differ at opening (both). */
export interface AeadInput {
  readonly nonce: Uint8Array
  readonly aad: Uint8Array
}

export interface Suite {
  readonly code: SuiteCode
  readonly keyBytes: 32 | 16
  /** Ciphertext with its tag behind it. Throws when the nonce or the key is not of this suite's profile: a bug. */
  seal(key: KeyObject, plaintext: Uint8Array, binding: AeadInput): Buffer
  /** The plaintext. Throws {@link Unopenable} for everything that {@link Suite.seal} did not make. */
  open(key: KeyObject, sealed: Uint8Array, binding: AeadInput): Buffer
}

/** AES-256-GCM. */
export const A1: Suite = gcm("A1", 32, "aes-256-gcm")

/** SM4-GCM, for companies that must use the national algorithms. Native from Node 26. */
export const S1: Suite = gcm("S1", 16, "sm4-gcm")

const suites: Readonly<Record<SuiteCode, Suite>> = { A1, S1 }

/** The suite of a code read from configuration or the keyring. */
export function suiteOf(code: SuiteCode): Suite {
  return suites[code]
}

const options = { authTagLength: tagBytes } as const

function gcm(code: SuiteCode, keyBytes: 32 | 16, algorithm: string): Suite {
  if (!isGcm(algorithm)) throw new Error("not a GCM cipher")
  return {
    code,
    keyBytes,
    seal(key, plaintext, { nonce, aad }) {
      if (nonce.length !== nonceBytes) throw new Error("nonce is not 96 bits")
      const cipher = createCipheriv(algorithm, key, nonce, options)
      cipher.setAAD(aad)
      const sealed = Buffer.allocUnsafe(plaintext.length + tagBytes)
      sealed.set(cipher.update(plaintext), 0)
      cipher.final()
      sealed.set(cipher.getAuthTag(), plaintext.length)
      return sealed
    },
    open(key, sealed, { nonce, aad }) {
      const length = sealed.length - tagBytes
      if (length < 0 || nonce.length !== nonceBytes) throw new Unopenable()
      try {
        const decipher = createDecipheriv(algorithm, key, nonce, options)
        decipher.setAAD(aad)
        decipher.setAuthTag(sealed.subarray(length))
        const plaintext = decipher.update(sealed.subarray(0, length))
        decipher.final()
        return plaintext
      } catch {
        throw new Unopenable()
      }
    },
  }
}

/** The types of Node know GCM for AES only; OpenSSL gives SM4 the same interface. */
function isGcm(algorithm: string): algorithm is CipherGCMTypes {
  return algorithm.endsWith("-gcm")
}
