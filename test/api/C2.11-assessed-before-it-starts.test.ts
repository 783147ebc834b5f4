/** Clause 2.11: what touches sensitive kinds, or leaves the house, does not start before it was assessed (PIPL 55, 56). */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { DraftDetail, RegimeTextView } from "../../src/lifecycle/catalogue/regime-desk-contract.ts"
import { send } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import { at, hire, openDesk, read, sql } from "../orders.ts"
import {
  assessed,
  begin,
  post,
  type RegimeDesk,
  saved,
  sign,
  staffRegime,
  withPurpose,
} from "../regime-desk.ts"

let room: RegimeDesk
beforeAll(async () => {
  room = await staffRegime(await openDesk())
})
afterAll(() => room.desk.test.close())

async function drafted(
  more: Partial<RegimeTextView["purposes"][number]>,
  row: RegimeTextView["matrix"][string],
) {
  const draft = await begin(room)
  const ready = await saved(room, draft, withPurpose(draft.text, more, row))
  await sign(room, ready, { as: room.officer })
  return ready
}
const live = (draft: DraftDetail) => sign(room, draft, { as: room.manager })
const missing = { status: 422, body: { code: "regime.assessment_missing", facts: { purpose: "pool" } } }

async function write(text: object, purpose = "pool"): Promise<string> {
  const assessmentId = randomUUID()
  const reply = await post(room.desk, room.officer, "/assessments", { assessmentId, purpose, text })
  expect(reply.status).toBe(200)
  return assessmentId
}
const signOff = (id: string, as = room.manager, edition = 1) =>
  post(room.desk, as, `/assessments/${id}/sign`, { edition })

describe("a purpose", () => {
  it.each<readonly [string, Partial<RegimeTextView["purposes"][number]>, RegimeTextView["matrix"][string]]>([
    ["touches health", {}, { health: { rule: "optional" } }],
    ["touches faces", {}, { face: { rule: "optional" } }],
    ["touches a trajectory", {}, { location: { rule: "optional" } }],
    ["is shared", { isShared: true }, {}],
    ["is published", { isPublished: true }, {}],
  ])("that %s cannot go live without its assessment", async (_what, more, row) => {
    const draft = await drafted(more, row)
    expect(draft.missing).toMatchObject([{ purpose: "pool" }])
    expect(await live(draft)).toMatchObject(missing)
    expect(room.desk.test.house.regime().version).toBe(1)
  })

  it("goes live once an assessment that speaks of all of it is signed by somebody else", async () => {
    const draft = await drafted({ isShared: true }, { health: { rule: "optional" } })
    const partial = await write(assessed(["health"]))
    await signOff(partial)
    expect(await live(draft)).toMatchObject(missing)
    const whole = await write(assessed(["health"], { isShared: true }))
    expect(await live(draft)).toMatchObject(missing)
    expect(await signOff(whole, room.officer)).toMatchObject({
      status: 403,
      body: { code: "assessment.own" },
    })
    expect(await signOff(whole)).toMatchObject({ status: 200, body: { signed: { post: "manager" } } })
    expect(await signOff(whole, room.other)).toMatchObject({
      status: 409,
      body: { code: "assessment.signed" },
    })
    expect(await live(draft)).toMatchObject({ status: 200, body: { state: "active" } })
  })

  it("of version 1 runs on, and the desk says that it waits to be assessed", async () => {
    const waiting = async () => {
      const { inherited } = (await read(room.desk, room.officer, "/regime")).body
      if (!Array.isArray(inherited)) throw new Error("no list")
      return inherited.map((one: { purpose: string }) => one.purpose)
    }
    expect(await waiting()).toEqual(expect.arrayContaining(["elder_care", "gate"]))
    await signOff(await write(assessed(["health", "household"]), "elder_care"))
    expect(await waiting()).not.toContain("elder_care")
  })
})

describe("an assessment", () => {
  it("past its review day no longer counts", async () => {
    const draft = await begin(room)
    const text = withPurpose(draft.text, { code: "sauna" }, { health: { rule: "optional" } })
    const ready = await saved(room, draft, text)
    await sign(room, ready, { as: room.officer })
    await signOff(await write(assessed(["health"], { reviewBy: "2020-01-01" }), "sauna"))
    expect(await live(ready)).toMatchObject({ status: 422, body: { code: "regime.assessment_missing" } })
  })

  it("answers every question, and is not signed in an edition nobody read", async () => {
    const body = { assessmentId: randomUUID(), purpose: "pool", text: assessed(["health"], { lawful: "是" }) }
    expect(await post(room.desk, room.officer, "/assessments", body)).toMatchObject({ status: 400 })
    const id = await write(assessed(["health"]))
    const next = { after: 1, text: assessed(["health", "face"]) }
    expect((await post(room.desk, room.officer, `/assessments/${id}/editions`, next)).status).toBe(200)
    expect(await signOff(id)).toMatchObject({ status: 409, body: { code: "assessment.changed" } })
    expect((await signOff(id, room.manager, 2)).status).toBe(200)
  })

  it("is kept: nobody can delete or change it, and nobody signs his own past the server", async () => {
    for (const table of ["assessment", "assessment_edition", "assessment_signature"])
      expect([table, await stateOf(sql(room.desk, `delete from app.${table}`))]).toEqual([table, "HU001"])
    const own = `insert into app.assessment_signature
      select assessment_id, edition, written_by, written_by, 'manager', digest, now() from app.assessment_edition`
    expect(await stateOf(sql(room.desk, own))).toBe("23514")
  })

  it("is printed with its Chinese font", async () => {
    const id = await write(assessed(["health"]))
    const reply = await room.desk.test.app.inject({
      url: at(room.desk, `/assessments/${id}/assessment.pdf`),
      cookies: { hudun_session: room.manager.cookie },
    })
    expect([reply.statusCode, reply.headers["content-type"]]).toEqual([200, "application/pdf"])
    expect(reply.rawPayload.toString("latin1")).toMatch(/^%PDF-[^]*NotoSansSC[^]*FontFile/)
  })

  it("is nobody's business at the counter", async () => {
    const clerk = await hire(room.desk, "clerk", ["1"])
    const reply = await send(room.desk.test, `GET ${at(room.desk, "/assessments")}`, { as: clerk })
    expect(reply).toMatchObject({ status: 403, body: { code: "post.not_allowed" } })
  })
})
