/** Third parties: the register, and the ledger of what was given. Clause 4.10. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { authorityRoutes } from "./authority-routes.ts"
import * as contract from "./contract.ts"
import { listPartyRows } from "./party-sql.ts"
import { endParty, enterParty, signParty } from "./register.ts"
import { answerProof, applyForSharing, askedBy, recordProof, registerLeft, showProof } from "./share.ts"
import { countOut, listSharingRows, type SharingPlace } from "./sharing-sql.ts"
import { partyView, sharingView } from "./views.ts"

const applies: readonly Post[] = ["supervisor", "manager"]
const reads: readonly Post[] = ["supervisor", "manager", "privacy_officer", "auditor"]
const proves: readonly Post[] = ["supervisor", "manager", "privacy_officer"]
const ends: readonly Post[] = ["manager", "privacy_officer"]

const done = { done: true as const }

export function partiesRoutes(http: Http, house: House): void {
  registerRoutes(http, house)
  ledgerRoutes(http, house)
  proofRoutes(http, house)
  authorityRoutes(http, house)
}

function registerRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listParties, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const asked = askedBy(house, actor)
    const now = spine.clock()
    const rows = await listPartyRows(asked, actor.communityId)
    const counts = await countOut(asked, actor.communityId, new Date(now).toISOString())
    const out = new Map(counts.map((one) => [one.party_id, one]))
    return {
      parties: rows.map((row) => {
        const { out: open = 0, overdue = 0 } = out.get(row.party_id) ?? {}
        return partyView(row, { open, overdue, now })
      }),
    }
  })

  http.on(contract.enterParty, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, ["manager"])
    await enterParty(house, actor, body)
    return done
  })

  http.on(contract.signParty, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, ["privacy_officer"])
    await signParty(house, actor, { partyId: params.partyId, verdict: body.verdict })
    return done
  })

  http.on(contract.endParty, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, ends)
    await endParty(house, actor, { partyId: params.partyId, reason: body.reason })
    return done
  })
}

function ledgerRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listSharings, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const after = query.after === undefined ? null : placeOf(query.after)
    return look(spine, actor, async (reader) => {
      const now = new Date(reader.now).toISOString()
      const { partyId = null, show, limit } = query
      const rows = await listSharingRows(reader, actor.communityId, { partyId, show, limit, now, after })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      const counts = await countOut(reader, actor.communityId, now)
      const view = { viewer: actor.staffId, now: reader.now }
      return {
        trace: { act: "sharing.list", clause: "4.10" },
        answer: {
          sharings: shown.map((row) => sharingView(row, view)),
          next: last === undefined ? null : `${last.is_overdue ? "overdue" : "other"}.${last.seq}`,
          overdue: counts.reduce((sum, one) => sum + one.overdue, 0),
        },
      }
    })
  })

  http.on(contract.applyForSharing, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    await applyForSharing(house, actor, body)
    return { applicationId: body.applicationId }
  })

  http.on(contract.registerLeft, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    await registerLeft(house, actor, { applicationId: params.applicationId, how: body.how })
    return done
  })
}

/** Where a page ended. Throws `request.malformed`. */
function placeOf(cursor: string): SharingPlace {
  const [, part, seq] = /^(overdue|other)\.(\d{1,19})$/.exec(cursor) ?? []
  if (seq === undefined) throw new Refusal("request.malformed", { field: "after" })
  return { isOverdue: part === "overdue", seq }
}

function proofRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.recordProof, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, proves)
    await recordProof(house, actor, { applicationId: params.applicationId, ...body })
    return done
  })

  http.on(contract.answerProof, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, ends)
    const { applicationId, proofId } = params
    await answerProof(house, actor, { applicationId, proofId, verdict: body.verdict })
    return done
  })

  http.on(contract.showProof, async ({ params, request, reply }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const { type, bytes } = await showProof(house, actor, params)
    return reply.header("content-type", type).header("cache-control", "no-store").send(bytes)
  })
}
