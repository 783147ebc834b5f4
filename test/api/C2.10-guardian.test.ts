/** Clause 2.10: for somebody under 14 the guardian consents, with name, relation and signature. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { answer, writeText } from "../consents.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, read, resident, sql, tracesOf } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let child: string

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1"])
  done(await writeText(desk, await hire(desk, "privacy_officer")))
  child = resident(desk, "1").personId
  const line = `POST ${at(desk, `/persons/${child}/minor`)}` as const
  done(await send(desk.test, line, { as: clerk, body: {} }))
  done(await send(desk.test, line, { as: clerk, body: {} }))
})
afterAll(() => desk.test.close())

const guardian = { relation: "mother", name: "赵一一" }

describe("somebody under 14", () => {
  it("is noted once, with a trace and without a birth date", async () => {
    expect(await sql(desk, "select from app.minor")).toHaveLength(1)
    expect(
      (await tracesOf(desk)).some(({ act, clause }) => act === "consent.flag_minor" && clause === "2.10"),
    ).toBe(true)
    expect(done(await read(desk, clerk, `/persons/${child}/consents`)).body["isMinor"]).toBe(true)
  })

  it("does not consent alone; a grown-up does", async () => {
    const { reply } = await answer(desk, clerk, { personId: child })
    expect(reply).toMatchObject({ status: 422, body: { code: "consent.guardian_needed" } })
    done((await answer(desk, clerk, { personId: resident(desk, "1", 1).personId })).reply)
  })

  it("does not by a guardian who signs nothing", async () => {
    const { reply } = await answer(desk, clerk, { personId: child, guardian, evidence: { kind: "none" } })
    expect(reply).toMatchObject({ status: 422, body: { code: "consent.evidence_missing" } })
  })

  it("does by a guardian whose name is sealed with what they signed", async () => {
    const { reply, eventId } = await answer(desk, clerk, { personId: child, guardian })
    expect(done(reply).body).toMatchObject({ feature: { state: "given", events: [{ guardian: "mother" }] } })
    const rows = await sql<{ row: string }>(desk, "select e::text as row from app.consent_event e")
    expect(rows.filter(({ row }) => row.includes(guardian.name))).toEqual([])
    const receipt = done(await read(desk, clerk, `/persons/${child}/consents/${eventId}/receipt`))
    expect(receipt.body["receipt"]).toContain("guardian_mother")
    expect(receipt.text).not.toContain(guardian.name)
  })
})
