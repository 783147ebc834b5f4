/** Clauses 3.12, 4.1, 3.8: who answers for the traces finds them by what they ask, within their reach, and asking leaves a trace. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Heat } from "../../src/ledger/trace-explorer-contract.ts"
import { insertTraces, traceColumns } from "../../src/ledger/trace-sql.ts"
import { appoint, makeCommunity, type Reply, send, type TestStaff } from "../house.ts"
import { syntheticTrace } from "../ledger.ts"
import {
  at,
  type Desk,
  furnish,
  hire,
  lookAt,
  type Order,
  openDesk,
  openOrder,
  resident,
  sql,
} from "../orders.ts"

let desk: Desk
let away: Desk
let clerk: TestStaff
let auditor: TestStaff
let order: Order

beforeAll(async () => {
  desk = await openDesk()
  away = await furnish(desk.test, 2)
  clerk = await hire(desk, "clerk")
  auditor = await hire(desk, "auditor")
  order = await openOrder(desk, clerk, { building: "1" })
  await openOrder(desk, clerk, { building: "2", kind: "complaint" })
  await lookAt(desk, clerk, order)
})
afterAll(() => desk.test.close())

interface Found {
  readonly traces: readonly {
    act: string
    post: string
    purpose: string | null
    at: string
    fields: string[]
  }[]
  readonly next: string | null
  readonly homes: readonly { homeId: string; label: string; persons: number }[]
}

async function ask(query: string, as: TestStaff, more: object = {}): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, "/traces/search")}`, { as, body: { query, ...more } })
}

async function find(query: string, as: TestStaff = desk.manager, more: object = {}): Promise<Found> {
  const { status, text } = await ask(query, as, more)
  expect([query, status]).toEqual([query, 200])
  return JSON.parse(text)
}

describe("a search", () => {
  test("takes each qualifier, and all of them together", async () => {
    const looks = await find("act:use.look")
    expect(new Set(looks.traces.map(({ act }) => act))).toEqual(new Set(["use.look"]))
    const clerks = await find("post:clerk purpose:repair")
    expect(clerks.traces.length).toBeGreaterThan(0)
    for (const { post, purpose } of clerks.traces) expect([post, purpose]).toEqual(["clerk", "repair"])
    expect((await find("post:clerk field:phone act:use.* outcome:done", auditor)).traces).toHaveLength(1)
    expect((await find(`use:${order.useId}`)).traces.length).toBeGreaterThan(1)
    expect((await find("post:archivist")).traces).toEqual([])
  })

  test("takes alternatives", async () => {
    const acts = (await find("act:use.look act:order.open")).traces.map(({ act }) => act)
    expect(new Set(acts)).toEqual(new Set(["use.look", "order.open"]))
  })

  test("finds by the name of who acted, and by the server itself", async () => {
    const byName = await find("by:测clerk")
    expect(new Set(byName.traces.map(({ post }) => post))).toEqual(new Set(["clerk"]))
    expect((await find(`by:${clerk.staffId}`)).traces).toHaveLength(byName.traces.length)
    expect((await find("by:没有这个人")).traces).toEqual([])
  })

  test("takes days of the house", async () => {
    const day = (ahead: number) =>
      new Date(Date.now() + (8 + 24 * ahead) * 3_600_000).toISOString().slice(0, 10)
    const all = (await find("post:clerk")).traces.length
    expect((await find(`post:clerk after:${day(0)} before:${day(1)}`)).traces).toHaveLength(all)
    expect((await find(`post:clerk after:${day(1)}`)).traces).toEqual([])
    expect((await find(`post:clerk before:${day(0)}`)).traces).toEqual([])
  })

  test.each([
    ["colour:red", "colour"],
    ["post:", "post"],
    ["13900001111", "query"],
  ])("%s is refused, naming %s and nothing that may be a value", async (query, field) => {
    const { status, body, text } = await ask(query, desk.manager)
    expect([status, body["facts"]]).toEqual([400, { field }])
    expect(text).not.toContain("13900001111")
  })

  test.each(["now", "-1", "1.5", "9".repeat(300)])("with the cursor %s is refused", async (after) => {
    const { status, body } = await ask("post:clerk", desk.manager, { after })
    expect([status, body["facts"]]).toEqual([400, { field: "after" }])
    const list = await send(desk.test, `GET ${at(desk, `/traces?after=${after}`)}`, { as: desk.manager })
    expect(list.status).toBe(400)
  })

  test("is not open to a clerk", async () => {
    expect((await ask("post:clerk", clerk)).status).toBe(403)
  })
})

describe("a home", () => {
  const label = async (building: string, of = desk) => {
    const [row] = await sql<{ label: string }>(
      of,
      "select label from app.home where community_id = $1 and home_id = $2",
      [of.community.communityId, resident(of, building).homeId],
    )
    return row?.label ?? ""
  }

  test("shows all traces of its persons, by id and by label, and the search is a trace of them", async () => {
    const { homeId } = resident(desk, "1")
    const byId = await find(`home:${homeId}`)
    expect(byId.homes).toEqual([{ homeId, label: await label("1"), persons: 1 }])
    const acts = byId.traces.map(({ act }) => act)
    expect(acts).toEqual(expect.arrayContaining(["use.look", "order.open", "roster.take"]))
    const again = await find(`home:${await label("1")}`)
    expect(again.traces.map(({ act }) => act)).toEqual(["trace.list", ...acts])
    const { purpose } = (await find(`home:${homeId} act:order.open`)).traces[0] ?? {}
    expect(purpose).toBe("repair")
  })

  test("outside the reach is a home that is not there", async () => {
    const due = await find(`home:${randomUUID()}`)
    expect(due).toEqual({ traces: [], next: null, searchedTo: null, homes: [] })
    const foreign = [resident(away, "1").homeId, "9栋9单元909"]
    for (const home of foreign) expect(await find(`home:${home}`)).toEqual(due)
    expect(await find(`person:${resident(away, "1").personId}`)).toEqual(due)
  })

  test("is refused to an auditor, who has no roster: the same for every home", async () => {
    const answers = await Promise.all(
      [resident(desk, "1").homeId, resident(away, "1").homeId, randomUUID()].map((home) =>
        ask(`home:${home}`, auditor),
      ),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(403)
  })
})

describe("a long log", () => {
  let reader: TestStaff
  const findLong = async (query: string, more: object = {}): Promise<Found> => {
    const path = "/api/communities/30/traces/search"
    const { status, text } = await send(desk.test, `POST ${path}`, { as: reader, body: { query, ...more } })
    expect([query, status]).toEqual([query, 200])
    return JSON.parse(text)
  }

  beforeAll(async () => {
    const community = await makeCommunity(desk.test, 3)
    reader = await appoint(desk.test, { community, post: "auditor" })
    const admin = await desk.test.database.superuser()
    const { communityId } = community
    for (let block = 0; block < 12; block += 1) {
      const traces = Array.from({ length: 5_000 }, (_, i) => ({
        ...syntheticTrace(communityId, Date.UTC(2026, 0, 1) + (block * 5_000 + i) * 60_000),
        post: block === 1 && i === 7 ? "archivist" : "repairer",
      }))
      await admin.query(insertTraces, traceColumns(traces))
    }
    await admin.end()
  }, 60_000)

  test("is walked to its end for one trace among sixty thousand", async () => {
    let [found, after]: [number, string | undefined] = [0, undefined]
    // One answer, or a few on a machine that is busy: it says how far it has searched.
    do {
      const { traces, next } = await findLong("post:archivist", { after })
      found += traces.length
      after = next ?? undefined
    } while (after !== undefined)
    expect(found).toBe(1)
  })

  test("is read page by page, each trace once and in order", async () => {
    const seen: string[] = []
    let after: string | undefined
    for (let pages = 0; pages < 400; pages += 1) {
      const page = await findLong("post:repairer before:2026-01-04", { limit: 200, after })
      seen.push(...page.traces.map((one) => one.at))
      after = page.next ?? undefined
      if (after === undefined) break
    }
    // Three days of the house from midnight, less the eight hours before the first trace.
    expect(seen).toHaveLength(3 * 1_440 - 480)
    expect(seen).toEqual(seen.toSorted().reverse())
    expect(new Set(seen).size).toBe(seen.length)
  })

  test("is counted by post and hour for thirty days", async () => {
    const path = "/api/communities/30/traces/hours"
    await findLong("")
    const old = await send(desk.test, `GET ${path}`, { as: reader })
    const heat: Heat = JSON.parse(old.text)
    // Those of January are long past.
    expect(heat.posts.map(({ post }) => post)).toEqual(["auditor"])
    const reply = await send(desk.test, `GET ${at(desk, "/traces/hours")}`, { as: auditor })
    const { posts }: Heat = JSON.parse(reply.text)
    const clerks = posts.find(({ post }) => post === "clerk")
    expect(clerks?.counts).toHaveLength(24)
    expect(clerks?.counts.reduce((sum, count) => sum + count)).toBeGreaterThan(0)
  })
})

describe("a saved search", () => {
  const keep = (as: TestStaff, body: object) =>
    send(desk.test, `POST ${at(desk, "/traces/views")}`, { as, body })
  const kept = async (as: TestStaff) =>
    JSON.parse((await send(desk.test, `GET ${at(desk, "/traces/views")}`, { as })).text).views
  const drop = (as: TestStaff, viewId: string) =>
    send(desk.test, `DELETE ${at(desk, `/traces/views/${viewId}`)}`, { as })

  test("is one's own: seen, used and removed by nobody else", async () => {
    const view = { viewId: randomUUID(), name: "夜间明文", query: "act:use.look  post:clerk" }
    expect((await keep(auditor, view)).status).toBe(200)
    expect((await keep(auditor, view)).status).toBe(200)
    expect(await kept(auditor)).toEqual([{ ...view, query: "act:use.look post:clerk" }])
    expect(await kept(desk.manager)).toEqual([])
    expect((await drop(desk.manager, view.viewId)).status).toBe(404)
    expect((await drop(auditor, view.viewId)).status).toBe(200)
    expect(await kept(auditor)).toEqual([])
  })

  test.each(["home:3栋1单元101", "colour:red", "after:never", "by:13900001111", "by:李试样 post:clerk"])(
    "%s is not kept",
    async (query) => {
      const { status, text } = await keep(desk.manager, { viewId: randomUUID(), name: "一", query })
      expect(status).toBe(400)
      expect(text).not.toMatch(/13900001111|李试样/)
      expect(await kept(desk.manager)).toEqual([])
    },
  )

  test.each([() => `by:${clerk.staffId}`, () => "by:system"])("of somebody by id is kept", async (query) => {
    const viewId = randomUUID()
    expect((await keep(desk.manager, { viewId, name: "一", query: query() })).status).toBe(200)
    expect(await kept(desk.manager)).toMatchObject([{ query: query() }])
    await drop(desk.manager, viewId)
  })

  test("is refused beyond the hundredth, which is said; sent twice it is not counted twice", async () => {
    const views = Array.from({ length: 100 }, (_, i) => ({
      viewId: randomUUID(),
      name: `视图 ${i}`,
      query: "post:clerk",
    }))
    for (const view of views) expect((await keep(auditor, view)).status).toBe(200)
    const more = { viewId: randomUUID(), name: "多", query: "post:clerk" }
    const { status, body } = await keep(auditor, more)
    expect([status, body["code"], body["facts"]]).toEqual([409, "trace.views_full", { limit: 100 }])
    for (const view of views.slice(0, 1)) expect((await keep(auditor, view)).status).toBe(200)
    expect((await drop(auditor, views[0]?.viewId ?? "")).status).toBe(200)
    expect((await keep(auditor, more)).status).toBe(200)
    expect(await kept(auditor)).toHaveLength(100)
  })
})
