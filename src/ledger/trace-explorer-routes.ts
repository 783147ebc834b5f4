/** Exploring the traces: searching, saved searches, hours by post. Reading traces is itself traced. Clauses 3.12, 4.1. */

import { Refusal } from "../base/refusal.ts"
import type { House } from "../house.ts"
import type { Reader } from "../platform/database.ts"
import type { Http } from "../platform/http.ts"
import { type Actor, act, look } from "./spine.ts"
import { apart, search } from "./trace-explorer.ts"
import {
  listTraceViews,
  readHeat,
  removeTraceView,
  saveTraceView,
  searchTraces,
} from "./trace-explorer-contract.ts"
import { deleteView, insertView, listViews } from "./trace-explorer-sql.ts"
import { isOpenTerm, readTraceQuery, type Wanted, wantedOf, writeTraceQuery } from "./trace-query.ts"
import { countByHour, type HeatRow } from "./trace-query-sql.ts"

const readers = ["manager", "auditor", "privacy_officer"] as const
const heatDays = 30

export function traceExplorerRoutes(http: Http, { spine, door }: House): void {
  http.on(searchTraces, async ({ params: { communityId }, body, request }) => {
    const actor = await door.actor(request, communityId, readers)
    const wanted = wantedIn(body.query)
    refuseStrangersHomes(actor, wanted)
    return look(spine, actor, () => search(spine, actor, { ...body, wanted }))
  })

  http.on(readHeat, async ({ params: { communityId }, request }) => {
    const actor = await door.actor(request, communityId, readers)
    return look(spine, actor, async ({ now }) => {
      const from = new Date(now - heatDays * 86_400_000).toISOString()
      const rows = await apart(spine, actor, (tx) => countByHour(tx, communityId, from))
      const answer = { from, until: new Date(now).toISOString(), posts: byPost(rows) }
      return { trace: { act: "trace.hours", clause: "4.1" }, answer }
    })
  })

  http.on(listTraceViews, async ({ params: { communityId }, request }) => {
    const { context } = await door.actor(request, communityId, readers)
    const reader: Reader = { query: (text, values) => spine.database.read(context, text, values) }
    return { views: await listViews(reader, communityId) }
  })

  http.on(saveTraceView, async ({ params: { communityId }, body, request }) => {
    const actor = await door.actor(request, communityId, readers)
    const query = keepable(body.query)
    return act(spine, actor, async (command) => {
      const { viewId, name } = body
      await insertView(command, { viewId, name, query, communityId, staffId: actor.staffId, at: command.now })
      command.trace({ act: "trace.save_view", clause: "4.1" })
      return { viewId }
    })
  })

  http.on(removeTraceView, async ({ params: { communityId, viewId }, request }) => {
    const actor = await door.actor(request, communityId, readers)
    return act(spine, actor, async (command) => {
      if (!(await deleteView(command, communityId, viewId))) throw new Refusal("thing.absent")
      command.trace({ act: "trace.remove_view", clause: "4.1" })
      return { viewId }
    })
  })
}

/** Throws `request.malformed` with the qualifier that is wrong; a word without one might be anybody's name and is not repeated. */
function termsIn(query: string) {
  const { terms, problems } = readTraceQuery(query)
  const [wrong] = problems
  if (wrong === undefined) return terms
  const word = /^[a-z_]{1,20}$/.test(wrong.word) && wrong.kind !== "bare" ? wrong.word : "query"
  throw new Refusal("request.malformed", { field: word })
}

function wantedIn(query: string): Wanted {
  return wantedOf(termsIn(query))
}

/** As it is stored: a home and whoever acted by id only, so that no place, name or phone is written down. */
function keepable(query: string): string {
  const terms = termsIn(query)
  const named = terms.find((term) => !isOpenTerm(term))
  if (named !== undefined) throw new Refusal("request.malformed", { field: named.qualifier })
  if (terms.length === 0) throw new Refusal("request.malformed", { field: "query" })
  return writeTraceQuery(terms)
}

/** Without the roster one cannot ask by home or person: the same answer for every home. Clause 3.8. */
function refuseStrangersHomes({ context }: Actor, { homes, persons }: Wanted): void {
  const isNamed = homes.length + persons.length > 0
  if (isNamed && !context.posts.split(",").includes("manager")) throw new Refusal("post.not_allowed")
}

function byPost(rows: readonly HeatRow[]): { post: string; counts: number[] }[] {
  const posts = Map.groupBy(rows, ({ post }) => post)
  return [...posts].map(([post, hours]) => {
    const counts = Array.from({ length: 24 }, (_, at) => hours.find(({ hour }) => hour === at)?.count ?? 0)
    return { post, counts }
  })
}
