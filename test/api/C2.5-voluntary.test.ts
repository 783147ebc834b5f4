/** Clause 2.5: what is optional is off by default, said in words, written down, and refusing it costs nothing. */

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { answer, give, onPaper, signature, startRun, textOf, writeText } from "../consents.ts"
import { send, type TestStaff } from "../house.ts"
import {
  at,
  type Desk,
  done,
  hire,
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
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk", ["1", "2"])
  officer = await hire(desk, "privacy_officer")
  done(await writeText(desk, officer))
})
afterAll(() => desk.test.close())

const person = (building: string, index = 0) => resident(desk, building, index).personId

async function stateOf(personId: string): Promise<unknown> {
  const { body } = done(await read(desk, clerk, `/persons/${personId}/consents`))
  return body["features"]
}

describe("a consent", () => {
  it("is off until it is given", async () => {
    expect(await stateOf(person("1"))).toMatchObject([{ state: "none", given: [], events: [] }])
    const body = { runId: crypto.randomUUID(), feature: "greeting", occasion: "other" }
    const reply = await send(desk.test, `POST ${at(desk, "/consent-runs")}`, { as: desk.manager, body })
    expect(reply).toMatchObject({ status: 403, body: { code: "consent.missing" } })
  })

  it("says what the data is for and what happens without, in both languages", async () => {
    const { body } = done(await read(desk, clerk, "/consent-texts"))
    expect(body["texts"]).toMatchObject([
      { words: { "zh-CN": { rendered: expect.stringMatching(/用于.*\n不同意也没关系/) } } },
    ])
    expect(body["texts"]).toMatchObject([
      { words: { en: { rendered: expect.stringMatching(/Used for.*\nIf you say no/) } } },
    ])
  })

  it("is signed, or on paper with its number, its place in the cabinet and a scan", async () => {
    const bare = await answer(desk, clerk, { personId: person("1"), evidence: { kind: "none" } })
    expect(bare.reply).toMatchObject({ status: 422, body: { code: "consent.evidence_missing" } })
    const { scan: _, ...noScan } = onPaper
    const half = await answer(desk, clerk, { personId: person("1"), evidence: noScan, channel: "paper" })
    expect(half.reply.status).toBe(400)
    const paper = await answer(desk, clerk, { personId: person("1"), evidence: onPaper, channel: "paper" })
    expect(done(paper.reply).body).toMatchObject({
      feature: {
        state: "given",
        given: ["phone"],
        events: [{ channel: "paper", paperNumber: onPaper.number, paperPlace: onPaper.place }],
      },
    })
    await give(desk, clerk, person("1", 1))
  })

  it("lies sealed: neither signature nor scan is in a row, a trace or the log file", async () => {
    const rows = await sql<{ row: string }>(
      desk,
      "select e::text as row from app.consent_event e union all select encode(sealed, 'escape') from app.record where class = 'special'",
    )
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.filter(({ row }) => row.includes(signature.slice(0, 40)))).toEqual([])
  })

  it("leaves a trace with its purpose and fields, and is recorded once when it is sent twice", async () => {
    const personId = person("2")
    const { eventId } = await answer(desk, clerk, { personId })
    const again = await answer(desk, clerk, { personId, eventId })
    expect(done(again.reply).body).toMatchObject({ feature: { state: "given" } })
    const traces = (await tracesOf(desk)).filter(({ use_id: use }) => use === eventId)
    expect(traces).toMatchObject([
      { act: "consent.given", clause: "2.5", purpose: "greeting", fields: ["phone"] },
    ])
    const foreign = await answer(desk, clerk, { personId: person("2", 1), eventId })
    expect(foreign.reply).toMatchObject({ status: 404, body: { code: "thing.absent" } })
  })

  it("of somebody outside one's buildings is none of one's business", async () => {
    const { reply } = await answer(desk, clerk, { personId: person("3") })
    expect(reply).toMatchObject({ status: 404, body: { code: "thing.absent" } })
    expect((await read(desk, clerk, `/persons/${person("3")}/consents`)).status).toBe(404)
  })
})

describe("a refusal", () => {
  it("is recorded, and costs no service", async () => {
    const { personId, phone } = resident(desk, "1", 2)
    const { reply } = await answer(desk, clerk, { personId, kind: "refused" })
    expect(done(reply).body).toMatchObject({ feature: { state: "refused", given: [] } })
    const order = await openOrder(desk, clerk, { phone })
    expect((await lookAt(desk, clerk, order)).body).toMatchObject({ values: [phone] })
  })

  it("is not asked again before its time, unless the person comes by themselves", async () => {
    const { personId } = resident(desk, "1", 2)
    const asked = await answer(desk, clerk, { personId, kind: "asked" })
    expect(asked.reply).toMatchObject({ status: 409, body: { code: "consent.cool_down" } })
    expect(asked.reply.body["facts"]).toMatchObject({ until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
    const pressed = await answer(desk, clerk, { personId })
    expect(pressed.reply.body).toMatchObject({ code: "consent.cool_down" })
    desk.test.time.ahead += 91 * 86_400_000
    done((await answer(desk, clerk, { personId, kind: "asked" })).reply)
    done((await answer(desk, clerk, { personId, kind: "refused" })).reply)
    done((await answer(desk, clerk, { personId, ownWish: true })).reply)
  })

  it("keeps the person off the list of a use: counted, not named", async () => {
    const { personId } = resident(desk, "2", 2)
    done((await answer(desk, clerk, { personId, kind: "refused" })).reply)
    const runId = await startRun(desk, desk.manager)
    const { body, text } = done(await read(desk, desk.manager, `/consent-runs/${runId}`))
    expect(body).toMatchObject({ listed: 4, unlisted: 8 })
    expect(text).not.toContain(personId)
    expect(text).not.toContain(resident(desk, "1").phone)
  })
})

describe("a field that is optional", () => {
  it("is hidden without consent, though an order names it, and shown with it", async () => {
    const { personId } = resident(desk, "1")
    await sql(
      desk,
      `update app.record set masks = masks || '{"title": ["●"]}' where subject_id = $1 and class = 'identity'`,
      [personId],
    )
    const order = await openOrder(desk, clerk)
    const hidden = await lookAt(desk, clerk, order, "title")
    expect(hidden).toMatchObject({ status: 403, body: { code: "consent.missing" } })
    const refused = (await tracesOf(desk)).findLast(({ act }) => act === "use.look")
    expect(refused).toMatchObject({ outcome: "refused", use_id: order.useId, fields: ["title"] })
    const title = textOf(0, { feature: "salutation", purpose: "repair", fields: ["title"] })
    done(await writeText(desk, officer, title))
    done((await answer(desk, clerk, { personId, feature: "salutation" })).reply)
    expect((await lookAt(desk, clerk, order, "title")).status).toBe(200)
    done((await answer(desk, clerk, { personId, feature: "salutation", kind: "withdrawn" })).reply)
    const stopped = await lookAt(desk, clerk, order, "title")
    expect(stopped).toMatchObject({ status: 403, body: { code: "consent.withdrawn" } })
    expect((await lookAt(desk, clerk, order)).status).toBe(200)
  })
})
