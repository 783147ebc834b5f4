/** Clause 3.12: under a clock that was set back no plain text is shown, until it is right or somebody at the machine accepts it. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { clockTolerance } from "../../src/ledger/clock-rule.ts"
import { localHeader, readLocalToken } from "../../src/vault/local-token.ts"
import { appoint, send, startHouse, type TestHouse, type TestStaff } from "../house.ts"
import { type Desk, furnish, hire, lookAt, type Order, openOrder, read } from "../orders.ts"

const hour = 3_600_000
let house: TestHouse
let desk: Desk
let clerk: TestStaff
let auditor: TestStaff
let order: Order

beforeAll(async () => {
  house = await startHouse(undefined, undefined, { clockTolerance })
  desk = await furnish(house, 1)
  clerk = await hire(desk, "clerk")
  auditor = await appoint(house, { community: desk.community, post: "auditor" })
  order = await openOrder(desk, clerk)
})
beforeEach(() => {
  house.time.ahead = 0
})
afterAll(() => house.close())

const behind = () => house.house.ledger.clockGuard.stop?.behind ?? 0
const newest = () => house.house.ledger.clockGuard.newest
const look = async () => {
  const { status, body, text } = await lookAt(desk, clerk, order)
  expect(status === 200 || !/139\d{8}/.test(text)).toBe(true)
  return [status, body["code"]]
}
const accept = (token: string, now = Date.now() + house.time.ahead) =>
  send(house, "POST /api/local/ledger/clock", {
    headers: { [localHeader]: token },
    body: { now: new Date(now).toISOString() },
  })
const told = async () => (await read(desk, auditor, "/ledger")).body

test("plain text is refused, with what and since when; masked work goes on; it comes back by itself", async () => {
  const before = Date.now()
  expect(await look()).toEqual([200, undefined])
  expect(await told()).toMatchObject({ clock: null })
  house.time.ahead -= hour
  // Until the look's trace is in the log.
  await expect.poll(behind, { timeout: 10_000 }).toBeGreaterThan(hour - 10_000)
  expect(await look()).toEqual([503, "ledger.clock_back"])
  const { clock, publisher } = await told()
  expect(publisher).toMatchObject({ state: "running" })
  expect(clock).toMatchObject({ behindSeconds: expect.closeTo(3600, -2) })
  expect(Math.abs(Date.parse(z.object({ since: z.string() }).parse(clock).since) - before)).toBeLessThan(
    30_000,
  )
  expect((await send(house, "GET /readyz")).body).toMatchObject({ status: "ready", clock: "back" })
  const { text } = await send(house, "GET /metrics")
  expect(text).toMatch(/^hudun_clock_behind_seconds 3[56]\d\d(\.\d+)?$/m)
  house.time.ahead += hour
  expect(await look()).toEqual([200, undefined])
  expect((await send(house, "GET /readyz")).body).toMatchObject({ clock: "right" })
})

test("masked work goes on, and the order is shown without its text and says why", async () => {
  house.time.ahead -= hour
  await expect.poll(behind, { timeout: 10_000 }).toBeGreaterThan(hour - 30_000)
  expect((await read(desk, clerk, "/owners?limit=10")).status).toBe(200)
  const { status, body } = await read(desk, clerk, `/orders/${order.orderId}`)
  expect([status, body["text"], body["lookRefusal"]]).toEqual([200, null, "ledger.clock_back"])
})

test("what clocks are slewed or stepped by changes nothing", async () => {
  house.time.ahead += 40_000
  expect(await look()).toEqual([200, undefined])
  await expect.poll(() => newest() - Date.now(), { timeout: 10_000 }).toBeGreaterThan(20_000)
  house.time.ahead -= 30_000
  expect(await look()).toEqual([200, undefined])
})

test.each([
  ["zh-CN", /服务器时钟.*慢 \d+ 秒，自 \d{4}-\d\d-\d\d \d\d:\d\d 起/],
  ["en", /clock is behind.*by \d+ s, since \d{4}-\d\d-\d\d \d\d:\d\d\)/],
])("the refusal says by how much, since when and what to do, in %s", async (language, sentence) => {
  house.time.ahead -= hour
  await expect.poll(behind, { timeout: 10_000 }).toBeGreaterThan(hour - 60_000)
  const { body } = await send(
    house,
    `POST /api/communities/${desk.community.communityId}/uses/${order.useId}/look`,
    { as: clerk, body: { field: "phone" }, headers: { "accept-language": language } },
  )
  expect(body["title"]).toMatch(sentence)
})

test("a clock that had run ahead is accepted at the machine only, and only when it is right; then a look is shown again", async () => {
  house.time.ahead += hour
  expect(await look()).toEqual([200, undefined])
  house.time.ahead -= hour
  await expect.poll(behind, { timeout: 10_000 }).toBeGreaterThan(hour / 2)
  expect(await look()).toEqual([503, "ledger.clock_back"])
  const token = await readLocalToken(house.database.data)
  expect((await accept("0".repeat(64))).body).toMatchObject({ code: "session.none" })
  const wrong = await accept(token, Date.now() + 2 * clockTolerance)
  expect([wrong.status, wrong.body["code"]]).toEqual([409, "ledger.clock_wrong"])
  expect(await look()).toEqual([503, "ledger.clock_back"])
  expect((await accept(token)).status).toBe(200)
  await expect.poll(behind, { timeout: 10_000 }).toBe(0)
  expect(await look()).toEqual([200, undefined])
})
