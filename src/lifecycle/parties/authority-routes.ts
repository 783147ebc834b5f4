/** Requests of authorities over HTTP. Clause 4.11. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { keepReceipt, showOfficers, showRequestPaper, takeRequest } from "./assist.ts"
import { requestStateOf } from "./authority.ts"
import * as contract from "./authority-contract.ts"
import { listRequestRows, type RequestRow } from "./authority-sql.ts"
import { stamped } from "./views.ts"

const takes: readonly Post[] = ["clerk", "supervisor", "manager"]
const sees: readonly Post[] = [...takes, "privacy_officer"]
const reads: readonly Post[] = [...sees, "auditor"]

export function authorityRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listAuthorityRequests, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const { after, limit } = query
    if (after !== undefined && !/^\d{1,19}$/.test(after))
      throw new Refusal("request.malformed", { field: "after" })
    return look(spine, actor, async (reader) => {
      const now = new Date(reader.now).toISOString()
      const rows = await listRequestRows(reader, actor.communityId, { now, after, limit })
      const shown = rows.slice(0, limit)
      return {
        trace: { act: "authority.list", clause: "4.11" },
        answer: {
          requests: shown.map((row) => viewOf(row, actor.staffId)),
          next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        },
      }
    })
  })

  http.on(contract.takeAuthorityRequest, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, takes)
    await takeRequest(house, actor, body)
    return { applicationId: body.applicationId }
  })

  http.on(contract.keepAuthorityReceipt, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, takes)
    await keepReceipt(house, actor, { applicationId: params.applicationId, paper: body.paper })
    return { done: true as const }
  })

  http.on(contract.showAuthorityOfficers, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, sees)
    return showOfficers(house, actor, params.applicationId)
  })

  http.on(contract.showAuthorityPaper, async ({ params, body, request, reply }) => {
    const actor = await door.actor(request, params.communityId, sees)
    const { applicationId } = params
    const { type, bytes } = await showRequestPaper(house, actor, { applicationId, which: body.which })
    return reply.header("content-type", type).header("cache-control", "no-store").send(bytes)
  })
}

function viewOf(row: RequestRow, viewer: string | null): contract.AuthorityRequest {
  return {
    applicationId: row.application_id,
    number: row.number,
    organ: row.organ,
    organName: row.organ_name,
    documentNumber: row.document_number,
    ground: row.ground,
    officers: row.masks,
    fields: row.fields,
    form: row.form,
    homes: row.homes,
    persons: row.persons,
    state: requestStateOf({
      application: row.application,
      isHanded: row.handed_at !== null,
      isReceipted: row.receipt_at !== null,
    }),
    taken: { staffId: row.applicant, name: row.applicant_name, at: row.at.toISOString() },
    approved: row.signed.map(stamped),
    copyNumber: row.copy_number,
    handedAt: row.handed_at?.toISOString() ?? null,
    receiptAt: row.receipt_at?.toISOString() ?? null,
    secretUntil: row.secret_until?.toISOString() ?? null,
    isOwn: row.applicant === viewer,
  }
}
