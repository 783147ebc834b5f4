/** The pseudonym of a subject in traces: derived from a key of the subject, so that it cannot be made again once that key is gone. */

import { createHmac } from "node:crypto"
import type { SealingKey } from "./envelope.ts"

/** A positive 63-bit integer as decimal digits. Clause 3.12. */
export function subjectRef(by: SealingKey, subjectId: string): string {
  const bytes = createHmac("sha256", by.key).update(`subject-ref/${subjectId}`).digest()
  return String(bytes.readBigUInt64BE(0) >> 1n)
}
