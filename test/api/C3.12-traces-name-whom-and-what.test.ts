/** Clause 3.12: a trace about owners names whom and what: the persons by their pseudonyms, the fields, the purpose and the use. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { send, type TestStaff } from "../house.ts"
import { importRoster, uploadRoster } from "../isolation/upload.ts"
import {
  at,
  close,
  type Desk,
  dispatch,
  done,
  hire,
  intakeOf,
  lookAt,
  type Order,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  type TraceOf,
  take,
  tracesOf,
} from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let repairer: TestStaff
let order: Order
/** The pseudonym of the first resident of building 1. */
let ref: string

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  repairer = await hire(desk, "repairer")
  order = await openOrder(desk, clerk)
  const [row] = await sql<{ ref: string }>(
    desk,
    "select subject_ref::text as ref from app.person where person_id = $1",
    [resident(desk, "1").personId],
  )
  ref = row?.ref ?? ""
})
afterAll(() => desk.test.close())

/** The one trace of that act which the call leaves. */
async function traceOf(act: string, call: () => Promise<unknown>): Promise<TraceOf> {
  const before = (await tracesOf(desk)).length
  await call()
  const left = (await tracesOf(desk)).slice(before).filter((trace) => trace.act === act)
  expect(left.map((trace) => [trace.act, trace.outcome])).toEqual([[act, "done"]])
  const [trace] = left
  if (trace === undefined) throw new Error("no trace")
  return trace
}

async function residentRefs(building: string): Promise<string[]> {
  const rows = await sql<{ ref: string }>(
    desk,
    "select distinct subject_ref::text as ref from app.residence where building_id = $1 order by 1",
    [building],
  )
  return rows.map((row) => row.ref)
}

const card = ["home", "name", "phone"]
const named = ({ subjects, fields }: TraceOf) => [subjects.toSorted(), fields.toSorted()]
const ofUse = ({ purpose, use_id: useId, subjects, fields }: TraceOf) => ({
  purpose,
  useId,
  subjects,
  fields,
})

describe("a trace of a page", () => {
  it("names everybody on the list, and no one of another building", async () => {
    const trace = await traceOf("roster.list", async () => done(await read(desk, clerk, "/owners")))
    expect(named(trace)).toEqual([await residentRefs("1"), card])
    for (const other of await residentRefs("2")) expect(trace.subjects).not.toContain(other)
  })

  it.each([
    ["roster.find_phone", () => resident(desk, "1").phone],
    ["roster.find_phone_last4", () => resident(desk, "1").phone.slice(-4)],
    ["roster.find_name", () => resident(desk, "1").name],
    ["roster.find_plate", () => resident(desk, "1").plate],
  ])("%s names whom it found", async (act, text) => {
    const search = (words: string) => async () =>
      done(await send(desk.test, `POST ${at(desk, "/owners/search")}`, { as: clerk, body: { text: words } }))
    const trace = await traceOf(act, search(text()))
    expect(trace.subjects).toContain(ref)
    expect(trace.fields.toSorted()).toEqual(card)
  })

  it("names nobody when nobody was found", async () => {
    const body = { text: "13912345678" }
    const search = async () =>
      done(await send(desk.test, `POST ${at(desk, "/owners/search")}`, { as: clerk, body }))
    expect((await traceOf("roster.find_phone", search)).subjects).toEqual([])
  })

  it("of a person names this person and the fields shown, and no other", async () => {
    const open = async () => done(await read(desk, clerk, `/persons/${resident(desk, "1").personId}`))
    const { text } = await open()
    const trace = await traceOf("roster.person", open)
    expect(trace.subjects).toEqual([ref])
    const shown = [...text.matchAll(/"field":"(\w+)"/g)].map(([, field]) => field)
    expect(trace.fields).toEqual(expect.arrayContaining(["name", "phone"]))
    expect(trace.fields.toSorted()).toEqual([...new Set(shown)].toSorted())
  })

  it("of the orders names whom they are about", async () => {
    const trace = await traceOf("order.list", async () => done(await read(desk, clerk, "/orders")))
    expect(named(trace)).toEqual([[ref], ["home", "phone"]])
    const empty = await hire(desk, "clerk", ["4"])
    expect((await traceOf("order.list", () => read(desk, empty, "/orders"))).subjects).toEqual([])
  })
})

describe("a trace of the four steps", () => {
  it("names whose uses were listed, and no one of another building", async () => {
    const abroad = await openOrder(desk, desk.manager, { building: "2" })
    expect(abroad.orderId).not.toBe(order.orderId)
    const [away] = await sql<{ ref: string }>(
      desk,
      "select subject_ref::text as ref from app.work_order where order_id = $1",
      [abroad.orderId],
    )
    const list = (as: TestStaff) => async () => done(await read(desk, as, "/uses"))
    const all = await traceOf("use.list", list(desk.manager))
    expect(all.subjects).toEqual(expect.arrayContaining([ref, away?.ref]))
    expect(new Set(all.subjects).size).toBe(all.subjects.length)
    const supervisor = await hire(desk, "supervisor", ["1"])
    expect(named(await traceOf("use.list", list(supervisor)))).toEqual([[ref], ["home"]])
    const empty = await hire(desk, "supervisor", ["4"])
    expect((await traceOf("use.list", list(empty))).subjects).toEqual([])
  })

  it("names the person and the use that was read", async () => {
    const trace = await traceOf("use.read", async () =>
      done(await read(desk, desk.manager, `/uses/${order.useId}`)),
    )
    expect(ofUse(trace)).toEqual({
      purpose: "repair",
      useId: order.useId,
      subjects: [ref],
      fields: ["home"],
    })
  })
})

describe("a trace of a use", () => {
  const repair = () => ({ purpose: "repair", useId: order.useId, subjects: [ref] })

  it("names the text that was opened, and none for whom nothing opens", async () => {
    const open = (as: TestStaff) => async () => done(await read(desk, as, `/orders/${order.orderId}`))
    expect(ofUse(await traceOf("order.read", open(clerk)))).toEqual({ ...repair(), fields: ["repair"] })
    expect(ofUse(await traceOf("order.read", open(desk.manager)))).toEqual({ ...repair(), fields: [] })
  })

  it("names the field that was looked at", async () => {
    const trace = await traceOf("use.look", async () => done(await lookAt(desk, clerk, order)))
    expect(ofUse(trace)).toEqual({ ...repair(), fields: ["phone"] })
  })

  it("names the opening's person and what was written down", async () => {
    const body = intakeOf(desk, { phone: "13900001234" })
    const open = async () => done(await send(desk.test, `POST ${at(desk, "/orders")}`, { as: clerk, body }))
    const trace = await traceOf("order.open", open)
    expect([trace.purpose, trace.use_id === null, trace.subjects]).toEqual(["repair", false, [ref]])
    expect(trace.fields.toSorted()).toEqual(["phone", "repair"])
  })

  it("names the person of an order that is taken, handed on and closed", async () => {
    const own = await openOrder(desk, clerk)
    const due = { purpose: "repair", useId: own.useId, subjects: [ref], fields: [] }
    const taken = await traceOf("order.take", async () => done(await take(desk, clerk, own)))
    const given = await traceOf("order.dispatch", async () =>
      done(await dispatch(desk, clerk, own, repairer)),
    )
    const ended = await traceOf("order.close", async () => done(await close(desk, repairer, own)))
    expect([taken, given, ended].map(ofUse)).toEqual([due, due, due])
  })
})

describe("a record that does not open", () => {
  const refusals = async () =>
    (await tracesOf(desk)).filter(({ act }) => act === "vault.quarantine").map(({ outcome }) => outcome)

  it("leaves a trace that it was refused and set aside, and one that opens leaves none", async () => {
    const { personId } = resident(desk, "2")
    const other = await openOrder(desk, desk.manager, { building: "2" })
    const own = await hire(desk, "supervisor", ["2"])
    const open = () => lookAt(desk, own, other)
    expect([(await open()).status, await refusals()]).toEqual([200, []])
    await sql(
      desk,
      "update app.record set sealed = set_byte(sealed, octet_length(sealed) - 1, get_byte(sealed, octet_length(sealed) - 1) # 1) where subject_id = $1",
      [personId],
    )
    expect((await open()).body["code"]).toBe("record.unreadable")
    expect(await refusals()).toEqual(["refused"])
  })
})

describe("a trace of an import", () => {
  const header = ["楼栋", "单元", "房号", "姓名", "手机号"]

  it("names the persons taken in and their fields, and nobody who was known already", async () => {
    const roster = { header, rows: [["4", "1", "909", "孙六", "13900001234"]] }
    const bring = () => importRoster(desk.test, { community: desk.community, as: desk.manager, roster })
    const trace = await traceOf("roster.take", bring)
    const [row] = await sql<{ ref: string }>(
      desk,
      "select subject_ref::text as ref from app.residence r join app.home h using (community_id, home_id) where h.room = '909'",
    )
    expect(named(trace)).toEqual([[row?.ref], ["name", "phone"]])
    expect(trace.purpose).toBe("move_in")
    expect(named(await traceOf("roster.take", bring))).toEqual([[], []])
  })

  it("names the fields whose masked samples somebody else than the uploader is shown", async () => {
    const officer = await hire(desk, "privacy_officer")
    const roster = { header: [...header, "备注"], rows: [["4", "1", "910", "孙七", "13900001235", "无"]] }
    const { importId } = await uploadRoster(desk.test, {
      community: desk.community,
      as: desk.manager,
      roster,
    })
    const open = (as: TestStaff) => async () => done(await read(desk, as, `/imports/${importId}`))
    expect((await open(officer)()).text).toContain("139****1235")
    const trace = await traceOf("import.read", open(officer))
    expect([trace.actor, trace.post, named(trace)]).toEqual([
      officer.staffId,
      "privacy_officer",
      [[], ["name", "phone"]],
    ])
    const before = (await tracesOf(desk)).length
    await open(desk.manager)()
    expect(await tracesOf(desk)).toHaveLength(before)
  })
})
