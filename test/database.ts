/** A real PostgreSQL for tests: an embedded server for each file, on a fresh copy of a database with every migration. */

import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import pg from "pg"
import { inject } from "vitest"
import { startLocalPostgres } from "../src/platform/local-postgres.ts"
import type { RoleName } from "../src/platform/roles.ts"
import type { StoreServer } from "../src/platform/store-server.ts"
import { copyTemplate } from "./template.ts"

export const program = resolve(import.meta.dirname, "..")

export interface TestDatabase extends StoreServer {
  /** Data folder of this file: keys, sealed files, and the PostgreSQL of the process. */
  readonly data: string
  /** As the superuser, for what only an attacker or an operator does. */
  superuser(): Promise<pg.Client>
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const data = await mkdtemp(join(tmpdir(), "hudun-test-"))
  const { directory, migrated } = inject("template")
  await copyTemplate(directory, join(data, "postgres"))
  const local = await startLocalPostgres({
    directory: join(data, "postgres"),
    // No test takes the machine's power away: what a server wrote before it was killed is there without a flush.
    settings: { shared_buffers: "64MB", max_wal_size: "256MB", fsync: "off" },
  })
  const socket = { host: local.host, port: local.port }
  const as = (role: RoleName) => ({ ...socket, user: role, database: "hudun" })
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
