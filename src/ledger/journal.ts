/**
 * What one round writes to all logs, as one line of one file: flushed once, it stands for hundreds of files that follow without
 * a flush. After a crash it says again what they hold; when they have been flushed themselves it begins anew.
 */

import { createHash } from "node:crypto"
import { type FileHandle, open, readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Malformed } from "./malformed.ts"

/** A file's whole content. */
export interface NamedBytes {
  /** Below the disk's folder, with slashes. */
  readonly path: string
  readonly bytes: Uint8Array
}

const name = "journal"
const lengthBytes = 4
const sumBytes = 32
const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() }

export class Journal {
  readonly #path: string
  #file: FileHandle | undefined
  #length = 0

  constructor(folder: string) {
    this.#path = join(folder, name)
  }

  /** In bytes. */
  get length(): number {
    return this.#length
  }

  /** What was appended since it began, oldest first. A line that is torn was never acknowledged: it ends there. */
  async read(): Promise<NamedBytes[]> {
    const bytes = await readFile(this.#path).catch(emptyIfAbsent)
    const found: NamedBytes[] = []
    for (let at = 0; ; ) {
      const line = lineAt(bytes, at)
      if (line === undefined) return found
      found.push(...filesIn(line))
      at += lengthBytes + sumBytes + line.length
    }
  }

  /** On stable storage when it returns. When it throws, read what is there, write it where it belongs, and begin anew. */
  async append(files: readonly NamedBytes[]): Promise<void> {
    this.#file ??= await this.#open()
    const line = lineOf(files)
    const { bytesWritten } = await this.#file.write(line)
    if (bytesWritten !== line.length) throw new Error("the journal took a part only")
    await this.#file.datasync()
    this.#length += line.length
  }

  /** Empties and closes it. Call it when all that it holds is on stable storage elsewhere, the names of folders included. */
  async restart(): Promise<void> {
    this.#file ??= await this.#open()
    await this.#file.truncate(0)
    await this.#file.sync()
    this.#length = 0
    await this.close()
  }

  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  /** Its name is on stable storage before anything in it counts. */
  async #open(): Promise<FileHandle> {
    const file = await open(this.#path, "a", 0o600)
    try {
      await using folder = await open(dirname(this.#path), "r")
      await folder.sync()
    } catch (error) {
      await file.close()
      throw error
    }
    return file
  }
}

/** Length of what follows the sum; its SHA-256; each file as length and bytes of its path and of its content. */
function lineOf(files: readonly NamedBytes[]): Uint8Array {
  const parts = files.flatMap(({ path, bytes }) => {
    const named = utf8.encoder.encode(path)
    return [numeral(named.length), named, numeral(bytes.length), bytes]
  })
  const body = Buffer.concat(parts)
  return Buffer.concat([numeral(body.length), sumOf(body), body])
}

/** Undefined where no whole line begins. */
function lineAt(bytes: Buffer, at: number): Buffer | undefined {
  const start = at + lengthBytes + sumBytes
  if (start > bytes.length) return undefined
  const end = start + bytes.readUInt32BE(at)
  if (end > bytes.length) return undefined
  const body = bytes.subarray(start, end)
  return sumOf(body).equals(bytes.subarray(at + lengthBytes, start)) ? body : undefined
}

function filesIn(body: Buffer): NamedBytes[] {
  const found: NamedBytes[] = []
  for (let at = 0; at < body.length; ) {
    const [named, afterName] = partAt(body, at)
    const [bytes, after] = partAt(body, afterName)
    found.push({ path: utf8.decoder.decode(named), bytes })
    at = after
  }
  return found
}

function partAt(body: Buffer, at: number): [Buffer, number] {
  const start = at + lengthBytes
  const end = start <= body.length ? start + body.readUInt32BE(at) : Number.POSITIVE_INFINITY
  if (end > body.length) throw new Malformed("a line of the journal with a part too few")
  return [body.subarray(start, end), end]
}

function numeral(value: number): Buffer {
  const bytes = Buffer.alloc(lengthBytes)
  bytes.writeUInt32BE(value)
  return bytes
}

function sumOf(body: Uint8Array): Buffer {
  return createHash("sha256").update(body).digest()
}

function emptyIfAbsent(error: unknown): Buffer {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0)
  throw error
}
