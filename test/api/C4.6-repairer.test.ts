/** Clause 4.6: a repairer gets a link bound to the order and to one device; it shows what the visit needs, and dies with the order. */

import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { openCallBridge } from "../../src/platform/call-bridge.ts"
import { type CallBridgeServer, startCallBridge } from "../call-bridge-server.ts"
import { send, type TestStaff } from "../house.ts"
import { formOf } from "../isolation/upload.ts"
import {
  at,
  close,
  type Desk,
  dispatch,
  done,
  furnish,
  hire,
  type Order,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  tracesOf,
} from "../orders.ts"

const day = 86_400_000

let desk: Desk
let clerk: TestStaff
let repairer: TestStaff
let mate: TestStaff
let order: Order

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  repairer = await hire(desk, "repairer")
  mate = await hire(desk, "repairer")
})
beforeEach(async () => {
  order = await openOrder(desk, clerk)
  done(await dispatch(desk, clerk, order, repairer))
})
afterAll(() => desk.test.close())

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly text: string
  readonly device: string | undefined
}

async function ask(of: Desk, path: string, body: object, device?: string): Promise<Answer> {
  const reply = await of.test.app.inject({
    method: "POST",
    url: `/api/visit${path}`,
    payload: body,
    ...(device === undefined ? {} : { cookies: { hudun_visit: device } }),
  })
  const set = reply.cookies.find(({ name }) => name === "hudun_visit")
  return { status: reply.statusCode, body: reply.json(), text: reply.body, device: set?.value }
}

async function linkOf(of: Desk, one: Order, as = clerk, body: object = {}): Promise<string> {
  const reply = await send(of.test, `POST ${at(of, `/orders/${one.orderId}/visit`)}`, { as, body })
  return String(done(reply).body["link"])
}

const enter = (link: string, device?: string) => ask(desk, "", { link }, device)
const placeOf = ({ body }: Answer) => `/${String(body["communityId"])}/${String(body["linkId"])}`
const incidents = () => read(desk, desk.manager, "/incidents").then(({ body }) => body["incidents"])

describe("a repairer's link", () => {
  it("shows place, matter and a masked name, and the phone for thirty seconds, without a log-in", async () => {
    const link = await linkOf(desk, order)
    const page = await enter(link)
    const { phone, name } = resident(desk, "1")
    expect(page.body).toMatchObject({ kind: "repair", text: "厨房水龙头漏水", contact: "look", photos: 0 })
    expect(page.text).not.toContain(phone)
    expect(page.text).not.toContain(name)
    const shown = await ask(desk, `${placeOf(page)}/look`, {}, page.device)
    expect(shown.body).toEqual({ values: [phone], seconds: 30 })
    const trace = (await tracesOf(desk)).at(-1)
    expect(trace).toMatchObject({
      act: "use.look",
      actor: repairer.staffId,
      post: "repairer",
      use_id: order.useId,
      fields: ["phone"],
    })
  })

  it("holds its secret behind the #, and the database only a hash of it", async () => {
    const link = await linkOf(desk, order)
    const secret = link.split(".")[2] ?? ""
    expect(secret).toMatch(/^[\w-]{32}$/)
    const rows = await sql<{ row: string }>(desk, "select to_jsonb(l)::text as row from app.visit_link l")
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ row }) => row.includes(secret))).toBe(false)
  })

  it("opens again on its own device, and on another one not, which raises an incident once", async () => {
    const link = await linkOf(desk, order)
    const first = await enter(link)
    expect((await enter(link, first.device)).status).toBe(200)
    const before = await incidents()
    const other = await enter(link)
    expect(other).toMatchObject({ status: 403, body: { code: "visit.other_device" } })
    const stranger = "A".repeat(43)
    expect((await enter(link, stranger)).status).toBe(403)
    expect((await enter(link, stranger)).status).toBe(403)
    const after = await incidents()
    expect([before, after].map((list) => (Array.isArray(list) ? list.length : -1))).toEqual([0, 2])
    expect(after).toMatchObject([{ kind: "other_device", orderId: order.orderId }, {}])
    expect(
      (await tracesOf(desk)).filter(({ act, outcome }) => act === "visit.open" && outcome === "refused"),
    ).toHaveLength(3)
    expect((await enter(link, first.device)).status).toBe(200)
  })

  it("is opened by one of twenty devices that come at the same moment", async () => {
    const link = await linkOf(desk, order)
    const all = await Promise.all(Array.from({ length: 20 }, () => enter(link)))
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 403),
    ])
  })

  it("is nothing to a device that does not hold it: unknown, wrong and foreign are one answer", async () => {
    const page = await enter(await linkOf(desk, order))
    const [community = "", id = "", secret = ""] = (await linkOf(desk, order)).split(".")
    const wrong = [
      await enter(`${community}.${id}.${"x".repeat(32)}`),
      await enter(`${community}.00000000-0000-4000-8000-000000000000.${secret}`),
      await enter(`999.${id}.${secret}`),
      await enter("nonsense"),
      await ask(desk, `${placeOf(page)}/look`, {}),
      await ask(desk, `${placeOf(page)}/look`, {}, "B".repeat(43)),
      await ask(desk, `/999/${id}/look`, {}, page.device),
    ]
    expect(new Set(wrong.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(wrong[0]).toMatchObject({ status: 410, body: { code: "visit.dead" } })
  })
})

describe("a link ends", () => {
  const isDead = async (link: string, page: Answer) => {
    expect(page.status).toBe(200)
    expect(await enter(link, page.device)).toMatchObject({ status: 410, body: { code: "visit.dead" } })
    expect(await ask(desk, `${placeOf(page)}/look`, {}, page.device)).toMatchObject({ status: 410 })
  }
  let link: string
  let page: Answer
  beforeEach(async () => {
    link = await linkOf(desk, order)
    page = await enter(link)
  })

  it("when the repairer says he is finished: the order is closed and the use archived", async () => {
    const finished = await ask(desk, `${placeOf(page)}/finish`, {}, page.device)
    expect(finished.body).toEqual({ done: true })
    await isDead(link, page)
    const use = await read(desk, desk.manager, `/uses/${order.useId}`)
    expect(use.body).toMatchObject({ archived: { by: { staffId: repairer.staffId } } })
  })

  it("when the desk closes the order", async () => {
    done(await close(desk, clerk, order))
    await isDead(link, page)
  })

  it("when the order is handed to somebody else", async () => {
    done(await dispatch(desk, clerk, order, mate))
    await isDead(link, page)
  })

  it("when a new one is made", async () => {
    const next = await linkOf(desk, order)
    await isDead(link, page)
    expect((await enter(next, page.device)).status).toBe(200)
  })

  it("when the repairer leaves", async () => {
    await sql(desk, "update app.staff set left_at = now() where staff_id = $1", [repairer.staffId])
    await isDead(link, page)
    await sql(desk, "update app.staff set left_at = null where staff_id = $1", [repairer.staffId])
    expect((await enter(link, page.device)).status).toBe(200)
  })

  it("after a week", async () => {
    desk.test.time.ahead += 7 * day + 1
    await isDead(link, page)
    desk.test.time.ahead -= 7 * day + 1
  })
})

describe("making a link", () => {
  const make = (as: TestStaff, of = order, body: object = {}) =>
    send(desk.test, `POST ${at(desk, `/orders/${of.orderId}/visit`)}`, { as, body })

  it("is for the desk within its reach, and for an order that is with a repairer", async () => {
    const elsewhere = await hire(desk, "clerk", ["2"])
    expect(await make(elsewhere)).toMatchObject({ status: 404, body: { code: "thing.absent" } })
    expect(await make(repairer)).toMatchObject({ status: 403, body: { code: "post.not_allowed" } })
    const open = await openOrder(desk, clerk)
    expect(await make(clerk, open)).toMatchObject({ status: 409, body: { code: "visit.no_repairer" } })
    done(await close(desk, clerk, open))
    expect(await make(clerk, open)).toMatchObject({ status: 409, body: { code: "order.closed" } })
  })

  it("takes a time for the visit that begins before it ends", async () => {
    const window = { from: "2026-12-01T01:00:00.000Z", until: "2026-12-01T03:00:00.000Z" }
    const page = await enter(await linkOf(desk, order, clerk, { window }))
    expect(page.body["window"]).toEqual(window)
    expect(await make(clerk, order, { window: { from: window.until, until: window.from } })).toMatchObject({
      status: 400,
    })
  })
})

/** A JPEG of one grey pixel with an EXIF segment that names a place, and a comment. */
function photoWithPlace(): Buffer {
  const pixel = Buffer.from(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
    "base64",
  )
  const exif = Buffer.concat([
    Buffer.from([0xff, 0xe1, 0, 40]),
    Buffer.from("Exif\0\0GPS 39.9042N 116.4074E iPhone 99".padEnd(38)),
  ])
  const comment = Buffer.concat([
    Buffer.from([0xff, 0xfe, 0, 20]),
    Buffer.from("taken by somebody".padEnd(18)),
  ])
  return Buffer.concat([
    pixel.subarray(0, 20),
    exif,
    comment,
    pixel.subarray(20),
    Buffer.from([0xff, 0xd9]),
    Buffer.from("trailing film"),
  ])
}

describe("photos of the work", () => {
  const add = (page: Answer, bytes: Buffer) => {
    const { type, payload } = formOf(bytes, "photo.jpg")
    return desk.test.app.inject({
      method: "POST",
      url: `/api/visit${placeOf(page)}/photos`,
      headers: { "content-type": type },
      cookies: { hudun_visit: page.device ?? "" },
      payload,
    })
  }

  it("lose place, time and device before they are stored, and are sealed", async () => {
    const page = await enter(await linkOf(desk, order))
    const added = await add(page, photoWithPlace())
    expect(added.json()).toEqual({ photos: 1, removed: 3 })
    const visit = await read(desk, clerk, `/orders/${order.orderId}/visit`)
    expect(visit.body).toMatchObject({
      photos: [{ removed: 3 }],
      links: [{ otherDevices: 0, isDead: false }],
    })
    const [row] = await sql<{ photo_id: string }>(
      desk,
      "select photo_id from app.visit_photo where order_id = $1",
      [order.orderId],
    )
    const url = at(desk, `/orders/${order.orderId}/photos/${row?.photo_id ?? ""}`)
    const seen = await desk.test.app.inject({ url, cookies: { hudun_session: clerk.cookie } })
    expect(seen.headers["content-type"]).toBe("image/jpeg")
    expect(seen.rawPayload.toString("latin1")).not.toMatch(/GPS|iPhone|somebody|film/)
    expect(seen.rawPayload.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
    const elsewhere = await hire(desk, "clerk", ["2"])
    const foreign = await desk.test.app.inject({ url, cookies: { hudun_session: elsewhere.cookie } })
    expect(foreign.statusCode).toBe(404)
  })

  it("are refused when they are no picture", async () => {
    const page = await enter(await linkOf(desk, order))
    expect((await add(page, Buffer.from("%PDF-1.7"))).json()).toMatchObject({ code: "photo.unknown" })
    expect((await add(page, photoWithPlace().subarray(0, 100))).json()).toMatchObject({
      code: "photo.unknown",
    })
  })
})

describe("a call bridge", () => {
  let bridge: CallBridgeServer
  let other: Desk
  let hand: TestStaff
  beforeAll(async () => {
    bridge = await startCallBridge()
    other = await openDesk(undefined, (data) => {
      const secretFile = join(data, "bridge")
      writeFileSync(secretFile, `${bridge.keyId}:${bridge.secret}\n`)
      return { callBridge: openCallBridge({ url: bridge.url, pool: "FC100", secretFile }, () => Date.now()) }
    })
    hand = await hire(other, "clerk", ["1"])
    await furnish(other.test, 2)
  })
  afterAll(async () => {
    await other.test.close()
    await bridge.stop()
  })

  it("lets the two talk without either learning the other's number, until the order is finished", async () => {
    const fixer = await hire(other, "repairer")
    const one = await openOrder(other, hand)
    done(await dispatch(other, hand, one, fixer))
    const page = await ask(other, "", { link: await linkOf(other, one, hand) })
    expect(page.body["contact"]).toBe("bridge")
    const place = placeOf(page)
    expect(await ask(other, `${place}/look`, {}, page.device)).toMatchObject({
      status: 409,
      body: { code: "visit.call_instead" },
    })
    expect(await ask(other, `${place}/call`, { from: "12" }, page.device)).toMatchObject({ status: 422 })
    const call = await ask(other, `${place}/call`, { from: "13900009999" }, page.device)
    expect(call.body["number"]).toBe("17000000001")
    const { phone } = resident(other, "1")
    expect(call.text).not.toContain(phone)
    expect([...bridge.bindings.values()]).toMatchObject([{ a: "13900009999", b: phone }])
    expect(bridge.addresses.every((address) => address === "/")).toBe(true)
    const kept = await sql<{ row: string }>(other, "select to_jsonb(s)::text as row from app.visit_step s")
    expect(kept.some(({ row }) => row.includes("13900009999") || row.includes(phone))).toBe(false)
    expect((await tracesOf(other)).map(({ act }) => act).slice(-2)).toEqual(["use.look", "visit.call"])
    await ask(other, `${place}/finish`, {}, page.device)
    expect(bridge.bindings.size).toBe(0)
  })

  it("that is full or away is told in plain words, and the page goes on", async () => {
    const fixer = await hire(other, "repairer")
    const one = await openOrder(other, hand)
    done(await dispatch(other, hand, one, fixer))
    const page = await ask(other, "", { link: await linkOf(other, one, hand) })
    for (const [mood, code] of [
      ["full", "bridge.refused"],
      ["away", "bridge.away"],
    ] as const) {
      bridge.mood = mood
      expect(await ask(other, `${placeOf(page)}/call`, { from: "13900009999" }, page.device)).toMatchObject({
        body: { code },
      })
    }
    bridge.mood = "well"
    expect((await ask(other, `${placeOf(page)}/call`, { from: "13900009999" }, page.device)).status).toBe(200)
  })

  it("that is not there is said where one is asked for", async () => {
    const page = await enter(await linkOf(desk, order))
    const reply = await ask(desk, `${placeOf(page)}/call`, { from: "13900009999" }, page.device)
    expect(reply).toMatchObject({ status: 409, body: { code: "bridge.none" } })
  })
})
