/** The state of the log, receipts, and the files that anybody may check. Clauses 3.11, 3.12, 7.2. */

import type { FastifyReply, FastifyRequest } from "fastify"
import { Refusal } from "../base/refusal.ts"
import type { House } from "../house.ts"
import type { Http } from "../platform/http.ts"
import type { ClockGuard } from "./clock-guard.ts"
import { acceptClock, clockTolerance, standsFor } from "./clock-rule.ts"
import type { Ledger } from "./ledger.ts"
import {
  acceptTheClock,
  readLedger,
  readLedgerFile,
  readMetrics,
  readReceipt,
  witnessPolicyFile,
} from "./ledger-contract.ts"
import { metricsOf } from "./ledger-metrics.ts"
import { keysFile } from "./log-set.ts"
import { Malformed } from "./malformed.ts"
import { findForReceipt } from "./receipt-sql.ts"
import { siemWord } from "./siem.ts"
import type { SiemState } from "./siem-follower.ts"
import { type Actor, act, look, type Spine } from "./spine.ts"
import { parseTilePath } from "./tile.ts"
import { receiptFrom } from "./trace-receipt.ts"
import { cosignedFile } from "./verify.ts"

/** `isHere`: whether a command of this machine asks, with this start's secret. */
export function ledgerRoutes(
  http: Http,
  { spine, door, ledger }: House,
  isHere: (request: FastifyRequest) => boolean,
): void {
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

  http.on(acceptTheClock, async ({ body, request }) => {
    if (!isHere(request)) throw new Refusal("session.none")
    return acceptTold(spine, ledger.clockGuard, Date.parse(body.now))
  })

  http.on(readMetrics, async ({ reply }) =>
    reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8").send(metricsOf(ledger)),
  )

  http.on(readLedgerFile, ({ params, reply }) => sendFile(ledger, params["*"], reply))
}

/** Somebody at the machine's command line. What they do is in the installation's own log. */
const operator: Actor = {
  tenantId: "0",
  communityId: "0",
  staffId: null,
  post: "operator",
  client: "command",
  context: { communities: "0", buildings: "", classes: "", posts: "setup", actor: "" },
}

/** `told`: the time by another clock. A clock that is still wrong is not accepted. */
async function acceptTold(spine: Spine, guard: ClockGuard, told: number) {
  const seconds = Math.round((guard.stop?.behind ?? 0) / 1000)
  const off = told - spine.clock()
  if (!standsFor(off, clockTolerance))
    throw new Refusal("ledger.clock_wrong", { seconds: Math.round(Math.abs(off) / 1000) })
  const at = await act(spine, operator, async (command) => {
    command.trace({ act: acceptClock, clause: "3.12" })
    return command.now
  })
  return { at: new Date(at).toISOString(), behindSeconds: seconds }
}

function stateOf({ publisher, clockGuard, mirror, follower, siem }: Ledger, communityId: string) {
  const writer = publisher.logs?.writers.get(communityId)
  const { state } = publisher
  const { stop } = clockGuard
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
    clock:
      stop === undefined
        ? null
        : { behindSeconds: Math.round(stop.behind / 1000), since: new Date(stop.since).toISOString() },
    mirror: {
      up: isUp,
      reason: reason ?? null,
      since: new Date(since).toISOString(),
      behind: follower.behind,
      lagSeconds: Math.round(follower.lag / 1000),
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
