/** A real PostgreSQL for tests: an embedded server for each process, a fresh copy of a database with every migration for each file. */

import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import pg from "pg"
import { inject } from "vitest"
import { type LocalPostgres, startLocalPostgres } from "../src/platform/local-postgres.ts"
import type { RoleName } from "../src/platform/roles.ts"
import type { StoreServer } from "../src/platform/store-server.ts"
import { copyTemplate } from "./template.ts"

export const program = resolve(import.meta.dirname, "..")

export interface TestDatabase extends StoreServer {
  /** Data folder of this file: keys and sealed files. */
  readonly data: string
  /** As the superuser, for what only an attacker or an operator does. */
  superuser(): Promise<pg.Client>
}

/** The PostgreSQL that the files of this process share, one after the other. */
let shared: Promise<LocalPostgres> | undefined
let opened = 0

/** A database of its own with every migration, on a PostgreSQL that it shares. */
export async function openTestDatabase(): Promise<TestDatabase> {
  shared ??= startShared()
  const local = await shared
  const name = `hudun_${(opened += 1)}`
  await tell(local, `create database ${name} template pristine owner hudun_owner`)
  const close = () => tell(local, `drop database ${name} with (force)`)
  return databaseOn(local, { name, data: await newFolder(), close })
}

/** What all start from has a name of its own: nobody takes it for theirs. */
async function startShared(): Promise<LocalPostgres> {
  const local = await startCopy(join(inject("template").clusters, String(process.pid)))
  await tell(local, "alter database hudun rename to pristine")
  return local
}

async function tell(local: LocalPostgres, statement: string): Promise<void> {
  const client = await superuserOf(local, "postgres")
  await client.query(statement)
  await client.end()
}

/** On a PostgreSQL of its own, in the data folder: for those who take its files, or look at it from another process. */
export async function openTestServer(): Promise<TestDatabase> {
  const data = await newFolder()
  const local = await startCopy(join(data, "postgres"))
  return databaseOn(local, { name: "hudun", data, close: () => local.stop() })
}

/** No test takes the machine's power away: what a server wrote before it was killed is there without a flush. */
const settings = {
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  fsync: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  io_method: "sync",
}

const newFolder = () => mkdtemp(join(tmpdir(), "hudun-test-"))

async function startCopy(directory: string): Promise<LocalPostgres> {
  await copyTemplate(inject("template").directory, directory)
  return startLocalPostgres({
    directory,
    settings,
  })
}

async function superuserOf({ host, port }: LocalPostgres, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host, port, user: "postgres", database })
  await client.connect()
  return client
}

interface Opened {
  readonly name: string
  readonly data: string
  readonly close: () => Promise<void>
}

function databaseOn(local: LocalPostgres, { name, data, close }: Opened): TestDatabase {
  return {
    data,
    how: "test",
    version: "18",
    migrated: inject("template").migrated,
    as: (role: RoleName) => ({ host: local.host, port: local.port, user: role, database: name }),
    superuser: () => superuserOf(local, name),
    async stop() {
      await close()
      await rm(data, { recursive: true, force: true })
    },
  }
}
