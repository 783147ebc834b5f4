/** The logs of this server as anybody can read them, and the browser's Ed25519. */

import { fromBase64 } from "../../ledger/base64.ts"
import { type VerifyEd25519, verifyEd25519 } from "../../ledger/ed25519.ts"
import { folderOf } from "../../ledger/log-name.ts"
import type { LogFiles } from "../../ledger/log-walk.ts"
import { noteVerifier, parseVerifierKey, type Verifier, type VerifierKey } from "../../ledger/note.ts"
import { Refused, readPublic } from "../client.ts"

/** What a check leans on besides the receipt or sheet itself. */
export interface PublicLogs {
  /** The keys of all logs, as the server tells them. */
  readonly keys: () => Promise<readonly VerifierKey[]>
  readonly files: (origin: string) => LogFiles
  /** Undefined where the browser has no Ed25519. */
  readonly ed25519: VerifyEd25519 | undefined
}

const keysFile = "/ledger/verifier-keys"
const tooMany = 429
const pauseMilliseconds = 3_000
const mostPauses = 30

export async function openPublicLogs(): Promise<PublicLogs> {
  return {
    keys: readKeys,
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

/** Those of one log. */
export function verifiersOf(
  keys: readonly VerifierKey[],
  origin: string,
  ed25519: VerifyEd25519,
): Verifier[] {
  return keys.filter(({ name }) => name === origin).map((key) => noteVerifier(key, ed25519))
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
