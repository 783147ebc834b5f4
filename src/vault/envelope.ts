/**
 * The envelope of everything sealed: a header that says how it was sealed, then ciphertext and tag.
 *
 * ```
 * 0      format: 0x01 record, 0x02 wrapped key
 * 1      suite: 0xA1 or 0x51
 * 2..5   version of the sealing key, big-endian: the data key's for a record, the KEK's epoch for a wrapped key
 * 6..17  nonce
 * 18..   ciphertext, then 16 bytes of tag
 * ```
 *
 * The associated data (RFC 5116 §2.1) is bytes 0..5, then the names of the place as netstrings (`8:identity`) in UTF-8,
 * each length in UTF-16 code units: no two lists of names give the same bytes.
 */

import type { KeyObject } from "node:crypto"
import type { DrawNonce } from "./nonce.ts"
import { nonceBytes, type Suite, type SuiteCode, tagBytes, Unopenable } from "./suite.ts"

/** A record is never taken for a wrapped key, nor the other way round. */
export type Format = "record" | "key"

/** A key, the suite it was made for and its version. Keys live as KeyObjects only: raw bytes would linger on the heap. */
export interface SealingKey {
  readonly suite: Suite
  readonly version: number
  readonly key: KeyObject
}

/** As what a thing is sealed, and where: it opens only under the same format and the same names in the same order. */
export interface Binding {
  readonly format: Format
  readonly names: readonly string[]
}

/** What a header says before anything is opened: enough to fetch the key. */
export interface Header {
  readonly format: Format
  readonly suite: SuiteCode
  readonly keyVersion: number
}

const nonceAt = 6
const headerBytes = nonceAt + nonceBytes
const formatByte = { record: 0x01, key: 0x02 } as const
const suiteByte = { A1: 0xa1, S1: 0x51 } as const

/** Seals under a fresh nonce. Throws when the key's version is not a uint32 or the names are too long: a bug. */
export function sealEnvelope(
  by: SealingKey,
  what: Binding & { plaintext: Uint8Array },
  draw: DrawNonce,
): Buffer {
  const nonce = draw()
  const sealed = by.suite.seal(by.key, what.plaintext, { nonce, aad: associated(by, what) })
  const envelope = Buffer.allocUnsafe(headerBytes + sealed.length)
  writeHeader(envelope, by, what.format)
  envelope.set(nonce, nonceAt)
  envelope.set(sealed, headerBytes)
  return envelope
}

/** The plaintext, or {@link Unopenable}: for another key, version, suite, format or place, and for any changed byte. */
export function openEnvelope(by: SealingKey, what: Binding, envelope: Uint8Array): Buffer {
  const header = readHeader(envelope)
  const isMeant =
    header.format === what.format && header.suite === by.suite.code && header.keyVersion === by.version
  if (!isMeant) throw new Unopenable()
  const nonce = envelope.subarray(nonceAt, headerBytes)
  return by.suite.open(by.key, envelope.subarray(headerBytes), { nonce, aad: associated(by, what) })
}

/** Reads the header without opening. Throws {@link Unopenable} on an unknown format or suite, and when too short for a tag. */
export function readHeader(envelope: Uint8Array): Header {
  if (envelope.length < headerBytes + tagBytes) throw new Unopenable()
  return {
    format: formatOf(envelope[0]),
    suite: suiteCodeOf(envelope[1]),
    keyVersion: keyVersionOf(envelope),
  }
}

function formatOf(byte: number | undefined): Format {
  if (byte === formatByte.record) return "record"
  if (byte === formatByte.key) return "key"
  throw new Unopenable()
}

function suiteCodeOf(byte: number | undefined): SuiteCode {
  if (byte === suiteByte.A1) return "A1"
  if (byte === suiteByte.S1) return "S1"
  throw new Unopenable()
}

function keyVersionOf([, , a = 0, b = 0, c = 0, d = 0]: Uint8Array): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

function writeHeader(into: Buffer, by: SealingKey, format: Format): void {
  into[0] = formatByte[format]
  into[1] = suiteByte[by.suite.code]
  into.writeUInt32BE(by.version, 2)
}

const scratch = Buffer.alloc(2048)

/** Overwritten by the next call, so a cipher must have read it by then: every caller hands it over at once. */
function associated(by: SealingKey, { format, names }: Binding): Uint8Array {
  let text = ""
  for (const name of names) text += `${name.length}:${name}`
  // A lone surrogate would be written as U+FFFD, and a cut text would bind nothing behind the cut.
  if (!text.isWellFormed() || text.length * 3 > scratch.length - nonceAt)
    throw new Error("names cannot be bound")
  writeHeader(scratch, by, format)
  return scratch.subarray(0, nonceAt + scratch.write(text, nonceAt, "utf8"))
}
