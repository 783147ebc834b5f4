/** The data as the app role sees it: short reads through the lane, commands in a transaction, both under a context. */

import pg from "pg"
import { type Context, contextCall, contextValues } from "./context.ts"
import { looks } from "./crowd.ts"
import { Lane } from "./lane.ts"
import { openPool } from "./pool.ts"

// One reading of numbers for all: int8 stays text (it does not fit a JavaScript number), dates stay text.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export interface Reader {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** Inside a command. Everything written here is committed together with its trace, or not at all. */
export type Transaction = Reader

export class Database {
  readonly #lane: Lane
  readonly #pool: pg.Pool

  constructor(config: pg.ClientConfig, connections = 8) {
    this.#lane = new Lane(config, { crowd: looks })
    this.#pool = openPool({
      ...config,
      max: connections,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
    })
  }

  /** One short read in one round trip. */
  read<Row extends pg.QueryResultRow>(
    context: Context,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.#lane.read<Row>(context, text, values)
  }

  /** Runs `work` in one transaction. The outcome of a failed COMMIT is unknown: commands carry client-made ids. */
  async transaction<Result>(context: Context, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect()
    let broken = true
    try {
      await client.query("begin")
      await client.query(contextCall, contextValues(context))
      const result = await work(readerOf(client))
      await client.query("commit")
      broken = false
      return result
    } catch (error) {
      broken = await client.query("rollback").then(
        () => false,
        () => true,
      )
      throw error
    } finally {
      client.release(broken)
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#lane.close(), this.#pool.end()])
  }
}

function readerOf(client: pg.PoolClient): Reader {
  return {
    async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      return (await client.query<Row>(text, [...values])).rows
    },
  }
}

/** SQLSTATE of PostgreSQL's errors (its docs, appendix A); undefined for everything else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}
