/** Scans of stored text and what they found, over HTTP. Clause 2.9. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import * as contract from "./contract.ts"
import { glimpseAt, ruleOn } from "./rule.ts"
import { countOpen, type FindingRow, listFindings, readFinding } from "./ruling-sql.ts"
import { beginScan } from "./scan.ts"
import { listScans, readScan, type ScanRow } from "./scan-sql.ts"

const officer: readonly Post[] = ["privacy_officer"]
const overseeing: readonly Post[] = ["privacy_officer", "manager", "auditor"]
const shownScans = 10

/** `walk`: the scanner goes on with what is under way. */
export function textRoutes(http: Http, house: House, walk: () => void): void {
  const { door } = house

  http.on(contract.listTextScans, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, overseeing)
    return { scans: (await listScans(readerOf(house, actor), actor.communityId, shownScans)).map(scanView) }
  })

  http.on(contract.startTextScan, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officer)
    await beginScan(house, actor, { scanId: body.scanId, occasion: "by_hand" })
    walk()
    const row = await readScan(readerOf(house, actor), actor.communityId, body.scanId)
    if (row === undefined) throw new Refusal("thing.absent")
    return scanView(row)
  })

  http.on(contract.listTextFindings, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, overseeing)
    const { state, after, limit } = query
    if (after !== undefined && !/^\d{1,19}$/.test(after))
      throw new Refusal("request.malformed", { field: "after" })
    const reader = readerOf(house, actor)
    const rows = await listFindings(reader, { communityId: actor.communityId, state, after, limit })
    const shown = rows.slice(0, limit)
    return {
      findings: shown.map(findingView),
      next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
      open: await countOpen(reader, actor.communityId),
    }
  })

  http.on(contract.glimpseAtFinding, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, officer)
    return glimpseAt(house, actor, params.findingId)
  })

  http.on(contract.ruleOnFinding, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officer)
    const { communityId, findingId } = params
    await ruleOn(house, actor, { ...body, findingId })
    const row = await readFinding(readerOf(house, actor), communityId, findingId)
    if (row === undefined) throw new Refusal("thing.absent")
    return findingView(row)
  })
}

/** Codes and counts, nothing of an owner: no trace. */
function readerOf({ spine }: House, { context }: Actor): Reader {
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}

function scanView(row: ScanRow): contract.TextScan {
  return {
    scanId: row.scan_id,
    occasion: row.occasion,
    state: row.is_last ? "done" : "running",
    total: row.total,
    scanned: row.scanned,
    unreadable: row.unreadable,
    found: row.found,
    startedAt: row.at.toISOString(),
    at: (row.step_at ?? row.at).toISOString(),
  }
}

const stateOf = { mask: "masked", move: "moved", keep: "kept" } as const

function findingView(row: FindingRow): contract.TextFinding {
  return {
    findingId: row.finding_id,
    kind: row.kind,
    count: row.count,
    field: row.field,
    buildings: row.buildings,
    order:
      row.order_id === null || row.order_number === null
        ? null
        : { orderId: row.order_id, number: row.order_number },
    foundAt: row.found_at.toISOString(),
    state: row.verdict === null ? "open" : stateOf[row.verdict],
    reason: row.reason,
    decidedBy: row.by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
  }
}
