/** Reading the traces; reading them is itself traced. Clauses 3.12, 4.1. */

import type { House } from "../house.ts"
import type { Http } from "../platform/http.ts"
import { listTraces } from "./contract.ts"
import { ledgerRoutes } from "./ledger-routes.ts"
import { look } from "./spine.ts"
import { findTraces, type TraceListRow } from "./sql.ts"

export function traceRoutes(http: Http, house: House): void {
  const { spine, door } = house
  ledgerRoutes(http, house)
  http.on(listTraces, async ({ params, query: { limit, ...filter }, request }) => {
    const actor = await door.actor(request, params.communityId, ["manager", "auditor", "privacy_officer"])
    return look(spine, actor, async (reader) => {
      const rows = await findTraces(reader, params.communityId, { filter, limit })
      const shown = rows.slice(0, limit)
      const answer = {
        traces: shown.map(traceView),
        next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
      }
      return { trace: { act: "trace.list", clause: "3.12" }, answer }
    })
  })
}

function traceView(row: TraceListRow) {
  return {
    traceId: row.trace_id,
    at: row.at.toISOString(),
    actor: row.actor,
    actorName: row.actor_name,
    post: row.post,
    act: row.act,
    clause: row.clause,
    purpose: row.purpose,
    useId: row.use_id,
    subjects: row.subjects,
    fields: row.fields,
    outcome: row.outcome,
    regimeVersion: row.regime_version,
  }
}
