/**
 * Who this installation is to the readers of its logs: a name drawn once, and an Ed25519 key (RFC 8032) whose seed lies
 * sealed under the root key.
 *
 * ```
 * hudun-ledger-1 <name, 16 hexadecimal digits> <base64 of the public key> <base64 of the wrapped seed>
 * ```
 */

import { createSecretKey, randomBytes } from "node:crypto"
import { mkdir, open, readFile, rename } from "node:fs/promises"
import { dirname } from "node:path"
import type { Root } from "../vault/root.ts"
import type { KeyPlace } from "../vault/wrap.ts"
import { fromBase64, toBase64 } from "./base64.ts"
import type { Ed25519Key } from "./ed25519.ts"
import { keyOfSeed } from "./signing-key.ts"

export interface Installation {
  readonly name: string
  readonly key: Ed25519Key
}

const magic = "hudun-ledger-1"
const seedBytes = 32

/** Opens the file, or makes it when there is none. Throws when it is damaged or was sealed under another root. */
export async function openInstallation(path: string, root: Root): Promise<Installation> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  })
  return text === undefined ? make(path, root) : parse(text, root)
}

async function make(path: string, root: Root): Promise<Installation> {
  const name = randomBytes(8).toString("hex")
  const seed = randomBytes(seedBytes)
  const key = keyOfSeed(seed)
  const wrapped = await root.wrap(placeOf(name), createSecretKey(seed))
  seed.fill(0)
  const text = `${magic} ${name} ${toBase64(key.publicKey)} ${toBase64(wrapped)}\n`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(`${path}.new`, "w", 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  return { name, key }
}

async function parse(text: string, root: Root): Promise<Installation> {
  const [found, name = "", publicKey = "", wrapped = ""] = text.trim().split(" ")
  if (found !== magic || !/^[0-9a-f]{16}$/.test(name)) throw new Error("the ledger's key file is damaged")
  const seed = (await root.unwrap({ place: placeOf(name), bytes: seedBytes }, fromBase64(wrapped))).export()
  const key = keyOfSeed(seed)
  seed.fill(0)
  if (toBase64(key.publicKey) !== publicKey) throw new Error("the ledger's key file is damaged")
  return { name, key }
}

function placeOf(name: string): KeyPlace {
  return { tenant: "0", purpose: "ledger", of: [name] }
}
