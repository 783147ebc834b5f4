/** A fast lane for short reads: a few pipelined connections, every statement under its own context. */

import pg from "pg"
import type { Context } from "./context.ts"
import { ContextQuery } from "./context-query.ts"

/** Beyond this many different texts, statements go unnamed: a bound on what a server session remembers. */
const namedStatements = 400

export class Lane {
  readonly #config: pg.ClientConfig
  readonly #slots: Array<Promise<pg.Client> | undefined>
  readonly #names = new Map<string, string>()
  #next = 0
  #closed = false

  constructor(config: pg.ClientConfig, connections = 2) {
    this.#config = config
    this.#slots = Array.from({ length: connections }, () => undefined)
  }

  /** Reads under row security. Rejects with PostgreSQL's error; a lost connection is opened anew by the next call. */
  async read<Row extends pg.QueryResultRow>(
    context: Context,
    text: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const client = await this.#client()
    return new Promise((resolve, reject) => {
      const statement = { name: this.#name(text), text, values }
      client.query(
        new ContextQuery<Row>(context, statement, (error, result) =>
          error ? reject(error) : resolve(result.rows),
        ),
      )
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#slots.map(async (slot) => (await slot?.catch(() => undefined))?.end()))
  }

  #name(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= namedStatements) return known
    const name = `h${this.#names.size}`
    this.#names.set(text, name)
    return name
  }

  #client(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(new Error("the lane is closed"))
    const index = this.#next++ % this.#slots.length
    const open = this.#slots[index]
    if (open !== undefined) return open
    const opening = this.#open(index)
    this.#slots[index] = opening
    return opening
  }

  async #open(index: number): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, pipeline: true })
    const forget = () => {
      this.#slots[index] = undefined
    }
    client.on("error", forget)
    client.on("end", forget)
    try {
      await client.connect()
      return client
    } catch (error) {
      forget()
      throw error
    }
  }
}
