/**
 * The root key in a file of mode 0600: 32 random bytes, either as they are or sealed under a passphrase by
 * scrypt (RFC 7914, N = 2^17, r = 8, p = 1) and AES-256-GCM.
 *
 * ```
 * hudun-root-1 plain <base64 of 32 bytes>
 * hudun-root-1 scrypt <N> <base64 of 16 bytes of salt> <base64 of the envelope>
 * ```
 */

import { createSecretKey, type KeyObject, randomBytes, randomFillSync, scrypt } from "node:crypto"
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { promisify } from "node:util"
import { openEnvelope, sealEnvelope } from "./envelope.ts"
import { nonceSource } from "./nonce.ts"
import { type Root, RootUnavailable, rootOfKey } from "./root.ts"
import { A1, Unopenable } from "./suite.ts"

const cost = 2 ** 17
const saltBytes = 16
const draw = nonceSource((bytes) => randomFillSync(bytes))
const binding = { format: "key", names: ["root"] } as const
const stretch = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt)

/** Opens the file, or makes it when there is none and `mayMake`. Throws {@link RootUnavailable}. */
export async function openRootFile(
  path: string,
  passphrase: string | undefined,
  mayMake: boolean,
): Promise<Root> {
  return rootOfKey("key file", await readRootKey(path, passphrase, mayMake))
}

/** The root key itself: for splitting it into shares, and for nothing else. Throws {@link RootUnavailable}. */
export async function readRootKey(
  path: string,
  passphrase: string | undefined,
  mayMake = false,
): Promise<KeyObject> {
  const text = await readRoot(path)
  if (text !== undefined) return parseRoot(text, passphrase)
  if (!mayMake) throw new RootUnavailable("root_missing")
  return makeRoot(path, passphrase)
}

async function readRoot(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if ((found.mode & 0o077) !== 0) throw new RootUnavailable("root_exposed")
  return readFile(path, "utf8")
}

async function makeRoot(path: string, passphrase: string | undefined): Promise<KeyObject> {
  const bytes = randomBytes(A1.keyBytes)
  const key = createSecretKey(bytes)
  const text =
    passphrase === undefined
      ? `hudun-root-1 plain ${bytes.toString("base64")}\n`
      : await locked(bytes, passphrase)
  bytes.fill(0)
  await writeRootText(path, text)
  return key
}

/** Written whole or not at all: half a root key would lose everything sealed under it. */
export async function writeRootText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rm(`${path}.new`, { force: true })
  const file = await open(`${path}.new`, "wx", 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

async function locked(bytes: Buffer, passphrase: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const by = { suite: A1, version: 1, key: await passphraseKey(passphrase, salt, cost) }
  const envelope = sealEnvelope(by, { ...binding, plaintext: bytes }, draw)
  return `hudun-root-1 scrypt ${cost} ${salt.toString("base64")} ${envelope.toString("base64")}\n`
}

async function parseRoot(text: string, passphrase: string | undefined): Promise<KeyObject> {
  const [magic, form, ...rest] = text.trim().split(" ")
  if (magic !== "hudun-root-1") throw new RootUnavailable("root_damaged")
  if (form === "plain") return rootKey(Buffer.from(rest[0] ?? "", "base64"))
  if (form !== "scrypt") throw new RootUnavailable("root_damaged")
  if (passphrase === undefined) throw new RootUnavailable("passphrase_missing")
  return unlocked(rest, passphrase)
}

async function unlocked(
  [n = "", salt = "", envelope = ""]: string[],
  passphrase: string,
): Promise<KeyObject> {
  const N = Number(n)
  if (!Number.isInteger(N) || N < cost) throw new RootUnavailable("root_damaged")
  const by = { suite: A1, version: 1, key: await passphraseKey(passphrase, Buffer.from(salt, "base64"), N) }
  try {
    return rootKey(openEnvelope(by, binding, Buffer.from(envelope, "base64")))
  } catch (error) {
    if (error instanceof Unopenable) throw new RootUnavailable("passphrase_wrong")
    throw error
  }
}

function rootKey(bytes: Buffer): KeyObject {
  if (bytes.length !== A1.keyBytes) throw new RootUnavailable("root_damaged")
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

async function passphraseKey(passphrase: string, salt: Buffer, N: number): Promise<KeyObject> {
  const options = { N, r: 8, p: 1, maxmem: 256 * N * 8 }
  return createSecretKey(await stretch(passphrase.normalize("NFKC"), salt, A1.keyBytes, options))
}
