/** The files of the logs. What a method has written is on stable storage, names included, when it returns. */

import { mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"

export interface NamedBytes {
  /** Below the disk's folder, with slashes. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface Disk {
  /** Undefined when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>
  /** Writes files that no reader relies on yet: a crash may leave some of them torn. */
  write(files: readonly NamedBytes[]): Promise<void>
  /** Whole or not at all, whatever happens meanwhile. */
  replace(file: NamedBytes): Promise<void>
  removeFolder(path: string): Promise<void>
}

/** Files in hand at once, of all logs together: the rest of the thread pool is for those who wait for something. */
const mostAtOnce = 12

export function openDisk(folder: string): Disk {
  const places = new Places(folder)
  return {
    read: (path) => readFile(join(folder, path)).catch(undefinedIfAbsent),
    async write(files) {
      await places.make(files.map(({ path }) => dirname(path)))
      await each(files, ({ path, bytes }) => writeDurably(join(folder, path), bytes))
      await places.sync(files.map(({ path }) => dirname(path)))
    },
    async replace({ path, bytes }) {
      await places.make([dirname(path)])
      await writeDurably(join(folder, `${path}.new`), bytes)
      await rename(join(folder, `${path}.new`), join(folder, path))
      await places.sync([dirname(path)])
    },
    removeFolder: (path) => rm(join(folder, path), { recursive: true, force: true }),
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

  async sync(paths: readonly string[]): Promise<void> {
    const fresh = this.#fresh
    this.#fresh = new Set()
    try {
      await each([...new Set([...paths, ...fresh])], (path) => syncFolder(join(this.#root, path)))
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

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

let inHand = 0
const waiting: Array<() => void> = []

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  await Promise.all(
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
}

function undefinedIfAbsent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
  throw error
}
