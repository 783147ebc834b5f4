/** Clause 2.8: every channel is registered with fields, purposes and somebody who answers; what it does not list is refused there. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { channelCodes } from "../../src/lifecycle/forms/channel.ts"
import { fillIn, hang, register, sendIn } from "../forms.ts"
import { send, type TestStaff } from "../house.ts"
import { formOf, untilState } from "../isolation/upload.ts"
import { at, type Desk, done, hire, openDesk, sql, tracesOf } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk")
  officer = await hire(desk, "privacy_officer")
})
afterAll(() => desk.test.close())

const values = { name: "蒋登记", phone: "13900005151", home: "1栋1单元101", plate: "京F51515" }
const parking = { purpose: "parking", values }
const all = ["name", "title", "phone", "landline", "home", "plate"]

async function channels(): Promise<ReadonlyArray<Record<string, unknown>>> {
  const reply = await send(desk.test, `GET ${at(desk, "/channels")}`, { as: officer })
  const rows: unknown = reply.body["channels"]
  return Array.isArray(rows) ? rows : []
}

async function uploaded(): Promise<{ status: number; body: Record<string, unknown> }> {
  const csv = "楼栋,单元,房号,姓名,手机号,车牌号\n5,1,501,沈导入,13900005252,京G52525"
  const { type, payload } = formOf(Buffer.from(csv), "roster.csv")
  const reply = await desk.test.app.inject({
    method: "POST",
    url: at(desk, "/imports"),
    headers: { "content-type": type },
    cookies: { hudun_session: desk.manager.cookie },
    payload,
  })
  return { status: reply.statusCode, body: reply.json() }
}

describe("the register", () => {
  it("names nine kinds of channel, of which those of the product itself are in use at first", async () => {
    const rows = await channels()
    expect(rows.map((one) => one["channel"])).toEqual([...channelCodes])
    const open = rows.filter((one) => one["state"] === "in_use").map((one) => one["channel"])
    expect(open).toEqual(["desk", "paper", "phone", "import"])
  })

  it("is changed by the privacy officer, with a trace, and by nobody else", async () => {
    const change = { state: "in_use" as const, purposes: ["gate"], fields: ["name", "home"] }
    const reply = done(await register(desk, officer, "gate", change))
    expect(reply.text).toContain('"version":1')
    expect((await tracesOf(desk)).findLast(({ act }) => act.startsWith("channel."))).toMatchObject({
      act: "channel.in_use",
      clause: "2.8",
      actor: officer.staffId,
    })
    for (const as of [clerk, desk.manager]) {
      const body = { version: 1, ...change, responsible: officer.staffId }
      const refused = await send(desk.test, `PUT ${at(desk, "/channels/gate")}`, { as, body })
      expect(refused).toMatchObject({ status: 403, body: { code: "post.not_allowed" } })
    }
  })

  it("lists nothing that no purpose of the channel may take", async () => {
    const reply = await register(desk, officer, "gate", { purposes: ["gate"], fields: ["name", "employer"] })
    expect(reply).toMatchObject({
      status: 422,
      body: { code: "channel.field_forbidden", facts: { field: "employer" } },
    })
    const unknown = await register(desk, officer, "gate", { purposes: ["for_convenience"], fields: [] })
    expect(unknown).toMatchObject({ status: 422, body: { code: "channel.purpose_unknown" } })
  })

  it("has somebody who answers for each channel in use, and who works here", async () => {
    const body = { version: 0, state: "in_use", purposes: ["parking"], fields: ["plate"] }
    const line = `PUT ${at(desk, "/channels/pms")}` as const
    const nobody = await send(desk.test, line, { as: officer, body: { ...body, responsible: null } })
    expect(nobody).toMatchObject({ status: 422, body: { code: "channel.nobody" } })
    const stranger = "00000000-0000-7000-8000-000000000000"
    const absent = await send(desk.test, line, { as: officer, body: { ...body, responsible: stranger } })
    expect(absent).toMatchObject({ status: 404, body: { code: "thing.absent" } })
  })

  it("keeps every version, and overwrites nobody's change", async () => {
    const before = (await channels()).find((one) => one["channel"] === "gate")
    done(await register(desk, officer, "gate", { fields: ["name"] }))
    const body = { ...before, responsible: officer.staffId, fields: ["home"] }
    const late = await send(desk.test, `PUT ${at(desk, "/channels/gate")}`, { as: officer, body })
    expect(late).toMatchObject({ status: 409, body: { code: "channel.changed_meanwhile" } })
    const kept = await sql(desk, "select from app.channel_version where channel = 'gate'")
    expect(kept).toHaveLength(2)
  })
})

describe("a field that a channel does not list", () => {
  it("is not on the form of that channel, and refused there, but not elsewhere", async () => {
    done(
      await register(desk, officer, "phone", {
        purposes: ["parking"],
        fields: all.filter((one) => one !== "title"),
      }),
    )
    const { code } = await hang(desk, desk.manager, "parking")
    const form = await send(desk.test, `GET /api/public/forms/${code}`)
    expect(form.text).not.toContain('"code":"title"')
    const titled = { values: { ...values, title: "蒋先生" }, agreed: ["title"] }
    const refused = await sendIn(desk, code, titled)
    expect(refused).toMatchObject({
      status: 422,
      body: { code: "channel.field_not_listed", facts: { field: "title" } },
    })
    done(await sendIn(desk, code, { values }))
    done(await fillIn(desk, clerk, { ...parking, ...titled }))
  })

  it("is refused in an import as well", async () => {
    done(await register(desk, officer, "import", { fields: ["name", "phone", "home"] }))
    const { status, body } = await uploaded()
    expect(status).toBe(200)
    const fates = ["building", "unit", "room", "name", "phone", "plate"].map((target) => ({
      fate: "take",
      target,
    }))
    const line = `POST ${at(desk, `/imports/${String(body["importId"])}/check`)}` as const
    const refused = await send(desk.test, line, { as: desk.manager, body: { sheetIndex: 0, fates } })
    expect(refused).toMatchObject({
      status: 422,
      body: { code: "channel.field_not_listed", facts: { field: "plate" } },
    })
    const narrower = [...fates.slice(0, 5), { fate: "ignore" }]
    expect(
      (await send(desk.test, line, { as: desk.manager, body: { sheetIndex: 0, fates: narrower } })).status,
    ).toBe(200)
    const path = at(desk, `/imports/${String(body["importId"])}`)
    await untilState(desk.test, { path, as: desk.manager, state: "checked" })
  })

  it("of a purpose that a channel does not list is refused whole", async () => {
    const reply = await send(desk.test, `POST ${at(desk, "/form-links")}`, {
      as: desk.manager,
      body: { linkId: "00000000-0000-7000-8000-000000000001", purpose: "fee" },
    })
    expect(reply).toMatchObject({ status: 403, body: { code: "channel.purpose_not_listed" } })
  })
})

describe("a stopped channel refuses at once", () => {
  it("at the desk, on paper and on the phone, with a sentence", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    const printing = { purpose: "parking", copies: 1 }
    done(await send(desk.test, `POST ${at(desk, "/form-sheets")}`, { as: clerk, body: printing }))
    for (const channel of ["desk", "paper", "phone"])
      done(await register(desk, officer, channel, { state: "stopped" }))
    const stopped = { status: 403, body: { code: "channel.stopped" } }
    expect(await fillIn(desk, clerk, parking)).toMatchObject(stopped)
    expect(await fillIn(desk, clerk, { ...parking, sheet: 1 })).toMatchObject(stopped)
    expect(await send(desk.test, `GET /api/public/forms/${code}`)).toMatchObject(stopped)
    const sent = await sendIn(desk, code, { values })
    expect(sent).toMatchObject(stopped)
    expect(sent.body["title"]).toMatch(/停用/)
    const sheets = await send(desk.test, `POST ${at(desk, "/form-sheets")}`, { as: clerk, body: printing })
    expect(sheets).toMatchObject(stopped)
  })

  it("shows no form, and works again when it is in use again", async () => {
    const shown = await send(desk.test, `GET ${at(desk, "/forms")}`, { as: clerk })
    expect(shown.body["forms"]).toEqual([])
    done(await register(desk, officer, "desk", { state: "in_use" }))
    done(await fillIn(desk, clerk, parking))
  })

  it("for imports: before anything of the file is read, and before what was checked is committed", async () => {
    const [row] = await sql<{ import_id: string }>(desk, "select import_id from app.import limit 1")
    done(await register(desk, officer, "import", { state: "stopped" }))
    expect(await uploaded()).toMatchObject({ status: 403, body: { code: "channel.stopped" } })
    const commit = `POST ${at(desk, `/imports/${row?.import_id ?? ""}/commit`)}` as const
    expect(await send(desk.test, commit, { as: desk.manager, body: {} })).toMatchObject({ status: 403 })
  })
})

describe("the public notice", () => {
  const notice = (headers = {}) =>
    send(desk.test, `GET /api/public/notice/${desk.community.communityId}`, { headers })

  it("is there for everybody, of the regime in force, and follows the register", async () => {
    const { status, body, text } = await notice()
    expect(status).toBe(200)
    expect(body).toMatchObject({ company: "测试物业", community: "测试小区", version: 1, contact: null })
    expect(text).toContain('"code":"parking"')
    // The gate takes a name only, and the desk everything that the matrix lists.
    done(await register(desk, officer, "desk", { state: "stopped" }))
    const narrower = await notice()
    expect(narrower.text).not.toContain('"code":"elder_care"')
    expect(narrower.text).toContain('"code":"gate"')
  })

  it("names whom to turn to, as the privacy officer sets it, and nobody else", async () => {
    const contact = {
      officer: "周负责",
      phone: "010-62340000",
      email: "privacy@example.com",
      address: "服务中心",
    }
    const line = `PUT ${at(desk, "/notice-contact")}` as const
    expect((await send(desk.test, line, { as: clerk, body: contact })).status).toBe(403)
    done(await send(desk.test, line, { as: officer, body: contact }))
    expect((await notice()).body["contact"]).toEqual(contact)
  })

  it("lists what is handed to somebody outside, and on which ground", async () => {
    const { body } = await notice()
    expect(body["shared"]).toMatchObject([{ basis: "PIPL 13(3) legal duty" }])
  })

  it("is none of a community that is not there", async () => {
    expect((await send(desk.test, "GET /api/public/notice/987654")).status).toBe(404)
    expect((await send(desk.test, "GET /api/public/notice/0")).status).toBe(404)
  })
})
