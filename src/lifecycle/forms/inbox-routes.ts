/** Forms from phones: the public side without a session, and the desk's inbox. Clauses 2.3, 2.6, 3.10. */

import { Refusal } from "../../base/refusal.ts"
import { Pace } from "../../duty/people/pace.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { findTextsInForce } from "../consent/record-consent.ts"
import { asked } from "./channel-gate.ts"
import { outcomeOf } from "./deliver.ts"
import { acceptForm, rejectForm } from "./desk-form.ts"
import * as contract from "./inbox-contract.ts"
import { atCounter, openPhoneForm, sendPhoneForm } from "./phone-form.ts"
import { atTheDesk } from "./seal-form.ts"
import { listSubmissions, type SubmissionRow } from "./submission-sql.ts"
import { formViewOf, sheetNumber } from "./views.ts"

const minutes = 60_000
/** One phone fills in a form or two; a family behind one address a few more. */
const byAddress = { tries: 10, milliseconds: 10 * minutes }
/** A counter has a queue, not a flood. */
const byCode = { tries: 120, milliseconds: 60 * minutes }

const receiving: readonly Post[] = ["clerk", "supervisor", "manager"]

export function phoneRoutes(http: Http, house: House): void {
  const addresses = new Pace(byAddress)
  const codes = new Pace(byCode)

  http.on(contract.readPhoneForm, async ({ params }) => {
    const counter = await atCounter(house, params.code)
    const form = await openPhoneForm(house, counter)
    const { company, community } = counter.community
    const { communityId } = counter.actor
    const texts = await findTextsInForce(asked(house, counter.actor), communityId)
    return { form: formViewOf(house.regime(), form, texts), company, community, communityId }
  })

  http.on(contract.sendPhoneForm, async ({ params, body, request }) => {
    const now = house.spine.clock()
    if (!addresses.admits(request.ip, now)) throw new Refusal("request.too_many")
    const counter = await atCounter(house, params.code)
    if (!codes.admits(counter.link.linkId, now)) throw new Refusal("request.too_many")
    await sendPhoneForm(house, counter, body)
    return {}
  })
}

export function inboxRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listSubmissions, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, receiving)
    return look(spine, atTheDesk(actor), async (reader) => {
      const rows = await listSubmissions(reader, actor.communityId, query.state)
      const fields = [...new Set(rows.flatMap((row) => row.fields))]
      const answer = { submissions: rows.map((row) => viewOf(actor, row)) }
      return { trace: { act: "form.list", clause: "3.10", fields }, answer }
    })
  })

  http.on(contract.acceptSubmission, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, receiving)
    const { submissionId } = params
    return { outcome: await acceptForm(house, actor, { submissionId, role: body.role }) }
  })

  http.on(contract.rejectSubmission, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, receiving)
    await rejectForm(house, actor, { submissionId: params.submissionId, reason: body.reason })
    return {}
  })
}

function viewOf(actor: Actor, row: SubmissionRow) {
  const facts = Object.fromEntries(row.fields.map((field) => [field, ""]))
  return {
    submissionId: row.submission_id,
    purpose: row.purpose,
    channel: row.channel,
    place: row.place,
    at: row.at.toISOString(),
    masks: row.verdict === null ? (row.masks ?? {}) : {},
    fields: row.fields,
    agreed: row.agreed,
    features: row.features,
    sheet: row.sheet === null ? null : sheetNumber(actor.communityId, Number(row.sheet)),
    takenBy: row.taken_by,
    verdict: row.verdict,
    outcome: outcomes.find((one) => one === row.outcome) ?? null,
    leadsTo: outcomeOf({ purpose: row.purpose, homeId: row.home_id, facts }),
    reason: contract.rejectReasons.find((one) => one === row.reason) ?? null,
  }
}

const outcomes = ["roster", "order", "kept"] as const
