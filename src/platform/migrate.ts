/** Forward-only migrations: each file runs once, in order, in its own transaction; a file that changed afterwards stops the start. */

import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"

/** Any fixed number: two servers that start together migrate one after the other. */
const migrationLock = 7_080_001

interface Migration {
  readonly name: string
  readonly text: string
  readonly digest: string
}

/** Brings the database to the newest version. Returns how many files ran. `runs`: which of them belong into this database. Throws when a file that ran has changed since. */
export async function migrate(
  client: pg.Client,
  folder: string,
  runs: (name: string) => boolean = () => true,
): Promise<number> {
  const migrations = (await readMigrations(folder)).filter(({ name }) => runs(name))
  await client.query("select pg_advisory_lock($1)", [migrationLock])
  try {
    const done = await readDone(client)
    refuseChanged(migrations, done)
    const waiting = migrations.filter(({ name }) => !done.has(name))
    for (const migration of waiting) await run(client, migration)
    return waiting.length
  } finally {
    await client.query("select pg_advisory_unlock($1)", [migrationLock])
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8")
      return { name, text, digest: createHash("sha256").update(text).digest("hex") }
    }),
  )
}

async function readDone(client: pg.Client): Promise<Map<string, string>> {
  await client.query(
    `create schema if not exists hudun;
     create table if not exists hudun.migration (
       name text primary key, digest text not null, at timestamptz not null default now())`,
  )
  const { rows } = await client.query<{ name: string; digest: string }>(
    "select name, digest from hudun.migration",
  )
  return new Map(rows.map((row) => [row.name, row.digest]))
}

function refuseChanged(migrations: readonly Migration[], done: ReadonlyMap<string, string>): void {
  const changed = migrations.find(({ name, digest }) => done.has(name) && done.get(name) !== digest)
  if (changed) throw new Error(`migration ${changed.name} has changed since it ran`)
}

async function run(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query("begin")
    await client.query(migration.text)
    await client.query("insert into hudun.migration (name, digest) values ($1, $2)", [
      migration.name,
      migration.digest,
    ])
    await client.query("commit")
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    throw new Error(`migration ${migration.name} failed`, { cause: error })
  }
}
