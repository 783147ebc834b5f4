/** How the commands of this machine prove themselves: a secret in the keys folder, drawn anew at every start. */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"

export const localHeader = "x-hudun-local"

/** Writes the secret for the commands and returns how to recognise it. */
export async function makeLocalToken(data: string): Promise<(told: string) => boolean> {
  const token = randomBytes(32).toString("base64url")
  const path = pathOf(data)
  await mkdir(join(data, "keys"), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, `${token}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  const known = digest(token)
  return (told) => timingSafeEqual(digest(told), known)
}

/** Throws ENOENT or EACCES for whom it is not. */
export async function readLocalToken(data: string): Promise<string> {
  return (await readFile(pathOf(data), "utf8")).trim()
}

function pathOf(data: string): string {
  return join(data, "keys", "local.token")
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
