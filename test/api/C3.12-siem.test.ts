/** Clause 3.12: every trace reaches the SIEM at least once and in order, without a value; what comes late or is missing is an alarm. */

import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { PublishSql } from "../../src/ledger/publish-sql.ts"
import { headsOf, siemWord } from "../../src/ledger/siem.ts"
import { SiemCursor } from "../../src/ledger/siem-cursor.ts"
import { SiemFile } from "../../src/ledger/siem-file.ts"
import { type SiemEvent, SiemFollower } from "../../src/ledger/siem-follower.ts"
import type { SiemMessage } from "../../src/ledger/siem-message.ts"
import type { SiemPlace } from "../../src/ledger/siem-place.ts"
import type { LogHead } from "../../src/ledger/siem-reader.ts"
import { SiemSyslog } from "../../src/ledger/siem-syslog.ts"
import { appoint, send, startHouse, type TestHouse } from "../house.ts"
import { addTraces } from "../ledger.ts"
import { type Files, memoryDisk } from "../ledger-faults/memory-disk.ts"
import { SyslogReceiver } from "../ledger-faults/syslog-receiver.ts"
import { type Desk, furnish, hire, lookAt, openOrder, resident } from "../orders.ts"

let house: TestHouse
let desk: Desk
let path = ""

beforeAll(async () => {
  house = await startHouse((data) => ({ HUDUN_SIEM: `ndjson:${join(data, "siem", "traces.ndjson")}` }))
  path = join(house.database.data, "siem", "traces.ndjson")
  desk = await furnish(house, 1)
})
afterAll(() => house.close())

const line = z.object({ log: z.string(), seq: z.number(), trace: z.object({ act: z.string() }).optional() })

async function linesIn(file: string) {
  const text = await readFile(file, "utf8").catch(() => "")
  return text
    .split("\n")
    .filter(Boolean)
    .map((one) => line.parse(JSON.parse(one)))
}

async function settled(): Promise<LogHead[]> {
  const { publisher, siem } = house.house.ledger
  const admin = await house.database.superuser()
  const { rows } = await admin.query<{ count: number }>("select count(*)::int as count from app.trace")
  await admin.end()
  const integrated = () => headsOfHouse().reduce((sum, { size }) => sum + size, 0)
  while (integrated() < (rows[0]?.count ?? 0)) await sleep(50)
  expect(publisher.state.kind).toBe("running")
  while ((siem?.state.behind ?? 0) > 0) await sleep(50)
  return headsOfHouse()
}

function headsOfHouse(): LogHead[] {
  const { logs } = house.house.ledger.publisher
  return logs === undefined ? [] : headsOf(logs)
}

describe("a file of lines", () => {
  test("gets every trace of every log in order, and no value", async () => {
    const clerk = await hire(desk, "clerk")
    const { phone, name } = resident(desk, "1")
    expect((await lookAt(desk, clerk, await openOrder(desk, clerk))).status).toBe(200)
    const heads = await settled()
    const lines = await linesIn(path)
    for (const { origin, size } of heads) {
      const own = lines.filter(({ log }) => log === origin)
      expect(own.map(({ seq }) => seq)).toEqual(Array.from({ length: size }, (_, at) => at))
    }
    expect(lines.some(({ trace }) => trace?.act === "use.look")).toBe(true)
    const text = await readFile(path, "utf8")
    for (const value of [phone, name, phone.slice(-8), "salt"]) expect(text).not.toContain(value)
  })

  test("is told of on the health page, as figures and to those who may read the ledger's state", async () => {
    const auditor = await appoint(house, { community: desk.community, post: "auditor" })
    expect((await send(house, "GET /readyz")).body).toMatchObject({ siem: "up" })
    const { text } = await send(house, "GET /metrics")
    expect(text).toMatch(/^hudun_siem_up 1$/m)
    expect(text).toMatch(/^hudun_mirror_up 1$/m)
    expect(text).toMatch(/^hudun_mirror_lag_seconds \d+(\.\d+)?$/m)
    expect(text).toMatch(/^hudun_ledger_state\{state="running"\} 1$/m)
    const { body } = await send(house, `GET /api/communities/${desk.community.communityId}/ledger`, {
      as: auditor,
    })
    expect(body["siem"]).toMatchObject({ state: "up", holes: 0 })
  })

  test("turned by somebody else is begun anew by name", async () => {
    const before = (await linesIn(path)).length
    await rename(path, `${path}.old`)
    await hire(desk, "clerk")
    const manager = await hire(desk, "manager")
    expect(
      (await send(house, `GET /api/communities/${desk.community.communityId}/traces`, { as: manager }))
        .status,
    ).toBe(200)
    await settled()
    expect((await linesIn(path)).length).toBeGreaterThan(0)
    expect((await linesIn(`${path}.old`)).length).toBe(before)
    await rm(`${path}.old`)
  })

  test("is turned at its size and mended after a torn write; nothing is lost", async () => {
    const own = join(house.database.data, "own.ndjson")
    const file = new SiemFile({ path: own, clock: Date.now, turnAt: 600 })
    const message = (seq: number): SiemMessage => ({ kind: "missing", log: "l", seq, through: seq, at: 0 })
    await writeFile(own, '{"log":"l","se')
    for (let seq = 0; seq < 40; seq++) await file.deliver([message(seq)])
    const files = (await readdir(house.database.data)).filter((name) => name.startsWith("own.ndjson"))
    expect(files.length).toBeGreaterThan(2)
    const all = await Promise.all(files.map((name) => readFile(join(house.database.data, name), "utf8")))
    const good = all
      .join("")
      .split("\n")
      .flatMap((one) => /"seq":(\d+),"through"/.exec(one)?.[1] ?? [])
    expect(good.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at))
  })
})

/** A follower of the house's logs with a place of its own. */
function follow(place: SiemPlace, how: { files?: Files; patience?: number; now?: () => number } = {}) {
  const events: SiemEvent[] = []
  const files: Files = how.files ?? new Map()
  const follower = new SiemFollower({
    place,
    source: new PublishSql(house.database.as("hudun_publish")),
    cursor: new SiemCursor(memoryDisk(files), "test"),
    clock: how.now ?? Date.now,
    patience: how.patience ?? 60_000,
    tell: (event) => void events.push(event),
    retryAfter: 20,
  })
  return { follower, events, files }
}

class Memory implements SiemPlace {
  readonly messages: SiemMessage[] = []
  /** How often the next deliveries fail, after they were done. */
  failing = 0
  async deliver(messages: readonly SiemMessage[]): Promise<void> {
    this.messages.push(...messages)
    if (this.failing-- > 0) throw new Error("unplugged")
  }
  close(): Promise<void> {
    return Promise.resolve()
  }
}

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 20_000, interval: 20 }).toBe(true)
}

const seqsOf = (messages: readonly string[], log: string) =>
  messages.filter((one) => one.includes(` log="${log}" `)).map((one) => Number(/ seq="(\d+)"/.exec(one)?.[1]))

function biggest(heads: readonly LogHead[]): LogHead {
  const [head] = heads.toSorted((one, other) => other.size - one.size)
  if (head === undefined) throw new Error("no log")
  return head
}

describe("syslog over TCP", () => {
  test("misses nothing when connections are reset in the middle, again and again", async () => {
    const admin = await house.database.superuser()
    await addTraces(admin, desk.community.communityId, 3_000)
    await admin.end()
    const heads = await settled()
    const { origin, size } = biggest(heads)
    const receiver = new SyslogReceiver()
    receiver.resets.push(1, 700, 0, 2_500, 2_999)
    const port = await receiver.listen()
    const place = new SiemSyslog({ kind: "tcp", host: "127.0.0.1", port, settle: 50, patience: 2_000 })
    const { follower, events } = follow(place)
    follower.follow(heads)
    await until(() => follower.state.behind === 0)
    await follower.close()
    await receiver.close()
    expect(receiver.resets).toEqual([])
    expect(events.some(({ kind }) => kind === "down")).toBe(true)
    expect(events.at(-1)?.kind).toBe("up")
    expect(new Set(seqsOf(receiver.messages, origin)).size).toBe(size)
  })

  test("does not count what a receiver took and never read", async () => {
    const heads = await settled()
    const receiver = new SyslogReceiver()
    receiver.isStuck = true
    const port = await receiver.listen()
    const place = new SiemSyslog({ kind: "tcp", host: "127.0.0.1", port, settle: 50, patience: 300 })
    const { follower, files } = follow(place)
    follower.follow(heads.map((head) => ({ ...head, size: Math.min(head.size, 5) })))
    await sleep(800)
    expect(follower.state.isUp).toBe(false)
    expect(files.size).toBe(0)
    receiver.isStuck = false
    await until(() => follower.state.behind === 0)
    await follower.close()
    await receiver.close()
    expect(new Set(seqsOf(receiver.messages, biggest(heads).origin)).size).toBe(5)
  })
})

describe("the cursor", () => {
  test("goes on after a restart where it was, and repeats only what was not confirmed", async () => {
    const heads = await settled()
    const place = new Memory()
    const first = follow(place)
    first.follower.follow(heads)
    await until(() => first.follower.state.behind === 0)
    await first.follower.close()
    const count = place.messages.length
    expect(count).toBe(heads.reduce((sum, { size }) => sum + size, 0))
    const second = follow(place, { files: first.files })
    second.follower.follow(heads)
    await sleep(100)
    expect(second.follower.state.behind).toBe(0)
    await second.follower.close()
    expect(place.messages.length).toBe(count)
    const damaged = follow(place, {
      files: new Map([["siem-cursor", new TextEncoder().encode('{"target":')]]),
    })
    damaged.follower.follow(heads)
    await until(() => damaged.follower.state.behind === 0)
    await damaged.follower.close()
    expect(place.messages.length).toBe(2 * count)
  })

  test("repeats a delivery that failed after it was done", async () => {
    const heads = await settled()
    const place = new Memory()
    place.failing = 2
    const { follower, events } = follow(place)
    follower.follow(heads)
    await until(() => follower.state.behind === 0)
    await follower.close()
    expect(events.map(({ kind }) => kind)).toEqual(["down", "up"])
    expect(place.messages.length).toBeGreaterThan(heads.reduce((sum, { size }) => sum + size, 0))
  })
})

describe("the alarm", () => {
  test("is raised when a trace waits too long, and ends when it has arrived", async () => {
    const heads = await settled()
    const place = new Memory()
    place.failing = Number.POSITIVE_INFINITY
    let ahead = 0
    const { follower, events } = follow(place, { patience: 300_000, now: () => Date.now() + ahead })
    follower.follow(heads)
    await until(() => follower.state.isUp === false)
    expect([follower.state.isLate, siemWord(follower.state)]).toEqual([false, "down"])
    ahead = 301_000
    await until(() => events.some(({ kind }) => kind === "late"))
    expect(siemWord(follower.state)).toBe("late")
    place.failing = 0
    await until(() => follower.state.behind === 0)
    await until(() => events.some(({ kind }) => kind === "caught_up"))
    await follower.close()
  })

  test("is raised for a trace that was removed, here and at the receiver; the rest arrives", async () => {
    const heads = await settled()
    const { communityId, origin, size } = biggest(heads)
    const admin = await house.database.superuser()
    await admin.query("set session_replication_role = replica")
    await admin.query(
      "delete from app.trace where community_id = $1 and trace_id = (select trace_ids[2] from app.ledger_batch where community_id = $1 and count > 3 order by first_index limit 1)",
      [communityId],
    )
    await admin.end()
    const place = new Memory()
    const { follower, events } = follow(place)
    follower.follow(heads)
    await until(() => follower.state.behind === 0)
    await follower.close()
    const gaps = events.filter(({ kind }) => kind === "gap")
    expect(gaps).toHaveLength(1)
    expect(siemWord(follower.state)).toBe("gap")
    const own = place.messages.filter(({ log }) => log === origin)
    expect(own.map(({ seq }) => seq)).toEqual(Array.from({ length: size }, (_, at) => at))
    expect(own.filter(({ kind }) => kind === "missing")).toHaveLength(1)
  })

  test("is raised when the numbers begin anew behind what was delivered", async () => {
    const [head] = await settled()
    if (head === undefined) throw new Error("no log")
    const place = new Memory()
    const text = JSON.stringify({ target: "test", next: { [head.origin]: head.size + 7 } })
    const { follower, events } = follow(place, {
      files: new Map([["siem-cursor", new TextEncoder().encode(text)]]),
    })
    follower.follow([head])
    await until(() => events.some(({ kind }) => kind === "gap"))
    await follower.close()
    expect(place.messages).toMatchObject([{ kind: "rewound", seq: head.size, through: head.size + 6 }])
  })
})
