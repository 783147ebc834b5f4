/**
 * Signed notes, C2SP signed-note: text, an empty line, signature lines. Signatures of unknown keys are ignored, a wrong
 * signature of a known key refuses the note.
 */

import { fromBase64, toBase64 } from "./base64.ts"
import { type Ed25519Key, publicKeyBytes, type VerifyEd25519 } from "./ed25519.ts"
import { Malformed } from "./malformed.ts"
import { sha256 } from "./sha256.ts"

/** Signature types, "Signature types" and tlog-cosignature. */
export const noteType = 0x01
export const cosignatureType = 0x04

/** A key's name and 32-bit id: only both together name a key. */
export interface KeyName {
  readonly name: string
  readonly id: number
}

export interface Signature extends KeyName {
  /** What stands behind the four bytes of the key id. */
  readonly bytes: Uint8Array
}

export interface Note {
  /** Ends in a newline. */
  readonly text: string
  readonly signatures: readonly Signature[]
}

/** A public key as a line of configuration: `name+id+base64(type || key)`. */
export interface VerifierKey extends KeyName {
  readonly type: number
  readonly publicKey: Uint8Array
}

export interface Verifier extends KeyName {
  verify(text: string, signature: Uint8Array): Promise<boolean>
}

export interface Signer extends KeyName {
  sign(text: string): Uint8Array
}

/** A note whose text may be believed, and the signatures for which it may. */
export interface OpenNote {
  readonly text: string
  readonly verified: readonly Signature[]
}

/** The note is in form but no known key signed it, or one did so wrongly. */
export class Unverified extends Error {
  constructor(what: string) {
    super(what)
    this.name = "Unverified"
  }
}

const signatureLimit = 100
const utf8 = new TextEncoder()

/** SHA-256(name || 0x0A || type || public key)[:4], "Signatures". */
export function keyId(name: string, type: number, publicKey: Uint8Array): number {
  const start = utf8.encode(`${name}\n`)
  const input = new Uint8Array(start.length + 1 + publicKey.length)
  input.set(start, 0)
  input[start.length] = type
  input.set(publicKey, start.length + 1)
  return readUint32(sha256(input))
}

/** The verifier key of a name and an Ed25519 public key. Throws when the name may not be a key's. */
export function verifierKey(name: string, type: number, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new Error("not the name of a key")
  return { name, type, publicKey, id: keyId(name, type, publicKey) }
}

export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id.toString(16).padStart(8, "0")}+${toBase64(Uint8Array.of(type, ...publicKey))}`
}

/** Throws {@link Malformed} unless the line names an Ed25519 key of a known type under its right id. */
export function parseVerifierKey(line: string): VerifierKey {
  // Base 64 may hold a plus, so only the first two end a part.
  const [, name = "", id = "", encoded = ""] = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/.exec(line) ?? []
  const [type, ...publicKey] = fromBase64(encoded)
  const isKnown = type === noteType || type === cosignatureType
  if (!isKeyName(name) || !isKnown || publicKey.length !== publicKeyBytes)
    throw new Malformed("not a verifier key")
  const key = verifierKey(name, type, Uint8Array.from(publicKey))
  if (key.id !== Number.parseInt(id, 16)) throw new Malformed("verifier key has another id")
  return key
}

/** Verifies signatures of type 0x01: Ed25519 over the text. */
export function noteVerifier({ name, id, type, publicKey }: VerifierKey, ed25519: VerifyEd25519): Verifier {
  if (type !== noteType) throw new Error("not a key for notes")
  return { name, id, verify: (text, signature) => ed25519(publicKey, utf8.encode(text), signature) }
}

/** Signs with type 0x01. */
export function noteSigner(name: string, key: Ed25519Key): Signer {
  const { id } = verifierKey(name, noteType, key.publicKey)
  return { name, id, sign: (text) => key.sign(utf8.encode(text)) }
}

/** The text with the signatures of all signers. */
export function signNote(text: string, signers: readonly Signer[]): string {
  const signatures = signers.map((signer) => ({ name: signer.name, id: signer.id, bytes: signer.sign(text) }))
  return formatNote({ text, signatures })
}

/** Throws when the text cannot stand in a note: a bug. */
export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith("\n") || !isNoteText(text)) throw new Error("text cannot be a note")
  return `${text}\n${signatures.map(signatureLine).join("")}`
}

/** One line, newline included, as a witness sends it back to be put behind a note. */
export function signatureLine({ name, id, bytes }: Signature): string {
  const whole = Uint8Array.of(id >>> 24, id >>> 16, id >>> 8, id, ...bytes)
  return `— ${name} ${toBase64(whole)}\n`
}

/** The parts of a note, unverified. Throws {@link Malformed}. */
export function parseNote(note: string): Note {
  if (!isNoteText(note)) throw new Malformed("note holds a control character or a lone surrogate")
  const cut = note.lastIndexOf("\n\n")
  if (cut < 0 || !note.endsWith("\n")) throw new Malformed("note has no signatures")
  const lines = note.slice(cut + 2, -1).split("\n")
  if (lines.length > signatureLimit) throw new Malformed("note has too many signatures")
  return { text: note.slice(0, cut + 1), signatures: lines.map(parseSignatureLine) }
}

/** One line without its newline. Throws {@link Malformed}. */
function parseSignatureLine(line: string): Signature {
  const [, name = "", encoded = ""] = /^— (\S+) (\S+)$/u.exec(line) ?? []
  if (!isKeyName(name)) throw new Malformed("not a signature line")
  const whole = fromBase64(encoded)
  if (whole.length < 5) throw new Malformed("signature is too short")
  return { name, id: readUint32(whole), bytes: whole.subarray(4) }
}

/**
 * The text of a note that at least one of the verifiers signed. Throws {@link Malformed}, or {@link Unverified} when none did
 * or the signature of any of them is wrong.
 */
export async function openNote(note: string, verifiers: readonly Verifier[]): Promise<OpenNote> {
  const { text, signatures } = parseNote(note)
  const verified: Signature[] = []
  for (const verifier of verifiers) {
    const own = signatures.find(({ name, id }) => name === verifier.name && id === verifier.id)
    if (own === undefined) continue
    if (!(await verifier.verify(text, own.bytes))) throw new Unverified("signature of a known key is wrong")
    verified.push(own)
  }
  if (verified.length === 0) throw new Unverified("no known key signed the note")
  return { text, verified }
}

/** Not empty, no Unicode space, no plus. */
function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name) && !hasControl(name) && name.isWellFormed()
}

function isNoteText(text: string): boolean {
  return text.isWellFormed() && !hasControl(text)
}

/** ASCII control characters other than newline. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x0a) return true
  }
  return false
}

function readUint32([a = 0, b = 0, c = 0, d = 0]: Uint8Array): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}
