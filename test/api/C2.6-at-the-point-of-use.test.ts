/** Clause 2.6: a permission belongs to one feature; texts are versions that the privacy officer changes within minutes. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { answer, give, lookInRun, startRun, textOf, writeText } from "../consents.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, read, resident, sql } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1", "2"])
  officer = await hire(desk, "privacy_officer")
  done(await writeText(desk, officer))
})
afterAll(() => desk.test.close())

describe("a consent text", () => {
  it("is written by the privacy officer alone", async () => {
    for (const as of [clerk, desk.manager]) {
      const reply = await writeText(desk, as, textOf(1))
      expect(reply).toMatchObject({ status: 403, body: { code: "post.not_allowed" } })
    }
  })

  it("asks for nothing that the matrix forbids its purpose", async () => {
    for (const changed of [
      { fields: ["employer"] },
      { purpose: "repair", fields: ["household"] },
      { fields: ["nonsense"] },
    ]) {
      const reply = await writeText(desk, officer, textOf(1, changed))
      expect(reply).toMatchObject({ status: 422, body: { code: "consent.scope_forbidden" } })
    }
  })

  it("is not changed under another officer's hands", async () => {
    expect(await writeText(desk, officer, textOf(0))).toMatchObject({
      status: 409,
      body: { code: "consent.text_changed" },
    })
  })

  it("belongs to one feature: a yes to greetings opens no other purpose", async () => {
    const location = textOf(0, { feature: "pay_for_other", purpose: "fee", fields: ["location"] })
    done(await writeText(desk, officer, location))
    const { personId } = resident(desk, "1")
    await give(desk, clerk, personId)
    const { body } = done(await read(desk, clerk, `/persons/${personId}/consents`))
    expect(body["features"]).toMatchObject([
      { text: { feature: "greeting" }, state: "given" },
      { text: { feature: "pay_for_other", fields: ["location"] }, state: "none", given: [] },
    ])
  })
})

describe("a text that is changed", () => {
  it("in words only is in force at once, and asks nobody again", async () => {
    const { words } = textOf(1)
    const milder = { ...words, "zh-CN": { ...words["zh-CN"], text: "过节时想给您发一条祝福。" } }
    const { body } = done(await writeText(desk, officer, textOf(1, { words: milder })))
    expect(body).toMatchObject({ toAskAgain: 0, text: { version: 2 } })
    const old = await answer(desk, clerk, { personId: resident(desk, "1", 1).personId, textVersion: 1 })
    expect(old.reply).toMatchObject({ status: 409, body: { code: "consent.text_changed" } })
    done((await answer(desk, clerk, { personId: resident(desk, "1", 1).personId, textVersion: 2 })).reply)
  })

  it("to want more asks again whoever gave less, and uses no more than was given until then", async () => {
    const wider = textOf(2, { fields: ["phone", "name"] })
    const preview = await send(desk.test, `POST ${at(desk, "/consent-texts/preview")}`, {
      as: officer,
      body: textOf(2, { fields: ["phone", "name"], after: undefined }),
    })
    expect(done(preview).body).toMatchObject({ widens: true, toAskAgain: 2 })
    expect(done(await writeText(desk, officer, wider)).body).toMatchObject({ toAskAgain: 2 })
    const list = done(await read(desk, clerk, "/consents?feature=greeting"))
    expect(list.body["persons"]).toHaveLength(2)
    expect(list.text).not.toContain(resident(desk, "1").phone)
    const counted = done(await read(desk, officer, "/consents/counts"))
    expect(counted.body["counts"]).toMatchObject([{ feature: "greeting", states: { stale: 2 } }])

    const { personId } = resident(desk, "1")
    const third = resident(desk, "2").personId
    done((await answer(desk, clerk, { personId: third, textVersion: 3 })).reply)
    const runId = await startRun(desk, desk.manager)
    expect((await lookInRun(desk, desk.manager, { runId, personId })).status).toBe(404)
    expect((await lookInRun(desk, desk.manager, { runId, personId: third, field: "name" })).status).toBe(200)

    done((await answer(desk, clerk, { personId, textVersion: 3, kind: "re_asked" })).reply)
    const { reply } = await answer(desk, clerk, { personId, textVersion: 3 })
    expect(done(reply).body).toMatchObject({ feature: { state: "given", given: ["phone", "name"] } })
    const again = await answer(desk, clerk, { personId, textVersion: 3, kind: "re_asked" })
    expect(again.reply).toMatchObject({ status: 409, body: { code: "consent.nothing_new" } })
  })

  it("leaves the older versions as they were read", async () => {
    const rows = await sql<{ version: number }>(
      desk,
      "select version from app.consent_text where feature = 'greeting'",
    )
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3])
    await expect(sql(desk, "update app.consent_text set cool_down_days = 1")).rejects.toThrow("append only")
  })

  it("can ask under no feature that has no text", async () => {
    const { reply } = await answer(desk, clerk, {
      personId: resident(desk, "2").personId,
      feature: "unknown",
    })
    expect(reply).toMatchObject({ status: 409, body: { code: "consent.no_text" } })
  })
})
