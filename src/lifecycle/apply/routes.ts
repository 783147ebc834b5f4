/** Applications: apply, find, read, sign, look, end. Clauses 3.4, 4.2, 4.4, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { applyForUse } from "./apply.ts"
import * as contract from "./contract.ts"
import { readDetail } from "./detail.ts"
import { dutyRoutes } from "./duty-routes.ts"
import { lookUnder } from "./look-under.ts"
import { endApplication, signApplication, type Verdict } from "./sign.ts"
import { type ApplicationAsk, listApplications } from "./sql.ts"
import { type StandIn, standInOf } from "./stand-in.ts"
import { summaryOf } from "./views.ts"

const applies: readonly Post[] = ["clerk", "supervisor", "manager"]
const signs: readonly Post[] = ["supervisor", "archivist", "manager", "privacy_officer"]
const reads: readonly Post[] = ["clerk", "supervisor", "archivist", "manager", "privacy_officer", "auditor"]
const ends: readonly Post[] = ["clerk", "supervisor", "manager", "privacy_officer"]

export function applyRoutes(http: Http, house: House): void {
  listRoutes(http, house)
  actRoutes(http, house)
  dutyRoutes(http, house)
}

function listRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.listApplications, async ({ params, query, request }) => {
    const standIn = await standInOf(house, await door.actor(request, params.communityId, reads))
    const { actor } = standIn
    return look(spine, actor, async (reader) => {
      const rows = await listApplications(reader, {
        ...params,
        ...query,
        ...scopeTerms(query.scope, standIn),
        state: query.state,
        purpose: query.purpose,
        number: query.number,
        after: position(query.after),
        now: new Date(reader.now).toISOString(),
      })
      const shown = rows.slice(0, query.limit)
      return {
        trace: { act: "application.list", clause: "4.2" },
        answer: {
          applications: shown.map((row) => summaryOf(row, reader.now)),
          next: rows.length > query.limit ? (shown.at(-1)?.seq ?? null) : null,
        },
      }
    })
  })

  http.on(contract.readApplication, async ({ params, request }) =>
    readDetail(house, await door.actor(request, params.communityId, reads), params.applicationId),
  )
}

type ScopeTerms = Pick<ApplicationAsk, "applicant" | "nextPosts" | "notOf">

/** `to_sign`: where a signature of one's own posts, or of those one stands in for, is next. */
function scopeTerms(scope: "all" | "mine" | "to_sign", { actor, held, duties }: StandIn): ScopeTerms {
  const { staffId } = actor
  if (scope === "mine") return { applicant: staffId, nextPosts: null, notOf: null }
  if (scope === "all") return { applicant: null, nextPosts: null, notOf: null }
  const own = held.filter((one) => one.staffId === staffId).map(({ post }) => post)
  return { applicant: null, nextPosts: [...own, ...duties.map(({ post }) => post)], notOf: staffId }
}

function actRoutes(http: Http, house: House): void {
  const { door } = house
  const after = (actor: Actor, applicationId: string) => readDetail(house, actor, applicationId)

  http.on(contract.applyForUse, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    // A copy is counted before it is applied for: its own route asks for that. Clause 4.7.
    if (body.form !== "see") throw new Refusal("application.form_reserved")
    await applyForUse(house, actor, body)
    return after(actor, body.applicationId)
  })

  http.on(contract.signApplication, async ({ params, body, request }) => {
    const { communityId, applicationId } = params
    const actor = await door.actor(request, communityId, signs)
    const verdict: Verdict =
      body.verdict === "refused"
        ? { ...body, scope: {} }
        : { verdict: body.verdict, scope: given({ ...body, persons: body.personIds }) }
    await signApplication(house, actor, { applicationId, verdict })
    return after(actor, applicationId)
  })

  http.on(contract.endApplication, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, ends)
    await endApplication(house, actor, params.applicationId)
    return after(actor, params.applicationId)
  })

  http.on(contract.lookUnderApplication, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    const shown = await lookUnder(house, actor, { applicationId: params.applicationId, ...body })
    return { ...shown, values: [...shown.values] }
  })
}

interface Narrowing {
  readonly fields?: readonly string[] | undefined
  readonly persons?: readonly string[] | undefined
  readonly hours?: number | undefined
}

function given({ fields, persons, hours }: Narrowing): Verdict["scope"] {
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(persons === undefined ? {} : { persons }),
    ...(hours === undefined ? {} : { hours }),
  }
}

/** A cursor here is the sequence number of the last row. */
function position(after: string | undefined): string | undefined {
  if (after !== undefined && !/^\d{1,19}$/.test(after))
    throw new Refusal("request.malformed", { field: "after" })
  return after
}
