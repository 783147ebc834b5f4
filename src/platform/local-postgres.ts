/** The embedded database: a real PostgreSQL, started, found again after a crash, and stopped by us. */

import { spawn } from "node:child_process"
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs"
import { totalmem } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import { ensureCluster } from "./local-postgres-cluster.ts"
import { choosePlace, nameForServer, type Place, socketFolder } from "./local-postgres-place.ts"
import {
  findRunning,
  port,
  type RunningServer,
  removeStaleNote,
  stop,
  watch,
} from "./local-postgres-server.ts"
import { explain, isPassing } from "./local-postgres-trouble.ts"

export interface LocalPostgres {
  /** Folder of the Unix socket; user and database `postgres`, no password. */
  readonly host: string
  readonly port: number
  readonly pid: number
  readonly how: "created" | "started" | "attached"
  /** Fast shutdown; done when the server is gone. */
  stop(): Promise<void>
}

export interface LocalPostgresOptions {
  /** Made if absent. Holds the cluster, the server's log, and what else it needs. */
  readonly directory: string
  /** Over `defaults`; not taken up by a server that runs already. */
  readonly settings?: Readonly<Record<string, string>>
  /** The server ended and nobody called `stop`. */
  readonly onExit?: () => void
}

/** A quarter of the machine's, as its docs advise, within what one server for one house needs; only what is used is taken. */
function sharedMegabytes(): number {
  const ours = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  return Math.min(1_024, Math.max(128, Math.floor(ours / 4 / 1_048_576)))
}

/**
 * Durable by default, and silent about values: errors of statements are not logged at all (their sentences quote
 * what was written), and what is logged comes without detail, statement and parameters.
 */
const defaults = {
  shared_buffers: `${sharedMegabytes()}MB`,
  max_connections: "100",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_statement: "none",
  log_checkpoints: "off",
}

/**
 * How glibc gives memory back (mallopt(3)): as it comes, a statement that needs some hundred kilobytes asks the kernel for them
 * and gives them back at its end, which took half of the time of a group of traces.
 */
const allocator = {
  MALLOC_TOP_PAD_: "1048576",
  MALLOC_TRIM_THRESHOLD_: "4194304",
  MALLOC_MMAP_THRESHOLD_: "4194304",
}

/** A server that was killed lets go of its data within this time. */
const patience = 30_000
const longestRecovery = 600_000
const longestLog = 10_000_000

/**
 * Makes the cluster if there is none, joins the server if it runs, else starts it.
 *
 * Access: nothing listens on the network, and `pg_hba.conf` believes whoever comes through the Unix socket
 * (`local all all trust`). That is sound because the folder of the socket is 0700 and belongs to the account that
 * runs the server, who could read the data files anyway: ourselves, or, when root starts, an account lent by root,
 * whose folders root passes. A password would lie in the same data folder and shut out nobody more.
 *
 * @throws StartFailure with a sentence for the person at the machine.
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const place = await choosePlace(options.directory)
  const running = await findRunning(place)
  if (running !== undefined) return handle(running, "attached", options)
  const created = await ensureCluster(place)
  const server = await launch(place, { ...defaults, ...options.settings })
  return handle(server, created ? "created" : "started", options)
}

function handle(
  server: RunningServer,
  how: LocalPostgres["how"],
  options: LocalPostgresOptions,
): LocalPostgres {
  const endWatch = watch(server.pid, () => options.onExit?.())
  return {
    host: server.socketFolder,
    port,
    pid: server.pid,
    how,
    async stop() {
      endWatch()
      await stop(server)
    },
  }
}

async function launch(place: Place, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const folder = await socketFolder(place)
  const args = await argumentsFor(place, {
    ...settings,
    listen_addresses: "",
    unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
    port: `${port}`,
  })
  const deadline = Date.now() + patience
  turnLog(place.log)
  for (;;) {
    removeStaleNote(place.cluster)
    const said = await attempt(place, args)
    if (typeof said !== "string") return said
    if (!isPassing(said) || Date.now() > deadline) throw explain(said)
    await sleep(200)
  }
}

async function argumentsFor(
  place: Place,
  settings: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const data = await nameForServer(place, place.cluster)
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])]
}

/** @returns the server once it or what it said before it ended. */
async function attempt(place: Place, args: readonly string[]): Promise<RunningServer | string> {
  const log = openSync(place.log, "a", 0o600)
  const before = statSync(place.log).size
  // A group of its own: Ctrl-C is for us, and we stop it after our last write.
  const child = spawn(place.binaries.postgres, args, {
    ...place.account,
    cwd: place.cluster,
    detached: true,
    env: { TZ: "UTC", LC_ALL: "C", ...allocator },
    stdio: ["ignore", log, log],
  })
  closeSync(log)
  const state = { failure: "", ended: false }
  child.on("exit", () => (state.ended = true))
  child.on("error", (error) => Object.assign(state, { ended: true, failure: error.message }))
  child.unref()
  const deadline = Date.now() + longestRecovery
  while (!state.ended && Date.now() < deadline) {
    const running = await findRunning(place)
    if (running !== undefined) return running
    await sleep(25)
  }
  return state.failure + readFileSync(place.log).subarray(before).toString("utf8")
}

function turnLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > longestLog) renameSync(path, `${path}.1`)
}
