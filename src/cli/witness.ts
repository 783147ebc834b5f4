/** `hudun witness`: a small process for a head office or the owners' committee, on a machine that is not the log's. Clause 9.5. */

import { randomBytes } from "node:crypto"
import { mkdir, open, readFile } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openDisk } from "../ledger/disk.ts"
import type { Ed25519Key } from "../ledger/ed25519.ts"
import { cosignatureType, formatVerifierKey, verifierKey } from "../ledger/note.ts"
import { keyOfSeed } from "../ledger/signing-key.ts"
import { Witness } from "../ledger/witness-server.ts"
import { keysFrom, Misuse, verifiersOf } from "./options.ts"

const defaultPort = 7090

/** Serves until the process is ended. */
export async function witnessCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      dir: { type: "string" },
      name: { type: "string" },
      logs: { type: "string" },
      host: { type: "string" },
      port: { type: "string" },
    },
  })
  const { dir, name, logs } = values
  if (dir === undefined || name === undefined || logs === undefined)
    throw new Misuse("--dir, --name and --logs are needed")
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const key = await openKey(join(dir, "witness.key"))
  const keys = await keysFrom(logs)
  const known = [...new Set(keys.map((one) => one.name))].map((origin) => ({
    origin,
    verifiers: verifiersOf(keys, origin),
  }))
  const server = new Witness({ name, key, logs: known, disk: openDisk(dir), clock: Date.now }).server()
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(Number(values.port ?? defaultPort), values.host ?? "127.0.0.1", resolve)
  })
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : defaultPort
  process.stdout.write(
    `${formatVerifierKey(verifierKey(name, cosignatureType, key.publicKey))} http://${values.host ?? "127.0.0.1"}:${port}\n`,
  )
  await new Promise((resolve) => server.once("close", resolve))
  return 0
}

/** 32 bytes in base64, mode 0600. The witness has no root key: whoever has the file is the witness. */
async function openKey(path: string): Promise<Ed25519Key> {
  const text = await readFile(path, "utf8").catch(() => undefined)
  if (text !== undefined) return keyOfSeed(Buffer.from(text.trim(), "base64"))
  const seed = randomBytes(32)
  const file = await open(path, "wx", 0o600)
  try {
    await file.writeFile(`${seed.toString("base64")}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return keyOfSeed(seed)
}
