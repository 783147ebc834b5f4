/**
 * A file of lines of JSON, for a collector that reads files. It is turned at a size and never removed: that is the
 * collector's.
 */

import { type FileHandle, mkdir, open, rename, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { jsonOf, type SiemMessage } from "./siem-message.ts"
import type { SiemPlace } from "./siem-place.ts"

export interface SiemFileOptions {
  readonly path: string
  readonly clock: () => number
  /** Bytes after which the file is turned. */
  readonly turnAt?: number
}

const newline = 0x0a

export class SiemFile implements SiemPlace {
  readonly #path: string
  readonly #clock: () => number
  readonly #turnAt: number

  constructor({ path, clock, turnAt = 64 * 1024 * 1024 }: SiemFileOptions) {
    this.#path = path
    this.#clock = clock
    this.#turnAt = turnAt
  }

  /** Opened by name each time: whoever else turns the file need not tell. */
  async deliver(messages: readonly SiemMessage[]): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true })
    await this.#turn()
    const file = await open(this.#path, "a+", 0o640)
    try {
      const lines = Buffer.from(messages.map((message) => `${jsonOf(message)}\n`).join(""))
      const bytes = (await isTorn(file)) ? Buffer.concat([Uint8Array.of(newline), lines]) : lines
      const { bytesWritten } = await file.write(bytes)
      if (bytesWritten !== bytes.length) throw new Error("the file took a part only")
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  async #turn(): Promise<void> {
    const size = await stat(this.#path).then(
      (found) => found.size,
      () => 0,
    )
    if (size < this.#turnAt) return
    await rename(this.#path, `${this.#path}.${new Date(this.#clock()).toISOString().replace(/[-:.]/g, "")}`)
  }
}

/** What a crash cut off stays as a line of its own; its message comes again. */
async function isTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  if (size === 0) return false
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== newline
}
