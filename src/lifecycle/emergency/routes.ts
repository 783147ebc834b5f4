/** Uses in an emergency: break, look, end, review, tell, and the alarm for those who supervise. Clause 4.9. */

import { Refusal } from "../../base/refusal.ts"
import type { PasswordDoor } from "../../duty/people/password-door.ts"
import type { Post } from "../../duty/people/post.ts"
import { readerOf } from "../../duty/stop/reader.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { emergencyOf } from "../catalogue/emergency-v1.ts"
import { endEmergency, reviewEmergency, tellOwner } from "./after.ts"
import { breakGlass, refuseClosed } from "./break-glass.ts"
import * as contract from "./contract.ts"
import { readDetail, seenNow } from "./detail.ts"
import { stateOf } from "./emergency.ts"
import { lookIn } from "./look-in.ts"
import { listEmergencies, listOpen } from "./sql.ts"
import { standingOf, summaryOf } from "./views.ts"

const breaks: readonly Post[] = ["clerk", "supervisor", "manager"]
const supervises: readonly Post[] = ["supervisor", "manager", "privacy_officer"]
const ends: readonly Post[] = ["clerk", "supervisor", "manager", "privacy_officer"]
const reads: readonly Post[] = ["clerk", "supervisor", "manager", "privacy_officer", "auditor"]

export function emergencyRoutes(http: Http, house: House, passwords: PasswordDoor): void {
  readRoutes(http, house)
  alarmRoutes(http, house)
  actRoutes(http, house, passwords)
}

function readRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.listEmergencies, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const { state, after, limit } = query
    if (after !== undefined && !/^\d{1,19}$/.test(after))
      throw new Refusal("request.malformed", { field: "after" })
    return look(spine, actor, async (reader) => {
      const { communityId, staffId: viewer } = actor
      const now = new Date(reader.now).toISOString()
      const rows = await listEmergencies(reader, { communityId, now, state, after, limit })
      const shown = rows.slice(0, limit)
      const seen = await seenNow(reader, communityId, { now: reader.now, rows: shown, viewer })
      return {
        trace: { act: "emergency.list", clause: "4.9", fields: ["home"] },
        answer: {
          emergencies: shown.map((row) => summaryOf(row, seen)),
          next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        },
      }
    })
  })

  http.on(contract.readEmergency, async ({ params, request }) =>
    readDetail(house, await door.actor(request, params.communityId, reads), params.emergencyId),
  )
}

/** No place and nobody of a household in it: no trace. */
function alarmRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.readEmergencyRules, async ({ params, request }) => {
    await door.actor(request, params.communityId, reads)
    const { fields, minutes, reviewHours, tellHours } = emergencyOf(house.regime())
    return { fields: [...fields], minutes, reviewHours, tellHours }
  })

  http.on(contract.readAlarm, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, ends)
    const { communityId, staffId: viewer } = actor
    const reader = readerOf(house, actor)
    const now = spine.clock()
    const rows = await listOpen(reader, { communityId, now: new Date(now).toISOString() })
    const seen = await seenNow(reader, communityId, { now, rows, viewer })
    const inState = (state: string) => rows.filter((row) => stateOf(standingOf(row), now) === state)
    return {
      running: inState("running").map((row) => {
        const { emergencyId, reason, broken, until } = summaryOf(row, seen)
        return { emergencyId, reason, by: broken.by, until }
      }),
      toReview: inState("to_review").length,
      overdue: inState("overdue").length,
    }
  })
}

function actRoutes(http: Http, house: House, passwords: PasswordDoor): void {
  const { door } = house
  const after = (actor: Actor, emergencyId: string) => readDetail(house, actor, emergencyId)

  http.on(contract.breakGlass, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, breaks)
    refuseClosed(emergencyOf(house.regime()), body.fields)
    const { password, code, ...wanted } = body
    // A screen left open is not the person: they prove themselves again, however much of a hurry there is.
    await passwords.again(actor.staffId ?? "", { password, code }, request.ip)
    await breakGlass(house, actor, wanted)
    return after(actor, body.emergencyId)
  })

  http.on(contract.lookInEmergency, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, breaks)
    const shown = await lookIn(house, actor, { emergencyId: params.emergencyId, ...body })
    return { ...shown, values: [...shown.values] }
  })

  http.on(contract.endEmergency, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, ends)
    await endEmergency(house, actor, params.emergencyId)
    return after(actor, params.emergencyId)
  })

  http.on(contract.reviewEmergency, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, supervises)
    await reviewEmergency(house, actor, { emergencyId: params.emergencyId, review: body })
    return after(actor, params.emergencyId)
  })

  http.on(contract.tellOwner, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, supervises)
    await tellOwner(house, actor, { emergencyId: params.emergencyId, ...body })
    return after(actor, params.emergencyId)
  })
}
