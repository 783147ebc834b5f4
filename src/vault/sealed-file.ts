/** Files that hold personal data lie sealed, each under a key of its own; whoever destroys the key destroys the file. Clause 3.9. */

import { mkdir, open, readFile, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { openEnvelope, type SealingKey, sealEnvelope } from "./envelope.ts"
import { drawNonce } from "./keyring.ts"

/** Writes and flushes before it returns. `names` bind the content to its place. */
export async function writeSealedFile(
  path: string,
  { key, names, content }: { key: SealingKey; names: readonly string[]; content: Uint8Array },
): Promise<void> {
  const sealed = sealEnvelope(key, { format: "record", names, plaintext: content }, drawNonce)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, "w", 0o600)
  try {
    await file.writeFile(sealed)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Throws Unopenable when it is not what was sealed there; ENOENT when it is gone. */
export async function readSealedFile(
  path: string,
  key: SealingKey,
  names: readonly string[],
): Promise<Buffer> {
  return openEnvelope(key, { format: "record", names }, await readFile(path))
}

export async function removeSealedFile(path: string): Promise<void> {
  await rm(path, { force: true })
}
