/** The state of the log, receipts, and the files that anybody may check. Clauses 3.11, 3.12, 7.2. */

import type { FastifyReply } from "fastify"
import { Refusal } from "../base/refusal.ts"
import type { House } from "../house.ts"
import type { Http } from "../platform/http.ts"
import type { Ledger } from "./ledger.ts"
import { readLedger, readLedgerFile, readMetrics, readReceipt, witnessPolicyFile } from "./ledger-contract.ts"
import { metricsOf } from "./ledger-metrics.ts"
import { keysFile } from "./log-set.ts"
import { Malformed } from "./malformed.ts"
import { findForReceipt } from "./receipt-sql.ts"
import { siemWord } from "./siem.ts"
import type { SiemState } from "./siem-follower.ts"
import { look } from "./spine.ts"
import { parseTilePath } from "./tile.ts"
import { receiptFrom } from "./trace-receipt.ts"
import { cosignedFile } from "./verify.ts"

export function ledgerRoutes(http: Http, { spine, door, ledger }: House): void {
  http.on(readLedger, async ({ params, request }) => {
    await door.actor(request, params.communityId, ["manager", "auditor", "privacy_officer", "system_admin"])
    return stateOf(ledger, params.communityId)
  })

  http.on(readReceipt, async ({ params, request }) => {
    const { communityId, traceId } = params
    const actor = await door.actor(request, communityId, ["manager", "auditor", "privacy_officer"])
    return look(spine, actor, async (reader) => {
      const placed = await findForReceipt(reader, communityId, traceId)
      if (placed === undefined) throw new Refusal("thing.absent")
      const answer = await receiptFrom(ledger, communityId, placed)
      return { trace: { act: "trace.receipt", clause: "7.2" }, answer }
    })
  })

  http.on(readMetrics, async ({ reply }) =>
    reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8").send(metricsOf(ledger)),
  )

  http.on(readLedgerFile, ({ params, reply }) => sendFile(ledger, params["*"], reply))
}

function stateOf({ publisher, mirror, follower, siem }: Ledger, communityId: string) {
  const writer = publisher.logs?.writers.get(communityId)
  const { state } = publisher
  const { isUp, reason, since } = mirror.state
  return {
    log:
      writer === undefined
        ? null
        : {
            origin: writer.log.origin,
            folder: writer.log.folder,
            leaves: writer.size,
            checkpoint: writer.note,
          },
    publisher: {
      state: state.kind,
      reason: state.kind === "stopped" ? state.stop.reason : null,
      since: state.kind === "stopped" ? new Date(state.since).toISOString() : null,
    },
    mirror: {
      up: isUp,
      reason: reason ?? null,
      since: new Date(since).toISOString(),
      behind: follower.behind,
    },
    siem: siem === undefined ? null : siemView(siem.state),
  }
}

function siemView(state: SiemState) {
  const { behind, lag, delivered, holes } = state
  return { state: siemWord(state), behind, lagSeconds: Math.round(lag / 1000), delivered, holes }
}

/** Full tiles never change; everything else does. C2SP tlog-tiles, "Caching". */
async function sendFile(ledger: Ledger, path: string, reply: FastifyReply): Promise<FastifyReply> {
  const kind = kindOf(path)
  const bytes = kind === undefined ? undefined : await bytesOf(ledger, path)
  if (bytes === undefined) throw new Refusal("thing.absent")
  return reply
    .header("content-type", kind === "tile" ? "application/octet-stream" : "text/plain; charset=utf-8")
    .header("cache-control", kind === "tile" ? "public, max-age=31536000, immutable" : "no-store")
    .header("access-control-allow-origin", "*")
    .send(Buffer.from(bytes))
}

/** The policy on witnesses is what this server was started with, not what a file says. */
async function bytesOf({ disk, witnessPolicy }: Ledger, path: string): Promise<Uint8Array | undefined> {
  if (path !== witnessPolicyFile) return disk.read(path)
  return witnessPolicy === undefined ? undefined : new TextEncoder().encode(witnessPolicy)
}

/** Only what the log's formats name: nothing else of the folder is served. */
function kindOf(path: string): "text" | "tile" | undefined {
  if (path === keysFile || path === witnessPolicyFile) return "text"
  const [, rest = ""] = /^[0-9a-f]{32}\/(.+)$/.exec(path) ?? []
  if (rest === "checkpoint" || rest === cosignedFile) return "text"
  try {
    parseTilePath(rest)
    return "tile"
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
