/** Opens everything in order — database, regime, keys, doors — and closes it again. Used by main.ts and by the tests. */

import { readFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import type { Config } from "./config.ts"
import { Door } from "./duty/people/door.ts"
import type { House } from "./house.ts"
import { type Ledger, openLedger } from "./ledger/ledger.ts"
import { TraceLane } from "./ledger/trace-lane.ts"
import { regimeV1 } from "./lifecycle/catalogue/regime-v1.ts"
import { ensureRegime } from "./lifecycle/catalogue/sql.ts"
import { type Clock, systemClock } from "./platform/clock.ts"
import { Database } from "./platform/database.ts"
import type { Log } from "./platform/log.ts"
import { openStoreServer, type StoreServer } from "./platform/store-server.ts"
import { Keyring } from "./vault/keyring.ts"
import { KeyringStore } from "./vault/keyring-sql.ts"
import type { Root } from "./vault/root.ts"
import { openRootFile } from "./vault/root-file.ts"

/** The installation itself: its keys seal what belongs to no company, such as sign-in secrets of the first run. */
export const ownTenant = "0"

export interface OpenHouse {
  readonly house: House
  /** Pool of hudun_auth: log-ins, credentials, sessions. */
  readonly auth: pg.Pool
  readonly server: StoreServer
  close(): Promise<void>
}

export interface OpenOptions {
  readonly config: Config
  /** Folder of the program: migrations lie beside src. */
  readonly program: string
  readonly log: Log
  readonly clock?: Clock
  /** A server that is up already, for tests; else the one of the configuration is opened. */
  readonly server?: StoreServer
}

export async function openHouse(options: OpenOptions): Promise<OpenHouse> {
  const { config, log, clock = systemClock } = options
  const root = await openRootFile(config.rootKeyFile, await passphraseOf(config))
  const server = options.server ?? (await openServer(options))
  log.event("database.ready", { how: server.how, version: server.version })
  if (server.migrated > 0) log.event("database.migrated", { count: server.migrated })
  const doors = openDoors(server, { root, clock })
  let ledger: Ledger | undefined
  const close = async () => {
    // First, while there is a database: what is durable is published.
    await ledger?.close()
    await Promise.allSettled([
      doors.database.close(),
      doors.traces.close(),
      doors.auth.end(),
      doors.keyring.close(),
    ])
    await server.stop()
  }
  try {
    await refuseLostContext(doors.database)
    await ensureRegime(doors.database, regimeV1, clock())
    await doors.keyring.ensureTenant(ownTenant, "A1")
    ledger = await openLedger({ ...config, database: server.as("hudun_publish"), root, clock, log })
  } catch (error) {
    await close()
    throw error
  }
  const { database, traces, auth, keyring } = doors
  const spine = { database, traces, second: ledger.second, clock, regimeVersion: () => regimeV1.version }
  return {
    house: { spine, door: new Door(auth, clock), keyring, data: config.data, log, ledger },
    auth,
    server,
    close,
  }
}

function openServer({ config, program, log }: OpenOptions): Promise<StoreServer> {
  return openStoreServer({
    data: config.data,
    databaseUrl: config.databaseUrl,
    migrations: join(program, "migrations"),
    onLost: () => log.event("database.lost", { code: "restarting" }),
  })
}

interface Doors {
  readonly database: Database
  readonly traces: TraceLane
  readonly auth: pg.Pool
  readonly keyring: Keyring
}

function openDoors(server: StoreServer, { root, clock }: { root: Root; clock: Clock }): Doors {
  const auth = new pg.Pool({ ...server.as("hudun_auth"), max: 4 })
  auth.on("error", () => undefined)
  return {
    database: new Database(server.as("hudun_app")),
    traces: new TraceLane(server.as("hudun_app")),
    auth,
    keyring: new Keyring(new KeyringStore(server.as("hudun_keyring")), root, clock),
  }
}

/** Start-up self-check: a context must reach the rows, and no context must reach none. Otherwise nothing is served. */
async function refuseLostContext(database: Database): Promise<void> {
  const ask = "select nullif(current_setting('app.communities', true), '') as seen"
  const context = { communities: "7", buildings: "", classes: "", posts: "", actor: "" }
  const [within] = await database.read<{ seen: string | null }>(context, ask)
  const [without] = await database.read<{ seen: string | null }>({ ...context, communities: "" }, ask)
  if (within?.seen !== "7" || without?.seen !== null)
    throw new Error("the row-security context does not reach the database")
}

async function passphraseOf(config: Config): Promise<string | undefined> {
  if (config.passphraseFile === undefined) return undefined
  return (await readFile(config.passphraseFile, "utf8")).replace(/\r?\n$/, "")
}
