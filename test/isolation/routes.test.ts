/**
 * Every route of a community × every post × relation, held against the reviewed table. A route without a line, or a line
 * without a route, fails. Clauses 3.8, 4.1, 6.1, 6.3.
 */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { posts } from "../../src/duty/people/post.ts"
import { appoint, send, type TestStaff } from "../house.ts"
import { newStaff } from "../people.ts"
import { routeTable } from "./route-table.ts"
import { makeWorld, type World } from "./world.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.test.close())

/** An answer that does not end is asked elsewhere: C2.4-stopped-on-the-spot.test.ts. */
const streams = ["GET /attempts/live"]

/** What stands behind a community's id, with the body that a request needs to come as far as the door. */
const bodies: Readonly<Record<string, () => object>> = {
  "POST /orders": () => ({ orderId: randomUUID(), kind: "repair", homeId: randomUUID(), text: "漏水" }),
  "POST /orders/:orderId/dispatch": () => ({ staffId: randomUUID() }),
  "POST /uses/:useId/look": () => ({ field: "phone" }),
  "POST /applications": () => ({
    applicationId: randomUUID(),
    purpose: "move_in",
    requestNumber: "物函〔2026〕12号",
    personIds: [randomUUID()],
    fields: ["phone"],
    hours: 8,
  }),
  "POST /applications/:applicationId/sign": () => ({ verdict: "approved" }),
  "POST /applications/:applicationId/look": () => ({ personId: randomUUID(), field: "phone" }),
  "POST /duties": () => ({
    dutyId: randomUUID(),
    post: "supervisor",
    forStaff: randomUUID(),
    deputy: randomUUID(),
    from: "2026-01-01T00:00:00.000Z",
    until: "2099-01-01T00:00:00.000Z",
  }),
  "POST /same-person": () => ({ staffId: randomUUID(), sameAs: randomUUID() }),
  "POST /owners/search": () => ({ text: "赵一甲" }),
  "PUT /staff/:staffId/post": () => ({ post: "clerk", buildingIds: null }),
  "POST /attempts/:attemptId/rulings": () => ({ rulingId: randomUUID(), verdict: "stop" }),
  "POST /form-inbox/:submissionId/reject": () => ({ reason: "twice" }),
  "POST /staff/:staffId/suspend": () => ({ reason: "leave" }),
  "POST /staff": () => newStaff(`r.${randomUUID().slice(0, 8)}`, "clerk"),
  "POST /attempts/:attemptId/lesson": () => ({
    lessonId: randomUUID(),
    zh: "报修不问单位。",
    en: "No employer.",
  }),
  "POST /training": () => ({
    trainingId: randomUUID(),
    staffId: randomUUID(),
    course: "保密培训",
    passedOn: "2026-01-05",
    validUntil: "2099-01-01",
  }),
  "POST /proposals": () => ({ proposalId: randomUUID(), field: "email", purpose: "fee", why: "发电子收据" }),
  "POST /proposals/:proposalId/answer": () => ({ verdict: "declined" }),
  "PUT /channels/:channel": () => ({
    version: 0,
    state: "in_use",
    purposes: ["gate"],
    fields: ["name"],
    responsible: randomUUID(),
  }),
  "PUT /notice-contact": () => ({ officer: "钱负责", phone: "010-62340000", email: "", address: "" }),
  "POST /forms": () => ({ submissionId: randomUUID(), purpose: "fee", values: {} }),
  "POST /form-sheets": () => ({ purpose: "parking", copies: 1 }),
  "POST /form-links": () => ({ linkId: randomUUID(), purpose: "fee" }),
  "POST /consent-runs": () => ({ runId: randomUUID(), feature: "greeting", occasion: "other" }),
  "POST /consent-runs/:runId/look": () => ({ personId: randomUUID(), field: "phone" }),
  "POST /persons/:personId/consents": () => ({
    eventId: randomUUID(),
    feature: "greeting",
    kind: "refused",
    textVersion: 1,
    language: "zh-CN",
    channel: "desk",
  }),
  "POST /imports/:importId/check": () => ({
    sheetIndex: 0,
    fates: [
      { fate: "take", target: "home" },
      { fate: "take", target: "name" },
    ],
  }),
  "POST /traces/views": () => ({ viewId: randomUUID(), name: "明文", query: "act:use.look" }),
  "POST /keys/quarantine/resolve": () => ({ subjectId: randomUUID(), class: "identity" }),
  "POST /traces/search": () => ({ query: "post:clerk" }),
}

const queries: Readonly<Record<string, string>> = { "GET /consents": "?feature=greeting&state=given" }

const prefix = "/api/communities/:communityId"
const mounted = () =>
  Object.entries(world.test.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {})
      .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`)
      .filter((route) => route.includes(` ${prefix}/`))
      .map((route) => route.replace(prefix, ""))
      .filter((route) => !streams.includes(route)),
  )

const idOf = (name: string) =>
  name === "channel" ? "gate" : name === "version" || name === "buildingId" ? "987654" : absent
const absent = "00000000-0000-4000-8000-00000000abcd"

/** Status, code and size: of two things out of reach nobody can tell one from the other. */
async function ask(route: string, as: TestStaff, communityId: string) {
  const [method, tail = ""] = route.split(" ")
  const path = tail.replaceAll(/:(\w+)/g, (_whole, name: string) => idOf(name))
  const reply = await world.test.app.inject({
    method: method === "POST" || method === "PUT" || method === "DELETE" ? method : "GET",
    url: `/api/communities/${communityId}${path}${queries[route] ?? ""}`,
    cookies: { hudun_session: as.cookie },
    ...(method === "POST" || method === "PUT" ? { payload: bodies[route]?.() ?? {} } : {}),
  })
  return {
    status: reply.statusCode,
    body: reply.body,
    line: `${reply.statusCode} ${reply.body.replaceAll(communityId, "ID")}`,
  }
}

/** The letters of the table; a fault of the server is in none of its cells. */
function letterOf({ status, body }: { status: number; body: string }): string {
  if (status >= 500 && status !== 503) return "!"
  if (body.includes('"post.not_allowed"')) return "x"
  if (body.includes('"request.malformed"')) return "m"
  return "o"
}

describe("every route of a community", () => {
  it("has its line in the table, and lets in whom the table says", async () => {
    const communityId = world.town.community.communityId
    const found: string[] = []
    for (const route of mounted()) {
      const letters: string[] = []
      for (const post of posts) letters.push(letterOf(await ask(route, world.town.staff[post], communityId)))
      found.push(`${letters.join(" ")}  ${route}`)
    }
    const due = routeTable.trim().split("\n")
    expect(found.toSorted()).toEqual(due.toSorted())
  })

  it("answers of another company's community as of one that is not there", async () => {
    for (const route of mounted())
      for (const post of posts) {
        const as = world.town.staff[post]
        const [away, none] = [
          await ask(route, as, world.away.community.communityId),
          await ask(route, as, "987654"),
        ]
        expect([route, post, away.line]).toEqual([route, post, none.line])
        expect([route, post, [400, 404].includes(away.status)]).toEqual([route, post, true])
      }
  })

  it("answers nobody who has left", async () => {
    const { community, staff } = world.town
    const leaver = await appoint(world.test, { community, post: "manager" })
    const path = `/api/communities/${community.communityId}/staff/${leaver.staffId}/leave` as const
    expect((await send(world.test, `POST ${path}`, { as: staff.privacy_officer, body: {} })).status).toBe(200)
    for (const route of mounted()) {
      const { status } = await ask(route, leaver, community.communityId)
      expect([route, status === 401 || status === 400]).toEqual([route, true])
    }
  })

  it("answers whoever is suspended, of every post, as somebody who is not signed in", async () => {
    const { community, staff } = world.town
    const suspended = await Promise.all(
      posts.map(async (post) => {
        const stopped = await appoint(world.test, { community, post })
        const path = `/api/communities/${community.communityId}/staff/${stopped.staffId}/suspend` as const
        const reply = await send(world.test, `POST ${path}`, {
          as: staff.privacy_officer,
          body: { reason: "investigation" },
        })
        expect([post, reply.status]).toEqual([post, 200])
        return stopped
      }),
    )
    for (const route of mounted()) {
      const signedOut = await ask(route, { ...staff.manager, cookie: "" }, community.communityId)
      expect([route, [400, 401].includes(signedOut.status)]).toEqual([route, true])
      const answers = await Promise.all(suspended.map((as) => ask(route, as, community.communityId)))
      expect([route, answers.map(({ line }) => line)]).toEqual([route, posts.map(() => signedOut.line)])
    }
  })
})
