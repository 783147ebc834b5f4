/** A real PostgreSQL for tests: one embedded server a run of the process, a fresh database with every migration a file. */

import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import pg from "pg"
import { startLocalPostgres } from "../src/platform/local-postgres.ts"
import { migrate } from "../src/platform/migrate.ts"
import { ensureRoles, type RoleName } from "../src/platform/roles.ts"
import type { StoreServer } from "../src/platform/store-server.ts"

export const program = resolve(import.meta.dirname, "..")

export interface TestDatabase extends StoreServer {
  /** Data folder of this file: keys, sealed files, and the PostgreSQL of the process. */
  readonly data: string
  /** As the superuser, for what only an attacker or an operator does. */
  superuser(): Promise<pg.Client>
}

/** Not a socket of ours is shared between files: vitest runs each file in a process of its own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const data = await mkdtemp(join(tmpdir(), "hudun-test-"))
  const local = await startLocalPostgres({
    directory: join(data, "postgres"),
    settings: { shared_buffers: "64MB", max_wal_size: "256MB" },
  })
  const socket = { host: local.host, port: local.port }
  const admin = new pg.Client({ ...socket, user: "postgres", database: "postgres" })
  await admin.connect()
  await ensureRoles(admin, undefined)
  await admin.query("create database hudun owner hudun_owner")
  await admin.end()
  const as = (role: RoleName) => ({ ...socket, user: role, database: "hudun" })
  const owner = new pg.Client(as("hudun_owner"))
  await owner.connect()
  const migrated = await migrate(owner, join(program, "migrations"))
  await owner.end()
  return {
    data,
    how: "test",
    version: "18",
    migrated,
    as,
    async superuser() {
      const client = new pg.Client({ ...socket, user: "postgres", database: "hudun" })
      await client.connect()
      return client
    },
    async stop() {
      await local.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}
