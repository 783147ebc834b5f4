/**
 * Nonces of sealed things: 96 random bits each (NIST SP 800-38D §8.2.2), drawn here and nowhere else.
 *
 * Random, not counted: a counter must outlive every crash and every restored backup, and a restored one repeats.
 * A data key belongs to one person, class and key version and seals at most some thousand records in its life; after 2^16 seals
 * two random nonces meet with probability 2^-65. A KEK wraps at most 2^32 keys an epoch (SP 800-38D §8.3): 2^-33.
 */

import { nonceBytes } from "./suite.ts"

/** Fills the bytes it is given from a cryptographic source, such as `crypto.randomFillSync`. */
export type FillRandom = (bytes: Uint8Array) => void

/** Gives a fresh nonce at each call. */
export type DrawNonce = () => Uint8Array

const poolNonces = 256

/**
 * Draws from a pool that is filled 256 nonces at a time, since one system call per nonce costs half a seal.
 * A nonce stays valid as long as its holder keeps it: a used-up pool is left to its holders and a new one is filled.
 */
export function nonceSource(fill: FillRandom): DrawNonce {
  let pool = new Uint8Array(0)
  let at = 0
  return () => {
    if (at === pool.length) {
      pool = new Uint8Array(poolNonces * nonceBytes)
      fill(pool)
      at = 0
    }
    const nonce = pool.subarray(at, at + nonceBytes)
    at += nonceBytes
    return nonce
  }
}
