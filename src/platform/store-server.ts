/** Brings up PostgreSQL (the embedded one, or the one of DATABASE_URL), its roles and the newest schema. */

import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { type LocalPostgres, startLocalPostgres } from "./local-postgres.ts"
import { migrate } from "./migrate.ts"
import { ensureRoles, type RoleName, readRolePasswords } from "./roles.ts"

const embeddedDatabase = "hudun"
const longestPause = 5_000

/** Settings of the embedded server. Its log holds no statement and no value: see local-postgres.ts. */
const oldestSupported = 150_000

export interface StoreServer {
  readonly how: string
  readonly version: string
  readonly migrated: number
  /** Connection settings for one of our roles. */
  as(role: RoleName): pg.ClientConfig
  stop(): Promise<void>
}

export interface StoreServerOptions {
  readonly data: string
  readonly databaseUrl: string | undefined
  readonly migrations: string
  /** Called when the embedded server ended without being asked; it is started again at once. */
  readonly onLost: () => void
}

export async function openStoreServer(options: StoreServerOptions): Promise<StoreServer> {
  return options.databaseUrl === undefined ? openEmbedded(options) : openForeign(options, options.databaseUrl)
}

async function openEmbedded(options: StoreServerOptions): Promise<StoreServer> {
  const local = await startKept(options)
  const socket = { host: local.host, port: local.port }
  try {
    const version = await prepare({ ...socket, user: "postgres", database: "postgres" }, async (admin) => {
      await ensureRoles(admin, undefined)
      await ensureDatabase(admin)
    })
    const as = (role: RoleName) => ({ ...socket, user: role, database: embeddedDatabase })
    const migrated = await withClient(as("hudun_owner"), (client) => migrate(client, options.migrations))
    return { how: local.how, version, migrated, as, stop: () => local.stop() }
  } catch (error) {
    await local.stop()
    throw error
  }
}

interface Kept {
  readonly host: string
  readonly port: number
  readonly how: string
  stop(): Promise<void>
}

/** Keeps the embedded server up: whoever kills it loses nothing but the requests of that moment. */
async function startKept({ data, onLost }: StoreServerOptions): Promise<Kept> {
  const directory = join(data, "postgres")
  const ending = new AbortController()
  const again = () => {
    onLost()
    current = startUntilUp(() => startLocalPostgres({ directory, onExit: again }), ending.signal)
  }
  const first = startLocalPostgres({ directory, onExit: again })
  let current: Promise<LocalPostgres | undefined> = first
  const { host, port, how } = await first
  const stop = async () => {
    ending.abort()
    await (await current.catch(() => undefined))?.stop()
  }
  return { host, port, how, stop }
}

/** A full disk keeps it from starting until there is room again: requests are refused meanwhile. */
async function startUntilUp(
  start: () => Promise<LocalPostgres>,
  signal: AbortSignal,
): Promise<LocalPostgres | undefined> {
  for (let pause = 250; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
    const started = await start().catch(() => undefined)
    if (started !== undefined) return started
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
  return undefined
}

async function openForeign(options: StoreServerOptions, url: string): Promise<StoreServer> {
  const passwords = await readRolePasswords(join(options.data, "keys", "database-roles.json"))
  const version = await prepare({ connectionString: url }, async (admin) => {
    await ensureRoles(admin, passwords)
    await grantDatabase(admin)
  })
  const as = (role: RoleName) => ({ connectionString: withUser(url, role, passwords[role] ?? "") })
  const migrated = await withClient(as("hudun_owner"), (client) => migrate(client, options.migrations))
  return { how: "foreign", version, migrated, as, stop: () => Promise.resolve() }
}

async function prepare(config: pg.ClientConfig, work: (admin: pg.Client) => Promise<void>): Promise<string> {
  return withClient(config, async (admin) => {
    const { rows } = await admin.query<{ number: number; text: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
    )
    const found = rows[0]
    if (found === undefined || found.number < oldestSupported)
      throw new Error("postgresql 15 or newer is needed")
    await work(admin)
    return found.text
  })
}

async function ensureDatabase(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query("select from pg_database where datname = $1", [embeddedDatabase])
  if (rows.length === 0) await admin.query(`create database ${embeddedDatabase} owner hudun_owner`)
}

async function grantDatabase(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>("select current_database() as name")
  const name = pg.escapeIdentifier(rows[0]?.name ?? "")
  await admin.query(`grant create, connect on database ${name} to hudun_owner`)
  await admin.query(
    `grant connect on database ${name} to hudun_app, hudun_auth, hudun_keyring, hudun_publish, hudun_backup, hudun_look`,
  )
}

async function withClient<Result>(
  config: pg.ClientConfig,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.toString()
}
