/**
 * A full disk: what cannot be kept is refused with a sentence, what needs no writing goes on, and room on the disk is all it
 * takes to go on. On a small file system of its own, which only root can mount.
 */

import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from "node:fs"
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
  kill,
  launch,
  type Person,
  type Place,
  type Reply,
  type Server,
  setUp,
  sql,
  start,
  stop,
  untilReady,
} from "./server.ts"

const folder = mountSmall()

/** A file system of 220 MB, or undefined: the reason is printed. */
function mountSmall(): string | undefined {
  const place = mkdtempSync(join(tmpdir(), "hudun-full-"))
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=220m,mode=0711", "tmpfs", place], { stdio: "pipe" })
    return place
  } catch (error) {
    rmdirSync(place)
    const why = error instanceof Error ? error.message.split("\n")[0] : ""
    process.stdout.write(`  disk-full: skipped, no file system of one's own can be mounted (${why ?? ""})\n`)
    return undefined
  }
}

describe.skipIf(folder === undefined)("on a full disk", () => {
  const root = folder ?? ""
  const filler = join(root, "filler")
  let place: Place
  let server: Server
  let company: Company
  let clerk: Person
  let home: object
  const acknowledged: string[] = []

  beforeAll(async () => {
    place = { data: join(root, "data"), port: await freePort() }
    server = await start(place)
    company = await setUp(place, server)
    const manager = await appoint(place.data, company, "manager")
    clerk = await appoint(place.data, company, "clerk")
    const header = ["楼栋", "单元", "房号", "姓名", "手机号"]
    const roster = await workbookOf({ header, rows: [["1", "1", "101", "王小明", "13900001234"]] })
    await importRoster({ port: place.port, as: manager }, company.communityId, roster)
    const [found] = await sql<{ homeId: string }>(
      place.data,
      `select home_id as "homeId", person_id as "personId" from app.residence`,
    )
    home = found ?? {}
  })
  afterAll(async () => {
    await kill(server)
    await endPostgres(place.data)
    execFileSync("umount", ["-l", root])
    rmdirSync(root)
  })

  const path = (rest: string) => `/api/communities/${company.communityId}${rest}`
  const get = (rest: string) => ask({ port: place.port, as: clerk }, `GET ${path(rest)}`)

  async function open(): Promise<Reply> {
    const orderId = randomUUID()
    const body = { orderId, kind: "repair", text: "漏".repeat(1500), ...home }
    const reply = await ask({ port: place.port, as: clerk }, `POST ${path("/orders")}`, body)
    if (reply.status === 200) acknowledged.push(orderId)
    return reply
  }

  /** Orders until one is not taken. */
  async function openUntilRefused(): Promise<Reply> {
    for (let tries = 0; tries < 300; tries += 1) {
      const reply = await open()
      if (reply.status !== 200) return reply
    }
    throw new Error("the disk does not become full")
  }

  function fill(): void {
    const file = openSync(filler, "w")
    for (const bytes of [1 << 20, 4096]) {
      const block = Buffer.alloc(bytes)
      try {
        for (;;) writeSync(file, block)
      } catch {
        // Full at this size of block.
      }
    }
    closeSync(file)
    expect(statfsSync(root).bavail).toBe(0)
  }

  /** The next order that is taken, and how long it took until then. */
  async function untilTaken(): Promise<number> {
    const begin = Date.now()
    await untilReady(place.port, 30_000)
    while ((await open()).status !== 200) {
      if (Date.now() - begin > 30_000) throw new Error("it does not recover")
      await sleep(200)
    }
    return Date.now() - begin
  }

  it("an order that cannot be kept is refused with a sentence about the disk", async () => {
    // The write-ahead log begins a file that has room for all that follows: here it is the tables that find none.
    await sql(place.data, "select pg_switch_wal()")
    expect((await open()).status).toBe(200)
    fill()
    const reply = await openUntilRefused()
    expect(reply).toMatchObject({ status: 507, body: { code: "server.disk_full" } })
    expect(reply.body["title"]).toContain("磁盘")
  })

  it("reads that need no trace go on, and those that need one are refused, not shown without", async () => {
    expect((await get("/buildings")).status).toBe(200)
    expect((await get("/handlers")).status).toBe(200)
    const replies = await Promise.all(Array.from({ length: 60 }, () => get("/owners")))
    for (const { status, text } of replies) {
      expect([200, 507]).toContain(status)
      if (status === 507) expect(text).not.toContain("****")
    }
    expect((await fetch(`http://127.0.0.1:${String(place.port)}/livez`)).status).toBe(200)
  })

  it("room on the disk is all it takes", async () => {
    rmSync(filler)
    expect(await untilTaken()).toBeLessThan(30_000)
    expect((await get("/owners")).status).toBe(200)
  })

  it("a write-ahead log that cannot grow stops the database, and room brings it back", async () => {
    fill()
    await growLog()
    const reply = await openUntilRefused()
    expect([503, 507]).toContain(reply.status)
    await sleep(3_000)
    expect([503, 507]).toContain((await open()).status)
    expect(server.process.exitCode).toBe(null)
    rmSync(filler)
    expect(await untilTaken()).toBeLessThan(30_000)
  })

  /** Writes to the log and to nothing else, until it finds no room. */
  async function growLog(): Promise<void> {
    const emit = "select pg_logical_emit_message(false, 'fill', repeat('x', 1000000), true)"
    for (let megabytes = 0; megabytes < 64; megabytes += 1) {
      const isWritten = await sql(place.data, emit).then(
        () => true,
        () => false,
      )
      if (!isWritten) return
    }
    throw new Error("the log still grows")
  }

  it("lost nothing that was acknowledged", async () => {
    const rows = await sql<{ order_id: string }>(place.data, "select order_id from app.work_order")
    const there = new Set(rows.map((row) => row.order_id))
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    expect(server.said()).not.toContain('"event":"request.failed"')
  })

  it("the log of traces goes on being published", async () => {
    for (let tries = 0; tries < 150; tries += 1) {
      const [row] = await sql<{ behind: number }>(
        place.data,
        `select ((select count(*) from app.trace where community_id = $1) -
           (select coalesce(sum(count), 0) from app.ledger_batch where community_id = $1))::int as behind`,
        [company.communityId],
      )
      if (row?.behind === 0) return
      await sleep(100)
    }
    throw new Error("traces wait to be published")
  })

  it("a start says that the disk is full, and the next one with room starts", async () => {
    expect(await stop(server)).toEqual({ code: 0, signal: null })
    fill()
    const failed = launch(place)
    expect(await failed.ended).toEqual({ code: 1, signal: null })
    expect(failed.said()).toMatch(/磁盘已满[\s\S]*disk is full/)
    rmSync(filler)
    server = await start(place)
    expect(await untilTaken()).toBeLessThan(30_000)
  })
})
