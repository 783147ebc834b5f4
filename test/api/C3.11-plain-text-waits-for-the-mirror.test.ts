/** Clause 3.11: a trace is in two places before plain text leaves; without the second place plain text is refused, masked work goes on. */

import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { FastifyInstance } from "fastify"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { createApp } from "../../src/app.ts"
import { MirrorLane } from "../../src/ledger/mirror-lane.ts"
import { parseLine } from "../../src/ledger/mirror-line.ts"
import type { MirrorFile, MirrorStore } from "../../src/ledger/mirror-store.ts"
import { MirrorUnusable } from "../../src/ledger/mirror-store.ts"
import { openLog } from "../../src/platform/log.ts"
import type { TestStaff } from "../house.ts"
import { type Desk, hire, lookAt, type Order, openDesk, openOrder, read, tracesOf } from "../orders.ts"

/** A second place in memory that can be full, gone or slow, as disks are. */
class Second implements MirrorStore {
  trouble: "none" | "full" | "gone" | "slow" = "none"
  bytes = Buffer.alloc(0)
  #letGo: () => void = () => undefined

  open(): Promise<MirrorFile> {
    if (this.trouble === "gone") return Promise.reject(new MirrorUnusable("absent"))
    return Promise.resolve({
      length: this.bytes.length,
      read: (from: number, to: number) => Promise.resolve(this.bytes.subarray(from, to)),
      append: (bytes: Uint8Array) => this.#append(bytes),
      close: () => Promise.resolve(),
    })
  }

  letGo(): void {
    this.trouble = "none"
    this.#letGo()
  }

  async #append(bytes: Uint8Array): Promise<void> {
    if (this.trouble === "full") throw Object.assign(new Error("no space"), { code: "ENOSPC" })
    if (this.trouble === "gone") throw Object.assign(new Error("no device"), { code: "EIO" })
    if (this.trouble === "slow") await new Promise<void>((resolve) => (this.#letGo = resolve))
    this.bytes = Buffer.concat([this.bytes, bytes])
  }

  traces(): string[] {
    const lines = this.bytes.toString("utf8").split("\n").slice(0, -1)
    return lines.flatMap((line) => parseLine(Buffer.from(line))?.content ?? [])
  }
}

const second = new Second()
let desk: Desk
let lane: MirrorLane
let app: FastifyInstance
let clerk: TestStaff
let order: Order

beforeAll(async () => {
  const opened = await openDesk()
  const { open, house } = opened.test
  lane = new MirrorLane({
    store: second,
    clock: Date.now,
    changed: () => undefined,
    patience: 300,
    retryEvery: 50,
  })
  await lane.start()
  const spine = { ...house.spine, second: lane }
  app = await createApp(
    { ...open, house: { ...house, spine } },
    {
      log: openLog(join(house.data, "second.log")),
      web: undefined,
      setup: undefined,
      origin: undefined,
      requestsPerMinute: 1e9,
    },
  )
  desk = { ...opened, test: { ...opened.test, app } }
  clerk = await hire(desk, "clerk")
  order = await openOrder(desk, clerk)
})
afterAll(async () => {
  await lane.close()
  await desk.test.close()
})
beforeEach(async () => {
  second.letGo()
  while (!lane.state.isUp) await sleep(20)
})

async function looksInTable(): Promise<number> {
  const traces = await tracesOf(desk)
  return traces.filter(({ act, outcome }) => act === "use.look" && outcome === "done").length
}
const looksInMirror = () => second.traces().filter((content) => content.includes('"use.look"')).length

async function masked(): Promise<void> {
  expect((await read(desk, clerk, "/owners?limit=10")).status).toBe(200)
  const { status, body } = await read(desk, clerk, `/orders/${order.orderId}`)
  expect(status).toBe(200)
  expect(body["text"]).toBeNull()
  expect(body["lookRefusal"]).toBe("mirror.down")
}

describe("plain text", () => {
  test("leaves after its trace is in the mirror and in the table", async () => {
    const before = looksInMirror()
    const { status, body } = await lookAt(desk, clerk, order)
    expect(status).toBe(200)
    expect(body["values"]).toHaveLength(1)
    expect(looksInMirror()).toBe(before + 1)
  })

  test.each(["full", "gone"] as const)(
    "is refused while the mirror is %s, masked pages go on, and it comes back by itself",
    async (trouble) => {
      second.trouble = trouble
      const first = await lookAt(desk, clerk, order)
      expect([first.status, first.body["code"]]).toEqual([503, "mirror.down"])
      expect(first.text).not.toMatch(/139\d{8}/)
      // A pulled disk first fails, then is not there.
      const reason = trouble === "full" ? "full" : "absent"
      await expect.poll(() => lane.state.reason, { timeout: 5_000 }).toBe(reason)
      expect((await lookAt(desk, clerk, order)).body["facts"]).toEqual({ reason })
      await masked()
      second.letGo()
      await expect.poll(async () => (await lookAt(desk, clerk, order)).status, { timeout: 5_000 }).toBe(200)
      expect((await read(desk, clerk, `/orders/${order.orderId}`)).body["text"]).not.toBeNull()
    },
  )

  test("is refused when the mirror takes too long, and what was written late is there", async () => {
    const before = looksInMirror()
    second.trouble = "slow"
    const late = await lookAt(desk, clerk, order)
    expect([late.status, late.body["code"]]).toEqual([503, "mirror.down"])
    await masked()
    second.letGo()
    await expect.poll(() => lane.state.isUp, { timeout: 5_000 }).toBe(true)
    expect((await lookAt(desk, clerk, order)).status).toBe(200)
    expect(looksInMirror()).toBe(before + 2)
  })

  test("was never shown without its trace in both places", async () => {
    // Refused ones are there too, at most in one place: the mirror or the table, whichever was quicker.
    const shown = 4
    expect(looksInMirror()).toBeGreaterThanOrEqual(shown)
    expect(await looksInTable()).toBeGreaterThanOrEqual(shown)
  })
})
