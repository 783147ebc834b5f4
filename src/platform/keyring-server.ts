/** The keyring in a database of its own (KEYRING_URL): its role, its password, its migrations and nothing else. Clause 5.4. */

import { randomBytes } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import pg from "pg"
import { migrate } from "./migrate.ts"

export interface KeyringDatabase {
  /** As somebody who may create roles and schemas there. */
  readonly url: string
  /** The data folder: keeps the role's password. */
  readonly data: string
  readonly migrations: string
}

const role = "hudun_keyring"
const owner = "hudun_owner"

export interface KeyringServer {
  /** Connection settings as hudun_keyring. */
  readonly config: pg.ClientConfig
  /** Brings role and tables up to date. Rejects when the server is away, late or refuses; may be tried again. */
  readonly prepare: () => Promise<void>
}

const connectMilliseconds = 5_000
const answerMilliseconds = 60_000

/** Nothing is asked of the server yet: a keyring that is away must not keep the start up. */
export async function keyringDatabase(database: KeyringDatabase): Promise<KeyringServer> {
  const password = await readPassword(join(database.data, "keys", "keyring-role.password"))
  const address = new URL(database.url)
  address.username = role
  address.password = password
  return {
    config: { connectionString: address.toString() },
    prepare: () => prepare(database, password),
  }
}

async function prepare({ url, migrations }: KeyringDatabase, password: string): Promise<void> {
  const admin = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMilliseconds,
    query_timeout: answerMilliseconds,
  })
  admin.on("error", () => undefined)
  await admin.connect()
  try {
    await ensureRole(admin, owner)
    await ensureRole(admin, role)
    await admin.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`)
    await grant(admin)
    await migrate(admin, migrations, (name) => name.includes("keyring"))
  } finally {
    await admin.end()
  }
}

async function ensureRole(admin: pg.Client, name: string): Promise<void> {
  const { rows } = await admin.query("select from pg_roles where rolname = $1", [name])
  if (rows.length === 0)
    await admin.query(`create role ${name} nosuperuser nocreatedb nocreaterole nobypassrls`)
}

async function grant(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>("select current_database() as name")
  const name = pg.escapeIdentifier(rows[0]?.name ?? "")
  await admin.query(`grant connect on database ${name} to ${role}`)
}

async function readPassword(path: string): Promise<string> {
  const known = await readFile(path, "utf8").catch(() => undefined)
  if (known !== undefined) return known.trim()
  const made = randomBytes(24).toString("base64url")
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, `${made}\n`, { mode: 0o600, flag: "wx" })
  return made
}
