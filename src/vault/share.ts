/**
 * Shares of the root key (Shamir 1979, over GF(2⁸), by the library shamir-secret-sharing). M of N open it; fewer tell nothing.
 *
 * `hudun-share-1.<set>.<need>.<number>.<share, hexadecimal>.<check>`: the set keeps shares of two splits apart, the check
 * (8 digits of SHA-256) catches slips of the pen. Neither proves a share: the keyring does, once enough are there.
 */

import { createHash, createSecretKey, type KeyObject, randomBytes } from "node:crypto"
import { combine, split } from "shamir-secret-sharing"
import { A1 } from "./suite.ts"

const magic = "hudun-share-1"

export interface Share {
  /** 8 hexadecimal digits drawn at the split. */
  readonly set: string
  readonly need: number
  readonly number: number
  readonly bytes: Uint8Array
}

export interface Split {
  /** Shares made. */
  readonly of: number
  /** Shares that open. */
  readonly need: number
}

/** The shares as their holders keep them. Throws when `need` is below 2 or above `of`: one share must never be the key. */
export async function splitRoot(key: KeyObject, { of, need }: Split): Promise<string[]> {
  if (need < 2 || need > of || of > 16) throw new Error("shares: 2 <= need <= of <= 16")
  const bytes = new Uint8Array(key.export())
  const shares = await split(bytes, of, need)
  bytes.fill(0)
  const set = randomBytes(4).toString("hex")
  return shares.map((share, index) => textOf({ set, need, number: index + 1, bytes: share }))
}

/** The share, or undefined when the text is not one or was mistyped. */
export function parseShare(text: string): Share | undefined {
  const found = /^hudun-share-1\.([0-9a-f]{8})\.(\d{1,2})\.(\d{1,2})\.([0-9a-f]{66})\.([0-9a-f]{8})$/.exec(
    text.trim().toLowerCase(),
  )
  if (found === null) return undefined
  const [whole, set = "", need, number, hex = "", check] = found
  if (checkOf(whole.slice(0, whole.lastIndexOf("."))) !== check) return undefined
  return { set, need: Number(need), number: Number(number), bytes: new Uint8Array(Buffer.from(hex, "hex")) }
}

/** The key that enough shares of one set make. Wrong or too few of them make another key, which the keyring refuses. */
export async function joinShares(shares: readonly Share[]): Promise<KeyObject> {
  const bytes = await combine(shares.map((share) => share.bytes))
  if (bytes.length !== A1.keyBytes) throw new Error("shares do not make a root key")
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

function textOf({ set, need, number, bytes }: Share): string {
  const text = `${magic}.${set}.${need}.${number}.${Buffer.from(bytes).toString("hex")}`
  return `${text}.${checkOf(text)}`
}

function checkOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8)
}
