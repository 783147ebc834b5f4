/**
 * One thing of each kind that a route can name by its id, in each relation to those who look: a maker each, and what becomes
 * of it. What has no maker for a relation has `-` in the table.
 */

import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { applyAs, approve, end, setDuty } from "../applications.ts"
import { answer, give, startRun } from "../consents.ts"
import { make as makeExport, tryExport, untilReady } from "../exports.ts"
import { register, sendIn } from "../forms.ts"
import { appoint, type Reply, send } from "../house.ts"
import { at, close, dispatch, done, intakeOf, openOrder } from "../orders.ts"
import { plantFinding } from "../text-samples.ts"
import { deskOf, type Kind, post, postOver, rowsOf, type Spot, type Thing } from "./relation-kind.ts"
import { outsideKinds } from "./relation-outside.ts"
import { watchedKinds } from "./relation-watched.ts"
import { formOf, untilState, uploadRoster } from "./upload.ts"
import { required } from "./world.ts"

/** One pixel. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
)

async function anOrder(spot: Spot, opener = spot.clerk, phone?: string): Promise<Thing> {
  const desk = deskOf(spot)
  const said = phone === undefined ? {} : { phone }
  const order = await openOrder(desk, opener, { building: spot.building, ...said })
  done(await dispatch(desk, opener, order, spot.worker))
  return { ...order, besidePerson: spot.resident.personId }
}

const orderOf = (thing: Thing) => ({ orderId: thing["orderId"] ?? "", useId: thing["useId"] ?? "" })

const order: Kind = {
  make: (spot) => anOrder(spot),
  isOfBuilding: true,
  isOfHousehold: true,
  expires: true,
  /** Handed on by the supervisor, and closed. */
  async revoke(spot, thing) {
    done(await dispatch(deskOf(spot), spot.chief, orderOf(thing), spot.otherWorker))
    done(await close(deskOf(spot), spot.chief, orderOf(thing)))
  },
}

/** The repairer's link, not opened yet; `device`: opened. */
async function aLink(spot: Spot): Promise<Thing> {
  const { orderId = "" } = await anOrder(spot)
  const made = done(await post(spot, `/orders/${orderId}/visit`, spot.clerk)).body
  const link = String(made["link"])
  const [communityId = "", linkId = ""] = link.split(".")
  return { orderId, link, communityId, linkId }
}

async function aVisit(spot: Spot): Promise<Thing> {
  const thing = await aLink(spot)
  const payload = { link: thing["link"] }
  const reply = await spot.place.test.app.inject({ method: "POST", url: "/api/visit", payload })
  return { ...thing, device: reply.cookies[0]?.value ?? "" }
}

/** By somebody who is a repairer no more. */
async function workerGone(spot: Spot): Promise<Spot> {
  const { community } = spot.place.desk
  return { ...spot, worker: await appoint(spot.place.test, { community, post: "repairer" }) }
}

const ofWorker = (spot: Spot, thing: Thing) =>
  rowsOf(
    spot.place,
    `update app.appointment set valid_until = valid_from + interval '1 minute' where staff_id =
       (select assignee from app.work_order where order_id = $1)`,
    [thing["orderId"]],
  )

const linkKind = (make: (spot: Spot) => Promise<Thing>): Kind => ({
  astray: (thing, communityId) => ({
    ...thing,
    communityId,
    link: [communityId, ...(thing["link"] ?? "").split(".").slice(1)].join("."),
  }),
  make: async (spot) => make(await workerGone(spot)),
  isOfHousehold: true,
  expires: true,
  revoke: async (spot, thing) => done(await close(deskOf(spot), spot.chief, orderOf(thing))),
  suspend: ofWorker,
})

const photo: Kind = {
  async make(spot) {
    const visit = await aVisit(spot)
    const { type, payload } = formOf(pixel, "photo.png")
    await spot.place.test.app.inject({
      method: "POST",
      url: `/api/visit/${visit["communityId"] ?? ""}/${visit["linkId"] ?? ""}/photos`,
      headers: { "content-type": type },
      cookies: { hudun_visit: visit["device"] ?? "" },
      payload,
    })
    const found = await rowsOf<{ id: string }>(
      spot.place,
      "select photo_id as id from app.visit_photo where order_id = $1",
      [visit["orderId"]],
    )
    return { orderId: visit["orderId"] ?? "", photoId: required(found[0]).id }
  },
  isOfBuilding: true,
  isOfHousehold: true,
  expires: true,
  revoke: async (spot, thing) => done(await close(deskOf(spot), spot.chief, orderOf(thing))),
}

async function anApplication(spot: Spot): Promise<Thing> {
  const { personId } = spot.resident
  return { applicationId: await applyAs(deskOf(spot), spot.clerk, { personIds: [personId] }), personId }
}

const idOf = (thing: Thing) => thing["applicationId"] ?? ""

const waiting: Kind = {
  make: anApplication,
  isOfBuilding: true,
  isOfHousehold: true,
  expires: true,
  revoke: async (spot, thing) => done(await end(deskOf(spot), spot.clerk, idOf(thing))),
}

const application: Kind = {
  async make(spot) {
    const thing = await anApplication(spot)
    done(await approve(deskOf(spot), spot.chief, idOf(thing)))
    return thing
  },
  isOfBuilding: true,
  isOfHousehold: true,
  expires: true,
  revoke: async (spot, thing) => done(await end(deskOf(spot), spot.chief, idOf(thing))),
}

async function aLeaving(spot: Spot): Promise<Thing> {
  const { chief, clerk, place, resident } = spot
  const wish = { buildingIds: [], homeIds: [resident.homeId], rows: 1, fields: ["name"] }
  const id = String(done(await tryExport(place.desk, clerk, wish)).body["applicationId"])
  for (const signer of [chief, place.cast.manager]) done(await approve(place.desk, signer, id))
  return { applicationId: id }
}

const leaving: Kind = {
  make: aLeaving,
  isOfBuilding: true,
  isOfHousehold: true,
  expires: true,
  revoke: async (spot, thing) => done(await end(spot.place.desk, spot.chief, idOf(thing))),
}

const copy: Kind = {
  async make(spot) {
    const thing = await aLeaving(spot)
    const made = done(await makeExport(spot.place.desk, spot.clerk, idOf(thing))).body
    const copyId = String(made["copyId"])
    await untilReady(spot.place.desk, spot.clerk, copyId)
    return { ...thing, copyId }
  },
  isOfBuilding: true,
  isOfHousehold: true,
  expires: true,
  revoke: async (spot, thing) => done(await end(spot.place.desk, spot.chief, idOf(thing))),
}

const consent: Kind = {
  usesUp: true,
  make: async (spot) => ({
    personId: spot.resident.personId,
    eventId: await give(spot.place.desk, spot.clerk, spot.resident.personId),
  }),
  isOfBuilding: true,
  isOfHousehold: true,
  revoke: withdraw,
}

async function withdraw(spot: Spot, { personId = "" }: Thing): Promise<void> {
  done((await answer(spot.place.desk, spot.clerk, { personId, kind: "withdrawn" })).reply)
}

/** A use on the consents of that moment, with one of those on its list. */
const run: Kind = {
  usesUp: true,
  async make(spot) {
    const { personId } = spot.resident
    await give(spot.place.desk, spot.clerk, personId)
    return { personId, runId: await startRun(spot.place.desk, spot.place.cast.manager) }
  },
  isOfBuilding: true,
  isOfHousehold: true,
  revoke: (spot, { runId = "" }) => post(spot, `/consent-runs/${runId}/stop`, spot.place.cast.manager),
  suspend: withdraw,
}

const roster = {
  header: ["楼栋", "单元", "房号", "姓名", "手机号"],
  rows: [["5", "1", "101", "王小明", "1390"]],
}

async function untilDone(call: () => Promise<Reply>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const reply = await call()
    if (reply.status === 200) return
    if (tries === 100) throw new Error(`refused: ${reply.text}`)
    await sleep(50)
  }
}

async function anUpload(spot: Spot): Promise<Thing> {
  const { desk, test, cast } = spot.place
  const { importId, mapping } = await uploadRoster(test, { ...desk, as: cast.manager, roster })
  const path = at(desk, `/imports/${importId}`)
  // One at a time: the one before it may still run.
  await untilDone(() => send(test, `POST ${path}/check`, { as: cast.manager, body: mapping }))
  await untilState(test, { path, as: cast.manager, state: "checked" })
  return { importId, mapping: JSON.stringify(mapping) }
}

const attempt: Kind = {
  async make(spot) {
    const { test, desk } = spot.place
    const asking = { community: desk.community, post: "clerk", buildingIds: [spot.building] } as const
    const clerk = await appoint(test, asking)
    const body = { ...intakeOf(deskOf(spot), { building: spot.building }), employer: "某公司" }
    await post(spot, "/orders", clerk, body)
    const found = await rowsOf<{ id: string }>(
      spot.place,
      "select attempt_id as id from app.attempt where community_id = $1 and actor = $2",
      [desk.community.communityId, clerk.staffId],
    )
    return { attemptId: required(found[0]).id }
  },
  isOfBuilding: true,
  revoke: async (spot, { attemptId = "" }) => {
    const body = { rulingId: randomUUID(), verdict: "stop" }
    done(await post(spot, `/attempts/${attemptId}/rulings`, spot.place.cast.manager, body))
  },
}

/** Beside the others of its purpose, of which but one would hang. */
async function aCode({ place }: Spot): Promise<Thing> {
  const [linkId, token] = [randomUUID(), randomUUID().replaceAll("-", "").slice(0, 22)]
  const { communityId } = place.desk.community
  const made = [communityId, linkId, token, place.cast.manager.staffId]
  await rowsOf(place, "insert into app.form_link values ($1, $2, 'fee', $3, $4, now())", made)
  return { code: `${communityId}-${token}`, linkId }
}

const stopCode = async (spot: Spot, { linkId = "" }: Thing) =>
  done(await post(spot, `/form-links/${linkId}/stop`, spot.place.cast.manager))

const submission: Kind = {
  async make(spot) {
    const { code = "" } = await aCode(spot)
    const submissionId = randomUUID()
    const values = { home: spot.resident.name, fee: "物业费" }
    done(await sendIn(spot.place.desk, code, { values, submissionId }))
    return { submissionId }
  },
  isOfBuilding: true,
  revoke: async (spot, { submissionId = "" }) =>
    done(await post(spot, `/form-inbox/${submissionId}/reject`, spot.clerk, { reason: "twice" })),
}

const staff: Kind = {
  async make({ place }) {
    const { staffId } = await appoint(place.test, { community: place.desk.community, post: "supervisor" })
    return { staffId }
  },
  revoke: (spot, { staffId = "" }) => post(spot, `/staff/${staffId}/leave`, spot.place.cast.privacy_officer),
  suspend: ({ place }, { staffId = "" }) => postOver(place, staffId),
}

/** Suspended, with their post left to them: no order is sent to them, and somebody may stand in for them. */
const stopped: Kind = {
  async make(spot) {
    const thing = await staff.make(spot)
    const path = `/staff/${thing["staffId"] ?? ""}/suspend`
    done(await post(spot, path, spot.place.cast.privacy_officer, { reason: "lost_device" }))
    return thing
  },
}

const plan: Kind = {
  async make(spot) {
    const officer = spot.place.cast.privacy_officer
    const meter = done(await send(spot.place.test, `GET ${at(spot.place.desk, "/excess")}`, { as: officer }))
    const planId = randomUUID()
    const drawn = done(await post(spot, "/purge-plans", officer, { planId, lines: meter.body["lines"] }))
    return { planId, digest: String(drawn.body["digest"]) }
  },
  revoke: async (spot, { planId = "" }) =>
    done(await post(spot, `/purge-plans/${planId}/withdrawal`, spot.place.cast.privacy_officer)),
}

let decoys = 0
const decoy: Kind = {
  async make(spot) {
    decoys += 1
    const decoyId = randomUUID()
    const home = `${spot.building}栋1单元9${String(decoys).padStart(3, "0")}`
    const body = { decoyId, home, name: "周宁", phone: `1390000${7000 + decoys}` }
    done(await post(spot, "/decoys", spot.place.cast.privacy_officer, body))
    return { decoyId }
  },
  revoke: async (spot, { decoyId = "" }) =>
    done(await post(spot, `/decoys/${decoyId}/retire`, spot.place.cast.privacy_officer)),
}

const finding: Kind = {
  async make(spot) {
    const { desk, cast } = spot.place
    return { findingId: await plantFinding(desk, cast.privacy_officer, orderOf(await anOrder(spot))) }
  },
  isOfHousehold: true,
  revoke: async (spot, { findingId = "" }) => {
    const body = { verdict: "mask" }
    done(await post(spot, `/text-findings/${findingId}/ruling`, spot.place.cast.privacy_officer, body))
  },
}

const duty: Kind = {
  async make({ place: { desk, cast, test, admin } }) {
    const { staffId: deputy } = await appoint(test, { community: desk.community, post: "archivist" })
    const set = { post: "supervisor", forStaff: cast.upstairs.staffId, deputy }
    done(await setDuty(desk, cast.privacy_officer, set))
    const found = await rowsOf<{ id: string }>(
      { admin },
      "select duty_id as id from app.duty where deputy = $1",
      [deputy],
    )
    return { dutyId: required(found[0]).id }
  },
  expires: true,
  revoke: async (spot, { dutyId = "" }) =>
    done(await post(spot, `/duties/${dutyId}/end`, spot.place.cast.manager)),
}

const proposal: Kind = {
  async make(spot) {
    const body = { proposalId: randomUUID(), field: "email", purpose: "fee", why: "发电子收据" }
    done(await post(spot, "/proposals", spot.place.cast.auditor, body))
    return { proposalId: body.proposalId }
  },
  revoke: async (spot, { proposalId = "" }) => {
    const body = { verdict: "declined" }
    done(await post(spot, `/proposals/${proposalId}/answer`, spot.place.cast.privacy_officer, body))
  },
}

const view: Kind = {
  async make(spot) {
    const body = { viewId: randomUUID(), name: "明文", query: "act:use.look" }
    done(await post(spot, "/traces/views", spot.place.cast.manager, body))
    return { viewId: body.viewId }
  },
}

/** A record that opens, noted as one that did not. */
const record: Kind = {
  usesUp: true,
  async make({ place, resident }) {
    await rowsOf(
      place,
      `insert into app.quarantine (community_id, subject_id, class, version, found_at)
       select community_id, subject_id, class, version, now() from app.record where subject_id = $1 and class = 'identity'`,
      [resident.personId],
    )
    return { subjectId: resident.personId }
  },
  isOfHousehold: true,
  revoke: async (spot, { subjectId }) => {
    const body = { subjectId, class: "identity" }
    done(await post(spot, "/keys/quarantine/resolve", spot.place.cast.security_admin, body))
  },
}

const trace: Kind = {
  async make({ place }) {
    const found = await rowsOf<{ id: string }>(
      place,
      "select trace_id as id from app.trace where community_id = $1 order by seq limit 1",
      [place.desk.community.communityId],
    )
    return { traceId: required(found[0]).id }
  },
}

/** With the number of those who live there at the moment. */
async function aBuilding({ place, building }: Spot): Promise<Thing> {
  const found = await rowsOf<{ rows: string }>(
    place,
    "select count(distinct person_id)::text as rows from app.residence where community_id = $1 and building_id = $2",
    [place.desk.community.communityId, building],
  )
  return { buildingId: building, rows: required(found[0]).rows }
}

const person: Kind = {
  make: async ({ resident }) => ({ personId: resident.personId, besideHome: resident.homeId }),
  isOfBuilding: true,
  isOfHousehold: true,
  usesUp: true,
}

export const kinds: Readonly<Record<string, Kind>> = {
  person,
  home: { make: async ({ resident: { homeId } }) => ({ homeId }), isOfBuilding: true, isOfHousehold: true },
  building: { make: aBuilding, isOfBuilding: true, isCounted: true },
  order,
  /** The same: what was looked for in vain leaves a trace that can be looked for. */
  use: order,
  photo,
  link: linkKind(aLink),
  visit: linkKind(aVisit),
  application,
  waiting,
  leaving,
  copy,
  consent,
  run,
  import: { make: anUpload },
  attempt,
  submission,
  hung: { make: aCode, revoke: stopCode },
  code: {
    make: aCode,
    revoke: stopCode,
    suspend: ({ place }) => register(place.desk, place.cast.privacy_officer, "phone", { state: "stopped" }),
    astray: (thing, communityId) => ({
      ...thing,
      code: [communityId, ...(thing["code"] ?? "").split("-").slice(1)].join("-"),
    }),
  },
  staff,
  stopped,
  plan,
  decoy,
  finding,
  duty,
  proposal,
  view,
  record,
  trace,
  ...outsideKinds,
  ...watchedKinds,
}
