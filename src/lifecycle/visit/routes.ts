/** A repairer's visit: the desk makes a link, the repairer works by it. Clauses 4.6, 8.1. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { showPhoto } from "./album.ts"
import * as contract from "./contract.ts"
import { listIncidents } from "./incident-sql.ts"
import { decideLink } from "./link.ts"
import { type LinkRow, listPhotos, orderOfVisit, readLinksOf } from "./sql.ts"
import { makeLink, stateOf, windowOf } from "./visit.ts"

const desk: readonly Post[] = ["clerk", "supervisor", "manager"]
const watching: readonly Post[] = ["supervisor", "manager", "privacy_officer", "security_admin", "auditor"]

export function visitRoutes(http: Http, house: House): void {
  linkRoutes(http, house)
  incidentRoutes(http, house)
}

function linkRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.readVisit, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    const { communityId, orderId } = params
    return look(spine, actor, async (reader) => {
      const order = await orderOfVisit(reader, communityId, orderId)
      if (order === undefined) throw new Refusal("thing.absent")
      const at = new Date(reader.now).toISOString()
      const links = await readLinksOf(reader, communityId, { orderId, at })
      const photos = await listPhotos(reader, communityId, orderId)
      const { purpose, use_id: useId, subject_ref: subject } = order
      return {
        trace: { act: "visit.read", clause: "4.6", purpose, useId, subjects: [subject] },
        answer: {
          links: links.map((link) => linkView(link, reader.now)),
          photos: photos.map((row) => ({
            photoId: row.photo_id,
            at: row.at.toISOString(),
            removed: row.removed,
          })),
        },
      }
    })
  })

  http.on(contract.makeVisitLink, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    if (body.window !== undefined && body.window.until <= body.window.from)
      throw new Refusal("request.malformed", { field: "window" })
    const made = await makeLink(house, actor, { orderId: params.orderId, window: body.window })
    return { link: made.text, validUntil: made.validUntil }
  })

  http.on(contract.readPhoto, async ({ params, request, reply }) => {
    const actor = await door.actor(request, params.communityId, desk)
    const { type, bytes } = await showPhoto(house, actor, params)
    return reply.header("content-type", type).send(bytes)
  })
}

function incidentRoutes(http: Http, { door, spine }: House): void {
  http.on(contract.listIncidents, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, watching)
    const { after, limit } = query
    if (after !== undefined && !/^\d{1,19}$/.test(after))
      throw new Refusal("request.malformed", { field: "after" })
    return look(spine, actor, async (reader) => {
      const rows = await listIncidents(reader, actor, { after, limit })
      const shown = rows.slice(0, limit)
      return {
        trace: { act: "incident.list", clause: "8.1" },
        answer: {
          incidents: shown.map((row) => ({
            incidentId: row.incident_id,
            kind: row.kind,
            orderId: row.order_id,
            emergencyId: row.emergency_id,
            findingId: row.finding_id,
            findingCode: row.finding_code,
            number: row.number,
            place: row.place,
            about: row.about,
            at: row.at.toISOString(),
          })),
          next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        },
      }
    })
  })
}

function linkView(link: LinkRow, now: number) {
  const state = stateOf(link)
  return {
    linkId: link.link_id,
    repairer: link.repairer,
    madeAt: link.at.toISOString(),
    validUntil: link.valid_until.toISOString(),
    window: windowOf(link),
    openedAt: link.opened_at?.toISOString() ?? null,
    otherDevices: link.other_devices,
    isDead: decideLink(state, { device: state.device, now }) === "dead",
  }
}
