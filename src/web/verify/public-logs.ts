/** The logs of this server as anybody can read them, and the browser's Ed25519. */

import { fromBase64 } from "../../ledger/base64.ts"
import { type Checkpoint, parseCheckpoint, parseCount } from "../../ledger/checkpoint.ts"
import { type VerifyEd25519, verifyEd25519 } from "../../ledger/ed25519.ts"
import { witnessPolicyFile } from "../../ledger/ledger-contract.ts"
import { folderOf } from "../../ledger/log-name.ts"
import type { LogFiles } from "../../ledger/log-walk.ts"
import { Malformed } from "../../ledger/malformed.ts"
import {
  cosignatureType,
  noteVerifier,
  parseNote,
  parseVerifierKey,
  type Verifier,
  type VerifierKey,
} from "../../ledger/note.ts"
import { Refused, readPublic } from "../client.ts"

/** What a check leans on besides the receipt or sheet itself. */
export interface PublicLogs {
  /** The keys of all logs, as the server tells them. */
  readonly keys: () => Promise<readonly VerifierKey[]>
  readonly files: (origin: string) => LogFiles
  /** Whose cosignatures the logs need, as the server tells it; undefined when it asks no witness. */
  readonly witnesses: () => Promise<WitnessPolicy | undefined>
  /** Undefined where the browser has no Ed25519. */
  readonly ed25519: VerifyEd25519 | undefined
}

export interface WitnessPolicy {
  readonly keys: readonly VerifierKey[]
  readonly quorum: number
}

const keysFile = "/ledger/verifier-keys"
const tooMany = 429
const pauseMilliseconds = 3_000
const mostPauses = 30

export async function openPublicLogs(): Promise<PublicLogs> {
  return {
    keys: readKeys,
    witnesses: readWitnesses,
    files: (origin) => ({ read: (path) => readPatiently(`/ledger/${folderOf(origin)}/${path}`) }),
    ed25519: await browsersEd25519(),
  }
}

/** Rejects when there is no such file: a server that names no key has not said that a signature is wrong. */
async function readKeys(): Promise<VerifierKey[]> {
  const bytes = await readPatiently(keysFile)
  if (bytes === undefined) throw new Error("the server names no keys")
  return new TextDecoder()
    .decode(bytes)
    .split("\n")
    .filter((line) => line !== "")
    .map(parseVerifierKey)
}

async function readWitnesses(): Promise<WitnessPolicy | undefined> {
  const bytes = await readPatiently(`/ledger/${witnessPolicyFile}`)
  return bytes && parseWitnessPolicy(new TextDecoder().decode(bytes))
}

/** Throws {@link Malformed} for what no server of ours tells: then nothing can be said of witnesses. */
export function parseWitnessPolicy(text: string): WitnessPolicy {
  const lines = text.trimEnd().split("\n")
  const quorum = parseCount(/^quorum (\d+)$/.exec(lines.pop() ?? "")?.[1] ?? "")
  const keys = lines.map(parseVerifierKey)
  if (keys.some(({ type }) => type !== cosignatureType)) throw new Malformed("not a key of a witness")
  if (quorum < 1 || quorum > keys.length) throw new Malformed("not a quorum of these witnesses")
  return { keys, quorum }
}

/** Those of one log. */
export function verifiersOf(
  keys: readonly VerifierKey[],
  origin: string,
  ed25519: VerifyEd25519,
): Verifier[] {
  return keys.filter(({ name }) => name === origin).map((key) => noteVerifier(key, ed25519))
}

export interface LiveCheckpoint {
  readonly note: string
  readonly checkpoint: Checkpoint
}

/** What the server publishes now; undefined when it has no such log. Throws {@link Malformed}. */
export async function liveCheckpoint(origin: string, logs: PublicLogs): Promise<LiveCheckpoint | undefined> {
  const bytes = await logs.files(origin).read("checkpoint")
  if (bytes === undefined) return undefined
  const note = new TextDecoder().decode(bytes)
  const checkpoint = parseCheckpoint(parseNote(note).text)
  if (checkpoint.origin !== origin) throw new Malformed("checkpoint is of another log")
  return { note, checkpoint }
}

/** A long log takes more requests than a server gives in a minute: then it is waited for. */
async function readPatiently(url: string): Promise<Uint8Array | undefined> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await readPublic(url)
    } catch (error) {
      const isPaused = error instanceof Refused && error.status === tooMany && pauses < mostPauses
      if (!isPaused) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
    }
  }
}

// RFC 8032 §7.1, test 1: a signature over nothing.
const knownKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
const knownSignature =
  "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw=="

/** Whether it can is asked of the browser, not read from its name: WebCrypto also ends where a page comes over plain HTTP. */
async function browsersEd25519(): Promise<VerifyEd25519 | undefined> {
  const isGood = await verifyEd25519(fromBase64(knownKey), new Uint8Array(0), fromBase64(knownSignature))
  return isGood ? verifyEd25519 : undefined
}
