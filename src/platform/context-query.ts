/**
 * Context and query under one Sync: one implicit transaction, one round trip.
 * `app.ctx` sets every key with `set local`, so nothing of it survives the Sync, not on an error either.
 */

import pg from "pg"
import { type Context, contextCall, contextValues } from "./context.ts"
import type { Wire } from "./wire.ts"

const contextStatement = "hudun_ctx"

export interface Statement {
  /** Prepared-statement name; unnamed when the map of names is full. */
  readonly name: string | undefined
  readonly text: string
  readonly values: readonly unknown[]
}

export class ContextQuery<Row extends pg.QueryResultRow> extends pg.Query<Row> {
  readonly #context: Context
  #answered = 0

  constructor(
    context: Context,
    statement: Statement,
    done: (error: Error | undefined | null, result: pg.ResultBuilder<Row>) => void,
  ) {
    const { name, text, values } = statement
    super({ text, values: [...values], ...(name === undefined ? {} : { name }) }, done)
    this.#context = context
  }

  override requiresPreparation(): boolean {
    return true
  }

  override prepare(wire: Wire): void {
    if (wire.submittedNamedStatements[contextStatement] === undefined) {
      wire.parse({ name: contextStatement, text: contextCall })
      wire.submittedNamedStatements[contextStatement] = contextCall
    }
    wire.bind({ portal: "", statement: contextStatement, values: contextValues(this.#context) })
    wire.execute({ portal: "", rows: 0 })
    super.prepare(wire)
  }

  override handleDataRow(message: unknown): void {
    // The first answer is the context call's one empty row.
    if (this.#answered > 0) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    this.#answered += 1
    if (this.#answered > 1) super.handleCommandComplete(message, wire)
  }
}
