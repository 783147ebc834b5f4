/** What crosses the wire about the log itself: its state, receipts, and the files that anybody may check. Clauses 3.11, 3.12, 7.2. */

import { z } from "zod"
import { endpoint } from "../base/endpoint.ts"
import { numberId, uuid } from "../base/id.ts"
import { instant } from "../base/instant.ts"

export const readLedger = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/ledger",
  clause: "3.11",
  summary: "State of the community's log, of the publisher, the clock and the mirror.",
  params: z.object({ communityId: numberId }),
  reply: z.object({
    /** The folder below `/ledger/`. Null while this server does not publish. */
    log: z
      .object({ origin: z.string(), folder: z.string(), leaves: z.number().int(), checkpoint: z.string() })
      .nullable(),
    publisher: z.object({
      state: z.enum(["starting", "running", "standby", "failing", "stopped"]),
      reason: z.string().nullable(),
      since: instant.nullable(),
    }),
    /** How far the clock is behind the newest trace, and the time of that; null while it is right. */
    clock: z.object({ behindSeconds: z.number().int(), since: instant }).nullable(),
    mirror: z.object({
      up: z.boolean(),
      reason: z.string().nullable(),
      since: instant,
      /** Logs whose newest traces are not there yet, and how many seconds the oldest of these has waited. */
      behind: z.number().int(),
      lagSeconds: z.number(),
    }),
    /** Null when no SIEM is set up. */
    siem: z
      .object({
        state: z.enum(["starting", "up", "down", "late", "gap"]),
        /** Leaves that are not there yet, and how many seconds the oldest of them has waited. */
        behind: z.number().int(),
        lagSeconds: z.number(),
        delivered: z.number().int(),
        holes: z.number().int(),
      })
      .nullable(),
  }),
})

export const acceptTheClock = endpoint({
  method: "POST",
  path: "/api/local/ledger/clock",
  clause: "3.12",
  summary:
    "For hudun ledger accept-clock: `now` is the time by another clock; from this trace on ours is compared anew.",
  body: z.object({ now: instant }),
  reply: z.object({ at: instant, behindSeconds: z.number().int() }),
})

export const readReceipt = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/traces/:traceId/receipt",
  clause: "7.2",
  summary: "A receipt: the trace with the proof that the signed log holds it, as one text (C2SP tlog-proof).",
  params: z.object({ communityId: numberId, traceId: uuid }),
  reply: z.object({ receipt: z.string(), index: z.number().int() }),
})

/** Below `/ledger/`: keys of witnesses one a line, then `quorum N`. Not there when no witness is asked. */
export const witnessPolicyFile = "witness-policy"

export const readLedgerFile = endpoint({
  method: "GET",
  path: "/ledger/*",
  clause: "3.12",
  summary:
    "Checkpoints, tiles and bundles of entries (C2SP tlog-tiles). They hold commitments only: no session is needed.",
  params: z.object({ "*": z.string().max(200) }),
  reply: z.string(),
})

export const readMetrics = endpoint({
  method: "GET",
  path: "/metrics",
  clause: "3.12",
  summary:
    "The state of ledger, mirror and SIEM as figures, for Prometheus. They tell nothing of the data: no session is needed.",
  reply: z.string(),
})
