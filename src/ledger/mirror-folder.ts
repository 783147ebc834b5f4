/** A folder, on another disk if it is to be worth something, as the second place. Clause 3.11. */

import { type FileHandle, mkdir, open, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type KnownMirror, marker, requireSamePlace } from "./mirror-marker.ts"
import type { MirrorFile, MirrorStore } from "./mirror-store.ts"

const newline = 0x0a
const window = 65_536

export class MirrorFolder implements MirrorStore {
  readonly #folder: string
  readonly #known: KnownMirror

  constructor(folder: string, known: KnownMirror) {
    this.#folder = folder
    this.#known = known
  }

  async open(file: string): Promise<MirrorFile> {
    await requireSamePlace(this.#known, {
      read: () =>
        readFile(join(this.#folder, marker), "utf8").then(
          (text) => text.trim(),
          () => undefined,
        ),
      begin: (name) => this.#begin(name),
    })
    const handle = await open(join(this.#folder, file), "a+", 0o600)
    try {
      const length = await cutTorn(handle)
      await syncFolder(this.#folder)
      return new FolderFile(handle, length)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  async #begin(name: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await writeFile(join(this.#folder, marker), `${name}\n`, { mode: 0o600, flush: true })
    await syncFolder(this.#folder)
  }
}

class FolderFile implements MirrorFile {
  readonly #handle: FileHandle
  #length: number

  constructor(handle: FileHandle, length: number) {
    this.#handle = handle
    this.#length = length
  }

  get length(): number {
    return this.#length
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(to - from)
    const { bytesRead } = await this.#handle.read(bytes, 0, bytes.length, from)
    return bytes.subarray(0, bytesRead)
  }

  async append(bytes: Uint8Array): Promise<void> {
    const { bytesWritten } = await this.#handle.write(bytes)
    if (bytesWritten !== bytes.length) throw new Error("the mirror took a part only")
    await this.#handle.datasync()
    this.#length += bytes.length
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

/** A line without its end was never acknowledged. Returns the length of what is left. */
async function cutTorn(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat()
  let end = size
  while (end > 0) {
    const from = Math.max(0, end - window)
    const bytes = new Uint8Array(end - from)
    await handle.read(bytes, 0, bytes.length, from)
    const at = bytes.lastIndexOf(newline)
    if (at >= 0) {
      end = from + at + 1
      break
    }
    end = from
  }
  if (end < size) {
    await handle.truncate(end)
    await handle.sync()
  }
  return end
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
