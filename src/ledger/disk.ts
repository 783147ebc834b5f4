/**
 * The files of the logs. A round of the publisher is one `commit`: durable by the journal, then written where readers look for
 * it. Everything else is on stable storage, names included, when its method returns.
 */

import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Journal, type NamedBytes } from "./journal.ts"

export interface Commit {
  /** Files that no reader relies on yet. */
  readonly fresh: readonly NamedBytes[]
  /** What makes readers rely on them: each whole or not at all, after the fresh ones. */
  readonly heads: readonly NamedBytes[]
}

export interface Disk {
  /** Undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Whole or not at all, whatever happens meanwhile. */
  replace(file: NamedBytes): Promise<void>
}

/** As the publisher has it, one at a time. */
export interface LogDisk extends Disk {
  /** All of it is durable when it returns. When it throws, `recover` before anything else is read or committed. */
  commit(commit: Commit): Promise<void>
  removeFolder(path: string): Promise<void>
  /** Writes again what was committed and may be lost. */
  recover(): Promise<void>
  /** Flushes what was committed where it lies, so that nothing is left to recover. */
  settle(): Promise<void>
  /** Lets go of the journal. What is not settled is left to whoever recovers. */
  close(): Promise<void>
}

/** Bytes of the journal; then what it holds is flushed and it begins anew: some hundred flushes instead of as many a second. */
const longestJournal = 33_554_432
/** Files in hand at once, of all logs together: the rest of the thread pool is for those who wait for something. */
const mostAtOnce = 12

export function openDisk(folder: string): LogDisk {
  return new FolderDisk(folder)
}

class FolderDisk implements LogDisk {
  readonly #folder: string
  readonly #places: Places
  readonly #journal: Journal
  /** Committed and not yet flushed where it lies. */
  #unsettled = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
    this.#places = new Places(folder)
    this.#journal = new Journal(folder)
  }

  read(path: string): Promise<Uint8Array | undefined> {
    return readFile(join(this.#folder, path)).catch(undefinedIfAbsent)
  }

  async commit({ fresh, heads }: Commit): Promise<void> {
    await this.#journal.append([...fresh, ...heads])
    await this.#places.make([...fresh, ...heads].map(({ path }) => dirname(path)))
    for (const { path } of [...fresh, ...heads]) this.#unsettled.add(path)
    await each(fresh, ({ path, bytes }) => writeFile(join(this.#folder, path), bytes, { mode: 0o600 }))
    await each(heads, (file) => this.#replace(file, false))
    if (this.#journal.length >= longestJournal) await this.settle()
  }

  async replace(file: NamedBytes): Promise<void> {
    await this.#places.make([dirname(file.path)])
    await this.#replace(file, true)
    await this.#places.sync([dirname(file.path)])
  }

  async removeFolder(path: string): Promise<void> {
    this.#places.forget(path)
    for (const one of this.#unsettled) if (dirname(one) === path) this.#unsettled.delete(one)
    await rm(join(this.#folder, path), { recursive: true, force: true })
  }

  async recover(): Promise<void> {
    const committed = await this.#journal.read()
    const there = new Set(await readdir(this.#folder))
    // The folder of a log was on stable storage before anything was committed to it. If it is gone somebody has taken it away,
    // so that the log is made again: the newest of its files alone would be a log with holes.
    const kept = committed.filter(({ path }) => there.has(path.split("/")[0] ?? ""))
    const newest = new Map(kept.map((file) => [file.path, file]))
    await this.#places.make([...newest.keys()].map((path) => dirname(path)))
    await each([...newest.values()], (file) => this.#replace(file, true))
    await this.#places.sync([...newest.keys()].map((path) => dirname(path)))
    await this.#restart()
  }

  async settle(): Promise<void> {
    const paths = [...this.#unsettled]
    if (paths.length === 0) return
    await each(paths, (path) => flushed(join(this.#folder, path)))
    await this.#places.sync(paths.map((path) => dirname(path)))
    await this.#restart()
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  async #restart(): Promise<void> {
    await this.#journal.restart()
    this.#unsettled = new Set()
  }

  async #replace({ path, bytes }: NamedBytes, flush: boolean): Promise<void> {
    const place = join(this.#folder, path)
    await writeFile(`${place}.new`, bytes, { mode: 0o600, flush })
    await rename(`${place}.new`, place)
  }
}

/** Folders: made once, and on stable storage up to the root before a file in them counts as written. */
class Places {
  readonly #root: string
  readonly #known = new Set<string>()
  #fresh = new Set<string>()

  constructor(root: string) {
    this.#root = root
  }

  async make(paths: readonly string[]): Promise<void> {
    for (const path of new Set(paths)) {
      if (this.#known.has(path)) continue
      const made = await mkdir(join(this.#root, path), { recursive: true, mode: 0o700 })
      this.#known.add(path)
      if (made !== undefined) for (const above of ancestors(path)) this.#fresh.add(above)
    }
  }

  forget(path: string): void {
    this.#known.delete(path)
  }

  async sync(paths: readonly string[]): Promise<void> {
    const fresh = this.#fresh
    this.#fresh = new Set()
    try {
      await each([...new Set([...paths, ...fresh])], (path) => flushed(join(this.#root, path)))
    } catch (error) {
      for (const path of fresh) this.#fresh.add(path)
      throw error
    }
  }
}

/** The folders that hold the names of a folder and of all above it, below the root. */
function ancestors(path: string): string[] {
  const found: string[] = []
  for (let at = path; at !== "."; at = dirname(at)) found.push(dirname(at))
  return found
}

/** A file or a folder. What is not there any more needs no flush: parts of a tile that is full by now. */
async function flushed(path: string): Promise<void> {
  const file = await open(path, "r").catch(undefinedIfAbsent)
  try {
    await file?.sync()
  } finally {
    await file?.close()
  }
}

let inHand = 0
const waiting: Array<() => void> = []

/** Nothing is under way any more when it ends, also when it throws. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(
    items.map(async (item) => {
      if (inHand >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
      else inHand += 1
      try {
        await work(item)
      } finally {
        const next = waiting.shift()
        if (next === undefined) inHand -= 1
        else next()
      }
    }),
  )
  for (const one of outcomes) if (one.status === "rejected") throw one.reason
}

function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
  throw error
}
