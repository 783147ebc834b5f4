/** One running PostgreSQL: found by the file it keeps in its data folder, asked whether it is ours, watched, stopped. */

import { readdirSync, readFileSync, readlinkSync, realpathSync, rmdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { isPrivate, type Place } from "./local-postgres-place.ts"
import { isRunning, programOf } from "./process-identity.ts"

/** Only a name here: the socket lies in a private folder, and nothing listens on the network. */
export const port = 5432

export interface RunningServer {
  readonly pid: number
  readonly socketFolder: string
}

/** The server of this data folder, if one runs and answers. */
export async function findRunning(place: Place): Promise<RunningServer | undefined> {
  const note = readNote(place.cluster)
  if (note === undefined || programOf(note.pid) !== "postgres") return undefined
  if (!isPrivate(note.socketFolder, place.account)) return undefined
  return (await answers(place, note.socketFolder)) ? note : undefined
}

/**
 * A killed server leaves its number behind. PostgreSQL believes such a file as long as any process has that number,
 * for ever if it is a daemon's; so the file goes once no PostgreSQL has the number and no process works in the folder.
 */
export function removeStaleNote(cluster: string): void {
  const note = readNote(cluster)
  if (note === undefined || programOf(note.pid) === "postgres" || hasProcess(cluster)) return
  rmSync(join(cluster, "postmaster.pid"), { force: true })
  rmSync(join(note.socketFolder, `.s.PGSQL.${port}.lock`), { force: true })
}

/** Fast shutdown: clients are cut off, the data is flushed. After 30 s without an end, an immediate one (recovers at start). */
export async function stop(server: RunningServer): Promise<void> {
  signal(server.pid, "SIGINT")
  if (!(await ended(server.pid, 30_000))) {
    signal(server.pid, "SIGQUIT")
    await ended(server.pid, 10_000)
  }
  removeEmpty(server.socketFolder)
}

/** Calls back once when the process is gone. @returns ends the watch. */
export function watch(pid: number, onEnd: () => void): () => void {
  const timer = setInterval(() => {
    if (isRunning(pid)) return
    clearInterval(timer)
    onEnd()
  }, 500)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * True when the server behind the socket serves this data folder: it must read in its own folder what we read in
 * ours. The file holds its number and start time, so a copy of the data cannot pass for it.
 */
async function answers(place: Place, socketFolder: string): Promise<boolean> {
  const client = new Client({
    host: socketFolder,
    port,
    user: "postgres",
    database: "postgres",
    connectionTimeoutMillis: 2_000,
  })
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ note: string }>("select pg_read_file('postmaster.pid') as note")
    return sameServer(rows[0]?.note ?? "", readFileSync(join(place.cluster, "postmaster.pid"), "utf8"))
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function ended(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/** One made in the system's folder for temporary files shall not stay behind. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Not empty, or gone: the next start copes with both.
  }
}

function signal(pid: number, name: "SIGINT" | "SIGQUIT"): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (isRunning(pid)) throw error
  }
}

/** postmaster.pid, by line: 1 number, 2 data folder, 3 start time, 4 port, 5 socket folder. */
function readNote(cluster: string): RunningServer | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")
    const pid = Number(lines[0])
    return Number.isInteger(pid) && pid > 0 ? { pid, socketFolder: lines[4] ?? "" } : undefined
  } catch {
    return undefined
  }
}

function sameServer(one: string, other: string): boolean {
  const start = (text: string): string => text.split("\n").slice(0, 5).join("\n")
  return start(one) === start(other)
}

/** Only Linux tells; elsewhere PostgreSQL's own care has to do. */
function hasProcess(cluster: string): boolean {
  if (process.platform !== "linux") return true
  const folder = realpathSync(cluster)
  return readdirSync("/proc").some((name) => /^\d+$/.test(name) && worksIn(name, folder))
}

function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}
