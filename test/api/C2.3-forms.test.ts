/** Clauses 2.3, 2.5: for each purpose and field, the form shows and the API takes what the matrix says, and nothing else. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FieldCode, fieldCodes } from "../../src/lifecycle/catalogue/field.ts"
import { cell } from "../../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { dumpOf, spellingsOf } from "../dump.ts"
import { fillIn, hang, sample, samples, sendIn } from "../forms.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, furnish, hire, openDesk, sql, tracesOf } from "../orders.ts"

let desk: Desk
let clerk: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk")
})
afterAll(() => desk.test.close())

interface FormShown {
  readonly purpose: string
  readonly fields: ReadonlyArray<{
    code: string
    need: string
    sentence: object | null
    feature: string | null
  }>
}

async function formsShown(): Promise<readonly FormShown[]> {
  const reply = await send(desk.test, `GET ${at(desk, "/forms")}`, { as: clerk })
  const forms: unknown = reply.body["forms"]
  return Array.isArray(forms) ? forms : []
}

/** Every required field of the purpose, and the home where it may be said. */
function least(purpose: string): Record<string, string> {
  const needed = fieldCodes.filter((field) => cell(regimeV1, purpose, field) === "required")
  return Object.fromEntries(needed.map((field) => [field, sample(field)]))
}

const purposes = regimeV1.purposes.map(({ code }) => code)

async function submissions(): Promise<number> {
  const [row] = await sql<{ count: number }>(desk, "select count(*)::int as count from app.form_submission")
  return row?.count ?? 0
}

describe("a form", () => {
  it("shows for every purpose the fields of the matrix: required, or optional with its sentence", async () => {
    const shown = await formsShown()
    expect(shown.map(({ purpose }) => purpose)).toEqual(purposes)
    let compared = 0
    for (const { purpose, fields } of shown) {
      for (const field of fieldCodes) {
        const found = fields.find(({ code }) => code === field)
        expect([purpose, field, found?.need ?? "forbidden"]).toEqual([
          purpose,
          field,
          cell(regimeV1, purpose, field),
        ])
        expect([purpose, field, found?.need === "optional"]).toEqual([
          purpose,
          field,
          Boolean(found?.sentence),
        ])
        compared += 1
      }
    }
    expect(compared).toBe(purposes.length * fieldCodes.length)
  })

  it.each(purposes)(
    "for %s refuses every field that the matrix forbids, and stores nothing",
    async (purpose) => {
      const before = await submissions()
      const forbidden = fieldCodes.filter((field) => cell(regimeV1, purpose, field) === "forbidden")
      expect(forbidden.length).toBeGreaterThan(20)
      for (const field of forbidden) {
        const values = { ...least(purpose), [field]: sample(field) }
        const reply = await fillIn(desk, clerk, { purpose, values, agreed: [field] })
        expect(reply).toMatchObject({ status: 422, body: { code: "form.field_forbidden", facts: { field } } })
        expect(reply.text).not.toContain(sample(field))
      }
      expect(await submissions()).toBe(before)
    },
  )

  it.each(purposes)(
    "for %s takes every field that the matrix lists, the optional ones only when switched on",
    async (purpose) => {
      const listed = fieldCodes.filter((field) => cell(regimeV1, purpose, field) !== "forbidden")
      const features = purpose === "fee" ? ["pay_for_another"] : []
      for (const field of listed) {
        const values = { ...least(purpose), [field]: sample(field) }
        const isOptional = cell(regimeV1, purpose, field) === "optional"
        if (isOptional) {
          const off = await fillIn(desk, clerk, { purpose, values, features })
          expect(off).toMatchObject({ status: 422, body: { code: "form.not_agreed", facts: { field } } })
        }
        const on = await fillIn(desk, clerk, { purpose, values, features, agreed: isOptional ? [field] : [] })
        // A complaint without a home is kept; everything else goes where it belongs.
        expect([field, on.status, on.text]).toEqual([field, 200, expect.stringMatching(/roster|order|kept/)])
      }
    },
  )

  it.each(purposes)("for %s is not taken without what it requires", async (purpose) => {
    for (const field of Object.keys(least(purpose))) {
      const values = Object.fromEntries(Object.entries(least(purpose)).filter(([code]) => code !== field))
      const reply = await fillIn(desk, clerk, { purpose, values })
      expect(reply).toMatchObject({ status: 422, body: { code: "form.value_missing", facts: { field } } })
    }
  })

  it("for a purpose that nobody declared is none", async () => {
    const reply = await fillIn(desk, clerk, { purpose: "for_convenience", values: {} })
    expect(reply).toMatchObject({ status: 422, body: { code: "form.purpose_unknown" } })
  })
})

describe("what a form holds", () => {
  it("is sealed in the roster of the home, names purpose and channel, and waits to be verified where doubtful", async () => {
    const values = { name: "吴可疑", phone: "13800138000", home: samples.home ?? "", plate: "京C12345" }
    done(await fillIn(desk, clerk, { purpose: "parking", values }))
    const rows = await sql<{ origin: Record<string, { purpose: string; channel: string }>; reason: string }>(
      desk,
      `select r.origin, v.reason from app.to_verify v join app.record r on r.subject_id = v.person_id and r.class = 'identity'
       where v.field = 'phone' and v.reason = 'phone.fake'`,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.origin["phone"]).toMatchObject({ purpose: "parking", channel: "desk" })
    const found = await send(desk.test, `POST ${at(desk, "/owners/search")}`, {
      as: clerk,
      body: { text: "京C12345" },
    })
    expect(found.text).toContain("1栋1单元101")
  })

  it("lies nowhere in the clear", async () => {
    const values = { ...least("move_in"), name: "欧阳明月", phone: "13900006543" }
    done(await fillIn(desk, clerk, { purpose: "move_in", values }))
    const dump = await dumpOf(desk)
    for (const value of ["欧阳明月", "13900006543"])
      for (const spelling of spellingsOf(value))
        expect([value, dump.includes(spelling)]).toEqual([value, false])
  })

  it("is nothing of an optional field that stayed off", async () => {
    const values = { ...least("renovation") }
    done(await fillIn(desk, clerk, { purpose: "renovation", values, agreed: ["emergency_contact"] }))
    const [row] = await sql<{ fields: string[]; agreed: string[] }>(
      desk,
      "select fields, agreed from app.form_submission order by at desc, submission_id desc limit 1",
    )
    expect(row?.fields).not.toContain("emergency_contact")
    expect(row?.agreed).toEqual([])
  })

  it("is taken once, however often it is sent", async () => {
    const before = await submissions()
    const again = { purpose: "parking", values: least("parking"), submissionId: randomUUID() }
    done(await fillIn(desk, clerk, again))
    done(await fillIn(desk, clerk, again))
    expect(await submissions()).toBe(before + 1)
  })

  it("of a repair becomes an order of that home", async () => {
    const reply = done(await fillIn(desk, clerk, { purpose: "repair", values: least("repair") }))
    expect(reply.body["outcome"]).toBe("order")
    const orders = await sql<{ place: string }>(
      desk,
      "select place from app.work_order order by seq desc limit 1",
    )
    expect(orders[0]?.place).toBe("1栋1单元101")
  })

  it("is refused where the home is not one of the clerk's buildings", async () => {
    const neighbour = await hire(desk, "clerk", ["2"])
    const reply = await fillIn(desk, neighbour, { purpose: "parking", values: least("parking") })
    expect(reply).toMatchObject({ status: 422, body: { code: "form.home_unknown" } })
    const greeting = await fillIn(desk, neighbour, { purpose: "greeting", values: {} })
    expect(greeting).toMatchObject({ status: 403, body: { code: "form.whole_community" } })
  })

  it("can be taken by a clerk of the building, whose own level is no more than identity", async () => {
    const own = await hire(desk, "clerk", ["1"])
    const values = { ...least("parking"), name: "郑一楼", phone: "13900001212" }
    expect(done(await fillIn(desk, own, { purpose: "parking", values })).body["outcome"]).toBe("roster")
  })
})

describe("a form from a phone", () => {
  const values = { name: "韩扫码", phone: "13900003131", home: "1栋1单元101", plate: "京D31313" }

  it("is sealed at once, waits masked, and goes into the roster when the desk accepts it", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    const sent = done(await sendIn(desk, code, { values }))
    expect(sent.text).toBe("{}")
    const list = await send(desk.test, `GET ${at(desk, "/form-inbox")}`, { as: clerk })
    expect(list.text).toContain("139****3131")
    for (const value of Object.values(values).filter((one) => one !== values.home))
      expect([value, list.text.includes(value)]).toEqual([value, false])
    const submissionId = firstOf(list.body, "submissions", "submissionId")
    const path = at(desk, `/form-inbox/${submissionId}`)
    expect(done(await send(desk.test, `POST ${path}/accept`, { as: clerk, body: {} })).body["outcome"]).toBe(
      "roster",
    )
    const found = await send(desk.test, `POST ${at(desk, "/owners/search")}`, {
      as: clerk,
      body: { text: values.phone },
    })
    expect(found.text).toContain("1栋1单元101")
    const again = await send(desk.test, `POST ${path}/accept`, { as: clerk, body: {} })
    expect(again).toMatchObject({ status: 409, body: { code: "form.decided" } })
    const left = await sql(
      desk,
      "select from app.record r join app.form_submission s using (community_id, subject_id) where s.submission_id = $1",
      [submissionId],
    )
    expect(left).toEqual([])
  })

  it("is gone when it is rejected, for a reason out of a list", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    done(await sendIn(desk, code, { values: { ...values, name: "韩拒绝", phone: "13900003132" } }))
    const list = await send(desk.test, `GET ${at(desk, "/form-inbox")}`, { as: clerk })
    const submissionId = firstOf(list.body, "submissions", "submissionId")
    const path = `POST ${at(desk, `/form-inbox/${submissionId}/reject`)}` as const
    const free = await send(desk.test, path, { as: clerk, body: { reason: "电话 13900003132 打不通" } })
    expect(free.status).toBe(400)
    done(await send(desk.test, path, { as: clerk, body: { reason: "unknown_person" } }))
    const search = { as: clerk, body: { text: "13900003132" } }
    const found = await send(desk.test, `POST ${at(desk, "/owners/search")}`, search)
    expect(found.body["owners"]).toEqual([])
  })

  it("leaves a trace that names fields and nobody who was signed in", async () => {
    const trace = (await tracesOf(desk)).find(({ act }) => act === "form.submit")
    expect(trace).toMatchObject({ actor: null, post: "phone_page", clause: "2.3", purpose: "parking" })
    expect(trace?.fields.toSorted()).toEqual(["home", "name", "phone", "plate"])
  })

  it("obeys the matrix like the desk", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    const field: FieldCode = "health"
    const reply = await sendIn(desk, code, { values: { ...values, [field]: "x" }, agreed: [field] })
    expect(reply).toMatchObject({ status: 422, body: { code: "form.field_forbidden", facts: { field } } })
  })

  it("opens with the newest code only; a stopped one opens nothing", async () => {
    const first = await hang(desk, desk.manager, "parking")
    const second = await hang(desk, desk.manager, "parking")
    const open = (code: string) => send(desk.test, `GET /api/public/forms/${code}`)
    expect(await open(first.code)).toMatchObject({ status: 404, body: { code: "thing.absent" } })
    expect((await open(second.code)).status).toBe(200)
    done(
      await send(desk.test, `POST ${at(desk, `/form-links/${second.linkId}/stop`)}`, {
        as: desk.manager,
        body: {},
      }),
    )
    expect((await open(second.code)).status).toBe(404)
    expect((await sendIn(desk, second.code, { values })).status).toBe(404)
    expect((await open("99-AAAAAAAAAAAAAAAAAAAAAA")).status).toBe(404)
  })

  it("cannot be sent in floods", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    const statuses: number[] = []
    for (let sent = 0; sent < 12; sent += 1)
      statuses.push((await sendIn(desk, code, { values }, "10.200.0.1")).status)
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(statuses.slice(10)).toEqual([429, 429])
    desk.test.time.ahead += 601_000
    expect((await sendIn(desk, code, { values }, "10.200.0.1")).status).toBe(200)
  })

  it("is shown to nobody of another community", async () => {
    const other = await furnish(desk.test, 7)
    const foreign = await hire(other, "clerk")
    const list = await send(desk.test, `GET ${at(other, "/form-inbox")}`, { as: foreign })
    expect(list.body["submissions"]).toEqual([])
    const [row] = await sql<{ submission_id: string }>(
      desk,
      "select submission_id from app.form_submission limit 1",
    )
    const path = at(other, `/form-inbox/${row?.submission_id ?? ""}/accept`)
    expect((await send(desk.test, `POST ${path}`, { as: foreign, body: {} })).status).toBe(404)
  })
})

describe("a sheet of paper", () => {
  const values = { name: "冯纸表", phone: "13900004141", home: "1栋1单元101", plate: "京E41414" }
  const print = (copies: number) =>
    send(desk.test, `POST ${at(desk, "/form-sheets")}`, { as: clerk, body: { purpose: "parking", copies } })

  it("has a number of its own, consecutive, also when two print at once", async () => {
    const replies = await Promise.all([print(3), print(2)])
    const numbers = replies.flatMap(({ body }) => (Array.isArray(body["numbers"]) ? body["numbers"] : []))
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5].map((one) => `10-00000${one}`))
  })

  it("is named by the record that is entered from it, once", async () => {
    done(await fillIn(desk, clerk, { purpose: "parking", values, sheet: 2 }))
    const [row] = await sql<{ channel: string; sheet: string }>(
      desk,
      "select channel, sheet from app.form_submission where sheet is not null",
    )
    expect(row).toEqual({ channel: "paper", sheet: "2" })
    const again = await fillIn(desk, clerk, {
      purpose: "parking",
      values: { ...values, name: "冯二表" },
      sheet: 2,
    })
    expect(again).toMatchObject({ status: 409, body: { code: "form.sheet_entered" } })
    const list = await send(desk.test, `GET ${at(desk, "/form-sheets")}`, { as: clerk })
    expect(list.body["sheets"]).toMatchObject([
      {},
      {},
      {},
      { sheet: 2, entered: true },
      { sheet: 1, entered: false },
    ])
  })

  it.each([
    ["that was never printed", 99, "parking"],
    ["of another purpose", 3, "move_in"],
  ])("%s is not entered", async (_which, sheet, purpose) => {
    const reply = await fillIn(desk, clerk, { purpose, values: least(purpose), sheet })
    expect(reply).toMatchObject({ status: 422, body: { code: "form.sheet_unknown" } })
  })
})

function firstOf(body: Record<string, unknown>, list: string, key: string): string {
  const rows: unknown = body[list]
  const [first] = Array.isArray(rows) ? rows : []
  return String(first?.[key] ?? "")
}
