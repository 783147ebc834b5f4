/** Reading the traces; reading them is itself traced. Clauses 3.12, 4.1. */

import type { FastifyRequest } from "fastify"
import type { House } from "../house.ts"
import type { Http } from "../platform/http.ts"
import { listTraces } from "./contract.ts"
import { ledgerRoutes } from "./ledger-routes.ts"
import { type Answered, type LookReader, look } from "./spine.ts"
import { findTraces, type TraceFilter } from "./sql.ts"
import { requireCursor, type Searched, search } from "./trace-explorer.ts"
import { traceExplorerRoutes } from "./trace-explorer-routes.ts"
import { traceExportRoutes } from "./trace-export-routes.ts"
import type { Wanted } from "./trace-query.ts"
import { traceView } from "./trace-row.ts"

/** `isHere`: whether a command of this machine asks, with this start's secret. */
export function traceRoutes(http: Http, house: House, isHere: (request: FastifyRequest) => boolean): void {
  const { spine, door } = house
  ledgerRoutes(http, house, isHere)
  traceExportRoutes(http, house, isHere)
  traceExplorerRoutes(http, house)
  http.on(listTraces, async ({ params, query: { limit, ...filter }, request }) => {
    const actor = await door.actor(request, params.communityId, ["manager", "auditor", "privacy_officer"])
    return look(spine, actor, (reader) => {
      if (isIndexed(filter)) return newest(reader, params.communityId, { filter, limit })
      return search(spine, actor, { wanted: wantedBy(filter), after: filter.after, limit })
    })
  })
}

async function newest(
  reader: LookReader,
  communityId: string,
  page: { filter: TraceFilter; limit: number },
): Promise<Answered<Searched>> {
  requireCursor(page.filter.after)
  const rows = await findTraces(reader, communityId, page)
  const shown = rows.slice(0, page.limit)
  const next = rows.length > page.limit ? (shown.at(-1)?.seq ?? null) : null
  const answer = { traces: shown.map(traceView), next, searchedTo: null, homes: [] }
  return { trace: { act: "trace.list", clause: "3.12" }, answer }
}

/** The newest, or those of one use, are found at once; anything else is walked, apart from the short reads. */
function isIndexed({ after: _after, use: _use, ...slow }: TraceFilter): boolean {
  return Object.values(slow).every((value) => value === undefined)
}

function wantedBy(filter: TraceFilter): Wanted {
  const list = (value: string | undefined) => (value === undefined ? [] : [value])
  return {
    posts: list(filter.post),
    purposes: list(filter.purpose),
    fields: [],
    acts: list(filter.act),
    outcomes: list(filter.outcome),
    by: list(filter.actor),
    homes: [],
    persons: list(filter.person),
    uses: list(filter.use),
    from: filter.from,
    until: filter.until,
  }
}
