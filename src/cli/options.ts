/** What the commands about logs have in common: where the files are, whose signatures count. */

import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { cosignatureVerifier } from "../ledger/cosignature.ts"
import { verifyEd25519 } from "../ledger/ed25519.ts"
import type { LogFiles } from "../ledger/log-walk.ts"
import {
  cosignatureType,
  noteVerifier,
  parseVerifierKey,
  type Verifier,
  type VerifierKey,
} from "../ledger/note.ts"

/** The command was called in a way that makes no sense. */
export class Misuse extends Error {
  constructor(what: string) {
    super(what)
    this.name = "Misuse"
  }
}

/** Files below a folder or a URL; only what is certainly absent reads as absent. */
export function filesAt(place: string): LogFiles {
  return /^https?:\/\//.test(place) ? overHttp(place.replace(/\/$/, "")) : inFolder(place)
}

function inFolder(folder: string): LogFiles {
  return {
    // At once: a file of a few thousand bytes costs less than the four turns of the event loop to wait for it.
    async read(path) {
      try {
        return await Promise.resolve(readFileSync(join(folder, path)))
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
        throw error
      }
    },
  }
}

function overHttp(url: string): LogFiles {
  return {
    async read(path) {
      const reply = await fetch(`${url}/${path}`)
      if (reply.status === 404) return undefined
      if (!reply.ok) throw new Error(`${url}/${path} answers ${reply.status}`)
      return new Uint8Array(await reply.arrayBuffer())
    },
  }
}

/** A verifier key, or a file with one a line. */
export async function keysFrom(given: string): Promise<VerifierKey[]> {
  const text = /\+[0-9a-f]{8}\+/.test(given) ? given : await readFile(given, "utf8")
  return parseKeys(text)
}

export function parseKeys(text: string): VerifierKey[] {
  const lines = text.split("\n").map((line) => line.trim())
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map(parseVerifierKey)
}

export interface Witnesses {
  readonly witnesses: readonly Verifier[]
  readonly quorum: number
}

/** All witnesses of the file unless a quorum is told. */
export async function witnessesFrom(
  file: string | undefined,
  quorum: string | undefined,
): Promise<Witnesses> {
  if (file === undefined) {
    if (quorum !== undefined) throw new Misuse("--quorum needs --witness-keys")
    return { witnesses: [], quorum: 0 }
  }
  const keys = parseKeys(await readFile(file, "utf8"))
  if (keys.some(({ type }) => type !== cosignatureType))
    throw new Misuse("--witness-keys holds a key that is no witness's")
  const witnesses = keys.map((key) => cosignatureVerifier(key, verifyEd25519))
  const needed = quorum === undefined ? witnesses.length : Number(quorum)
  if (!Number.isInteger(needed) || needed < 1 || needed > witnesses.length)
    throw new Misuse("--quorum is not a number of witnesses")
  return { witnesses, quorum: needed }
}

export function verifiersOf(keys: readonly VerifierKey[], origin: string): Verifier[] {
  return keys.filter(({ name }) => name === origin).map((key) => noteVerifier(key, verifyEd25519))
}
