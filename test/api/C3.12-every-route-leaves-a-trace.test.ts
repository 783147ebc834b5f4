/* oxlint-disable max-lines -- one table of every route: cut in two, nobody would see that it is whole */
/**
 * Clauses 3.12, 4.1: every mounted route is either called here and leaves a trace of its act, or is on the reviewed list of
 * routes that touch no owner's data. A route that is new, or whose trace is gone, fails.
 * This is longer than 300 lines: it has an entry for each route, and later calls stand on earlier ones.
 */

import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { z } from "zod"
import { mask } from "../../src/lifecycle/catalogue/mask.ts"
import { localHeader, readLocalToken } from "../../src/vault/local-token.ts"
import { applyAs, approve, lookUnder, setDuty, setToNoon, wishOf } from "../applications.ts"
import { answer, lookInRun, writeText } from "../consents.ts"
import { emergencySamples } from "../emergency-samples.ts"
import { exportSamples } from "../export-samples.ts"
import { type Reply, type Request, send, startHouse, type TestStaff } from "../house.ts"
import { formOf, importRoster, untilState } from "../isolation/upload.ts"
import { at, type Desk, furnish, hire, intakeOf, type Order, openOrder, resident, sql } from "../orders.ts"
import { authoritySamples, partySamples } from "../party-samples.ts"
import { codeAt, type FirstRunHouse, newStaff, signIn, staffWithLogin, withSetup } from "../people.ts"
import { purgeSample, purgeSamples } from "../purge-samples.ts"
import { madeBySamples, regimeSamples } from "../regime-samples.ts"
import { textSamples } from "../text-samples.ts"
import { watchSamples } from "../watch-samples.ts"

let desk: Desk
let firstRun: FirstRunHouse
let clerk: TestStaff
let officer: TestStaff
let keeper: TestStaff
let order: Order
const known: Record<string, string> = {}

beforeAll(async () => {
  firstRun = await withSetup(await startHouse())
})
afterAll(() => firstRun.close())

const here = (line: `${"GET" | "POST" | "PUT"} /${string}`, request?: Request): Promise<Reply> => {
  const [method = "GET", path = ""] = line.split(" ")
  const of = method === "POST" ? "POST" : method === "PUT" ? "PUT" : "GET"
  return send(desk.test, `${of} ${at(desk, path)}`, request)
}
const visit = (path: string, body: object) =>
  desk.test.app.inject({
    method: "POST",
    url: `/api/visit${path}`,
    payload: body,
    cookies: { hudun_visit: known["device"] ?? "" },
  })
/** One pixel. */
const tinyPng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
)
const company = { company: "测试物业公司", community: "测试花园" }
const password = "sing-a-quiet-song"

async function enter(login: string, secret: string): Promise<TestStaff> {
  const session = await signIn(desk.test.app, { login, password: secret })
  expect(session.status).toBe(200)
  return session
}

async function colleague(): Promise<string> {
  const body = newStaff(`c.${randomUUID().slice(0, 8)}`, "clerk")
  await here("POST /staff", { as: officer, body })
  return body.staffId
}

async function newImport(rows: number): Promise<{ importId: string; body: object }> {
  const lines = Array.from(
    { length: rows },
    (_, i) =>
      `5,1,${String(101 + i)},王${"一二三四五六七"[i % 7] ?? ""}明,1390000${String(i).padStart(4, "0").slice(0, 4)}`,
  )
  const csv = ["楼栋,单元,房号,姓名,手机号", ...lines, "5,1,9999,陈七,1380"].join("\n")
  const { type, payload } = formOf(Buffer.from(csv), "roster.csv")
  const reply = await desk.test.app.inject({
    method: "POST",
    url: at(desk, "/imports"),
    headers: { "content-type": type },
    cookies: { hudun_session: desk.manager.cookie },
    payload,
  })
  const { importId, sheetIndex, sheets } = reply.json()
  const fates = sheets[sheetIndex].columns.map((column: { fate: object }) => column.fate)
  return { importId, body: { sheetIndex, fates } }
}

const local = async (): Promise<Request> => ({
  headers: { [localHeader]: await readLocalToken(desk.test.database.data) },
  body: {},
})

interface Sample {
  readonly route: string
  readonly act: string
  /** A call that succeeds. */
  readonly call: () => Promise<{ readonly status: number }>
}

/** Before there is any company. In this order: later calls stand on earlier ones. */
const firstSamples: readonly Sample[] = [
  {
    route: "POST /api/setup",
    act: "people.set_up",
    call: () => {
      const body = {
        code: firstRun.setup.text,
        ...company,
        officer: { name: "钱负责", login: "officer", password },
      }
      return send(firstRun, "POST /api/setup", { body })
    },
  },
  {
    route: "POST /api/session",
    act: "people.sign_in",
    call: () => signIn(firstRun.app, { login: "officer", password }),
  },
  {
    route: "POST /api/session/second-factor",
    act: "people.begin_second_factor",
    call: async () => {
      const session = await signIn(firstRun.app, { login: "officer", password })
      known["cookie"] = session.cookie
      const begun = await send(firstRun, "POST /api/session/second-factor", { as: session, body: {} })
      known["secret"] = String(begun.body["secret"])
      return begun
    },
  },
  {
    route: "POST /api/session/second-factor/confirm",
    act: "people.confirm_second_factor",
    call: () => {
      const as: TestStaff = { staffId: "", post: "privacy_officer", cookie: known["cookie"] ?? "" }
      const code = codeAt(known["secret"] ?? "", Date.now() + firstRun.time.ahead)
      return send(firstRun, "POST /api/session/second-factor/confirm", { as, body: { code } })
    },
  },
]

/** At work, in this order. */
const samples: readonly Sample[] = [
  ...regimeSamples({
    as: () => officer,
    second: () => desk.manager,
    send: (line, as, body) => here(line, body === undefined ? { as } : { as, body }),
  }),
  {
    route: "POST /api/session/password",
    act: "people.change_password",
    call: async () => {
      const body = newStaff("changing.clerk", "clerk")
      const made = await here("POST /staff", { as: officer, body })
      const current = String(made.body["firstPassword"])
      const as = await enter("changing.clerk", current)
      return send(desk.test, "POST /api/session/password", {
        as,
        body: { current, next: "a-longer-password" },
      })
    },
  },
  {
    route: "DELETE /api/session",
    act: "people.sign_out",
    call: async () => {
      const { communityId } = desk.community
      const as = await staffWithLogin(desk.test, { communityId, login: "leaving.clerk", post: "clerk" })
      return send(desk.test, "DELETE /api/session", { as })
    },
  },
  {
    route: "POST /api/demonstration",
    act: "people.open_demonstration",
    call: () => send(firstRun, "POST /api/demonstration", { body: { code: firstRun.setup.text } }),
  },
  {
    route: "DELETE /api/demonstration",
    act: "people.remove_demonstration",
    call: () => send(firstRun, "DELETE /api/demonstration", { as: officer }),
  },
  {
    route: "POST /api/communities/:communityId/staff",
    act: "people.appoint",
    call: () => here("POST /staff", { as: officer, body: newStaff("new.clerk", "clerk") }),
  },
  {
    route: "PUT /api/communities/:communityId/staff/:staffId/post",
    act: "people.change_post",
    call: async () =>
      here(`PUT /staff/${await colleague()}/post`, {
        as: officer,
        body: { post: "repairer", buildingIds: null },
      }),
  },
  {
    route: "POST /api/communities/:communityId/staff/:staffId/password",
    act: "people.reset_password",
    call: async () => here(`POST /staff/${await colleague()}/password`, { as: officer, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/staff/:staffId/leave",
    act: "people.dismiss",
    call: async () => here(`POST /staff/${await colleague()}/leave`, { as: officer, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/staff/:staffId/suspend",
    act: "people.suspend",
    call: async () =>
      here(`POST /staff/${await colleague()}/suspend`, { as: officer, body: { reason: "lost_device" } }),
  },
  {
    route: "POST /api/communities/:communityId/staff/:staffId/restore",
    act: "people.restore",
    call: async () => here(`POST /staff/${await colleague()}/restore`, { as: officer, body: {} }),
  },
  {
    route: "GET /api/communities/:communityId/owners",
    act: "roster.list",
    call: () => here("GET /owners", { as: clerk }),
  },
  {
    route: "POST /api/communities/:communityId/owners/search",
    act: "roster.find_phone",
    call: () => here("POST /owners/search", { as: clerk, body: { text: resident(desk, "1").phone } }),
  },
  {
    route: "GET /api/communities/:communityId/persons/:personId",
    act: "roster.person",
    call: () => here(`GET /persons/${resident(desk, "1").personId}`, { as: clerk }),
  },
  {
    route: "POST /api/communities/:communityId/orders",
    act: "order.open",
    call: async () => {
      order = await openOrder(desk, clerk)
      return here("POST /orders", { as: clerk, body: intakeOf(desk, {}) })
    },
  },
  {
    route: "GET /api/communities/:communityId/orders",
    act: "order.list",
    call: () => here("GET /orders", { as: clerk }),
  },
  {
    route: "GET /api/communities/:communityId/orders/:orderId",
    act: "order.read",
    call: () => here(`GET /orders/${order.orderId}`, { as: clerk }),
  },
  {
    route: "POST /api/communities/:communityId/orders/:orderId/take",
    act: "order.take",
    call: () => here(`POST /orders/${order.orderId}/take`, { as: clerk, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/orders/:orderId/dispatch",
    act: "order.dispatch",
    call: async () => {
      const body = { staffId: (await hire(desk, "repairer")).staffId }
      return here(`POST /orders/${order.orderId}/dispatch`, { as: clerk, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/uses/:useId/look",
    act: "use.look",
    call: () => here(`POST /uses/${order.useId}/look`, { as: clerk, body: { field: "phone" } }),
  },
  {
    route: "POST /api/communities/:communityId/orders/:orderId/visit",
    act: "visit.link",
    call: async () => {
      const { orderId } = await openOrder(desk, clerk)
      const body = { staffId: (await hire(desk, "repairer")).staffId }
      await here(`POST /orders/${orderId}/dispatch`, { as: clerk, body })
      const made = await here(`POST /orders/${orderId}/visit`, { as: clerk, body: {} })
      Object.assign(known, { visitOrder: orderId, link: String(made.body["link"]) })
      return made
    },
  },
  {
    route: "POST /api/visit",
    act: "visit.open",
    call: async () => {
      const reply = await visit("", { link: known["link"] })
      known["device"] = reply.cookies[0]?.value ?? ""
      const [community, link] = (known["link"] ?? "").split(".")
      known["visit"] = `/${community ?? ""}/${link ?? ""}`
      return { status: reply.statusCode }
    },
  },
  {
    route: "POST /api/visit/:communityId/:linkId/look",
    act: "use.look",
    call: async () => ({ status: (await visit(`${known["visit"] ?? ""}/look`, {})).statusCode }),
  },
  {
    route: "POST /api/visit/:communityId/:linkId/photos",
    act: "visit.photo",
    call: async () => {
      const { type, payload } = formOf(tinyPng, "photo.png")
      const reply = await desk.test.app.inject({
        method: "POST",
        url: `/api/visit${known["visit"] ?? ""}/photos`,
        headers: { "content-type": type },
        cookies: { hudun_visit: known["device"] ?? "" },
        payload,
      })
      return { status: reply.statusCode }
    },
  },
  {
    route: "GET /api/communities/:communityId/orders/:orderId/visit",
    act: "visit.read",
    call: async () => {
      const reply = await here(`GET /orders/${known["visitOrder"] ?? ""}/visit`, { as: clerk })
      const [photo] = z.array(z.object({ photoId: z.string() })).parse(reply.body["photos"])
      known["photo"] = photo?.photoId ?? ""
      return reply
    },
  },
  {
    route: "GET /api/communities/:communityId/orders/:orderId/photos/:photoId",
    act: "visit.see_photo",
    call: async () => {
      const url = at(desk, `/orders/${known["visitOrder"] ?? ""}/photos/${known["photo"] ?? ""}`)
      const seen = await desk.test.app.inject({ url, cookies: { hudun_session: clerk.cookie } })
      return { status: seen.statusCode }
    },
  },
  {
    route: "POST /api/visit/:communityId/:linkId/finish",
    act: "order.close",
    call: async () => ({ status: (await visit(`${known["visit"] ?? ""}/finish`, {})).statusCode }),
  },
  {
    route: "GET /api/communities/:communityId/incidents",
    act: "incident.list",
    call: () => here("GET /incidents", { as: desk.manager }),
  },
  {
    route: "POST /api/communities/:communityId/orders/:orderId/close",
    act: "order.close",
    call: () => here(`POST /orders/${order.orderId}/close`, { as: clerk, body: {} }),
  },
  {
    route: "GET /api/communities/:communityId/uses",
    act: "use.list",
    call: () => here("GET /uses", { as: desk.manager }),
  },
  {
    route: "GET /api/communities/:communityId/uses/:useId",
    act: "use.read",
    call: () => here(`GET /uses/${order.useId}`, { as: desk.manager }),
  },
  {
    route: "POST /api/communities/:communityId/applications",
    act: "use.apply",
    call: () => {
      const body = wishOf(desk)
      known["applicationId"] = body.applicationId
      return here("POST /applications", { as: clerk, body })
    },
  },
  {
    route: "GET /api/communities/:communityId/applications",
    act: "application.list",
    call: () => here("GET /applications", { as: clerk }),
  },
  {
    route: "GET /api/communities/:communityId/applications/:applicationId",
    act: "application.read",
    call: () => here(`GET /applications/${known["applicationId"] ?? ""}`, { as: clerk }),
  },
  {
    route: "POST /api/communities/:communityId/applications/:applicationId/sign",
    act: "use.approve",
    call: async () => {
      setToNoon(desk)
      const id = await applyAs(desk, clerk)
      known["granted"] = id
      return approve(desk, await hire(desk, "supervisor"), id)
    },
  },
  {
    route: "POST /api/communities/:communityId/applications/:applicationId/look",
    act: "use.look",
    call: () => lookUnder(desk, clerk, { id: known["granted"] ?? "" }),
  },
  {
    route: "POST /api/communities/:communityId/applications/:applicationId/end",
    act: "use.end",
    call: () => here(`POST /applications/${known["granted"] ?? ""}/end`, { as: clerk, body: {} }),
  },
  ...emergencySamples({ desk: () => desk, officer: () => officer }),
  ...exportSamples({ desk: () => desk, clerk: () => clerk, officer: () => officer }),
  ...partySamples({ desk: () => desk, officer: () => officer }),
  ...authoritySamples({ desk: () => desk, clerk: () => clerk }),
  {
    route: "POST /api/communities/:communityId/duties",
    act: "duty.set",
    call: async () => {
      const [holder, deputy] = [await hire(desk, "supervisor"), await hire(desk, "archivist")]
      return setDuty(desk, officer, { post: "supervisor", forStaff: holder.staffId, deputy: deputy.staffId })
    },
  },
  {
    route: "POST /api/communities/:communityId/duties/:dutyId/end",
    act: "duty.end",
    call: async () => {
      const [row] = await sql<{ duty_id: string }>(desk, "select duty_id from app.duty limit 1")
      return here(`POST /duties/${row?.duty_id ?? ""}/end`, { as: officer, body: {} })
    },
  },
  {
    route: "POST /api/communities/:communityId/same-person",
    act: "people.link",
    call: async () => {
      const body = { staffId: await colleague(), sameAs: await colleague() }
      return here("POST /same-person", { as: officer, body })
    },
  },
  {
    route: "GET /api/communities/:communityId/caps",
    act: "cap.list",
    call: () => here("GET /caps", { as: officer }),
  },
  ...watchSamples({
    desk: () => desk,
    about: () => clerk,
    send: (line, body) => here(line, body === undefined ? { as: officer } : { as: officer, body }),
  }),
  {
    route: "GET /api/communities/:communityId/exposure",
    act: "mosaic.list",
    call: () => here("GET /exposure", { as: officer }),
  },
  {
    route: "GET /api/communities/:communityId/traces",
    act: "trace.list",
    call: () => here("GET /traces", { as: desk.manager }),
  },
  {
    route: "POST /api/communities/:communityId/traces/search",
    act: "trace.list",
    call: () => here("POST /traces/search", { as: desk.manager, body: { query: "post:clerk" } }),
  },
  {
    route: "GET /api/communities/:communityId/traces/hours",
    act: "trace.hours",
    call: () => here("GET /traces/hours", { as: desk.manager }),
  },
  {
    route: "POST /api/communities/:communityId/traces/views",
    act: "trace.save_view",
    call: () => {
      const body = { viewId: randomUUID(), name: "明文", query: "act:use.look" }
      known["viewId"] = body.viewId
      return here("POST /traces/views", { as: desk.manager, body })
    },
  },
  {
    route: "DELETE /api/communities/:communityId/traces/views/:viewId",
    act: "trace.remove_view",
    call: () => {
      const path = at(desk, `/traces/views/${known["viewId"] ?? ""}`)
      return send(desk.test, `DELETE ${path}`, { as: desk.manager })
    },
  },
  {
    route: "GET /api/communities/:communityId/traces/:traceId/receipt",
    act: "trace.receipt",
    call: async () => {
      const [row] = await sql<{ trace_id: string }>(
        desk,
        "select trace_id from app.trace where community_id = $1 order by seq limit 1",
        [desk.community.communityId],
      )
      return untilDone(() => here(`GET /traces/${row?.trace_id ?? ""}/receipt`, { as: desk.manager }))
    },
  },
  {
    route: "GET /api/communities/:communityId/traces/export",
    act: "trace.export",
    call: () => here("GET /traces/export", { as: desk.manager }),
  },
  {
    route: "GET /api/local/communities/:communityId/traces/export",
    act: "trace.export",
    call: async () => {
      const { headers = {} } = await local()
      return send(desk.test, "GET /api/local/communities/10/traces/export", { headers })
    },
  },
  {
    route: "POST /api/communities/:communityId/imports",
    act: "import.upload",
    call: async () => {
      const { importId, body } = await newImport(3)
      Object.assign(known, { importId, mapping: JSON.stringify(body) })
      return here(`GET /imports/${importId}`, { as: desk.manager })
    },
  },
  {
    route: "POST /api/communities/:communityId/imports/:importId/check",
    act: "import.map",
    call: () => {
      const body: object = JSON.parse(known["mapping"] ?? "{}")
      return here(`POST /imports/${known["importId"] ?? ""}/check`, { as: desk.manager, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/imports/:importId/commit",
    act: "import.commit",
    call: async () => {
      const path = at(desk, `/imports/${known["importId"] ?? ""}`)
      await untilState(desk.test, { path, as: desk.manager, state: "checked" })
      const reply = await send(desk.test, `POST ${path}/commit`, { as: desk.manager, body: {} })
      await untilState(desk.test, { path, as: desk.manager, state: "done" })
      return reply
    },
  },
  {
    route: "GET /api/communities/:communityId/imports/:importId/problems.xlsx",
    act: "import.download",
    call: () => here(`GET /imports/${known["importId"] ?? ""}/problems.xlsx`, { as: desk.manager }),
  },
  {
    route: "POST /api/communities/:communityId/imports/:importId/cancel",
    act: "import.cancelled",
    call: async () => {
      const { importId, body } = await newImport(30_000)
      await here(`POST /imports/${importId}/check`, { as: desk.manager, body })
      return here(`POST /imports/${importId}/cancel`, { as: desk.manager, body: {} })
    },
  },
  ...purgeSamples({ desk: () => desk, as: () => officer }),
  ...textSamples({ desk: () => desk, as: () => officer, order: () => order }),
  {
    route: "POST /api/communities/:communityId/attempts/:attemptId/rulings",
    act: "attempt.stop",
    call: async () => {
      const body = { rulingId: randomUUID(), verdict: "stop" }
      return here(`POST /attempts/${await attempted()}/rulings`, { as: desk.manager, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/attempts/:attemptId/lesson",
    act: "attempt.teach",
    call: async () => {
      const body = {
        lessonId: randomUUID(),
        zh: "报修不问单位。",
        en: "Repairs do not ask for the employer.",
      }
      return here(`POST /attempts/${await attempted()}/lesson`, { as: desk.manager, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/training",
    act: "training.record",
    call: () => {
      const course = { course: "保密培训", passedOn: "2026-01-05", validUntil: "2099-01-01" }
      const body = { trainingId: randomUUID(), staffId: clerk.staffId, ...course }
      return here("POST /training", { as: desk.manager, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/proposals",
    act: "proposal.make",
    call: async () => {
      await sql(
        desk,
        "update app.appointment set valid_from = now() - interval '1 year' where staff_id = $1",
        [clerk.staffId],
      )
      const body = { proposalId: randomUUID(), field: "email", purpose: "fee", why: "发电子收据" }
      known["proposalId"] = body.proposalId
      return here("POST /proposals", { as: clerk, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/proposals/:proposalId/answer",
    act: "proposal.answer",
    call: () => {
      const path = `/proposals/${known["proposalId"] ?? ""}/answer` as const
      return here(`POST ${path}`, { as: officer, body: { verdict: "declined" } })
    },
  },
  {
    route: "PUT /api/communities/:communityId/channels/:channel",
    act: "channel.in_use",
    call: () => {
      const body = { version: 0, state: "in_use", purposes: ["gate"], fields: ["name"] }
      return here("PUT /channels/gate", { as: officer, body: { ...body, responsible: officer.staffId } })
    },
  },
  {
    route: "PUT /api/communities/:communityId/notice-contact",
    act: "notice.contact",
    call: () => {
      const body = { officer: "钱负责", phone: "010-62340000", email: "", address: "" }
      return here("PUT /notice-contact", { as: officer, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/forms",
    act: "form.kept",
    call: () => {
      const values = { home: "1栋1单元101", fee: "物业费" }
      return here("POST /forms", { as: clerk, body: { submissionId: randomUUID(), purpose: "fee", values } })
    },
  },
  {
    route: "POST /api/communities/:communityId/form-sheets",
    act: "form.print",
    call: () => here("POST /form-sheets", { as: clerk, body: { purpose: "parking", copies: 1 } }),
  },
  {
    route: "POST /api/communities/:communityId/form-links/:linkId/stop",
    act: "form.stop_link",
    call: async () =>
      here(`POST /form-links/${(await newLink()).linkId}/stop`, { as: desk.manager, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/form-links",
    act: "form.link",
    call: newLink,
  },
  {
    route: "POST /api/public/forms/:code",
    act: "form.submit",
    call: sendForm,
  },
  {
    route: "GET /api/communities/:communityId/form-inbox",
    act: "form.list",
    call: () => here("GET /form-inbox", { as: clerk }),
  },
  {
    route: "POST /api/communities/:communityId/form-inbox/:submissionId/accept",
    act: "form.kept",
    call: async () => {
      await sendForm()
      return here(`POST /form-inbox/${known["submissionId"] ?? ""}/accept`, { as: clerk, body: {} })
    },
  },
  {
    route: "POST /api/communities/:communityId/form-inbox/:submissionId/reject",
    act: "form.reject",
    call: async () => {
      await sendForm()
      const body = { reason: "twice" }
      return here(`POST /form-inbox/${known["submissionId"] ?? ""}/reject`, { as: clerk, body })
    },
  },
  {
    route: "POST /api/communities/:communityId/consent-texts",
    act: "consent.write_text",
    call: () => writeText(desk, officer),
  },
  {
    route: "POST /api/communities/:communityId/persons/:personId/consents",
    act: "consent.given",
    call: async () => {
      const { reply, eventId } = await answer(desk, clerk, { personId: resident(desk, "1").personId })
      known["eventId"] = eventId
      return reply
    },
  },
  {
    route: "GET /api/communities/:communityId/persons/:personId/consents",
    act: "consent.read",
    call: () => here(`GET /persons/${resident(desk, "1").personId}/consents`, { as: clerk }),
  },
  {
    route: "GET /api/communities/:communityId/persons/:personId/consents/:eventId/receipt",
    act: "consent.receipt",
    call: () => {
      const event = `/consents/${known["eventId"] ?? ""}/receipt`
      return here(`GET /persons/${resident(desk, "1").personId}${event}`, { as: clerk })
    },
  },
  {
    route: "POST /api/communities/:communityId/persons/:personId/minor",
    act: "consent.flag_minor",
    call: () => here(`POST /persons/${resident(desk, "1", 1).personId}/minor`, { as: clerk, body: {} }),
  },
  {
    route: "GET /api/communities/:communityId/consents",
    act: "consent.list",
    call: () => here("GET /consents?feature=greeting&state=given", { as: clerk }),
  },
  {
    route: "POST /api/communities/:communityId/consent-runs",
    act: "consent.run_start",
    call: startRun,
  },
  {
    route: "GET /api/communities/:communityId/consent-runs/:runId",
    act: "consent.run_read",
    call: () => here(`GET /consent-runs/${known["runId"] ?? ""}`, { as: desk.manager }),
  },
  {
    route: "POST /api/communities/:communityId/consent-runs/:runId/look",
    act: "consent.run_look",
    call: () => {
      const { personId } = resident(desk, "1")
      return inFreshRun((runId) => lookInRun(desk, desk.manager, { runId, personId }))
    },
  },
  {
    route: "POST /api/communities/:communityId/consent-runs/:runId/stop",
    act: "consent.run_stop",
    call: () =>
      inFreshRun((runId) => here(`POST /consent-runs/${runId}/stop`, { as: desk.manager, body: {} })),
  },
  {
    route: "GET /api/communities/:communityId/keys",
    act: "keys.list",
    call: () => here("GET /keys", { as: keeper }),
  },
  {
    route: "POST /api/communities/:communityId/keys/rotate",
    act: "keys.rotate",
    call: () => here("POST /keys/rotate", { as: keeper, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/keys/rotate-index",
    act: "keys.rotate_index",
    call: () => here("POST /keys/rotate-index", { as: keeper, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/keys/reseal",
    act: "keys.reseal",
    call: () => here("POST /keys/reseal", { as: keeper, body: {} }),
  },
  {
    route: "POST /api/communities/:communityId/keys/quarantine/resolve",
    act: "keys.resolve_quarantine",
    call: async () => here("POST /keys/quarantine/resolve", { as: keeper, body: await setAside() }),
  },
  {
    route: "POST /api/local/ledger/clock",
    act: "ledger.accept_clock",
    call: async () =>
      send(desk.test, "POST /api/local/ledger/clock", {
        ...(await local()),
        body: { now: new Date(Date.now() + desk.test.time.ahead).toISOString() },
      }),
  },
  {
    route: "POST /api/local/keys/reseal",
    act: "keys.reseal",
    call: async () =>
      send(desk.test, "POST /api/local/keys/reseal", { ...(await local()), body: { tenantId: "1" } }),
  },
  {
    route: "POST /api/local/keys/quarantine/resolve",
    act: "keys.resolve_quarantine",
    call: async () => {
      const body = { ...(await setAside()), communityId: desk.community.communityId }
      return send(desk.test, "POST /api/local/keys/quarantine/resolve", { ...(await local()), body })
    },
  },
  {
    route: "POST /api/local/people/recover",
    act: "people.recover",
    call: async () => {
      const { communityId } = desk.community
      const login = "locked.officer"
      await staffWithLogin(desk.test, { communityId, login, post: "privacy_officer" })
      return send(desk.test, "POST /api/local/people/recover", { ...(await local()), body: { login } })
    },
  },
  {
    route: "GET /api/local/keys",
    act: "keys.list",
    call: async () => {
      const { headers = {} } = await local()
      return send(desk.test, "GET /api/local/keys", { headers })
    },
  },
  {
    route: "POST /api/local/keys/rotate",
    act: "keys.rotate",
    call: async () =>
      send(desk.test, "POST /api/local/keys/rotate", { ...(await local()), body: { tenantId: "1" } }),
  },
  {
    route: "POST /api/local/keys/rewrap",
    act: "keys.rewrap",
    call: async () =>
      send(desk.test, "POST /api/local/keys/rewrap", { ...(await local()), body: { tenantId: "1" } }),
  },
  {
    route: "POST /api/local/keys/exported",
    act: "keys.export_shares",
    call: async () => send(desk.test, "POST /api/local/keys/exported", await local()),
  },
  {
    route: "POST /api/local/backup",
    act: "backup.data",
    call: async () => {
      const body = { to: join(desk.test.database.data, "backup"), kind: "data" }
      return send(desk.test, "POST /api/local/backup", { ...(await local()), body })
    },
  },
  {
    route: "POST /api/seal",
    act: "keys.seal",
    call: () => send(desk.test, "POST /api/seal", { as: keeper, body: {} }),
  },
  {
    route: "POST /api/seal/open",
    act: "keys.unseal",
    call: async () => send(desk.test, "POST /api/seal/open", { ...(await local()), body: {} }),
  },
]

/** An order that asks for too much: refused, and written down. */
async function attempted(): Promise<string> {
  await here("POST /orders", { as: clerk, body: { ...intakeOf(desk, {}), employer: "某公司" } })
  const [row] = await sql<{ attempt_id: string }>(
    desk,
    "select attempt_id from app.attempt order by seq desc limit 1",
  )
  return row?.attempt_id ?? ""
}

async function newLink() {
  const linkId = randomUUID()
  const reply = await here("POST /form-links", { as: desk.manager, body: { linkId, purpose: "fee" } })
  known["code"] = /"code":"([^"]+)"/.exec(reply.text)?.[1] ?? ""
  return { ...reply, linkId }
}

function sendForm(): Promise<Reply> {
  known["submissionId"] = randomUUID()
  const body = { submissionId: known["submissionId"], values: { home: "1栋1单元101", fee: "物业费" } }
  return send(desk.test, `POST /api/public/forms/${known["code"] ?? ""}`, { body })
}

/** A record that opens, noted as one that did not. */
async function setAside(): Promise<object> {
  const [row] = await sql<{ subject_id: string; class: string }>(
    desk,
    `insert into app.quarantine (community_id, subject_id, class, version, found_at)
       select community_id, subject_id, class, version, now() from app.record
       where community_id = ${desk.community.communityId} and class = 'identity' limit 1
     on conflict (community_id, subject_id, class, version) do update set resolved_at = null
     returning subject_id, class`,
  )
  return { subjectId: row?.subject_id, class: row?.class }
}

/** Reviewed: none of them tells anything of an owner. */
const quiet: ReadonlyMap<string, string> = new Map([
  ["GET /api/regime", "the regime in force"],
  ["GET /api/communities/:communityId/regime", "versions, drafts and who signed them"],
  ["GET /api/communities/:communityId/regime/versions/:version", "what a version says"],
  ["GET /api/communities/:communityId/regime/drafts/:draftId", "what a draft says"],
  ["GET /api/communities/:communityId/assessments", "assessments, which name no owner"],
  ["GET /api/communities/:communityId/assessments/:assessmentId", "an assessment, which names no owner"],
  ["GET /api/communities/:communityId/assessments/:assessmentId/assessment.pdf", "the same on paper"],
  ["GET /api/setup", "whether anything is set up"],
  ["GET /api/seal", "whether the server has its root key"],
  ["GET /api/session", "one's own name, posts and reach"],
  ["GET /api/communities/:communityId/staff", "colleagues"],
  ["GET /api/communities/:communityId/handlers", "colleagues"],
  ["GET /api/communities/:communityId/buildings", "places, which name nobody"],
  ["GET /api/communities/:communityId/buildings/:buildingId/homes", "places, which name nobody"],
  ["GET /api/communities/:communityId/imports", "file names, states and counts"],
  ["GET /api/communities/:communityId/imports/:importId/problems", "rows, columns and reasons"],
  ["GET /api/communities/:communityId/not-collected", "columns that were dropped, and counts"],
  ["GET /api/communities/:communityId/traces/views", "one's own saved searches: codes, days and ids"],
  ["GET /api/communities/:communityId/attempts", "colleagues and codes of what they asked for"],
  ["GET /api/communities/:communityId/lessons", "cases without persons"],
  ["GET /api/communities/:communityId/proposals", "one's own proposals"],
  ["GET /api/communities/:communityId/parties", "organisations, contracts and colleagues"],
  ["GET /api/communities/:communityId/excess", "counts of what is held without need"],
  ["GET /api/communities/:communityId/purge-plans", "fields and counts of plans"],
  ["GET /api/communities/:communityId/purge-plans/:planId", "fields and counts of a plan"],
  ["GET /api/communities/:communityId/text-scans", "how many texts were gone through"],
  ["GET /api/communities/:communityId/text-findings", "kinds and counts of what stored texts hold"],
  ["GET /api/communities/:communityId/training", "colleagues and their courses"],
  ["GET /api/communities/:communityId/channels", "the register of channels, and colleagues"],
  ["GET /api/communities/:communityId/forms", "empty forms"],
  ["GET /api/communities/:communityId/form-sheets", "numbers of empty sheets"],
  ["GET /api/communities/:communityId/form-links", "codes of empty forms"],
  ["GET /api/public/forms/:code", "an empty form"],
  ["GET /api/public/notice/:communityId", "rules, and whom to turn to"],
  ["GET /api/communities/:communityId/consent-texts", "what is asked, word for word"],
  ["GET /api/communities/:communityId/consents/counts", "how many persons stand where"],
  ["GET /api/communities/:communityId/consent-runs", "uses with counts, nobody named"],
  ["GET /api/communities/:communityId/duties", "colleagues"],
  ["GET /api/communities/:communityId/emergency-rules", "what the regime lets an emergency open"],
  ["GET /api/communities/:communityId/emergency-alarm", "colleagues, reasons and counts: no place"],
  ["GET /api/meter", "how much one has seen, in numbers"],
  ["GET /api/communities/:communityId/ledger", "the size of the log and its checkpoint"],
])

/**
 * Polled while an import runs: beside counts it holds masked samples of the uploader's own file. Anybody else's look at them
 * leaves a trace: C3.12-traces-name-whom-and-what.test.ts.
 */
const uploadersOwn = ["GET /api/communities/:communityId/imports/:importId"]

/** The same as the list of attempts, one by one, in an answer that does not end: C2.4-stopped-on-the-spot.test.ts. */
const streams = ["GET /api/communities/:communityId/attempts/live"]

/**
 * A text that is only shown, and how many it would have to be asked again, tells nothing of an owner.
 * Shares cannot be given to a server whose root lies in a file; their traces are held elsewhere. How many tables of a backup
 * are written is told to who holds the machine's secret, and nobody else. A call takes a bridge, which this house has not (C4.6).
 */
const elsewhere = [
  "POST /api/seal/shares",
  "POST /api/seal/shares/by-password",
  "GET /api/local/backup",
  "POST /api/visit/:communityId/:linkId/call",
  "POST /api/communities/:communityId/consent-texts/preview",
]

/** Reads the tree that Fastify prints: the routes that are mounted, not those that somebody lists. */
function mountedRoutes(tree: string): string[] {
  const stack: string[] = []
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", segment = "", methods] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
    if (segment === "") return []
    stack.splice(indent.length / 4)
    stack.push(segment)
    const path = stack.join("")
    return (methods?.split(", ") ?? []).filter((one) => one !== "HEAD").map((method) => `${method} ${path}`)
  })
}

function startRun(): Promise<Reply> {
  known["runId"] = randomUUID()
  const body = { runId: known["runId"], feature: "greeting", occasion: "other" }
  return here("POST /consent-runs", { as: desk.manager, body })
}

/** The server walks a short list within a second and ends the use: another one is begun then. */
async function inFreshRun(call: (runId: string) => Promise<Reply>): Promise<Reply> {
  for (let tries = 0; ; tries += 1) {
    await startRun()
    const reply = await call(known["runId"] ?? "")
    if (reply.status === 200 || tries === 5) return reply
  }
}

async function untilDone(call: () => Promise<Reply>): Promise<Reply> {
  for (let tries = 0; ; tries += 1) {
    const reply = await call()
    if (reply.status === 200 || tries === 100) return reply
    await sleep(100)
  }
}

async function tracesOf(act: string): Promise<number> {
  const [row] = await sql<{ count: number }>(
    { test: firstRun },
    "select count(*)::int as count from app.trace where act = $1 and outcome = 'done'",
    [act],
  )
  return row?.count ?? 0
}

describe("every mounted route", () => {
  it("is called below, or touches no owner's data", () => {
    const api = mountedRoutes(firstRun.app.printRoutes({ commonPrefix: false })).filter((route) =>
      route.includes(" /api/"),
    )
    expect(api.length).toBeGreaterThan(45)
    const listed = [
      ...[...firstSamples, ...samples].map(({ route }) => route),
      ...quiet.keys(),
      ...uploadersOwn,
      ...elsewhere,
      ...streams,
    ]
    expect(api.toSorted()).toEqual(listed.toSorted())
  })

  it("is found by reading the tree as Fastify's own description has it", () => {
    const { paths = {} } = firstRun.app.swagger()
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
      ),
    )
    const mounted = mountedRoutes(firstRun.app.printRoutes({ commonPrefix: false }))
    expect(mounted).toEqual(expect.arrayContaining(described.filter((route) => route.includes(" /api/"))))
  })

  it.each(firstSamples)("$route leaves a trace $act", leavesTrace)
})

async function leavesTrace({ act, call }: Sample): Promise<void> {
  const before = await tracesOf(act)
  const { status } = await call()
  expect(status).toBe(200)
  expect(await tracesOf(act)).toBeGreaterThan(before)
}

describe("every route at work", () => {
  beforeAll(async () => {
    desk = await furnish(firstRun, 1)
    clerk = await hire(desk, "clerk", ["1"])
    officer = await hire(desk, "privacy_officer")
    keeper = await hire(desk, "security_admin")
  })

  it.each(samples)("$route leaves a trace $act", leavesTrace)

  it.each([...quiet])("%s: %s", async (route) => {
    const [, path = ""] = route.split(" ")
    const url = path
      .replace(":communityId", desk.community.communityId)
      .replace(":buildingId", "1")
      .replace(":code", known["code"] ?? "")
      .replace(":importId", known["importId"] ?? "")
      .replace(":version", "1")
      .replace(":planId", purgeSample.planId)
      .replace(":draftId", madeBySamples.draftId)
      .replace(":assessmentId", madeBySamples.assessmentId)
    const reply = await send(desk.test, `GET ${url}`, { as: desk.manager })
    expect(reply.status).toBe(200)
    for (const { phone, name, personId } of Object.values(desk.residents).flat()) {
      for (const told of [phone, mask("phone", phone), name, personId])
        expect([told, reply.text.includes(told)]).toEqual([told, false])
    }
  })
})

describe("an import that a manager took in", () => {
  it("leaves a trace for each batch of households", async () => {
    const before = await tracesOf("roster.take")
    const header = ["楼栋", "单元", "房号", "姓名", "手机号"]
    const rows = [["6", "1", "601", "孙六", "13900001234"]]
    await importRoster(desk.test, { community: desk.community, as: desk.manager, roster: { header, rows } })
    expect(await tracesOf("roster.take")).toBe(before + 1)
  })
})
