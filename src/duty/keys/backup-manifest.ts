/** What a backup says of itself: `manifest.json`, written last, so that a folder with one is whole. Clause 5.4. */

import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { isIntact } from "../../platform/dump.ts"

export const manifestName = "manifest.json"

const file = z.object({ name: z.string().regex(/^[a-z0-9._-]+$/), bytes: z.number(), sha256: z.string() })
const table = z.object({
  name: z.string().regex(/^[a-z0-9_]+$/),
  columns: z.array(z.string()).readonly(),
  rows: z.number(),
  file,
})

const manifest = z.object({
  format: z.literal("hudun-backup-1"),
  kind: z.enum(["data", "keyring"]),
  at: z.iso.datetime(),
  /** Migrations that made the tables, in the order of their names. */
  migrations: z.array(z.object({ name: z.string(), digest: z.string() })),
  /** The number of the next transaction: a database that is filled from this must count on from there. */
  transaction: z.string().regex(/^\d+$/),
  /** Where the logs of the communities were: leaves in the tree and its root in base64. */
  ledger: z.array(
    z.object({ communityId: z.string(), origin: z.string(), size: z.number(), root: z.string() }),
  ),
  tables: z.array(table),
  /** Files that are no tables. */
  files: z.array(file),
})
export type Manifest = z.infer<typeof manifest>
export type BackupKind = Manifest["kind"]

/** Reads the manifest and every file it names. Throws in plain words when something is missing or changed. */
export async function readBackup(folder: string, kind: BackupKind): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => {
    throw new Error(`${folder} holds no whole backup: ${manifestName} is missing`)
  })
  const read = manifest.safeParse(jsonOf(text))
  if (!read.success) throw new Error(`${folder}: ${manifestName} is not one of Hudun's`)
  if (read.data.kind !== kind)
    throw new Error(`${folder} is a backup of the ${read.data.kind}, not of the ${kind}`)
  for (const one of [...read.data.tables.map((row) => row.file), ...read.data.files]) {
    if (!(await isIntact(folder, one))) throw new Error(`${folder}: ${one.name} is missing or changed`)
  }
  return read.data
}

/** What to write down of a backup: whoever keeps it knows later that nothing was changed. */
export function digestOf(manifestText: string): string {
  return createHash("sha256").update(manifestText).digest("hex")
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
