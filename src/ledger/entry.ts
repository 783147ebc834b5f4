/**
 * What the log holds of a trace: a commitment to it that tells nothing without the trace and its salt. Clauses 3.12, 7.2.
 *
 * ```
 * content    = the trace without its salt, and `v`: 1, as canonical JSON (RFC 8785)
 * entry      = SHA-256("hudun/trace/1\n" || salt, 16 bytes || content)
 * leaf hash  = SHA-256(0x00 || entry)                            RFC 6962 §2.1
 * ```
 *
 * The 32 bytes of the entry stand in the bundles of entries; trace and salt stay in the database. Times are milliseconds,
 * numbers of communities and references of subjects are decimal digits in strings.
 */

import { type CanonicalValue, canonicalText } from "../base/canonical.ts"
import { leafHash } from "./merkle.ts"
import { sha256 } from "./sha256.ts"
import type { Trace } from "./trace.ts"

/** Every field of a trace by its own name, so that a new field cannot be left out of the log unseen. */
type Content = Readonly<Record<keyof Omit<Trace, "salt">, CanonicalValue>> & { readonly v: 1 }

const saltBytes = 16
const utf8 = new TextEncoder()
const label = utf8.encode("hudun/trace/1\n")

/** What is committed to, and shown when a trace is to be checked: as text, whose bytes are its UTF-8. */
export function contentOf(trace: Trace): string {
  const content: Content = {
    act: trace.act,
    actor: trace.actor,
    at: trace.at,
    clause: trace.clause,
    client: trace.client,
    communityId: trace.communityId,
    fields: trace.fields,
    outcome: trace.outcome,
    post: trace.post,
    purpose: trace.purpose,
    regimeVersion: trace.regimeVersion,
    subjects: trace.subjects,
    traceId: trace.traceId,
    useId: trace.useId,
    v: 1,
  }
  return canonicalText(content)
}

/**
 * The entry of some content under its salt. Throws when the salt is not 16 bytes: without it the entry could be guessed.
 * `digest` is SHA-256; a server gives its own, which is faster for more than a few dozen bytes.
 */
export function entryOf(content: string, salt: Uint8Array, digest = sha256): Uint8Array {
  if (salt.length !== saltBytes) throw new Error("salt is not 16 bytes")
  const bytes = utf8.encode(content)
  const input = new Uint8Array(label.length + saltBytes + bytes.length)
  input.set(label, 0)
  input.set(salt, label.length)
  input.set(bytes, label.length + saltBytes)
  return digest(input)
}

/** The leaf hash of a trace. */
export function traceLeaf(trace: Trace): Uint8Array {
  return leafHash(entryOf(contentOf(trace), trace.salt))
}
