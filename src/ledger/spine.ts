/**
 * The spine: two doors, no third.
 * `act` for every command: it will not commit unless a trace was written in the same transaction.
 * `look` for every read of personal data: it will not release the answer before its trace is durable.
 */

import type { QueryResultRow } from "pg"
import { Refusal } from "../base/refusal.ts"
import type { Clock } from "../platform/clock.ts"
import type { Context } from "../platform/context.ts"
import type { Database, Reader } from "../platform/database.ts"
import { newId, random } from "../platform/random.ts"
import { type Hand, type Trace, type TraceDraft, traceOf } from "./trace.ts"
import type { TraceLane } from "./trace-lane.ts"
import { insertTraces, traceColumns } from "./trace-sql.ts"

export interface Spine {
  readonly database: Database
  readonly traces: TraceLane
  readonly clock: Clock
  /** The version of the regime in force. */
  readonly regimeVersion: () => number
}

/** Somebody with a post in a community: a hand to write in traces and a row-security context to read with. */
export interface Actor extends Hand {
  /** The legal entity: names the keys. */
  readonly tenantId: string
  readonly context: Context
}

export interface Command extends Reader {
  /** Milliseconds since the epoch, the same for everything in the command. */
  readonly now: number
  readonly newId: () => string
  /** Adds a trace to the transaction. At least one is required. */
  trace(draft: TraceDraft): void
}

/** Runs a command: load, decide, record. Throws a bug, and commits nothing, when the command left no trace. */
export async function act<Result>(
  spine: Spine,
  actor: Actor,
  work: (command: Command) => Promise<Result>,
): Promise<Result> {
  const now = spine.clock()
  const traces: Trace[] = []
  return spine.database.transaction(actor.context, async (tx) => {
    const result = await work({
      now,
      newId: () => newId(now),
      query: (text, values) => tx.query(text, values),
      trace: (draft) => void traces.push(stamped(spine, actor, draft)),
    })
    if (traces.length === 0) throw new Error("a command left no trace")
    await tx.query(insertTraces, traceColumns(traces))
    return result
  })
}

/** What a look found and what the trace says of it. A refusal is traced too, then thrown. */
export type Looked<Result> =
  | { readonly trace: TraceDraft; readonly answer: Result }
  | { readonly trace: TraceDraft; readonly refusal: Refusal }

export interface LookReader {
  readonly now: number
  /** Reads under the actor's row security, in one round trip. */
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** Reads personal data. The answer is released only after the trace is durable. */
export async function look<Result>(
  spine: Spine,
  actor: Actor,
  work: (reader: LookReader) => Promise<Looked<Result>>,
): Promise<Result> {
  const looked = await work({
    now: spine.clock(),
    query: (text, values) => spine.database.read(actor.context, text, values),
  })
  await spine.traces.append(stamped(spine, actor, looked.trace, "refusal" in looked))
  if ("refusal" in looked) throw looked.refusal
  return looked.answer
}

function stamped(spine: Spine, hand: Hand, draft: TraceDraft, refused = false): Trace {
  const at = spine.clock()
  const stamp = { traceId: newId(at), at, regimeVersion: spine.regimeVersion(), salt: random(16) }
  return traceOf(hand, refused ? { ...draft, outcome: "refused" } : draft, stamp)
}
