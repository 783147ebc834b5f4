/**
 * The spine: two doors, no third.
 * `act` for every command: it will not commit unless a trace was written in the same transaction.
 * `look` for every read of personal data: it will not release the answer before its trace is durable.
 */

import type { QueryResultRow } from "pg"
import type { Refusal } from "../base/refusal.ts"
import type { Clock } from "../platform/clock.ts"
import type { Context } from "../platform/context.ts"
import { looks } from "../platform/crowd.ts"
import type { Database, Reader } from "../platform/database.ts"
import { newId, random } from "../platform/random.ts"
import { type Hand, type Trace, type TraceDraft, traceOf } from "./trace.ts"
import type { TraceLane } from "./trace-lane.ts"
import { insertTraces, traceColumns } from "./trace-sql.ts"

export interface Spine {
  readonly database: Database
  readonly traces: TraceLane
  /** The second place that plain text waits for. Clause 3.11. */
  readonly second: SecondPlace
  readonly clock: Clock
  /** The version of the regime in force. */
  readonly regimeVersion: () => number
}

export interface SecondPlace {
  /** Why plain text may not be shown now; undefined when it may. */
  refusal(): Refusal | undefined
  /** Resolves when the trace is on stable storage there. Rejects with the refusal. */
  append(trace: Trace): Promise<void>
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

/**
 * What a look found and what the trace says of it. A refusal is traced too, then thrown. An answer that holds plain text of
 * owners says so: it waits for the second place as well.
 */
export type Looked<Result> = Answered<Result> | { readonly trace: TraceDraft; readonly refusal: Refusal }

export interface Answered<Result> {
  readonly trace: TraceDraft
  readonly answer: Result
  readonly isPlain?: boolean
}

export interface LookReader {
  readonly now: number
  /** Reads under the actor's row security, in one round trip. */
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** Reads personal data. The answer is released only after the trace is durable. */
export function look<Result>(
  spine: Spine,
  actor: Actor,
  work: (reader: LookReader) => Promise<Looked<Result>>,
): Promise<Result> {
  return looks.through(() => traced(spine, actor, work))
}

async function traced<Result>(
  spine: Spine,
  actor: Actor,
  work: (reader: LookReader) => Promise<Looked<Result>>,
): Promise<Result> {
  const looked = await work({
    now: spine.clock(),
    query: (text, values) => spine.database.read(actor.context, text, values),
  })
  const released = "refusal" in looked ? looked : held(spine, looked)
  if ("refusal" in released) {
    await spine.traces.append(stamped(spine, actor, { ...looked.trace, outcome: "refused" }))
    throw timely(spine.second, released.refusal)
  }
  const trace = stamped(spine, actor, looked.trace)
  // Both at once: the wait is that of the slower.
  if (released.isPlain === true) await Promise.all([spine.traces.append(trace), spine.second.append(trace)])
  else await spine.traces.append(trace)
  return released.answer
}

/** What has ended by a wrong clock may not have ended: the clock is told instead. Clause 3.12. */
export function timely(second: SecondPlace, refusal: Refusal): Refusal {
  const held = second.refusal()
  return refusal.code === "use.ended" && held?.code === "ledger.clock_back" ? held : refusal
}

/** Plain text stays back while the second place is away. Clause 3.11. */
function held<Result>(
  spine: Spine,
  looked: Answered<Result>,
): Answered<Result> | { readonly refusal: Refusal } {
  const refusal = looked.isPlain === true ? spine.second.refusal() : undefined
  return refusal === undefined ? looked : { refusal }
}

function stamped(spine: Spine, hand: Hand, draft: TraceDraft): Trace {
  const at = spine.clock()
  const stamp = { traceId: newId(at), at, regimeVersion: spine.regimeVersion(), salt: random(16) }
  return traceOf(hand, draft, stamp)
}
