/** Clause 2.5: what is switched on in a form is consented to, with the text that was read; without a consent it is not kept. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { hashOfText } from "../../src/lifecycle/consent/consent-text.ts"
import { answer, onPaper, signature, textOf, writeText } from "../consents.ts"
import { fillIn, hang, samples, sendIn } from "../forms.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, hire, openDesk, read, sql, tracesOf } from "../orders.ts"

let desk: Desk
let clerk: TestStaff
let officer: TestStaff

beforeAll(async () => {
  desk = await openDesk()
  clerk = await hire(desk, "clerk")
  officer = await hire(desk, "privacy_officer")
})
afterAll(() => desk.test.close())

const car = (name: string, phone: string) => ({ name, phone, home: samples.home ?? "", plate: "京C12121" })
const titled = (name: string, phone: string) => ({ ...car(name, phone), title: "某女士" })

interface Event {
  readonly person_id: string
  readonly feature: string
  readonly kind: string
  readonly purpose: string
  readonly fields: readonly string[]
  readonly text_version: number
  readonly text_hash: string
  readonly channel: string
  readonly language: string
  readonly evidence: string
  readonly paper_number: string | null
  readonly paper_place: string | null
  readonly asked_post: string | null
  readonly of_form: boolean
}

function events(): Promise<Event[]> {
  return sql<Event & Record<string, unknown>>(desk, "select * from app.consent_event order by seq")
}

async function holders(field: string): Promise<number> {
  const rows = await sql<{ count: number }>(
    desk,
    "select count(*)::int as count from app.record where origin ? $1 or masks ? $1",
    [field],
  )
  return rows[0]?.count ?? 0
}

async function textShown(): Promise<{ version: number; rendered: { "zh-CN": string } }> {
  const { body } = done(await read(desk, clerk, "/forms"))
  const forms: ReadonlyArray<{ purpose: string; fields: ReadonlyArray<{ code: string; consent: never }> }> =
    JSON.parse(JSON.stringify(body["forms"]))
  const parking = forms.find(({ purpose }) => purpose === "parking")
  const found: { version: number; rendered: { "zh-CN": string } } | undefined = parking?.fields.find(
    ({ code }) => code === "title",
  )?.consent
  if (found === undefined) throw new Error("the form shows no text")
  return found
}

describe("an optional field that is switched on", () => {
  it("without anything that shows the consent is refused: neither field nor form is kept", async () => {
    const before = [await holders("title"), (await events()).length]
    const values = titled("甘无签", "13900007001")
    const bare = await fillIn(desk, clerk, { purpose: "parking", values, agreed: ["title"], consent: null })
    expect(bare).toMatchObject({ status: 422, body: { code: "consent.evidence_missing" } })
    expect([await holders("title"), (await events()).length]).toEqual(before)
    done(await fillIn(desk, clerk, { purpose: "parking", values: car("甘无签", "13900007001") }))
    expect([await holders("title"), (await events()).length]).toEqual(before)
  })

  it("at the desk records who asked, the text to the letter, its version and the signature", async () => {
    const shown = await textShown()
    expect(shown).toMatchObject({
      version: 0,
      rendered: { "zh-CN": expect.stringMatching(/停车 · 称呼\n.*照样办理/) },
    })
    const values = titled("甘同意", "13900007002")
    const consent = { language: "zh-CN", versions: { title: 0 }, evidence: { kind: "signature", signature } }
    done(await fillIn(desk, clerk, { purpose: "parking", values, agreed: ["title"], consent }))
    const [event] = (await events()).slice(-1)
    expect(event).toMatchObject({
      feature: "parking_title",
      kind: "given",
      purpose: "parking",
      fields: ["title"],
      text_version: 1,
      text_hash: hashOfText(shown.rendered["zh-CN"]),
      channel: "desk",
      language: "zh-CN",
      evidence: "signature",
      asked_post: "clerk",
      of_form: false,
    })
    expect((await textShown()).version).toBe(1)
    const traces = (await tracesOf(desk)).filter(({ act }) => act === "consent.given")
    expect(traces.at(-1)).toMatchObject({ clause: "2.5", purpose: "parking", fields: ["title"] })
    const { body } = done(await read(desk, clerk, `/persons/${event?.person_id ?? ""}/consents`))
    expect(body["features"]).toMatchObject([{ state: "given", given: ["title"] }])
  })

  it("that was consented to before is not recorded twice", async () => {
    const before = (await events()).length
    const values = titled("甘同意", "13900007002")
    done(await fillIn(desk, clerk, { purpose: "parking", values, agreed: ["title"] }))
    expect((await events()).length).toBe(before)
  })

  it("on paper is shown by the sheet, its place and the scan; a drawn signature does not stand for it", async () => {
    const printed = await send(desk.test, `POST ${at(desk, "/form-sheets")}`, {
      as: clerk,
      body: { purpose: "parking", copies: 2 },
    })
    const [number = ""] = JSON.parse(JSON.stringify(printed.body["numbers"]))
    const sheet = Number(String(number).split("-")[1])
    const values = titled("甘纸质", "13900007003")
    const filling = { purpose: "parking", values, agreed: ["title"], sheet }
    const drawn = { language: "zh-CN", evidence: { kind: "signature", signature } }
    const wrong = await fillIn(desk, clerk, { ...filling, consent: drawn })
    expect(wrong).toMatchObject({ status: 422, body: { code: "consent.evidence_missing" } })
    done(await fillIn(desk, clerk, filling))
    expect((await events()).at(-1)).toMatchObject({
      channel: "paper",
      evidence: "paper",
      paper_number: number,
      paper_place: onPaper.place,
      asked_post: null,
    })
  })

  it("under a text that the officer has changed since is refused, on screen and on a sheet printed before; and taken with the new one", async () => {
    const words = textOf(1, { feature: "parking_title", purpose: "parking", fields: ["title"] })
    done(await writeText(desk, officer, words))
    const values = titled("甘新版", "13900007004")
    const filling = { purpose: "parking", values, agreed: ["title"] }
    const read_ = (title: number) => ({
      language: "en",
      versions: { title },
      evidence: { kind: "signature", signature },
    })
    const old = await fillIn(desk, clerk, { ...filling, consent: read_(1) })
    expect(old).toMatchObject({ status: 409, body: { code: "consent.text_changed" } })
    const sheet = await fillIn(desk, clerk, { ...filling, sheet: 2 })
    expect(sheet).toMatchObject({ status: 409, body: { code: "consent.text_changed" } })
    done(await fillIn(desk, clerk, { ...filling, consent: read_(2) }))
    expect((await events()).at(-1)).toMatchObject({ text_version: 2, language: "en" })
  })

  it("after a no is not asked for at the desk before its time", async () => {
    const values = titled("甘新版", "13900007004")
    const personId = (await events()).at(-1)?.person_id ?? ""
    const said = { personId, feature: "parking_title", textVersion: 2 }
    done((await answer(desk, clerk, { ...said, kind: "withdrawn" })).reply)
    const pressed = await fillIn(desk, clerk, { purpose: "parking", values, agreed: ["title"] })
    expect(pressed).toMatchObject({ status: 409, body: { code: "consent.cool_down" } })
  })
})

describe("from a phone", () => {
  it("the consent is of the form until the desk takes it over, then of the person", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    const submissionId = randomUUID()
    const values = titled("甘手机", "13900007005")
    const bare = await sendIn(desk, code, { values, agreed: ["title"], consent: null })
    expect(bare).toMatchObject({ status: 422, body: { code: "consent.evidence_missing" } })
    done(await sendIn(desk, code, { submissionId, values, agreed: ["title"] }))
    expect((await events()).at(-1)).toMatchObject({ channel: "phone_page", of_form: true, asked_post: null })
    const counts = async () => JSON.stringify(done(await read(desk, desk.manager, "/consents/counts")).body)
    const before = await counts()
    const accepted = await send(desk.test, `POST ${at(desk, `/form-inbox/${submissionId}/accept`)}`, {
      as: clerk,
      body: {},
    })
    expect(done(accepted).body).toMatchObject({ outcome: "roster" })
    const [onForm, taken] = (await events()).slice(-2)
    expect(taken).toMatchObject({
      channel: "phone_page",
      of_form: false,
      evidence: "signature",
      text_hash: onForm?.text_hash,
      fields: ["title"],
    })
    expect(taken?.person_id).not.toBe(onForm?.person_id)
    expect(await counts()).not.toBe(before)
    const { body } = done(await read(desk, clerk, `/persons/${taken?.person_id ?? ""}/consents`))
    expect(body["features"]).toMatchObject([{ state: "given" }])
  })

  it("a form that waits without a consent loses the field when it is taken over", async () => {
    const { code } = await hang(desk, desk.manager, "parking")
    const submissionId = randomUUID()
    done(
      await sendIn(desk, code, { submissionId, values: titled("甘旧表", "13900007006"), agreed: ["title"] }),
    )
    const admin = await desk.test.database.superuser()
    // As it came in before forms recorded consents.
    await admin.query("set session_replication_role = replica")
    await admin.query(
      "delete from app.consent_event where of_form and seq = (select max(seq) from app.consent_event)",
    )
    await admin.end()
    const before = await holders("title")
    done(
      await send(desk.test, `POST ${at(desk, `/form-inbox/${submissionId}/accept`)}`, {
        as: clerk,
        body: {},
      }),
    )
    // The form's own record, which held it, is gone; no person holds it.
    expect(await holders("title")).toBe(before - 1)
  })
})

describe("a form that is kept as it is", () => {
  it("keeps the consent beside it: a place given for 代缴费", async () => {
    const values = { home: samples.home ?? "", fee: "2026 年第 1 季度物业费", location: "31.230,121.470" }
    const on = { purpose: "fee", values, agreed: ["location"], features: ["pay_for_another"] }
    done(await fillIn(desk, clerk, on))
    expect((await events()).at(-1)).toMatchObject({
      feature: "fee_location",
      of_form: true,
      fields: ["location"],
    })
  })
})
