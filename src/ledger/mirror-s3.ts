/**
 * An object store with object lock as the second place. Clause 3.11.
 *
 * ```
 * <prefix>hudun-mirror                            the marker
 * <prefix><file>/<16 digits>                      what one append wrote, named by its first byte's place in the file
 * ```
 *
 * An append is one object, there as a whole or not at all. It is written only where none is (If-None-Match), so two writers
 * cannot both go on from one place; locked (COMPLIANCE), so that nobody, not even the store's account, takes it back.
 */

import { type KnownMirror, marker, requireSamePlace } from "./mirror-marker.ts"
import { type MirrorFile, type MirrorStore, MirrorUnusable } from "./mirror-store.ts"
import type { S3Client } from "./s3-client.ts"

const digits = 16
const firstStep = 2 ** 20
const pageOfObjects = 1_000

interface Part {
  /** Of its first byte in the file. */
  readonly offset: number
  readonly size: number
}

export class MirrorS3 implements MirrorStore {
  readonly #client: S3Client
  readonly #known: KnownMirror

  constructor(client: S3Client, known: KnownMirror) {
    this.#client = client
    this.#known = known
  }

  async open(file: string): Promise<MirrorFile> {
    await this.#client.open()
    await requireSamePlace(this.#known, {
      read: () => this.#readMarker(),
      begin: async (name) => {
        await this.#client.put(marker, Buffer.from(`${name}\n`))
        await this.#readMarker()
      },
    })
    return S3File.open(this.#client, file)
  }

  /** A store that does not lock, or does not show that it does, is no second place. */
  async #readMarker(): Promise<string | undefined> {
    const found = await this.#client.get(marker)
    if (found === undefined) return undefined
    if (!found.isLocked) throw new MirrorUnusable("unlocked")
    return new TextDecoder().decode(found.bytes).trim()
  }
}

class S3File implements MirrorFile {
  readonly #client: S3Client
  readonly #file: string
  #length: number

  private constructor(client: S3Client, file: string, length: number) {
    this.#client = client
    this.#file = file
    this.#length = length
  }

  static async open(client: S3Client, file: string): Promise<S3File> {
    const opened = new S3File(client, file, 0)
    const last = await opened.#lastUpTo(Number.MAX_SAFE_INTEGER)
    opened.#length = last === undefined ? 0 : last.offset + last.size
    return opened
  }

  get length(): number {
    return this.#length
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    const first = await this.#lastUpTo(from)
    if (first === undefined || to <= from) return new Uint8Array(0)
    const pieces: Uint8Array[] = []
    let at = first.offset
    while (at < to) {
      const parts = await this.#after(at - 1, pageOfObjects)
      for (const { offset } of parts) {
        if (at >= to) break
        if (offset !== at) throw new Error("an object of the mirror is hidden")
        const bytes = await this.#bytesAt(offset)
        pieces.push(bytes)
        at += bytes.length
      }
      if (parts.length === 0) break
    }
    return Buffer.concat(pieces).subarray(from - first.offset, to - first.offset)
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    await this.#client.put(this.#nameAt(this.#length), bytes)
    this.#length += bytes.length
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  async #bytesAt(offset: number): Promise<Uint8Array> {
    const content = await this.#client.get(this.#nameAt(offset))
    if (content === undefined) throw new Error("an object of the mirror is hidden")
    return content.bytes
  }

  /** The last part that begins at or before a place. The store lists forwards only, so steps widen, then halve. */
  async #lastUpTo(most: number): Promise<Part | undefined> {
    const [first] = await this.#after(-1, 1)
    if (first === undefined || first.offset > most) return undefined
    let low = first
    let high = most
    for (let step = firstStep; low.offset + step < high; step *= 2) {
      const [next] = await this.#after(low.offset + step, 1)
      if (next === undefined || next.offset > most) high = low.offset + step
      else low = next
    }
    while (low.offset < high) {
      const middle = low.offset + Math.floor((high - low.offset) / 2)
      const [next] = await this.#after(middle, 1)
      if (next === undefined || next.offset > most) high = middle
      else low = next
    }
    return low
  }

  async #after(offset: number, limit: number): Promise<Part[]> {
    const after = offset < 0 ? `${this.#file}/` : this.#nameAt(offset)
    const found = await this.#client.list(this.#file, { after, limit })
    return found.map(({ name, size }) => ({ offset: Number(name.slice(this.#file.length + 1)), size }))
  }

  #nameAt(offset: number): string {
    return `${this.#file}/${String(offset).padStart(digits, "0")}`
  }
}
