/**
 * Killed at any moment under load — the server, PostgreSQL, both — nothing that was acknowledged is lost, nothing is done
 * twice, and nothing was shown without its trace. Clauses 3.12, 4.2, 4.3.
 */

import { randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { workbookOf } from "../isolation/upload.ts"
import {
  appoint,
  ask,
  type Company,
  endPostgres,
  freePort,
  importRoster,
  isReady,
  kill,
  killPostgres,
  type Person,
  type Place,
  type Server,
  setUp,
  sql,
  start,
  stop,
  untilReady,
} from "./server.ts"

const kills = 50
const desks = 4
/** The same moments each time it runs, as far as two processes can be. */
const seed = 20_261_124

let place: Place
let server: Server
let company: Company
let clerk: Person
let homes: ReadonlyArray<{ homeId: string; personId: string }>

beforeAll(async () => {
  place = { data: await mkdtemp(join(tmpdir(), "hudun-kill-")), port: await freePort() }
  server = await start(place)
  company = await setUp(place, server)
  const manager = await appoint(place.data, company, "manager")
  clerk = await appoint(place.data, company, "clerk")
  const header = ["楼栋", "单元", "房号", "姓名", "手机号"]
  const rows = Array.from({ length: 20 }, (_, i) => [
    "1",
    "1",
    String(101 + i),
    `王${"甲乙丙丁戊"[i % 5] ?? ""}明`,
    `1390000${String(1100 + i)}`,
  ])
  await importRoster(
    { port: place.port, as: manager },
    company.communityId,
    await workbookOf({ header, rows }),
  )
  homes = await sql(place.data, `select home_id as "homeId", person_id as "personId" from app.residence`)
})
afterAll(async () => {
  await kill(server)
  await endPostgres(place.data)
  await rm(place.data, { recursive: true, force: true })
})

/** What the desks were told. */
interface Told {
  /** Orders sent, and whether their opening was acknowledged. */
  readonly opened: Map<string, { readonly body: object; acknowledged: boolean; useId: string }>
  /** Looks released, by use. */
  readonly shown: Map<string, number>
  readonly closed: Set<string>
  /** Answers that are neither done nor a refusal to be tried again. */
  readonly odd: string[]
}

const told: Told = { opened: new Map(), shown: new Map(), closed: new Set(), odd: [] }

const path = (rest: string) => `/api/communities/${company.communityId}${rest}`
const post = (rest: string, body: object) => ask({ port: place.port, as: clerk }, `POST ${path(rest)}`, body)

/** Done, refused for now, or unknown because the connection broke. */
function isDone(status: number, what: string): boolean {
  if (status !== 200 && status !== 0 && status !== 503) told.odd.push(`${what}: ${String(status)}`)
  if (status === 200) acknowledgements += 1
  return status === 200
}

async function open(orderId: string): Promise<boolean> {
  const entry = told.opened.get(orderId)
  if (entry === undefined) throw new Error("an order that was never made")
  const reply = await post("/orders", entry.body)
  if (isDone(reply.status, "open")) {
    entry.acknowledged = true
    entry.useId = String(reply.body["useId"])
  }
  return entry.acknowledged
}

/** Desks wait here while the server is down, instead of knocking at a closed door. */
let door: Promise<void> = Promise.resolve()
/** Everything acknowledged so far: a kill comes after a few more. */
let acknowledgements = 0

/** One desk: opens an order, looks at it twice, closes every other one, again and again until told to stop. */
async function work(random: () => number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await door
    const orderId = randomUUID()
    const home = homes[Math.floor(random() * homes.length)]
    const body = { orderId, kind: "repair", text: "漏水", ...home }
    told.opened.set(orderId, { body, acknowledged: false, useId: "" })
    if (await open(orderId)) await serve(orderId, random() < 0.5)
    // Half of those whose answer was lost are sent again as soon as it goes on, the others at the very end.
    else if (random() < 0.5) await door.then(() => sleep(250)).then(() => open(orderId))
    else await sleep(250)
  }
}

async function serve(orderId: string, isClosed: boolean): Promise<void> {
  const useId = told.opened.get(orderId)?.useId ?? ""
  for (let looks = 0; looks < 2; looks += 1) {
    const reply = await post(`/uses/${useId}/look`, { field: "phone" })
    if (isDone(reply.status, "look")) told.shown.set(useId, (told.shown.get(useId) ?? 0) + 1)
  }
  if (!isClosed) return
  const reply = await post(`/orders/${orderId}/close`, {})
  if (isDone(reply.status, "close")) told.closed.add(orderId)
}

/** mulberry32. */
function seeded(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Every fifth time PostgreSQL alone, every fifth both, else the server. */
async function killOnce(round: number): Promise<void> {
  if (round % 5 === 3) {
    await killPostgres(place.data)
    await sleep(50)
    await untilReady(place.port)
    return
  }
  const begin = Promise.withResolvers<void>()
  door = begin.promise
  if (round % 5 === 4) await Promise.all([kill(server), killPostgres(place.data)])
  else await kill(server)
  server = await start(place)
  begin.resolve()
}

/** A moment after a few more acknowledgements, wherever the desks are by then. */
async function untilBusy(random: () => number): Promise<void> {
  const enough = acknowledgements + 4 + Math.floor(random() * 12)
  const deadline = Date.now() + 10_000
  while (acknowledgements < enough && Date.now() < deadline) await sleep(2)
  await sleep(random() * 20)
}

describe(`${String(kills)} kills under load`, () => {
  it("happen, and the server is there again after each", async () => {
    const random = seeded(seed)
    let over = false
    const load = Array.from({ length: desks }, (_, desk) => work(seeded(seed + desk), () => over))
    for (let round = 0; round < kills; round += 1) {
      await untilBusy(random)
      await killOnce(round)
    }
    over = true
    await Promise.all(load)
    expect(await isReady(place.port)).toBe(true)
  }, 900_000)

  it("met work: orders, looks and closings before, between and at the kills", () => {
    const acknowledged = [...told.opened.values()].filter((order) => order.acknowledged).length
    const unknown = told.opened.size - acknowledged
    process.stdout.write(
      `  kills ${String(kills)}, orders acknowledged ${String(acknowledged)}, unknown ${String(unknown)}, ` +
        `uses looked at ${String(told.shown.size)}, closed ${String(told.closed.size)}\n`,
    )
    expect(acknowledged).toBeGreaterThan(kills)
    expect(told.shown.size).toBeGreaterThan(kills)
    expect(unknown).toBeGreaterThan(0)
  })

  it("were answered with nothing but a result, a refusal for now, or silence", () => {
    expect(told.odd).toEqual([])
    expect(server.said()).not.toContain('"event":"request.failed"')
  })

  it("lost no acknowledged order and doubled none", async () => {
    const rows = await sql<{
      order_id: string
      orders: number
      events: number
      uses: number
      traces: number
    }>(
      place.data,
      `select o.order_id, count(distinct o.number)::int as orders,
         (select count(*)::int from app.order_event e where e.order_id = o.order_id and e.kind = 'opened') as events,
         (select count(*)::int from app.use_applied u where u.order_id = o.order_id) as uses,
         (select count(*)::int from app.trace t where t.use_id = o.use_id and t.act = 'order.open') as traces
       from app.work_order o group by o.order_id, o.use_id, o.community_id`,
    )
    const there = new Map(rows.map((row) => [row.order_id, row]))
    const lost = [...told.opened].filter(([id, order]) => order.acknowledged && !there.has(id))
    expect(lost).toEqual([])
    const crooked = rows.filter(
      (row) => row.orders !== 1 || row.events !== 1 || row.uses !== 1 || row.traces !== 1,
    )
    expect(crooked).toEqual([])
    const strange = rows.filter((row) => !told.opened.has(row.order_id))
    expect(strange).toEqual([])
  })

  it("lost no acknowledged closing, and archived no use twice", async () => {
    const rows = await sql<{ order_id: string; archives: number; closings: number }>(
      place.data,
      `select o.order_id, (select count(*)::int from app.use_archived a where a.use_id = o.use_id) as archives,
         (select count(*)::int from app.order_event e where e.order_id = o.order_id and e.kind = 'closed') as closings
       from app.work_order o where o.closed_at is not null`,
    )
    const there = new Map(rows.map((row) => [row.order_id, row]))
    expect([...told.closed].filter((id) => !there.has(id))).toEqual([])
    expect(rows.filter((row) => row.archives !== 1 || row.closings !== 1)).toEqual([])
  })

  it("let no look out without its trace", async () => {
    const rows = await sql<{ use_id: string; looks: number }>(
      place.data,
      "select use_id, count(*)::int as looks from app.trace where act = 'use.look' and outcome = 'done' group by use_id",
    )
    const traced = new Map(rows.map(({ use_id, looks }) => [use_id, looks]))
    const untraced = [...told.shown].filter(([useId, looks]) => (traced.get(useId) ?? 0) < looks)
    expect(untraced).toEqual([])
  })

  it("left no number given twice", async () => {
    const twice = await sql(
      place.data,
      "select number from app.work_order group by number having count(*) > 1",
    )
    expect(twice).toEqual([])
  })

  it("left what was unknown to be sent again, once and for all", async () => {
    const unknown = [...told.opened].filter(([, order]) => !order.acknowledged)
    for (const [orderId] of unknown) expect(await open(orderId)).toBe(true)
    const rows = await sql<{ count: number }>(
      place.data,
      "select count(*)::int as count from app.order_event where kind = 'opened'",
    )
    expect(rows).toEqual([{ count: told.opened.size }])
  }, 120_000)

  it("did not keep the server from ending cleanly", async () => {
    expect(await stop(server)).toEqual({ code: 0, signal: null })
  })
})
