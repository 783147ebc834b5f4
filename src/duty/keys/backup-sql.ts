/** A backup's reading: one snapshot of everything it may read. As hudun_backup for the data, as hudun_keyring for the keys. Clause 5.4. */

import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import {
  type DumpedTable,
  type DumpFile,
  dumpTable,
  tablesOf,
  writeFlushed,
  writeWhole,
} from "../../platform/dump.ts"
import { nextTransaction } from "../../platform/transaction-counter.ts"
import { type BackupKind, digestOf, type Manifest, manifestName } from "./backup-manifest.ts"

/** A session that came back would let a stolen cookie in again. */
const leftOut = ["session"]

export interface BackupWork {
  readonly client: pg.ClientBase
  /** The folder to make. */
  readonly to: string
  readonly kind: BackupKind
  /** The data folder: a backup of the keyring takes the ledger's sealed key along. */
  readonly data: string
  readonly now: number
  readonly onTable: (progress: { table: string; done: number; of: number; bytes: number }) => void
}

/** Writes the backup. Returns the SHA-256 of its manifest in hexadecimal digits. Throws EEXIST when the folder is there. */
export async function writeBackup(work: BackupWork): Promise<string> {
  let digest = ""
  await writeWhole(work.to, async (draft) => {
    await work.client.query("begin isolation level repeatable read, read only")
    try {
      const text = `${JSON.stringify(await fill(work, draft), null, 1)}\n`
      digest = digestOf(text)
      await writeFlushed(draft, manifestName, text)
    } finally {
      await work.client.query("rollback")
    }
  })
  return digest
}

async function fill(work: BackupWork, draft: string): Promise<Manifest> {
  const { client, kind, now } = work
  const schema = kind === "data" ? "app" : "keyring"
  const all = (await tablesOf(client, schema)).filter(
    ({ name }) => kind === "keyring" || !leftOut.includes(name),
  )
  if (kind === "data")
    await refuseHidden(
      client,
      all.map(({ name }) => name),
    )
  const tables: DumpedTable[] = []
  let bytes = 0
  for (const table of all) {
    work.onTable({ table: table.name, done: tables.length, of: all.length, bytes })
    const dumped = await dumpTable(client, { schema, table }, draft)
    bytes += dumped.file.bytes
    tables.push(dumped)
  }
  work.onTable({ table: "", done: all.length, of: all.length, bytes })
  return {
    format: "hudun-backup-1",
    kind,
    at: new Date(now).toISOString(),
    migrations: await readMigrations(client, kind),
    transaction: String(await nextTransaction(client)),
    ledger: kind === "data" ? await readLedger(client) : [],
    tables,
    files: kind === "data" ? [] : await ledgerKey(work.data, draft),
  }
}

/** Row security leaves rows out without a word: a table that no policy shows as a whole is no backup. */
async function refuseHidden(client: pg.ClientBase, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_policies
     where schemaname = 'app' and cmd = 'SELECT' and qual = 'true' and 'hudun_backup' = any (roles)`,
  )
  const shown = new Set(rows.map((row) => row.name))
  const hidden = names.filter((name) => !shown.has(name))
  if (hidden.length > 0) throw new Error(`tables hidden from the backup: ${hidden.join(", ")}`)
}

export async function readMigrations(
  client: pg.ClientBase,
  kind: BackupKind,
): Promise<Manifest["migrations"]> {
  const { rows } = await client.query<Manifest["migrations"][number]>(
    "select name, digest from hudun.migration order by name",
  )
  return rows.filter(({ name }) => kind === "data" || name.includes("keyring"))
}

async function readLedger(client: pg.ClientBase): Promise<Manifest["ledger"]> {
  const { rows } = await client.query<{ community_id: string; origin: string; size: string; root: Buffer }>(
    `select distinct on (b.community_id) b.community_id, l.origin, b.first_index + b.count as size, b.root
     from app.ledger_batch b join app.ledger_log l using (community_id)
     order by b.community_id, b.first_index desc`,
  )
  return rows.map(({ community_id, origin, size, root }) => ({
    communityId: community_id,
    origin,
    size: Number(size),
    root: root.toString("base64"),
  }))
}

/** Without it a restored log would be another installation's. It opens nothing, and only the root opens it. */
async function ledgerKey(data: string, draft: string): Promise<DumpFile[]> {
  const content = await readFile(join(data, "keys", "ledger.key")).catch(() => undefined)
  return content === undefined ? [] : [await writeFlushed(draft, "ledger.key", content)]
}
