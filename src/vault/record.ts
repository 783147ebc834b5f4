/** Sealed records: the facts of one person and class that are read together, in one envelope, as canonical JSON. */

import { canonicalText } from "../base/canonical.ts"
import { openEnvelope, type SealingKey, sealEnvelope } from "./envelope.ts"
import type { DrawNonce } from "./nonce.ts"

/** Where a record lies. Identifiers and codes only: none of it is secret, all of it is bound. */
export interface Place {
  readonly tenant: string
  readonly community: string
  /** The person or home. */
  readonly subject: string
  /** A field code when the record holds one field, a class code when it holds those of a class. */
  readonly name: string
  /** The record's version, kept in its row: an older ciphertext put back there does not open. */
  readonly version: number
}

/** Field code to value, or to values where a person has several. */
export type Facts = Readonly<Record<string, string | readonly string[]>>

/** Seals the facts at their place under the data key. Throws when a value has a lone surrogate: parse it at the border. */
export function sealRecord(by: SealingKey, record: { place: Place; facts: Facts }, draw: DrawNonce): Buffer {
  const plaintext = Buffer.from(canonicalText(record.facts), "utf8")
  const envelope = sealEnvelope(by, { format: "record", names: namesOf(record.place), plaintext }, draw)
  plaintext.fill(0)
  return envelope
}

/** The facts. Throws {@link Unopenable}, which tells nothing, when the record is not exactly the one sealed at this place. */
export function openRecord(by: SealingKey, place: Place, envelope: Uint8Array): Facts {
  const plaintext = openEnvelope(by, { format: "record", names: namesOf(place) }, envelope)
  const facts: unknown = JSON.parse(plaintext.toString("utf8"))
  plaintext.fill(0)
  if (!isFacts(facts)) throw new Error("sealed record is not facts")
  return facts
}

function namesOf(place: Place): readonly string[] {
  return [place.tenant, place.community, place.subject, place.name, String(place.version)]
}

function isFacts(value: unknown): value is Facts {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  return Object.values(value).every(isFact)
}

function isFact(value: unknown): boolean {
  return typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"))
}
