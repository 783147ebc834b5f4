/** Clause 3.11: an object store with object lock as the second place; away, full or slow it holds back plain text and nothing is missing after. */

import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { folderOf } from "../../src/ledger/log-name.ts"
import { parseLine } from "../../src/ledger/mirror-line.ts"
import { MirrorS3 } from "../../src/ledger/mirror-s3.ts"
import { parseS3 } from "../../src/ledger/mirror-setting.ts"
import { S3Client } from "../../src/ledger/s3-client.ts"
import { startHouse, type TestStaff } from "../house.ts"
import { S3Server } from "../ledger-faults/s3-server.ts"
import { type Desk, furnish, hire, lookAt, type Order, openOrder, read } from "../orders.ts"

const account = { id: "TESTID", secret: "test/secret+key", bucket: "traces" }
const day = 86_400_000
let store: S3Server
let port = 0
let folder = ""
let desk: Desk
let clerk: TestStaff
let order: Order
let shown = 0

beforeAll(async () => {
  store = new S3Server(account)
  port = await store.listen()
  folder = await mkdtemp(join(tmpdir(), "hudun-s3-"))
  await writeFile(join(folder, "secret"), `${account.id}:${account.secret}\n`)
  const house = await startHouse(() => ({
    HUDUN_MIRROR: `s3+http://127.0.0.1:${port}/traces/house/one`,
    HUDUN_MIRROR_SECRET_FILE: join(folder, "secret"),
    HUDUN_MIRROR_LOCK_DAYS: "30",
  }))
  desk = await furnish(house, 1)
  clerk = await hire(desk, "clerk")
  order = await openOrder(desk, clerk)
})
afterAll(async () => {
  await desk.test.close()
  await store.unplug()
  await rm(folder, { recursive: true, force: true })
})

const ledger = () => desk.test.house.ledger

async function untilUp(): Promise<void> {
  await expect.poll(() => ledger().mirror.state.isUp, { timeout: 20_000 }).toBe(true)
}
beforeEach(untilUp)

const linesOf = (file: string) =>
  store
    .file(`house/one/${file}`)
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => parseLine(Buffer.from(line)))

const looksInStore = () =>
  store
    .files()
    .filter((name) => name.includes("/looks-"))
    .flatMap((name) => linesOf(name.slice("house/one/".length)))
    .filter((line) => line?.content?.includes('"use.look"')).length

async function look(): Promise<number> {
  const { status } = await lookAt(desk, clerk, order)
  if (status === 200) shown += 1
  return status
}

async function masked(): Promise<void> {
  expect((await read(desk, clerk, "/owners?limit=10")).status).toBe(200)
  const { status, body } = await read(desk, clerk, `/orders/${order.orderId}`)
  expect([status, body["text"], body["lookRefusal"]]).toEqual([200, null, "mirror.down"])
}

describe("plain text", () => {
  test("leaves after its trace is a locked object", async () => {
    expect(await look()).toBe(200)
    expect(looksInStore()).toBe(1)
    const names = store.files().filter((name) => name.includes("/looks-"))
    const [first = ""] = names.map((name) => `${name}/${"0".repeat(16)}`)
    expect(store.lockOf(first)).toBeGreaterThan(Date.now() + 29 * day)
    expect(store.refused.filter((code) => code !== "NoSuchKey")).toEqual([])
  })

  test.each([
    ["full", "full"],
    ["busy", "slow"],
    ["slow", "slow"],
    ["done_and_failed", "failed"],
  ] as const)(
    "is refused while the store is %s; masked work goes on; it comes back by itself",
    async (trouble, reason) => {
      store.trouble = trouble
      const { status, body, text } = await lookAt(desk, clerk, order)
      expect([status, body["code"]]).toEqual([503, "mirror.down"])
      expect(text).not.toMatch(/139\d{8}/)
      await expect.poll(() => ledger().mirror.state.reason, { timeout: 15_000 }).toBe(reason)
      await masked()
      store.trouble = "none"
      await untilUp()
      expect(await look()).toBe(200)
    },
  )

  test("is refused while the store is unplugged, and comes back by itself", async () => {
    await store.unplug()
    expect((await lookAt(desk, clerk, order)).status).toBe(503)
    await expect.poll(() => ledger().mirror.state.reason, { timeout: 15_000 }).toBe("absent")
    await masked()
    // What was done meanwhile waits for it.
    await expect.poll(() => ledger().follower.lag, { timeout: 15_000 }).toBeGreaterThan(0)
    await store.listen(port)
    await untilUp()
    expect(await look()).toBe(200)
  })
})

test("after all that every shown look and every trace of the log is there, in order, and nothing was written over", async () => {
  const { publisher, follower } = ledger()
  await expect.poll(() => follower.behind, { timeout: 30_000 }).toBe(0)
  await sleep(600)
  await expect.poll(() => follower.behind, { timeout: 30_000 }).toBe(0)
  expect(follower.lag).toBe(0)
  expect(looksInStore()).toBeGreaterThanOrEqual(shown)
  for (const { log, size } of publisher.logs?.writers.values() ?? []) {
    const lines = linesOf(`log-${folderOf(log.origin)}`)
    expect(lines).not.toContain(undefined)
    expect([...new Set(lines.flatMap((line) => line?.index ?? []))]).toEqual(
      Array.from({ length: size }, (_, at) => at),
    )
    if (size > 0) expect(lines.at(-1)?.checkpoint).toContain(`\n${size}\n`)
  }
  expect(store.overwritten()).toEqual([])
})

describe("the store", () => {
  const mirrorAt = (prefix: string, known: { name?: string } = {}) =>
    new MirrorS3(
      new S3Client({
        setting: parseS3(`s3+http://127.0.0.1:${port}/traces/${prefix}`, {
          secretFile: join(folder, "secret"),
          caFile: undefined,
          lockDays: 30,
        }),
        clock: Date.now,
      }),
      {
        read: () => Promise.resolve(known.name),
        write(name) {
          known.name = name
          return Promise.resolve()
        },
      },
    )

  test("gives back every byte, from wherever it is asked", async () => {
    const mirror = mirrorAt("bytes")
    const file = await mirror.open("f")
    const written: Buffer[] = []
    for (let at = 0; at < 40; at++) {
      const piece = Buffer.from(`${at} ${"x".repeat((at * 7919) % 3_000)}\n`)
      await file.append(piece)
      written.push(piece)
    }
    const all = Buffer.concat(written)
    const again = await mirror.open("f")
    expect(again.length).toBe(all.length)
    for (const [from, to] of [
      [0, 1],
      [0, all.length],
      [17, 5_000],
      [all.length - 100, all.length],
    ] as const)
      expect(Buffer.compare(await again.read(from, to), all.subarray(from, to))).toBe(0)
    expect(Buffer.compare(await again.read(all.length - 1, all.length + 10), all.subarray(-1))).toBe(0)
  })

  test("lets only one of two writers go on from the same place", async () => {
    const mirror = mirrorAt("two")
    const [one, other] = [await mirror.open("f"), await mirror.open("f")]
    await one.append(Buffer.from("one\n"))
    await expect(other.append(Buffer.from("other\n"))).rejects.toThrow("412")
    const again = await mirror.open("f")
    await again.append(Buffer.from("again\n"))
    expect(Buffer.from(await again.read(0, 10)).toString()).toBe("one\nagain\n")
  })

  test("keeps what is locked, although somebody deletes it with the account's secret", async () => {
    const mirror = mirrorAt("kept")
    const file = await mirror.open("f")
    await file.append(Buffer.from("one\n"))
    await file.append(Buffer.from("two\n"))
    const name = "kept/f/0000000000000000"
    const [version] = store.versionsOf(name)
    expect(store.delete(name, version?.id)).toBe(403)
    expect(store.delete(name)).toBe(204)
    const again = await mirror.open("f")
    await expect(again.read(0, 8)).resolves.not.toContain("one")
    const mark = store.versionsOf(name).at(-1)
    expect(store.delete(name, mark?.id)).toBe(204)
    expect(Buffer.from(await (await mirror.open("f")).read(0, 8)).toString()).toBe("one\ntwo\n")
  })

  test("is no second place when it does not lock, is another one, or was emptied", async () => {
    store.isLocking = false
    await expect(mirrorAt("open").open("f")).rejects.toThrow("mirror is unlocked")
    store.isLocking = true
    await mirrorAt("mine").open("f")
    await expect(mirrorAt("mine", { name: "other" }).open("f")).rejects.toThrow("mirror is other")
    await expect(mirrorAt("empty", { name: "other" }).open("f")).rejects.toThrow("mirror is absent")
  })

  test("refuses a wrong secret and another bucket", async () => {
    await writeFile(join(folder, "wrong"), "TESTID:guess")
    const access = { caFile: undefined, lockDays: 30 }
    const client = (bucket: string, secret: string) =>
      new S3Client({
        setting: parseS3(`s3+http://127.0.0.1:${port}/${bucket}`, {
          ...access,
          secretFile: join(folder, secret),
        }),
        clock: Date.now,
      })
    for (const [bucket, secret, status] of [
      ["traces", "wrong", "403"],
      ["other", "secret", "404"],
    ] as const) {
      const asked = client(bucket, secret)
      await asked.open()
      await expect(asked.get("x")).rejects.toThrow(status)
    }
  })
})
