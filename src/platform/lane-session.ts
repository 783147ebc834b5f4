/**
 * One connection of a lane. A batch is everything up to a Sync: one implicit transaction. It answers when that transaction has
 * ended, so what a statement wrote is durable by then. An error undoes the whole of it: the culprit hears of the error, whoever
 * shared the batch is asked again.
 */

import type pg from "pg"
import { contextCall } from "./context.ts"
import { type Column, columnsOf, errorOf, FrameReader, FrameWriter, rowOf } from "./frames.ts"
import { openWire, type Wire } from "./wire.ts"

/** One statement, behind a call of `app.ctx`. */
export interface Read {
  /** The arguments of the call; undefined: none is made. */
  readonly call: readonly string[] | undefined
  /** Equal for equal calls. */
  readonly key: string
  readonly text: string
  readonly values: readonly unknown[]
  readonly resolve: (rows: readonly unknown[]) => void
  readonly reject: (error: unknown) => void
}

/** Beyond this many different texts the oldest is forgotten: a bound on what a server session remembers. */
const rememberedStatements = 400

interface Statement {
  readonly name: string
  readonly text: string
  /** Undefined until the server has described it. */
  columns?: readonly Column[]
  readonly waiting: Read[]
}

/** What the server answers in turn; `read` is missing for a call of `app.ctx`. */
interface Step {
  readonly statement: Statement
  readonly read?: Read
  readonly rows: unknown[]
}

interface Batch {
  readonly steps: Step[]
  /** Statements that are prepared in it, instead of steps. */
  readonly prepares: readonly Statement[]
  /** How many steps, or statements, have been answered. */
  done: number
  error?: Error
}

export interface SessionEvents {
  readonly onIdle: () => void
  readonly onLost: () => void
}

export class LaneSession {
  /** When the oldest batch was sent, by `performance.now`. */
  busySince = 0
  readonly #wire: Wire
  readonly #events: SessionEvents
  readonly #writer = new FrameWriter()
  readonly #statements = new Map<string, Statement>()
  readonly #batches: Batch[] = []
  #named = 0
  #lost: Error | undefined

  private constructor(wire: Wire, events: SessionEvents) {
    this.#wire = wire
    this.#events = events
    const lose = (error?: Error) => this.#lose(error ?? new Error("Connection terminated unexpectedly"))
    wire.client.on("error", lose)
    wire.client.on("end", () => lose())
  }

  static async open(config: pg.ClientConfig, events: SessionEvents): Promise<LaneSession> {
    const reader = new FrameReader()
    const wire = await openWire(config, (bytes) => reader.push(bytes, session.#hear))
    const session = new LaneSession(wire, events)
    return session
  }

  get isIdle(): boolean {
    return this.#batches.length === 0
  }

  send(reads: readonly Read[]): void {
    if (this.#lost !== undefined) return rejectAll(reads, this.#lost)
    const steps: Step[] = []
    const prepares: Statement[] = []
    let key: string | undefined
    for (const read of inOrderOfContext(reads)) {
      const statement = this.#statement(read.text, prepares)
      const call = read.call === undefined ? undefined : this.#statement(contextCall, prepares)
      const unready = [statement, call].find((one) => one !== undefined && one.columns === undefined)
      if (unready !== undefined) {
        unready.waiting.push(read)
        continue
      }
      if (call !== undefined && read.key !== key) steps.push(this.#run(call, read.call ?? []))
      key = read.key
      steps.push({ ...this.#run(statement, read.values), read })
    }
    if (steps.length > 0) this.#sync({ steps, prepares: [], done: 0 })
    if (prepares.length > 0) this.#prepare(prepares)
  }

  /** Waits for what was sent, then says goodbye. */
  async close(): Promise<void> {
    while (!this.isIdle) await new Promise((resolve) => setImmediate(resolve))
    await this.#wire.client.end()
  }

  #statement(text: string, prepares: Statement[]): Statement {
    const known = this.#statements.get(text)
    if (known !== undefined) return known
    if (this.#statements.size >= rememberedStatements) this.#forgetOldest()
    this.#named += 1
    const statement: Statement = { name: `h${this.#named}`, text, waiting: [] }
    this.#statements.set(text, statement)
    prepares.push(statement)
    return statement
  }

  #forgetOldest(): void {
    for (const { name, text, columns } of this.#statements.values()) {
      if (text === contextCall || columns === undefined) continue
      this.#statements.delete(text)
      this.#writer.close(name)
      return
    }
  }

  #run(statement: Statement, values: readonly unknown[]): Step {
    this.#writer.run(statement.name, values, statement.columns ?? [])
    return { statement, rows: [] }
  }

  #prepare(prepares: readonly Statement[]): void {
    for (const { name, text } of prepares) {
      this.#writer.parse(name, text)
      this.#writer.describe(name)
    }
    this.#sync({ steps: [], prepares, done: 0 })
  }

  #sync(batch: Batch): void {
    if (this.isIdle) this.busySince = performance.now()
    this.#batches.push(batch)
    this.#writer.sync()
    this.#wire.stream.write(this.#writer.take())
  }

  readonly #hear = (code: string, bytes: Buffer, at: number): void => {
    const [batch] = this.#batches
    if (batch === undefined) return
    switch (code) {
      case "D":
        return hearRow(batch, bytes, at)
      case "C":
      case "I":
        batch.done += 1
        return
      case "T":
      case "n":
        return hearColumns(batch, code === "T" ? columnsOf(bytes, at) : [])
      case "E":
        batch.error = errorOf(bytes, at)
        return
      case "Z":
        this.#batches.shift()
        this.#end(batch)
    }
  }

  #end(batch: Batch): void {
    this.busySince = performance.now()
    if (batch.prepares.length > 0) this.#endPreparing(batch)
    else if (batch.error !== undefined) this.#undo(batch, batch.error)
    else for (const { read, rows } of batch.steps) read?.resolve(rows)
    if (this.isIdle) this.#events.onIdle()
  }

  #endPreparing({ prepares, done, error }: Batch): void {
    const again: Read[] = []
    for (const [position, { text, waiting }] of prepares.entries()) {
      const reads = waiting.splice(0)
      if (error !== undefined) this.#statements.delete(text)
      if (error !== undefined && position === done) rejectAll(reads, error)
      else again.push(...reads)
    }
    if (again.length > 0) this.send(again)
  }

  #undo({ steps, done }: Batch, error: Error): void {
    const culprit = steps.slice(done).find(({ read }) => read !== undefined)?.read
    const others = steps.flatMap(({ read }) => (read === undefined || read === culprit ? [] : [read]))
    if (culprit === undefined) return rejectAll(others, error)
    culprit.reject(error)
    if (others.length > 0) this.send(others)
  }

  #lose(error: Error): void {
    if (this.#lost !== undefined) return
    this.#lost = error
    this.#events.onLost()
    for (const { steps, prepares } of this.#batches.splice(0)) {
      rejectAll(
        steps.flatMap(({ read }) => read ?? []),
        error,
      )
      for (const { waiting } of prepares) rejectAll(waiting, error)
    }
  }
}

function inOrderOfContext(reads: readonly Read[]): readonly Read[] {
  if (reads.length === 1) return reads
  return [...Map.groupBy(reads, ({ key }) => key).values()].flat()
}

function rejectAll(reads: readonly Read[], error: Error): void {
  for (const { reject } of reads) reject(error)
}

function hearRow(batch: Batch, bytes: Buffer, at: number): void {
  const step = batch.steps[batch.done]
  if (step?.read !== undefined) step.rows.push(rowOf(step.statement.columns ?? [], bytes, at))
}

function hearColumns(batch: Batch, columns: readonly Column[]): void {
  const statement = batch.prepares[batch.done]
  if (statement !== undefined) statement.columns = columns
  batch.done += 1
}
