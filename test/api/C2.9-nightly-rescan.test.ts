/** Clause 2.9: stored free text is gone through again, because what the guard knows changes; an officer decides on what it finds. */

import { randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { act } from "../../src/ledger/spine.ts"
import { rewordRecord } from "../../src/lifecycle/store/reword.ts"
import { TextScanner } from "../../src/lifecycle/text/jobs.ts"
import { beginScan, scanBatch, scannerHand } from "../../src/lifecycle/text/scan.ts"
import { type Reply, send, type TestStaff } from "../house.ts"
import {
  at,
  close,
  type Desk,
  done,
  hire,
  lookAt,
  type Matter,
  type Order,
  openDesk,
  openOrder,
  sql,
  tracesOf,
} from "../orders.ts"
import { openSecond } from "../second-house.ts"

const phone = "13900007654"
const day = 86_400_000

let desk: Desk
let officer: TestStaff
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  officer = await hire(desk, "privacy_officer")
  clerk = await hire(desk, "clerk", ["1"])
})
afterAll(() => desk.test.close())

const get = (path: string, as = officer) => send(desk.test, `GET ${at(desk, path)}`, { as })
const post = (path: string, body: object, as = officer) =>
  send(desk.test, `POST ${at(desk, path)}`, { as, body })

interface Finding {
  findingId: string
  kind: string
  count: number
  field: string
  state: string
  order: { orderId: string; number: string }
}

/** An order whose text was taken in before the guard knew what it holds. */
async function olderOrder(text: string, matter: Matter = {}): Promise<Order> {
  const order = await openOrder(desk, clerk, matter)
  const [row] = await sql<{ subject_id: string }>(
    desk,
    "select distinct g.subject_id from app.use_grant g join app.work_order o using (community_id, use_id) where o.order_id = $1 and g.subject_id is distinct from o.person_id",
    [order.orderId],
  )
  const actor = scannerHand(desk.community)
  await act(desk.test.house.spine, actor, async (command) => {
    const change = (facts: object) => ({ facts: { ...facts, repair: text } })
    const id = { subjectId: row?.subject_id ?? "", class: "service" }
    await rewordRecord({ house: desk.test.house, actor, command }, { ...id, change })
    command.trace({ act: "test.reword", clause: "2.9" })
  })
  return order
}

async function scanNow(): Promise<{ scanned: number; total: number; found: number }> {
  const scanId = randomUUID()
  done(await post("/text-scans", { scanId }))
  for (let tries = 0; tries < 200; tries += 1) {
    const scans = list<{ scanId: string; state: string; scanned: number; total: number; found: number }>(
      await get("/text-scans"),
      "scans",
    )
    const scan = scans.find((one) => one.scanId === scanId)
    if (scan?.state === "done") return scan
    await sleep(20)
  }
  throw new Error("the scan did not end")
}

function list<Row>(reply: Reply, name: string): Row[] {
  const rows: unknown = JSON.parse(done(reply).text)[name]
  return Array.isArray(rows) ? rows : []
}

const findings = async (order: Order) =>
  list<Finding>(await get("/text-findings?limit=100"), "findings").filter(
    (one) => one.order.orderId === order.orderId,
  )

async function onlyFinding(order: Order): Promise<Finding> {
  const [finding, ...more] = await findings(order)
  if (finding === undefined || more.length > 0) throw new Error("not one finding")
  return finding
}

const textOf = async (order: Order) => String((await get(`/orders/${order.orderId}`, clerk)).body["text"])

describe("a scan by hand", () => {
  it("finds what older texts hold, and says kind, number and record, never the words", async () => {
    const order = await olderOrder(`漏水，打${phone}或13900001234，门锁密码123456`)
    const clean = await openOrder(desk, clerk)
    expect(await scanNow()).toMatchObject({ found: 2 })
    const reply = await get("/text-findings?limit=100")
    expect(reply.text).not.toContain(phone)
    expect(await findings(order)).toMatchObject([
      { kind: expect.any(String), field: "repair", state: "open" },
      { kind: expect.any(String), field: "repair", state: "open" },
    ])
    const counts = (await findings(order)).map(({ kind, count }) => `${kind} ${count}`)
    expect(counts.toSorted()).toEqual(["door_code 1", "phone 2"])
    expect(await findings(clean)).toEqual([])
  })

  it("does not report twice what waits for a decision", async () => {
    expect(await scanNow()).toMatchObject({ found: 0 })
  })

  it("leaves alone what a writer kept for a reason", async () => {
    const order = await openOrder(desk, clerk, { text: `漏水，打${phone}` })
    expect(await scanNow()).toMatchObject({ found: 0 })
    expect(await findings(order)).toEqual([])
  })

  it("is refused while another is under way; with the same id it changes nothing", async () => {
    const first = { scanId: randomUUID() }
    await beginScan(desk.test.house, scannerHand(desk.community), { ...first, occasion: "nightly" })
    expect((await post("/text-scans", { scanId: randomUUID() })).body["code"]).toBe("text.scan_running")
    expect((await post("/text-scans", first)).status).toBe(200)
    while (await scanBatch(desk.test.house, desk.community)) await sleep(1)
  })

  it("is the officer's: an auditor reads the findings and starts none, a manager neither, a clerk sees nothing", async () => {
    const auditor = await hire(desk, "auditor")
    expect((await get("/text-findings", auditor)).status).toBe(200)
    expect((await post("/text-scans", { scanId: randomUUID() }, auditor)).status).toBe(403)
    expect((await post("/text-scans", { scanId: randomUUID() }, desk.manager)).status).toBe(403)
    expect((await get("/text-findings", clerk)).status).toBe(403)
  })
})

describe("a scan that is killed", () => {
  it("goes on behind its last batch in another process, and finds nothing twice", async () => {
    const order = await olderOrder(`邻居电话${phone}`)
    const scanId = randomUUID()
    await beginScan(desk.test.house, scannerHand(desk.community), { scanId, occasion: "by_hand" }).catch(
      () => undefined,
    )
    // By hand needs somebody: the server itself may only begin the night's.
    expect(await sql(desk, "select from app.text_scan where scan_id = $1", [scanId])).toEqual([])
    await sql(
      desk,
      "insert into app.text_scan (community_id, scan_id, occasion, day, total, by_staff, by_post, at) values ($1, $2, 'by_hand', current_date, 9, $3, 'privacy_officer', now())",
      [desk.community.communityId, scanId, officer.staffId],
    )
    expect(await scanBatch(desk.test.house, desk.community, 2)).toBe(true)
    const [half] = await steps(scanId)
    expect(half).toMatchObject({ scanned: 2, is_last: false })
    const second = await openSecond(desk.test)
    await ended(scanId)
    await second.close()
    const all = await steps(scanId)
    const [records] = await sql<{ count: number }>(
      desk,
      "select count(*)::int as count from app.record where class = 'service' or masks ?| '{pet,parcel}'",
    )
    expect(all.at(-1)).toMatchObject({ scanned: records?.count, is_last: true })
    expect(await findings(order)).toHaveLength(1)
  })

  const steps = (scanId: string) =>
    sql<{ scanned: number; is_last: boolean }>(
      desk,
      "select scanned, is_last from app.text_scan_step where scan_id = $1 order by step",
      [scanId],
    )
  async function ended(scanId: string): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await steps(scanId)).at(-1)?.is_last) return
      await sleep(20)
    }
    throw new Error("the scan did not go on")
  }
})

describe("a night", () => {
  it("brings one scan, and only one, whatever process looks at the clock", async () => {
    const scanner = new TextScanner(desk.test.house)
    const nightly = () =>
      sql(desk, "select day from app.text_scan where occasion = 'nightly' and day > current_date + 1")
    // Five in the morning of the house's zone, two days on.
    const now = desk.test.house.spine.clock()
    const morning = Math.floor((now + 3 * day) / day) * day - 3 * 3_600_000
    desk.test.time.ahead += morning - now
    await Promise.all([scanner.round(), new TextScanner(desk.test.house).round()])
    await scanner.round()
    expect(await nightly()).toHaveLength(1)
    desk.test.time.ahead -= morning - now
    await scanner.close()
  })
})

describe("a decision", () => {
  it("shows where it stands, masked, as a look that is traced", async () => {
    const order = await olderOrder(`水管漏水请打${phone}找王先生家`)
    await scanNow()
    const [finding] = (await findings(order)).filter(({ kind }) => kind === "phone")
    const reply = done(await get(`/text-findings/${finding?.findingId}/glimpse`))
    expect(reply.text).not.toContain(phone)
    expect(reply.body["words"]).toContain("请打139****7654")
    expect(await tracesOf(desk)).toContainEqual(
      expect.objectContaining({ act: "text.glimpse", actor: officer.staffId, fields: ["phone"] }),
    )
  })

  it("masks it in the stored text, once", async () => {
    const order = await olderOrder(`门坏了，联系${phone}`)
    await scanNow()
    const { findingId } = await onlyFinding(order)
    const path = `/text-findings/${findingId}/ruling`
    expect((await post(path, { verdict: "mask" })).body).toMatchObject({ state: "masked" })
    expect(await textOf(order)).toBe("门坏了，联系139****7654")
    expect((await post(path, { verdict: "mask" })).body["code"]).toBe("text.ruled_on")
    expect(await scanNow()).toMatchObject({ found: 0 })
  })

  it("moves it into its field, which whoever has the order may then look at", async () => {
    const order = await olderOrder(`门坏了，联系${phone}`)
    await scanNow()
    const { findingId } = await onlyFinding(order)
    expect((await lookAt(desk, clerk, order, "phone")).body["values"]).not.toEqual([phone])
    expect((await post(`/text-findings/${findingId}/ruling`, { verdict: "move" })).body).toMatchObject({
      state: "moved",
    })
    expect(await textOf(order)).toBe("门坏了，联系139****7654")
    const looked = await lookAt(desk, clerk, order, "phone")
    expect(looked.body["values"]).toEqual([phone])
  })

  it("does not move what has no field, or into an order that is closed or has one", async () => {
    const withCode = await olderOrder("门锁密码246810")
    const shut = await olderOrder(`打${phone}`)
    const filled = await olderOrder(`打${phone}`, { phone: "13900001111" })
    done(await close(desk, clerk, shut))
    await scanNow()
    for (const [order, why] of [
      [withCode, "no_field"],
      [shut, "closed"],
    ] as const) {
      const { findingId } = await onlyFinding(order)
      expect((await get(`/text-findings/${findingId}/glimpse`)).body["unmovable"]).toBe(why)
      const reply = await post(`/text-findings/${findingId}/ruling`, { verdict: "move" })
      expect(reply.body["code"]).toBe("text.unmovable")
    }
    const { findingId } = await onlyFinding(filled)
    expect((await get(`/text-findings/${findingId}/glimpse`)).body["unmovable"]).toBe("filled")
    expect((await post(`/text-findings/${findingId}/ruling`, { verdict: "move" })).status).toBe(422)
    expect(await textOf(filled)).toBe(`打${phone}`)
  })

  it("keeps it for a reason, and is not asked again; without one it is refused", async () => {
    const order = await olderOrder(`服务热线02988881234`)
    await scanNow()
    const { findingId } = await onlyFinding(order)
    expect((await post(`/text-findings/${findingId}/ruling`, { verdict: "keep" })).status).toBe(400)
    const kept = await post(`/text-findings/${findingId}/ruling`, {
      verdict: "keep",
      reason: "public_number",
    })
    expect(kept.body).toMatchObject({ state: "kept", reason: "public_number" })
    expect(await scanNow()).toMatchObject({ found: 0 })
    await expect(sql(desk, "delete from app.text_ruling")).rejects.toMatchObject({ code: "HU001" })
  })

  it("is the officer's alone, and leaves its trace; no value is in traces or the server's log", async () => {
    const order = await olderOrder(`打${phone}`)
    await scanNow()
    const { findingId } = await onlyFinding(order)
    const refused = await post(`/text-findings/${findingId}/ruling`, { verdict: "mask" }, clerk)
    expect(refused.status).toBe(403)
    done(await post(`/text-findings/${findingId}/ruling`, { verdict: "mask" }))
    const traces = await tracesOf(desk)
    for (const act of ["text.scan", "text.find", "text.mask", "text.move"])
      expect(traces.map((one) => one.act)).toContain(act)
    expect(JSON.stringify(traces)).not.toContain(phone)
    expect(await readFile(desk.test.log, "utf8")).not.toContain(phone)
    expect(JSON.stringify(await sql(desk, "select * from app.text_finding"))).not.toContain(phone)
  })
})
