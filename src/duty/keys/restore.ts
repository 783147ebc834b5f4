/**
 * A backup brought back into an empty database: the tables in one transaction, checked by every key and constraint, then the
 * counter of transactions, behind which the log would stop. Whatever fails or is killed leaves the database empty. Clause 5.4.
 */

import { lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { loadTables } from "../../platform/dump.ts"
import { newId, random } from "../../platform/random.ts"
import { raiseTransactions } from "../../platform/transaction-counter.ts"
import { type BackupKind, type Manifest, readBackup } from "./backup-manifest.ts"
import { readMigrations } from "./backup-sql.ts"

export interface Restoring {
  readonly folder: string
  readonly kind: BackupKind
  /** As the owner of the tables. */
  readonly owner: pg.ClientConfig
  readonly now: number
  readonly onStep: (step: RestoreStep) => void
}

export type RestoreStep =
  | { readonly what: "tables"; readonly done: number; readonly of: number }
  | { readonly what: "transactions"; readonly done: number; readonly of: number }

/** Throws in plain words when the backup is not whole, of another version, or the database is not empty. */
export async function restore({ folder, kind, owner, now, onStep }: Restoring): Promise<Manifest> {
  const manifest = await readBackup(folder, kind)
  const { tables } = manifest
  const schema = kind === "data" ? "app" : "keyring"
  await withOwner(owner, async (client) => {
    await refuseOtherVersion(client, manifest)
    await inTransaction(client, () => refuseFull(client, kind))
    // Before the tables: what is written from here on comes behind what comes back.
    if (kind === "data") await countOn(client, manifest, onStep)
    await inTransaction(client, async () => {
      await refuseFull(client, kind)
      await loadTables(client, { schema, folder, tables }, (done) =>
        onStep({ what: "tables", done, of: tables.length }),
      )
      if (kind === "data") await traceRestore(client, now)
    })
    await client.query(tables.map(({ name }) => `analyze ${schema}.${name}`).join(";"))
  })
  return manifest
}

function countOn(client: pg.Client, manifest: Manifest, onStep: Restoring["onStep"]): Promise<void> {
  const least = BigInt(manifest.transaction)
  return raiseTransactions(client, least, (reached) =>
    onStep({ what: "transactions", done: Number(reached), of: Number(least) }),
  )
}

async function refuseOtherVersion(client: pg.Client, manifest: Manifest): Promise<void> {
  const ours = await readMigrations(client, manifest.kind)
  if (JSON.stringify(ours) === JSON.stringify(manifest.migrations)) return
  const last = manifest.migrations.at(-1)?.name ?? "none"
  throw new Error(`the backup is of another version of Hudun, whose last migration is ${last}`)
}

/** What migrations put there does not count. */
async function refuseFull(client: pg.Client, kind: BackupKind): Promise<void> {
  const [table, rest] = kind === "data" ? ["app.tenant", "where tenant_id <> 0"] : ["keyring.kek", ""]
  await client.query(`alter table ${table} no force row level security`)
  const { rows } = await client.query(`select from ${table} ${rest} limit 1`)
  if (rows.length > 0) throw new Error("the database is not empty: a backup comes back into a new one only")
  await client.query(`alter table ${table} force row level security`)
}

/** In the transaction of what it tells of. */
async function traceRestore(client: pg.Client, now: number): Promise<void> {
  await client.query("alter table app.trace no force row level security")
  await client.query(
    `insert into app.trace (community_id, trace_id, at, post, act, clause, subjects, fields, outcome, regime_version, client, salt)
     select 0, $1, $2, 'operator', 'backup.restore', '5.4', '{}', '{}', 'done', coalesce(max(version), 1), 'command', $3
     from app.regime_version`,
    [newId(now), new Date(now), Buffer.from(random(16))],
  )
  await client.query("alter table app.trace force row level security")
}

async function withOwner(config: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(config)
  client.on("error", () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin")
  try {
    await work()
    await client.query("commit")
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    throw error
  }
}

/** The sealed key of the log, unless one lies there. Only its owner may read it, whatever may read the backup. */
export async function restoreLedgerKey(folder: string, data: string, manifest: Manifest): Promise<void> {
  const target = join(data, "keys", "ledger.key")
  if (!manifest.files.some(({ name }) => name === "ledger.key")) return
  const isThere = await lstat(target).then(
    () => true,
    () => false,
  )
  if (isThere) return
  await mkdir(join(data, "keys"), { recursive: true, mode: 0o700 })
  // A copy would have the mode of the backup, and a draft left behind its own.
  const draft = `${target}.new`
  await rm(draft, { force: true })
  await writeFile(draft, await readFile(join(folder, "ledger.key")), { mode: 0o600, flush: true })
  await rename(draft, target)
}
