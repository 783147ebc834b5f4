/**
 * The root key behind a PKCS#11 token: 32 bytes encrypted to an RSA key whose private half never leaves the token
 * (RFC 8017 §7.1, RSAES-OAEP with SHA-1 and MGF1, which is what tokens and SoftHSM2 know). Only the token opens the file.
 *
 * ```
 * hudun-root-1 pkcs11 <base64 of the RSA ciphertext>
 * ```
 *
 * The token is spoken to by `pkcs11-tool` of OpenSC, a process of its own that lives for one command: no native code is
 * loaded here, and a library that crashes or hangs does not take the server along. The PIN travels in its environment.
 */

import { execFile } from "node:child_process"
import { constants, createPublicKey, createSecretKey, publicEncrypt, randomBytes } from "node:crypto"
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { type Root, RootUnavailable, rootOfKey } from "./root.ts"
import { writeRootText } from "./root-file.ts"
import type { TokenSetting } from "./root-setting.ts"
import { A1 } from "./suite.ts"

const run = promisify(execFile)
const patience = 8_000
const smallestModulus = 2_048

export interface TokenAccess {
  readonly pin: string
  readonly mayMake: boolean
}

/** Throws {@link RootUnavailable}. */
export async function openRootToken(setting: TokenSetting, access: TokenAccess): Promise<Root> {
  const text = await readFile(setting.path, "utf8").catch(() => undefined)
  if (text === undefined && !access.mayMake) throw new RootUnavailable("root_missing")
  const sealed = text === undefined ? await makeRoot(setting, access) : sealedOf(text)
  const bytes = await decrypt(setting, access.pin, sealed)
  if (bytes.length !== A1.keyBytes) throw new RootUnavailable("root_damaged")
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return rootOfKey(`token ${setting.token}`, key)
}

function sealedOf(text: string): Buffer {
  const [magic, form, sealed = ""] = text.trim().split(" ")
  if (magic !== "hudun-root-1" || form !== "pkcs11") throw new RootUnavailable("root_damaged")
  return Buffer.from(sealed, "base64")
}

async function makeRoot(setting: TokenSetting, { pin }: TokenAccess): Promise<Buffer> {
  const der = await tool(setting, pin, ["--read-object", "--type", "pubkey", "--label", setting.object])
  const key = createPublicKey({ key: der, format: "der", type: "spki" })
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < smallestModulus)
    throw new RootUnavailable("provider_refused")
  const bytes = randomBytes(A1.keyBytes)
  const sealed = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
    new Uint8Array(bytes),
  )
  bytes.fill(0)
  await writeRootText(setting.path, `hudun-root-1 pkcs11 ${sealed.toString("base64")}\n`)
  return sealed
}

/** The tool takes files only; this folder holds ciphertext, and the plain bytes leave by standard output. */
async function decrypt(setting: TokenSetting, pin: string, sealed: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "hudun-token-"))
  try {
    await chmod(folder, 0o700)
    const input = join(folder, "sealed")
    await writeFile(input, sealed, { mode: 0o600 })
    const oaep = ["--mechanism", "RSA-PKCS-OAEP", "--hash-algorithm", "SHA-1", "--mgf", "MGF1-SHA1"]
    return await tool(setting, pin, ["--decrypt", "--label", setting.object, ...oaep, "--input-file", input])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function tool(setting: TokenSetting, pin: string, args: readonly string[]): Promise<Buffer> {
  const login = [
    "--module",
    setting.module,
    "--token-label",
    setting.token,
    "--login",
    "--pin",
    "env:HUDUN_PIN",
  ]
  try {
    const { stdout } = await run("pkcs11-tool", [...login, ...args], {
      encoding: "buffer",
      timeout: patience,
      killSignal: "SIGKILL",
      env: { ...process.env, HUDUN_PIN: pin, LC_ALL: "C" },
    })
    return stdout
  } catch (error) {
    throw new RootUnavailable(reasonOf(error))
  }
}

function reasonOf(error: unknown): "token_tool_missing" | "provider_slow" | "provider_refused" {
  if (!(error instanceof Error)) return "provider_refused"
  if ("code" in error && error.code === "ENOENT") return "token_tool_missing"
  return "killed" in error && error.killed === true ? "provider_slow" : "provider_refused"
}
