/**
 * The ledger's figures P7 to P10: `node bench/ledger.ts [--quick] [--json] [--only P7,P8] [--leaves N]`.
 * Durable appends against a plain INSERT a row, integration, verification, proofs and how they grow. Round by round, medians.
 */

import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { addCommunities, appendLines } from "./ledger-append.ts"
import { integrateLines } from "./ledger-integrate.ts"
import { treeLines } from "./ledger-tree.ts"
import { startPostgres } from "./postgres.ts"
import { print } from "./report.ts"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    json: { type: "boolean" },
    only: { type: "string" },
    leaves: { type: "string" },
  },
})
const only = values.only?.split(",") ?? ["P7", "P8", "P9", "P10"]
const isQuick = values.quick === true
const data = await mkdtemp(join(tmpdir(), "hudun-bench-"))
await mkdir(join(data, "ledger"))
async function inDatabase(): Promise<void> {
  const postgres = await startPostgres(data, resolve(import.meta.dirname, ".."))
  try {
    const place = { data, socket: postgres.socket, isQuick }
    await addCommunities(place)
    if (only.includes("P7")) print(await appendLines(place), values.json === true)
    if (only.includes("P8")) print(await integrateLines(place), values.json === true)
  } finally {
    await postgres.stop()
  }
}

try {
  if (only.includes("P7") || only.includes("P8")) await inDatabase()
  const leaves = Number(values.leaves ?? (isQuick ? 100_000 : 1_000_000))
  if (only.includes("P9") || only.includes("P10"))
    print(await treeLines({ data, leaves, only }), values.json === true)
} finally {
  await rm(data, { recursive: true, force: true })
}
