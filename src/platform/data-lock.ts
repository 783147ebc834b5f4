/** One server process for each data folder. */

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { identify, type ProcessIdentity } from "./process-identity.ts"
import { StartFailure } from "./start-failure.ts"

const identity = z.object({ pid: z.int().positive(), started: z.string() })

export interface DataLock {
  release(): void
}

/**
 * Holds until released or until the process ends, however it ends: a lock whose process is gone is taken over.
 *
 * @param directory exists already.
 * @throws StartFailure naming the process that holds the folder.
 */
export function lockData(directory: string): DataLock {
  const path = join(directory, "hudun.lock")
  const us = identify(process.pid)
  if (us === undefined) throw new Error("the own process has no identity")
  const text = `${JSON.stringify(us)}\n`
  while (!create(path, text)) {
    const holder = read(path)
    if (holder !== undefined && isAlive(holder)) throw held(directory, holder.pid)
    if (holder !== undefined) removeStale(path, holder)
  }
  return { release: () => release(path, us) }
}

/** A link appears whole or not at all, and never over an existing file. */
function create(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (isCode(error, "EEXIST")) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moved aside first: two that find the same stale lock must not remove each other's new one. */
function removeStale(path: string, stale: ProcessIdentity): void {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, "ENOENT")) return
    throw error
  }
  const moved = read(aside)
  if (moved !== undefined && !same(moved, stale)) create(path, `${JSON.stringify(moved)}\n`)
  rmSync(aside, { force: true })
}

function release(path: string, us: ProcessIdentity): void {
  const holder = read(path)
  if (holder !== undefined && same(holder, us)) rmSync(path, { force: true })
}

/** Undefined when there is no lock; a torn one reads as a process that never was. */
function read(path: string): ProcessIdentity | undefined {
  try {
    return identity.parse(JSON.parse(readFileSync(path, "utf8")))
  } catch (error) {
    return isCode(error, "ENOENT") ? undefined : { pid: 0, started: "" }
  }
}

function isAlive(holder: ProcessIdentity): boolean {
  const now = identify(holder.pid)
  return now !== undefined && same(now, holder)
}

function same(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.pid === other.pid && one.started === other.started
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}

function held(directory: string, pid: number): StartFailure {
  return new StartFailure(
    `户盾已在运行:进程 ${pid} 正在使用数据文件夹 ${directory}。请先停止它,或用 HUDUN_DATA 指定别的文件夹。`,
    `Hudun is running already: process ${pid} uses the data folder ${directory}. Stop it first, or name another folder in HUDUN_DATA.`,
  )
}
