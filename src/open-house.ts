/** Opens everything in order — database, regime, keys, doors — and closes it again. Used by main.ts and by the tests. */

import { join } from "node:path"
import type pg from "pg"
import type { Config } from "./config.ts"
import { Door } from "./duty/people/door.ts"
import type { House } from "./house.ts"
import { type Ledger, openLedger } from "./ledger/ledger.ts"
import { TraceLane } from "./ledger/trace-lane.ts"
import { capsOf } from "./lifecycle/catalogue/approvals-v1.ts"
import { RegimeInForce } from "./lifecycle/catalogue/in-force.ts"
import { mosaicOf } from "./lifecycle/catalogue/mosaic-v1.ts"
import { regimeV1 } from "./lifecycle/catalogue/regime-v1.ts"
import { ensureRegime } from "./lifecycle/catalogue/sql.ts"
import { CapMeter } from "./lifecycle/use/cap-meter.ts"
import { type GrantAsk, grantsTogether, type PlacedGrant } from "./lifecycle/use/grants-together.ts"
import { type Clock, systemClock } from "./platform/clock.ts"
import { Database } from "./platform/database.ts"
import { type KeyringServer, keyringDatabase } from "./platform/keyring-server.ts"
import type { Log } from "./platform/log.ts"
import { openPool } from "./platform/pool.ts"
import { openStoreServer, type StoreServer } from "./platform/store-server.ts"
import { openVault, type Vault } from "./vault/vault.ts"

/** The installation itself: its keys seal what belongs to no company, such as sign-in secrets of the first run. */
const ownTenant = "0"

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
  /** Milliseconds unwrapped keys are kept; a test that rotates may not wait a minute. */
  readonly keptKeys?: number
  /** Milliseconds by which the clock may be behind the newest trace; for tests, which set it at will. */
  readonly clockTolerance?: number
}

export async function openHouse(options: OpenOptions): Promise<OpenHouse> {
  const { config, log, clock = systemClock } = options
  const server = options.server ?? (await openServer(options))
  log.event("database.ready", { how: server.how, version: server.version })
  if (server.migrated > 0) log.event("database.migrated", { count: server.migrated })
  const doors = await openDoors(server, options)
  let ledger: Ledger | undefined
  let rules: Rules | undefined
  const close = async () => {
    // First, while there is a database: what is durable is published.
    await ledger?.close()
    await rules?.close()
    await Promise.allSettled([
      doors.database.close(),
      doors.traces.close(),
      doors.auth.end(),
      doors.vault.close(),
    ])
    await server.stop()
  }
  try {
    rules = await openRules(server, doors, clock)
    await doors.vault.seal.start()
    ledger = await openLedger({
      ...config,
      database: server.as("hudun_publish"),
      root: doors.vault.seal,
      clock,
      log,
      clockTolerance: options.clockTolerance,
    })
  } catch (error) {
    await close()
    throw error
  }
  const { database, traces, auth, vault } = doors
  const { inForce, caps } = rules
  const regime = () => inForce.regime
  const spine = { database, traces, second: ledger.second, clock, regimeVersion: () => regime().version }
  return {
    house: {
      spine,
      regime,
      refreshRegime: () => inForce.refresh(),
      door: new Door(auth, clock, regime),
      keyring: vault.keyring,
      vault,
      data: config.data,
      log,
      ledger,
      caps,
      grantsOf: database.gathering<GrantAsk, PlacedGrant>(grantsTogether),
    },
    auth,
    server,
    close,
  }
}

interface Rules {
  readonly inForce: RegimeInForce
  readonly caps: CapMeter
  close(): Promise<void>
}

/** The regime in force, and the meter that is held to it. */
async function openRules(server: StoreServer, { database }: Doors, clock: Clock): Promise<Rules> {
  await refuseLostContext(database)
  await ensureRegime(database, regimeV1, clock())
  const inForce = await RegimeInForce.open(database)
  const meterRules = () => ({ caps: capsOf(inForce.regime), mosaic: mosaicOf(inForce.regime) })
  const caps = new CapMeter(server.as("hudun_app"), clock, meterRules)
  const close = async () => {
    inForce.close()
    await caps.close()
  }
  return { inForce, caps, close }
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
  readonly vault: Vault
}

async function openDoors(server: StoreServer, options: OpenOptions): Promise<Doors> {
  const { config, clock = systemClock, log, keptKeys } = options
  const auth = openPool({ ...server.as("hudun_auth"), max: 4 })
  const keyring = await openKeyringServer(server, options)
  return {
    database: new Database(server.as("hudun_app"), server.as("hudun_look")),
    traces: new TraceLane(server.as("hudun_app")),
    auth,
    vault: openVault({
      keyring,
      setting: config.root,
      schedule: config,
      ...(keptKeys === undefined ? {} : { kept: keptKeys }),
      ownTenant,
      hasCompanies: () => hasCompanies(auth),
      clock,
      onSeal: (state) => log.event("vault.seal", { state: state.sealed ? state.reason : "open" }),
    }),
  }
}

/** The keyring lies with the data unless KEYRING_URL names a database of its own. */
async function openKeyringServer(
  server: StoreServer,
  { config, program }: OpenOptions,
): Promise<KeyringServer> {
  if (config.keyringUrl === undefined)
    return { config: server.as("hudun_keyring"), prepare: () => Promise.resolve() }
  return keyringDatabase({
    url: config.keyringUrl,
    data: config.data,
    migrations: join(program, "migrations"),
  })
}

async function hasCompanies(auth: pg.Pool): Promise<boolean> {
  const { rows } = await auth.query("select from app.tenant where tenant_id <> 0 limit 1")
  return rows.length > 0
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
