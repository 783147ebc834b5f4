/** COPY … FROM STDIN over pg, which leaves the feeding to others. Checked against pg 8.23.1 lib/query.js. */

import pg from "pg"

interface Feed {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

declare module "pg" {
  interface Query {
    handleCopyInResponse(connection: Feed): void
  }
}

class CopyIn extends pg.Query {
  readonly #text: string

  constructor(statement: string, text: string, done: (error: Error | null) => void) {
    super({ text: statement }, (error: Error | null | undefined) => done(error ?? null))
    this.#text = text
  }

  override handleCopyInResponse(connection: Feed): void {
    connection.sendCopyFromChunk(Buffer.from(this.#text))
    connection.endCopyFrom()
  }
}

/** Rows in text format. Cells may hold no tab, line break or backslash: the bench's own never do. */
export function copyIn(
  client: pg.Client,
  table: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  const text = rows.map((cells) => `${cells.join("\t")}\n`).join("")
  return new Promise((resolve, reject) => {
    client.query(
      new CopyIn(`copy ${table} from stdin`, text, (error) => (error === null ? resolve() : reject(error))),
    )
  })
}
