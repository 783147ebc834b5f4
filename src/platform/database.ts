/**
 * The data as the app role sees it: short reads through the lane, commands in a transaction, both under a context. What many
 * desks ask at the same moment is read together, by a role that sees the communities of those who ask and nothing else; what
 * each of them may see of it is said in the statement.
 */

import pg from "pg"
import { type Context, contextCall, contextValues } from "./context.ts"
import { looks } from "./crowd.ts"
import { Gatherer } from "./gather.ts"
import { Lane } from "./lane.ts"
import { openPool } from "./pool.ts"

// One reading of numbers for all: int8 stays text (it does not fit a JavaScript number), dates stay text.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export interface Reader {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** Inside a command. Everything written here is committed together with its trace, or not at all. */
export type Transaction = Reader

/** One statement for all who wait. Its rows say in `place`, from 1, whose they are. */
export interface SharedRead<Ask extends Asking> {
  readonly text: string
  /** Its arguments: arrays that run along the asks, the reach of each among them. */
  readonly columns: (asks: readonly Ask[]) => unknown[]
}

export interface Asking {
  readonly context: Context
}

type Placed = pg.QueryResultRow & { readonly place: number }

export class Database {
  readonly #lane: Lane
  readonly #shared: Lane
  readonly #pool: pg.Pool

  /** `shared`: how to connect as the role that reads for many. */
  constructor(config: pg.ClientConfig, shared: pg.ClientConfig, connections = 8) {
    this.#lane = new Lane({ ...config, application_name: "hudun reads" }, { crowd: looks })
    this.#shared = new Lane({ ...shared, application_name: "hudun shared reads" })
    this.#pool = openPool({
      ...config,
      application_name: "hudun commands",
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

  /** A desk's share of a read for all who ask at this moment. */
  gathering<Ask extends Asking, Row extends Placed>(shared: SharedRead<Ask>): (ask: Ask) => Promise<Row[]> {
    const gatherer = new Gatherer<Ask, Row[]>(looks, async (asks) => {
      const rows = await this.#shared.read<Row>(everybody(asks), shared.text, shared.columns(asks))
      const answers = asks.map((): Row[] => [])
      for (const row of rows) answers[row.place - 1]?.push(row)
      return answers
    })
    return (ask) => gatherer.ask(ask)
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
    await Promise.all([this.#lane.close(), this.#shared.close(), this.#pool.end()])
  }
}

/** Of all who ask: their communities. Their buildings, classes and posts go with each ask. */
function everybody(asks: readonly Asking[]): Context {
  const communities = [...new Set(asks.map(({ context }) => context.communities))].join(",")
  return { communities, buildings: "", classes: "", posts: "", actor: "" }
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
