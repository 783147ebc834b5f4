/**
 * Opening a log: files and database are compared, and what the database has given a place but no checkpoint vouches for
 * yet is written now. Both say the same or the ledger stops. Clause 3.12.
 */

import type { LogDisk } from "./disk.ts"
import { contentOf, entryOf } from "./entry.ts"
import { LedgerStop } from "./ledger-stop.ts"
import { type Growth, isSame, LogWriter, type OwnLog } from "./log-writer.ts"
import { nativeSha256 } from "./native-sha256.ts"
import type { Batch, Head, Sequence } from "./publish-sql.ts"
import type { Trace } from "./trace.ts"

const batchesAtOnce = 64
const topEntriesAtOnce = 4096
const utf8 = new TextEncoder()

export interface Opening {
  readonly disk: LogDisk
  readonly sequence: Sequence
}

/** The community's log at the place where its database head is. Throws {@link LedgerStop}. */
export async function openLog(
  { disk, sequence }: Opening,
  log: OwnLog,
  { communityId, head }: { communityId: string; head: Head | undefined },
): Promise<LogWriter> {
  const writer = await LogWriter.open(disk, log)
  const size = head?.size ?? 0
  if (size < writer.size) throw new LedgerStop("database_older", log.origin)
  await requireSameRoot(writer, sequence, communityId)
  while (writer.size < size) await replay(writer, sequence, communityId)
  await writer.begin()
  return writer
}

/** The batch that ended where the signed tree ends must have had its root. */
async function requireSameRoot(writer: LogWriter, sequence: Sequence, communityId: string): Promise<void> {
  if (writer.size === 0) return
  const [batch] = await sequence.batches(communityId, writer.size - 1, 1)
  const isEnd = batch !== undefined && batch.firstIndex + batch.traceIds.length === writer.size
  if (!isEnd || !isSame(batch.root, writer.root)) throw new LedgerStop("forked", writer.log.origin)
}

async function replay(writer: LogWriter, sequence: Sequence, communityId: string): Promise<void> {
  const batches = await sequence.batches(communityId, writer.size, batchesAtOnce)
  const ids = batches.flatMap((batch) => batch.traceIds)
  const found = new Map((await sequence.traces(communityId, ids)).map((trace) => [trace.traceId, trace]))
  const growths: Growth[] = []
  for (const batch of batches) {
    const growth = growthOf(writer, batch, { found, last: growths.at(-1) })
    if (!isSame(growth.root, batch.root)) throw new LedgerStop("trace_changed", writer.log.origin)
    growths.push(growth)
  }
  if (growths.length === 0) throw new LedgerStop("forked", writer.log.origin)
  await writer.publish(growths)
}

interface Replaying {
  readonly found: ReadonlyMap<string, Trace>
  readonly last: Growth | undefined
}

function growthOf(writer: LogWriter, batch: Batch, { found, last }: Replaying): Growth {
  const size = last?.edge.size ?? writer.size
  if (batch.firstIndex !== size) throw new LedgerStop("forked", writer.log.origin)
  const entries = batch.traceIds.map((id) => {
    const trace = found.get(id)
    if (trace === undefined) throw new LedgerStop("trace_changed", writer.log.origin)
    return traceEntry(trace)
  })
  return writer.plan(entries, last?.edge)
}

/** The top log, brought up to the entries that the database has. Throws {@link LedgerStop}. */
export async function openTop({ disk, sequence }: Opening, log: OwnLog): Promise<LogWriter> {
  const writer = await LogWriter.open(disk, log)
  if (writer.size > 0 && (await sequence.topEntries(writer.size - 1, 1)).length === 0)
    throw new LedgerStop("database_older", log.origin)
  for (;;) {
    const entries = await sequence.topEntries(writer.size, topEntriesAtOnce)
    if (entries.length === 0) break
    await writer.publish([writer.plan(entries.map(({ entry }) => utf8.encode(entry)))])
  }
  await writer.begin()
  return writer
}

export function traceEntry(trace: Trace): Uint8Array {
  return entryOf(contentOf(trace), trace.salt, nativeSha256)
}
