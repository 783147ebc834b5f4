/** Where a trace stands among all traces. Clause 3.12. */

import type { Trace } from "./trace.ts"

/** The place of a trace in the order of traces. A transaction's traces come after those of every earlier transaction. */
export interface Place {
  /** xid8 and bigint, as decimal digits. */
  readonly tx: string
  readonly seq: string
}

export interface PlacedTrace extends Place {
  readonly trace: Trace
}
