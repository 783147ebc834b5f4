/** Starting, stopping, and what stands in the way: said in a sentence, and nothing left behind. */

import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  type Asking,
  appoint,
  ask,
  type Company,
  endPostgres,
  freePort,
  isReady,
  kill,
  launch,
  type Place,
  type Server,
  setUp,
  sql,
  start,
  stop,
} from "./server.ts"

let place: Place
let server: Server
let company: Company
let asking: Asking

beforeAll(async () => {
  place = { data: await mkdtemp(join(tmpdir(), "hudun-start-")), port: await freePort() }
  server = await start(place)
  company = await setUp(place, server)
  asking = { port: place.port, as: await appoint(place.data, company, "manager") }
})
afterAll(async () => {
  await kill(server)
  await endPostgres(place.data)
  await rm(place.data, { recursive: true, force: true })
})

const cleanly = { code: 0, signal: null }
const note = () => join(place.data, "postgres", "cluster", "postmaster.pid")
const lock = () => join(place.data, "hudun.lock")
const path = (rest: string) => `/api/communities/${company.communityId}${rest}`

async function timed<Result>(work: Promise<Result>): Promise<[result: Result, milliseconds: number]> {
  const begin = performance.now()
  return [await work, performance.now() - begin]
}

describe("a second start", () => {
  it("on the same data says who has it, and the first goes on", async () => {
    const second = launch({ ...place, port: await freePort() })
    expect(await second.ended).toEqual({ code: 1, signal: null })
    expect(second.said()).toContain(`进程 ${String(server.process.pid)} 正在使用数据文件夹`)
    expect(second.said()).toContain("Hudun is running already")
    expect(second.said()).not.toContain("    at ")
    expect(await isReady(place.port)).toBe(true)
  })

  it("on a taken port says so, and leaves nothing running behind", async () => {
    const data = await mkdtemp(join(tmpdir(), "hudun-port-"))
    const listener = createServer()
    const port = await freePort()
    await new Promise<void>((done) => listener.listen(port, "127.0.0.1", done))
    const second = launch({ data, port })
    expect(await second.ended).toEqual({ code: 1, signal: null })
    expect(second.said()).toContain(`端口 ${String(port)} 已被占用`)
    expect(second.said()).toContain(`Port ${String(port)} is taken`)
    expect(second.said()).not.toContain("    at ")
    expect(existsSync(join(data, "postgres", "cluster", "postmaster.pid"))).toBe(false)
    expect(existsSync(join(data, "hudun.lock"))).toBe(false)
    listener.close()
    const third = await start({ data, port })
    expect(await stop(third)).toEqual(cleanly)
    await rm(data, { recursive: true, force: true })
  })
})

describe("a stop", () => {
  it("by SIGTERM ends cleanly, with PostgreSQL and without a lock, and the next start has everything", async () => {
    const [ended, took] = await timed(stop(server))
    expect(ended).toEqual(cleanly)
    expect(took).toBeLessThan(10_000)
    expect([existsSync(note()), existsSync(lock())]).toEqual([false, false])
    server = await start(place)
    expect((await ask(asking, `GET ${path("/owners")}`)).status).toBe(200)
  })

  it("under load ends as well: requests under way are answered or refused, none is kept waiting", async () => {
    let over = false
    const statuses: number[] = []
    const desk = async () => {
      while (!over) {
        const { status } = await ask(asking, `GET ${path("/owners")}`)
        statuses.push(status)
        if (status !== 200) await sleep(20)
      }
    }
    const desks = Array.from({ length: 4 }, desk)
    await sleep(500)
    const [ended, took] = await timed(stop(server))
    over = true
    await Promise.all(desks)
    expect(ended).toEqual(cleanly)
    expect(took).toBeLessThan(10_000)
    expect(statuses).toContain(200)
    expect(statuses.filter((status) => ![200, 503, 0].includes(status))).toEqual([])
    server = await start(place)
  })

  it("in the middle of a start leaves a folder that starts again", async () => {
    await stop(server)
    const early = launch(place)
    await sleep(700)
    early.process.kill("SIGTERM")
    const [, took] = await timed(early.ended)
    expect(took).toBeLessThan(10_000)
    server = await start(place)
    expect((await ask(asking, `GET ${path("/owners")}`)).status).toBe(200)
  })
})

describe("an import under way", () => {
  const rows = 2_500

  function csvOf(building: string): Buffer {
    const lines = Array.from({ length: rows }, (_, i) => {
      const room = String(100 * (1 + Math.floor(i / 40)) + (i % 40) + 1)
      const name = `王${"甲乙丙丁戊己庚辛"[i % 8] ?? ""}${"一二三四五六七八九"[Math.floor(i / 8) % 9] ?? ""}`
      return `${building},1,${room},${name},139${building}0${String(10_000 + i).padStart(6, "0")}`
    })
    return Buffer.from(["楼栋,单元,房号,姓名,手机号", ...lines].join("\n"))
  }

  async function commitBegun(building: string): Promise<string> {
    const form = new FormData()
    form.append("file", new Blob([new Uint8Array(csvOf(building))]), "roster.csv")
    const { importId, sheetIndex, sheets } = JSON.parse(
      (await ask(asking, `POST ${path("/imports")}`, form)).text,
    )
    const fates = sheets[sheetIndex].columns.map((column: { fate: object }) => column.fate)
    await ask(asking, `POST ${path(`/imports/${importId}/check`)}`, { sheetIndex, fates })
    await untilState(importId, "checked")
    await ask(asking, `POST ${path(`/imports/${importId}/commit`)}`, {})
    return String(importId)
  }

  async function untilState(importId: string, state: string): Promise<Record<string, unknown>> {
    for (let tries = 0; tries < 1_200; tries += 1) {
      const { body } = await ask(asking, `GET ${path(`/imports/${importId}`)}`)
      if (body["state"] === state) return body
      if (body["state"] === "failed") throw new Error(`failed: ${String(body["failure"])}`)
      await sleep(50)
    }
    throw new Error(`not ${state}`)
  }

  /** Waits until some batches are in and not all. */
  async function untilHalfWay(importId: string): Promise<number> {
    for (let tries = 0; tries < 2_000; tries += 1) {
      const [row] = await sql<{ count: number }>(
        place.data,
        "select count(*)::int as count from app.import_batch where import_id = $1",
        [importId],
      )
      if ((row?.count ?? 0) > 0) return row?.count ?? 0
      await sleep(10)
    }
    throw new Error("no batch is committed")
  }

  const ways = [
    ["killed", async () => kill(server)],
    ["stopped", async () => stop(server)],
  ] as const

  it.each(ways)(
    "goes on at the next start when it was %s, and takes every row once",
    async (way, end) => {
      const building = way === "killed" ? "7" : "8"
      const importId = await commitBegun(building)
      const before = await untilHalfWay(importId)
      await end()
      expect(before).toBeLessThan(rows / 500)
      server = await start(place)
      expect(await untilState(importId, "done")).toMatchObject({ counts: { rows, added: rows } })
      const [row] = await sql<{ persons: number; batches: number }>(
        place.data,
        `select (select count(*)::int from app.residence r join app.building b using (community_id, building_id)
           where b.name = $2) as persons,
         (select count(*)::int from app.import_batch where import_id = $1) as batches`,
        [importId, `${building}栋`],
      )
      expect(row).toEqual({ persons: rows, batches: rows / 500 })
      expect(existsSync(join(place.data, "imports", `${importId}.sealed`))).toBe(false)
    },
    180_000,
  )
})
