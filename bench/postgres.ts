/** One PostgreSQL for both sides, started as `npm start` starts it: same settings, fsync and synchronous_commit on. */

import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { z } from "zod"
import { startLocalPostgres } from "../src/platform/local-postgres.ts"
import type { RoleName } from "../src/platform/roles.ts"
import { openStoreServer, type StoreServer } from "../src/platform/store-server.ts"

/** Where it listens; travels to the children. */
export const socketShape = z.object({ host: z.string(), port: z.number().int() })
export type Socket = z.infer<typeof socketShape>

/** The product's database and the plain one, side by side in one server. */
export const productDatabase = "hudun"
export const plainDatabase = "plain"

export interface Postgres {
  readonly socket: Socket
  /** CPU time of all its processes so far, in microseconds. */
  cpu(): number
  stop(): Promise<void>
}

export async function startPostgres(data: string, program: string): Promise<Postgres> {
  const store = await openStoreServer({
    data,
    databaseUrl: undefined,
    migrations: join(program, "migrations"),
    onLost: () => undefined,
  })
  const local = await startLocalPostgres({ directory: join(data, "postgres") })
  const socket = { host: local.host, port: local.port }
  await withAdmin(socket, "postgres", async (admin) => {
    const { rows } = await admin.query("select from pg_database where datname = $1", [plainDatabase])
    if (rows.length === 0) await admin.query(`create database ${plainDatabase}`)
  })
  return { socket, cpu: () => cpuOf(local.pid), stop: () => store.stop() }
}

/** The running server as a child sees it: never stopped by one. */
export function storeAt(socket: Socket): StoreServer {
  return {
    how: "bench",
    version: "18",
    migrated: 0,
    as: (role: RoleName) => ({ ...socket, user: role, database: productDatabase }),
    stop: () => Promise.resolve(),
  }
}

export async function withAdmin<Result>(
  socket: Socket,
  database: string,
  work: (admin: pg.Client) => Promise<Result>,
): Promise<Result> {
  const admin = new pg.Client({ ...socket, user: "postgres", database })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

/** Linux only: time on the processor of the postmaster and its living children; elsewhere 0. */
function cpuOf(postmaster: number): number {
  let nanoseconds = 0
  for (const pid of readdirOr("/proc")) {
    if (!/^\d+$/.test(pid) || !(Number(pid) === postmaster || parentOf(pid) === postmaster)) continue
    nanoseconds += Number(readOr(`/proc/${pid}/schedstat`).split(" ")[0])
  }
  return nanoseconds / 1_000
}

function parentOf(pid: string): number {
  // The name in parentheses may hold anything; the state and the parent follow it.
  return Number(readOr(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1])
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return "0"
  }
}

function readdirOr(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
