/** Clause 4.11: two officers, a document, the least scope, the manager, a numbered copy. */

import { readXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { approve, deny, type Office, readApplication, setToNoon, staffOffice } from "../applications.ts"
import { handOut, request, requestOf, twoOfficers } from "../authorities.ts"
import { download, password, readyCopy } from "../exports.ts"
import type { Reply } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import { type Desk, done, hire, openDesk, read, resident, sql, tracesOf } from "../orders.ts"
import { dayIn, listOf, post, tinyPng } from "../parties.ts"

const day = 86_400_000

let desk: Desk
let office: Office

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
})
beforeEach(() => setToNoon(desk))
afterAll(() => desk.test.close())

const taken = async (said: object = {}) =>
  String(done(await request(desk, office.clerk, said)).body["applicationId"])
const both = () => [office.supervisor, office.manager]

describe("a request", () => {
  it.each<readonly [string, object, string]>([
    ["with one officer", { officers: twoOfficers.slice(1) }, "authority.two_officers"],
    ["with nobody named", { officers: [] }, "authority.two_officers"],
    ["with one officer twice", { officers: [twoOfficers[0], twoOfficers[0]] }, "authority.two_officers"],
    ["without a card", { officers: [twoOfficers[0], { name: "吴明", card: "" }] }, "authority.cards"],
    ["without a document number", { documentNumber: "" }, "authority.document"],
    ["with a phone for a document number", { documentNumber: "号13900001234" }, "authority.document"],
    ["without a ground", { ground: undefined }, "authority.ground"],
    ["without its paper", { paper: undefined }, "authority.paper"],
    ["kept secret until yesterday", { secretUntil: "2020-01-01" }, "authority.secret_day"],
    ["for more persons than were counted", { rows: 2 }, "export.count_changed"],
    ["for what no authority is told here", { fields: ["plate"] }, "application.field_forbidden"],
  ])("%s is refused, and the refusal says what to ask for", async (_what, said, code) => {
    const reply = await request(desk, office.clerk, said)
    expect(reply.body["code"]).toBe(code)
    expect(reply.text).toMatch(/\p{Script=Han}{4}/u)
    expect(reply.text).not.toMatch(/周正|吴明|京警/)
  })

  it("for a home out of reach is refused like one that does not exist", async () => {
    const far = await request(desk, office.clerk, { homeIds: [resident(desk, "3").homeId] })
    const none = await request(desk, office.clerk, { homeIds: ["00000000-0000-4000-8000-00000000abcd"] })
    expect([far.status, far.text]).toEqual([none.status, none.text])
  })

  it("that is complete waits for the manager, who is never whoever took it in", async () => {
    const id = await taken()
    expect(await requestOf(desk, office.clerk, id)).toMatchObject({
      state: "applied",
      officers: [expect.stringMatching(/^周.* ●●●●34$/), expect.stringMatching(/^吴.* ●●●●78$/)],
      homes: 1,
      persons: 1,
    })
    const seen = done(await readApplication(desk, office.supervisor, id)).body
    expect(seen).toMatchObject({
      outside: { kind: "authority", name: "和平派出所" },
      purpose: "authority_assist",
      requestNumber: "京公调证〔2026〕31号",
    })
    expect(seen["posts"]).toContain("manager")
    const own = String(done(await request(desk, office.manager)).body["applicationId"])
    expect((await approve(desk, office.manager, own)).body["code"]).toBe("application.own")
    done(await approve(desk, await hire(desk, "manager"), own))
  })

  it("without a manager among its signatures is refused by the database as well", async () => {
    const id = await taken()
    const rows = await sql<{ column_name: string }>(
      desk,
      `select column_name from information_schema.columns where table_schema = 'app' and table_name = 'authority_request'
         and is_identity = 'NO' order by ordinal_position`,
    )
    const columns = rows.map((row) => row.column_name)
    await sql(desk, "alter table app.application disable trigger append_only")
    await sql(
      desk,
      `insert into app.application select (jsonb_populate_record(null::app.application, to_jsonb(a) || jsonb_build_object('application_id',
         '00000000-0000-4000-8000-00000000abcd', 'number', 'A-X', 'posts', '["supervisor"]'::jsonb, 'seq', a.seq + 1000000))).*
       from app.application a where application_id = $1`.replace(
        "insert into app.application",
        "insert into app.application overriding system value",
      ),
      [id],
    )
    await sql(desk, "alter table app.application enable trigger append_only")
    const copied = columns.map((name) =>
      name === "application_id" ? "'00000000-0000-4000-8000-00000000abcd'" : name,
    )
    const text = `insert into app.authority_request (${columns.join(", ")}) select ${copied.join(", ")} from app.authority_request
      where application_id = $1`
    expect(await stateOf(sql(desk, text, [id]))).toBe("HU371")
  })
})

describe("what was shown", () => {
  it("is sealed: officers are shown to those who answer for the request, and each look is traced", async () => {
    const id = await taken()
    const open = (as = office.manager) => post(desk, as, `/authority-requests/${id}/officers`)
    expect(done(await open()).body["officers"]).toEqual(twoOfficers)
    expect((await open(await hire(desk, "auditor"))).status).toBe(403)
    expect((await open(await hire(desk, "clerk", ["1"]))).status).toBe(404)
    const [row] = await sql<{ text: string }>(
      desk,
      "select row_to_json(q)::text as text from app.authority_request q where application_id = $1",
      [id],
    )
    expect(row?.text).not.toMatch(/周正|吴明|011234|015678/)
    const traces = (await tracesOf(desk)).filter((one) => one.use_id === id)
    expect(traces.filter(({ act }) => act === "authority.see_officers").length).toBe(1)
  })

  it("is the document itself, for the same persons", async () => {
    const id = await taken()
    const see = (as = office.officer) =>
      post(desk, as, `/authority-requests/${id}/paper`, { which: "document" })
    expect((await see()).status).toBe(200)
    expect((await see(await hire(desk, "clerk", ["1"]))).status).toBe(404)
    const none = await post(desk, office.officer, `/authority-requests/${id}/paper`, { which: "receipt" })
    expect(none.status).toBe(404)
  })
})

describe("a copy", () => {
  it("is numbered and names the authority; its receipt closes the request", async () => {
    const id = await taken({ form: "export" })
    for (const signer of both()) done(await approve(desk, signer, id))
    const copyId = await readyCopy(desk, office.clerk, id)
    const secret = String(done(await password(desk, office.clerk, copyId)).body["password"])
    const early = await post(desk, office.clerk, `/authority-requests/${id}/receipt`, { paper: tinyPng })
    expect(early.body["code"]).toBe("authority.not_handed")
    const file = await download(desk, office.clerk, copyId)
    const [sheet] = (await readXlsx(file.rawPayload, { password: secret })).sheets
    const row = await requestOf(desk, office.clerk, id)
    expect(row).toMatchObject({ state: "handed" })
    const mark = String(sheet?.rows[0]?.[0])
    expect(mark).toContain("仅供 和平派出所（经手 ")
    expect(mark).toContain(String(row?.["copyNumber"]))
    done(await post(desk, office.clerk, `/authority-requests/${id}/receipt`, { paper: tinyPng }))
    expect(await requestOf(desk, office.clerk, id)).toMatchObject({ state: "receipted" })
    const again = await post(desk, office.clerk, `/authority-requests/${id}/receipt`, { paper: tinyPng })
    expect(again.body["code"]).toBe("authority.receipted")
    const foreign = await post(desk, office.manager, `/authority-requests/${id}/receipt`, { paper: tinyPng })
    expect(foreign.status).toBe(404)
  })

  it("is not made of a request that was refused", async () => {
    const id = await taken()
    done(await deny(desk, office.supervisor, id, "not_proven"))
    const made = await post(desk, office.clerk, `/applications/${id}/export`)
    expect(made.status).toBeGreaterThanOrEqual(400)
    expect(await requestOf(desk, office.clerk, id)).toMatchObject({ state: "closed", copyNumber: null })
  })
})

describe("a request that is lawfully secret", () => {
  it("is in the log at once, with the day until which the owner is not told", async () => {
    const until = dayIn(desk, 60)
    const id = await taken({ secretUntil: until })
    await handOut(desk, office.clerk, { id, signers: both() })
    const acts = (await tracesOf(desk)).filter((one) => one.use_id === id).map(({ act }) => act)
    expect(acts).toEqual(
      expect.arrayContaining(["use.apply", "use.approve", "export.made", "export.download"]),
    )
    const row = await requestOf(desk, office.officer, id)
    const end = Date.parse(String(row?.["secretUntil"]))
    expect(new Date(end - 1 + day / 3).toISOString().slice(0, 10)).toBe(until)
    expect((await requestOf(desk, office.officer, await taken()))?.["secretUntil"]).toBeNull()
  })
})

describe("the list of requests", () => {
  it("comes page by page, newest first, each once, also when another is taken in meanwhile", async () => {
    for (let made = 0; made < 5; made += 1) await taken()
    const page = (query: string) => read(desk, office.manager, `/authority-requests${query}`)
    const idsIn = (reply: Reply) => listOf(reply.body["requests"]).map((one) => String(one["applicationId"]))
    const all = idsIn(done(await page("?limit=100")))
    const seen: string[] = []
    for (let after = ""; ; ) {
      const reply = done(await page(`?limit=2${after}`))
      seen.push(...idsIn(reply))
      if (seen.length === 2) await taken()
      const { next } = reply.body
      if (typeof next !== "string") break
      after = `&after=${next}`
    }
    expect(all.length).toBeGreaterThan(4)
    expect(seen).toEqual(all)
  })

  it("has no page at a place that is none", async () => {
    const reply = await read(desk, office.manager, "/authority-requests?after=1;drop")
    expect([reply.status, reply.body["code"]]).toEqual([400, "request.malformed"])
  })
})
