/** The receipt of a trace that lies in the log this process publishes. Clause 7.2. */

import { Refusal } from "../base/refusal.ts"
import type { Ledger } from "./ledger.ts"
import { formatProof } from "./proof.ts"
import { proofFrom, receiptOf } from "./receipt.ts"
import { findForReceipt, type PlacedForReceipt } from "./receipt-sql.ts"
import type { LookReader } from "./spine.ts"

/** Throws `receipt.pending` while the trace has no place, or another process publishes. */
export async function receiptFrom(ledger: Ledger, communityId: string, { trace, index }: PlacedForReceipt) {
  const writer = ledger.publisher.logs?.writers.get(communityId)
  if (writer === undefined || index === undefined || index >= writer.size)
    throw new Refusal("receipt.pending")
  const files = { read: (path: string) => ledger.disk.read(`${writer.log.folder}/${path}`) }
  const proof = await proofFrom(files, index, writer.note)
  return { receipt: formatProof(receiptOf(proof, trace)), index }
}

/** The same as text; null when there is none (yet) that the reader may see. */
export async function proofOfTrace(
  ledger: Ledger,
  reader: Pick<LookReader, "query">,
  { communityId, traceId }: { communityId: string; traceId: string },
): Promise<string | null> {
  const placed = await findForReceipt(reader, communityId, traceId)
  if (placed === undefined) return null
  try {
    return (await receiptFrom(ledger, communityId, placed)).receipt
  } catch (error) {
    if (error instanceof Refusal && error.code === "receipt.pending") return null
    throw error
  }
}
