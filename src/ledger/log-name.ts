/** Names of the logs: one a community, one over their heads. C2SP tlog-checkpoint, "origin". Clause 3.12. */

import { sha256 } from "./sha256.ts"

/** The top log's place beside the numbers of communities. */
export const topLog = "top"

/** `hudun/<installation>/<community>`, or `hudun/<installation>/top`. */
export function originOf(installation: string, community: string): string {
  return `hudun/${installation}/${community}`
}

/** The folder of a log below `ledger/`: an origin may be longer than a file's name. */
export function folderOf(origin: string): string {
  return Array.from(sha256(new TextEncoder().encode(origin)).subarray(0, 16), hexOf).join("")
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0")
}
