/** Reads the logs in their order for a SIEM, and says where the order has a hole. Clause 3.12. */

import type { PublishSql } from "./publish-sql.ts"
import type { SiemMessage } from "./siem-message.ts"

export type SiemSource = Pick<PublishSql, "connect" | "batches" | "traces" | "close">

/** A log and how many leaves it has. */
export interface LogHead {
  readonly communityId: string
  readonly origin: string
  readonly size: number
}

/** Messages of a log, and the number of the leaf that comes after them. */
export interface Portion {
  readonly log: string
  readonly messages: readonly SiemMessage[]
  readonly next: number
}

/** From a leaf on, as many as stand together in the table; nothing when all was read. Rejects when the database does. */
export async function readPortion(
  source: SiemSource,
  { communityId, origin, size }: LogHead,
  { from, now }: { from: number; now: number },
): Promise<Portion | undefined> {
  if (from === size) return undefined
  // An older state of everything was restored: what was delivered under these numbers is not what they hold now.
  if (from > size) return gap(origin, { kind: "rewound", seq: size, through: from - 1, at: now, next: size })
  await source.connect()
  const [batch] = await source.batches(communityId, from, 1)
  const first = batch === undefined ? size : Math.min(batch.firstIndex, size)
  if (batch === undefined || first > from)
    return gap(origin, { kind: "missing", seq: from, through: first - 1, at: now, next: first })
  const ids = batch.traceIds.slice(from - batch.firstIndex, size - batch.firstIndex)
  const found = new Map((await source.traces(communityId, ids)).map((trace) => [trace.traceId, trace]))
  const messages = ids.map((id, at): SiemMessage => {
    const seq = from + at
    const trace = found.get(id)
    if (trace === undefined) return { kind: "missing", log: origin, seq, through: seq, at: now }
    return { kind: "trace", log: origin, seq, trace }
  })
  return { log: origin, messages, next: from + ids.length }
}

interface Hole {
  readonly kind: "missing" | "rewound"
  readonly seq: number
  readonly through: number
  readonly at: number
  readonly next: number
}

function gap(log: string, { next, ...hole }: Hole): Portion {
  return { log, messages: [{ log, ...hole }], next }
}
