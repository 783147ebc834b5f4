/** COPY over a connection of pg, which reads the protocol's messages but makes no stream of them (PostgreSQL "Message Flow", COPY). */

import { once } from "node:events"
import type { Readable, Writable } from "node:stream"
import type pg from "pg"

/** Runs `copy … to stdout` and writes what comes to `into`, which it leaves open. Returns the number of rows. */
export function copyOut(client: pg.ClientBase, text: string, into: Writable): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut({ text, resolve, reject }, into))
  })
}

/** Runs `copy … from stdin` with what `from` holds. Returns the number of rows. */
export function copyIn(client: pg.ClientBase, text: string, from: Readable): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn({ text, resolve, reject }, from))
  })
}

interface Copying {
  readonly text: string
  readonly resolve: (rows: number) => void
  readonly reject: (error: unknown) => void
}

/** What pg asks of a query of one's own. */
class Copy implements pg.Submittable {
  readonly copying: Copying
  #rows = 0

  constructor(copying: Copying) {
    this.copying = copying
  }

  submit(connection: pg.Connection): void {
    connection.query(this.copying.text)
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0)
  }

  handleReadyForQuery(): void {
    this.copying.resolve(this.#rows)
  }

  handleError(error: unknown): void {
    this.copying.reject(error)
  }
}

class CopyOut extends Copy {
  readonly #into: Writable

  constructor(copying: Copying, into: Writable) {
    super(copying)
    this.#into = into
  }

  override submit(connection: pg.Connection): void {
    // A full disk is told by the file; without it nothing would be read any more, and nobody told.
    this.#into.once("error", (error) => {
      this.copying.reject(error)
      connection.stream.destroy()
    })
    super.submit(connection)
  }

  /** The chunk lies in a buffer that is used again. */
  handleCopyData({ chunk }: { chunk: Buffer }, connection: pg.Connection): void {
    if (this.#into.write(Buffer.from(chunk))) return
    connection.stream.pause()
    this.#into.once("drain", () => connection.stream.resume())
  }
}

class CopyIn extends Copy {
  readonly #from: Readable
  #isRefused = false

  constructor(copying: Copying, from: Readable) {
    super(copying)
    this.#from = from
  }

  handleCopyInResponse(connection: pg.Connection): void {
    this.#send(connection).catch(() => connection.sendCopyFail("the file cannot be read"))
  }

  override handleError(error: unknown): void {
    this.#isRefused = true
    super.handleError(error)
  }

  async #send(connection: pg.Connection): Promise<void> {
    for await (const chunk of this.#from) {
      if (this.#isRefused || !Buffer.isBuffer(chunk)) return
      connection.sendCopyFromChunk(chunk)
      if (connection.stream.writableNeedDrain) await once(connection.stream, "drain")
    }
    connection.endCopyFrom()
  }
}
