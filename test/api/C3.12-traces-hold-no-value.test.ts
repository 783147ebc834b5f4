/** Clause 3.12: a trace holds no value, no name, no free text, so it may outlive the record; nobody changes or deletes one. */

import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { posts } from "../../src/duty/people/post.ts"
import { fieldCodes } from "../../src/lifecycle/catalogue/field.ts"
import { purposeCodes } from "../../src/lifecycle/catalogue/regime-shape.ts"
import { spellingsOf } from "../dump.ts"
import { send, type TestStaff } from "../house.ts"
import { ask, stateOf } from "../isolation/contexts.ts"
import { importRoster } from "../isolation/upload.ts"
import {
  at,
  close,
  type Desk,
  dispatch,
  hire,
  intakeOf,
  lookAt,
  openDesk,
  openOrder,
  read,
  resident,
  sql,
  tracesOf,
} from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let repairer: TestStaff
const said = "厨房漏水请找孙女士13900007777"
const typed = "13900008888"

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  repairer = await hire(desk, "repairer")
  await work()
})
afterAll(() => desk.test.close())

/** A day at the desk, with values in every request that takes one, well and badly said. */
async function work(): Promise<void> {
  const { phone, name, plate, personId } = resident(desk, "1")
  for (const text of [phone, phone.slice(-4), name, plate, said])
    await send(desk.test, `POST ${at(desk, "/owners/search")}`, { as: clerk, body: { text } })
  await read(desk, clerk, "/owners")
  await read(desk, clerk, `/persons/${personId}`)
  const order = await openOrder(desk, clerk, { text: said, phone: typed })
  await lookAt(desk, clerk, order)
  await lookAt(desk, desk.manager, order)
  await lookAt(desk, clerk, order, said.slice(0, 12))
  await dispatch(desk, clerk, order, repairer)
  await lookAt(desk, repairer, order)
  await close(desk, clerk, order)
  await send(desk.test, `POST ${at(desk, "/orders")}`, {
    as: clerk,
    body: { ...intakeOf(desk, { text: said, phone: typed }), household: said },
  })
  const header = ["楼栋", "单元", "房号", "姓名", "手机号", "备用电话"]
  const rows = [["8", "1", "801", name, phone, "13900005555"]]
  await importRoster(desk.test, { community: desk.community, as: desk.manager, roster: { header, rows } })
  await read(desk, desk.manager, `/traces?act=${encodeURIComponent(said)}`)
}

describe("traces", () => {
  it("hold nothing of what was shown, typed, searched or imported", async () => {
    const rows = await sql<{ line: string }>(desk, "select t::text as line from app.trace t")
    const text = rows.map(({ line }) => line).join("\n")
    expect(rows.length).toBeGreaterThan(15)
    const { phone, name, plate } = resident(desk, "1")
    for (const value of [phone, name, plate, said, "孙女士", typed, "13900005555"])
      for (const spelling of spellingsOf(value))
        expect([value, text.includes(spelling)]).toEqual([value, false])
    // Ids, salts and pseudonyms hold any four digits now and then.
    const words = text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\x[0-9a-f]+/g, "")
    expect(words).not.toMatch(new RegExp(`(?<!\\d)${phone.slice(-4)}(?!\\d)`))
  })

  it("hold codes of the catalogue where they speak of fields, purposes, posts and acts", async () => {
    const traces = await tracesOf(desk)
    for (const trace of traces) {
      expect(trace.act).toMatch(/^[a-z]+\.[a-z0-9_]+$/)
      expect(trace.clause).toMatch(/^\d\.\d{1,2}$/)
      expect([...posts, "none", "setup"]).toContain(trace.post)
      expect(trace.regime_version).toBe(1)
      if (trace.purpose !== null) expect(purposeCodes).toContain(trace.purpose)
      for (const field of trace.fields) expect([...fieldCodes, "unclassified"]).toContain(field)
      for (const subject of trace.subjects) expect(subject).toMatch(/^\d+$/)
    }
    expect(new Set(traces.map(({ act }) => act)).size).toBeGreaterThan(8)
  })

  it("speak of persons by a pseudonym that only the person's own row resolves", async () => {
    const { personId } = resident(desk, "1")
    const [row] = await sql<{ subject_ref: string }>(
      desk,
      "select subject_ref::text from app.person where person_id = $1",
      [personId],
    )
    const ref = row?.subject_ref ?? ""
    const looks = (await tracesOf(desk)).filter((trace) => trace.act === "order.read")
    expect(looks.some((trace) => trace.subjects.includes(ref))).toBe(true)
    const shown = await read(desk, desk.manager, "/traces?limit=200")
    expect(shown.status).toBe(200)
    expect(shown.text).not.toContain(ref)
    expect(shown.text).not.toContain(personId)
  })

  it("call a field that the catalogue does not know unclassified, whatever the request called it", async () => {
    const refused = (await tracesOf(desk)).filter(
      ({ act, outcome }) => act === "use.look" && outcome === "refused",
    )
    expect(refused.map(({ fields }) => fields)).toEqual([["phone"], ["unclassified"]])
  })

  it("are changed, deleted and emptied by nobody who works in the database", async () => {
    const client = new pg.Client(desk.test.database.as("hudun_app"))
    await client.connect()
    const communities = desk.community.communityId
    const context = {
      communities,
      buildings: "*",
      classes: "",
      posts: "manager,auditor",
      actor: clerk.staffId,
    }
    const seen = await ask(client, context, { text: "select from app.trace" })
    expect(seen.rowCount).toBeGreaterThan(10)
    for (const text of [
      "update app.trace set outcome = 'done'",
      "delete from app.trace",
      "truncate app.trace",
    ])
      expect([text, await stateOf(ask(client, context, { text }))]).toEqual([text, "42501"])
    await client.end()
    for (const text of [
      "update app.trace set outcome = 'done'",
      "delete from app.trace",
      "truncate app.trace",
    ])
      expect([text, await stateOf(sql(desk, text))]).toEqual([text, "HU001"])
  })
})
