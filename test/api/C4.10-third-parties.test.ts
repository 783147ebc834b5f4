/** Clause 4.10: recipients are registered with contract, purpose, fields and an end; what is given is recorded and proven to be gone. */

import { randomUUID } from "node:crypto"
import { readXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { deny, lookUnder, type Office, setToNoon, staffOffice } from "../applications.ts"
import { count, download, make, password, readyCopy, tryExport, untilReady } from "../exports.ts"
import { send, type TestStaff } from "../house.ts"
import { stateOf } from "../isolation/contexts.ts"
import { at, type Desk, done, furnish, hire, openDesk, resident, sql, tracesOf } from "../orders.ts"
import {
  assess,
  dayIn,
  enter,
  ledger,
  listOf,
  liveParty,
  parties,
  post,
  share,
  sharedWith,
  sharingOf,
  tinyPng,
} from "../parties.ts"

const day = 86_400_000

let desk: Desk
let next: Desk
let office: Office
let second: TestStaff
let lift: string

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
  second = await hire(desk, "manager")
  next = await furnish(desk.test, 2)
  const { manager, officer } = office
  await assess(desk, { by: officer, signer: manager })
  lift = await liveParty(desk, { manager, officer })
})
beforeEach(() => setToNoon(desk))
afterAll(() => desk.test.close())

const sign = (as: TestStaff, partyId: string, verdict = "signed") =>
  post(desk, as, `/parties/${partyId}/sign`, { verdict })
const entered = async (said: object = {}) => {
  const partyId = randomUUID()
  done(await enter(desk, office.manager, { partyId, ...said }))
  return partyId
}
const stateOfParty = async (id: string) =>
  (await parties(desk, office.officer)).find((one) => one["partyId"] === id)?.["state"]
const shared = (said: object = {}) =>
  sharedWith(desk, office.supervisor, { partyId: lift, signers: [office.manager], ...said })
const told = async (said: object = {}) => {
  const id = await shared(said)
  done(await post(desk, office.supervisor, `/sharings/${id}/left`, { how: "told" }))
  return id
}
const prove = (as: TestStaff, id: string, said: object = {}) =>
  post(desk, as, `/sharings/${id}/proofs`, {
    proofId: randomUUID(),
    kind: "deleted",
    day: dayIn(desk, 0),
    ...said,
  })
const answer = (as: TestStaff, id: string, proofId: string, verdict = "accepted") =>
  post(desk, as, `/sharings/${id}/proofs/${proofId}/answer`, { verdict })

describe("a contract", () => {
  it("is entered by a manager and signed by the privacy officer, and nothing goes out before", async () => {
    const partyId = await entered()
    expect(await stateOfParty(partyId)).toBe("entered")
    expect((await share(desk, office.supervisor, { partyId })).body["code"]).toBe("party.not_signed")
    expect((await sign(office.manager, partyId)).status).toBe(403)
    done(await sign(office.officer, partyId))
    expect(await stateOfParty(partyId)).toBe("live")
    expect((await sign(office.officer, partyId, "refused")).body["code"]).toBe("party.decided")
    for (const as of [office.supervisor, office.officer, office.clerk])
      expect((await enter(desk, as)).status).toBe(403)
  })

  it("sent eight times at the same moment is one, and by somebody else with its id is refused", async () => {
    const partyId = randomUUID()
    const all = await Promise.all(Array.from({ length: 8 }, () => enter(desk, office.manager, { partyId })))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await parties(desk, office.officer)).filter((one) => one["partyId"] === partyId)).toHaveLength(1)
    expect((await enter(desk, second, { partyId })).body["code"]).toBe("thing.absent")
  })

  it("is signed by another person, not by another account of whoever entered it", async () => {
    const double = await hire(desk, "privacy_officer")
    const partyId = await entered()
    await sql(desk, "insert into app.same_person values ($1, $1, $1, now()), ($2, $1, $1, now())", [
      office.manager.staffId,
      double.staffId,
    ])
    expect((await sign(double, partyId)).body["code"]).toBe("party.own")
    const row = "insert into app.party_signed values ($1, $2, $3, 'signed', $4, now())"
    const values = [desk.community.communityId, partyId, office.manager.staffId, double.staffId]
    expect(await stateOf(sql(desk, row, values))).toBe("HU365")
    await sql(desk, "delete from app.same_person where staff_id = any ($1)", [
      [office.manager.staffId, double.staffId],
    ])
  })

  it("lists only what a live assessment of giving it away covers", async () => {
    const unassessed = { scope: [{ purpose: "parking", fields: ["plate"] }] }
    expect(await enter(desk, office.manager, unassessed)).toMatchObject({
      status: 422,
      body: { code: "party.not_assessed", facts: { purpose: "parking" } },
    })
    const { officer, manager } = office
    await assess(desk, { by: officer, signer: manager, purpose: "parking", said: { isShared: false } })
    expect((await enter(desk, manager, unassessed)).body["code"]).toBe("party.not_assessed")
    await assess(desk, { by: officer, signer: manager, purpose: "parking" })
    expect((await enter(desk, manager, unassessed)).status).toBe(200)
  })

  it("asks for the assessment of each sensitive field, and for nothing that the matrix forbids", async () => {
    const { officer, manager } = office
    await assess(desk, { by: officer, signer: manager, purpose: "owners_meeting" })
    const scope = [{ purpose: "owners_meeting", fields: ["name", "id_number"] }]
    expect((await enter(desk, manager, { scope })).body["code"]).toBe("party.not_assessed")
    await assess(desk, {
      by: officer,
      signer: manager,
      purpose: "owners_meeting",
      said: { fields: ["id_number"] },
    })
    expect((await enter(desk, manager, { scope })).status).toBe(200)
    const strange = [{ purpose: "repair", fields: ["household"] }]
    expect((await enter(desk, manager, { scope: strange })).body["code"]).toBe("application.field_forbidden")
  })

  it.each([
    ["ends before it begins", { until: "2020-01-01" }, "party.dates"],
    ["has no number", { contractNumber: "无" }, "request.malformed"],
    ["names a phone", { name: "张三13900001234" }, "request.malformed"],
    ["is nobody's to answer for", { responsible: randomUUID() }, "party.nobody"],
    [
      "lists a purpose twice",
      { scope: ["phone", "title"].map((field) => ({ purpose: "repair", fields: [field] })) },
      "party.purpose_twice",
    ],
  ])("that %s is refused", async (_what, said, code) => {
    expect((await enter(desk, office.manager, said)).body["code"]).toBe(code)
  })

  it("ends at once when it is ended, and cannot be signed wider", async () => {
    const { manager, officer } = office
    const partyId = await liveParty(desk, { manager, officer })
    const widen = "insert into app.party_scope values ($1, $2, 'fee', '{phone}')"
    const wider = [desk.community.communityId, partyId]
    expect(await stateOf(sql(desk, widen, wider))).toBe("HU366")
    const id = await sharedWith(desk, office.supervisor, { partyId, signers: [manager] })
    done(await post(desk, officer, `/parties/${partyId}/end`, { reason: "breach" }))
    expect(await stateOfParty(partyId)).toBe("ended")
    const left = await post(desk, office.supervisor, `/sharings/${id}/left`, { how: "told" })
    expect(left.body["code"]).toBe("party.over")
    const { personId } = resident(desk, "1")
    expect((await lookUnder(desk, office.supervisor, { id, personId })).body["code"]).toBe("party.over")
    expect((await share(desk, office.supervisor, { partyId })).body["code"]).toBe("party.over")
    const again = await post(desk, manager, `/parties/${partyId}/end`, { reason: "done" })
    expect(again.body["code"]).toBe("party.decided")
  })
})

describe("the register refuses", () => {
  it.each([
    ["a field that the contract does not list", { fields: ["phone", "name"] }, "party.field_not_listed"],
    ["a purpose that it does not list", { purpose: "fee" }, "party.purpose_not_listed"],
    ["more time than the contract has", { keepUntil: "2199-01-01" }, "party.kept_too_long"],
    ["another number of persons than was counted", { rows: 4 }, "export.count_changed"],
  ])("%s, and nothing is written", async (_what, said, code) => {
    const applicationId = randomUUID()
    const reply = await share(desk, office.supervisor, { partyId: lift, applicationId, ...said })
    expect(reply.body["code"]).toBe(code)
    const rows = await sql(desk, "select from app.application where application_id = $1", [applicationId])
    expect(rows.length).toBe(0)
  })

  it("a recipient of another community, like one that does not exist", async () => {
    const there = await staffOffice(next)
    const { manager, officer } = there
    const foreign = await liveParty(next, { manager, officer, responsible: manager.staffId })
    const refused = await share(desk, office.supervisor, { partyId: foreign })
    const absent = await share(desk, office.supervisor, { partyId: randomUUID() })
    expect([refused.status, refused.body["code"]]).toEqual([404, "thing.absent"])
    expect(refused.text.length).toBe(absent.text.length)
    expect((await share(desk, office.clerk, { partyId: lift })).status).toBe(403)
  })

  it("the same in the database, whatever the server lets through", async () => {
    const id = await shared()
    const one = "insert into app.sharing select community_id, application_id, $2, $3, $4, 1, applicant, now()"
    const from = `${one} from app.application where application_id = $1`
    const until = new Date(Date.now() + desk.test.time.ahead + day).toISOString()
    const remove = async () => {
      await sql(desk, "alter table app.sharing disable trigger append_only")
      await sql(desk, "delete from app.sharing where application_id = $1", [id])
      await sql(desk, "alter table app.sharing enable trigger append_only")
    }
    await remove()
    const { manager, officer } = office
    const narrow = await liveParty(desk, {
      manager,
      officer,
      scope: [{ purpose: "repair", fields: ["title"] }],
    })
    const ended = await liveParty(desk, { manager, officer })
    done(await post(desk, manager, `/parties/${ended}/end`, { reason: "done" }))
    expect(await stateOf(sql(desk, from, [id, narrow, "repair", until]))).toBe("HU362")
    expect(await stateOf(sql(desk, from, [id, lift, "fee", until]))).toBe("23503")
    expect(await stateOf(sql(desk, from, [id, ended, "repair", until]))).toBe("HU361")
    expect(await stateOf(sql(desk, from, [id, lift, "repair", "2199-01-01"]))).toBe("HU363")
    expect(await sql(desk, from, [id, lift, "repair", until])).toEqual([])
  })
})

describe("a sharing", () => {
  it("goes through its four steps: applied, approved, left by phone, archived by a second person", async () => {
    const { supervisor, manager, officer } = office
    const applied = String(done(await share(desk, supervisor, { partyId: lift })).body["applicationId"])
    expect(await sharingOf(desk, supervisor, applied)).toMatchObject({
      state: "applied",
      homes: 3,
      persons: 3,
    })
    const early = await post(desk, supervisor, `/sharings/${applied}/left`, { how: "told" })
    expect(early.body["code"]).toBe("use.none")
    done(await post(desk, manager, `/applications/${applied}/sign`, { verdict: "approved" }))
    expect(await sharingOf(desk, supervisor, applied)).toMatchObject({
      state: "approved",
      approved: [{ staffId: manager.staffId }],
    })
    expect((await prove(supervisor, applied)).body["code"]).toBe("sharing.not_left")
    const { phone, personId } = resident(desk, "1")
    const seen = done(await lookUnder(desk, supervisor, { id: applied, personId }))
    expect(seen.body["values"]).toEqual([phone])
    const left = { how: "told" }
    expect((await post(desk, manager, `/sharings/${applied}/left`, left)).body["code"]).toBe("use.none")
    done(await post(desk, supervisor, `/sharings/${applied}/left`, left))
    expect((await post(desk, supervisor, `/sharings/${applied}/left`, left)).body["code"]).toBe(
      "sharing.left_before",
    )
    const proofId = randomUUID()
    done(await prove(supervisor, applied, { proofId, paper: tinyPng }))
    expect(await sharingOf(desk, supervisor, applied)).toMatchObject({ state: "proving" })
    expect((await answer(supervisor, applied, proofId)).status).toBe(403)
    done(await answer(officer, applied, proofId))
    expect(await sharingOf(desk, supervisor, applied)).toMatchObject({
      state: "archived",
      left: { how: "told", copyNumber: null, persons: 3 },
      proofs: [{ kind: "deleted", evidence: "paper", answered: { staffId: officer.staffId } }],
    })
    const acts = (await tracesOf(desk)).filter((one) => one.use_id === applied)
    expect(acts.map(({ act }) => act)).toEqual(
      expect.arrayContaining(["use.apply", "use.approve", "use.look", "sharing.left", "sharing.archive"]),
    )
    expect(acts.find(({ act }) => act === "sharing.left")).toMatchObject({
      fields: ["phone"],
      purpose: "repair",
    })
    expect(acts.find(({ act }) => act === "sharing.left")?.subjects.length).toBe(3)
  })

  it("as a file bears the third party's name, its number is noted by itself, and an ended contract stops it", async () => {
    const { supervisor, manager, officer } = office
    const partyId = await liveParty(desk, { manager, officer })
    const id = await sharedWith(desk, supervisor, { partyId, signers: [manager], form: "export" })
    const left = await post(desk, supervisor, `/sharings/${id}/left`, { how: "paper" })
    expect(left.body["code"]).toBe("sharing.leaves_as_file")
    const copyId = await readyCopy(desk, supervisor, id)
    const secret = String(done(await password(desk, supervisor, copyId)).body["password"])
    expect((await sharingOf(desk, supervisor, id))["left"]).toBeNull()
    const file = await download(desk, supervisor, copyId)
    const [sheet] = (await readXlsx(file.rawPayload, { password: secret })).sheets
    expect(String(sheet?.rows[0]?.[0])).toContain("仅供 安顺电梯有限公司（经手 ")
    const [copy] = await sql<{ number: string }>(
      desk,
      "select number from app.export_copy where copy_id = $1",
      [copyId],
    )
    expect(await sharingOf(desk, supervisor, id)).toMatchObject({
      state: "left",
      left: { how: "file", copyNumber: copy?.number, persons: 3 },
    })
    const other = await sharedWith(desk, supervisor, { partyId, signers: [manager], form: "export" })
    const late = String(done(await make(desk, supervisor, other)).body["copyId"])
    await untilReady(desk, supervisor, late)
    const third = await sharedWith(desk, supervisor, { partyId, signers: [manager], form: "print" })
    done(await post(desk, manager, `/parties/${partyId}/end`, { reason: "terminated" }))
    expect(JSON.parse((await download(desk, supervisor, late)).body).code).toBe("party.over")
    expect((await make(desk, supervisor, third)).body["code"]).toBe("party.over")
    const step = `insert into app.export_step select community_id, copy_id, 'taken', applicant, building_ids, applicant, now()
      from app.export_copy where copy_id = $1`
    expect(await stateOf(sql(desk, step, [late]))).toBe("HU361")
  })

  it("does not stand in the way of a copy that stays in the house", async () => {
    done(await count(desk, office.clerk, { buildingIds: ["1"], fields: ["name"] }))
    expect(
      (await tryExport(desk, office.clerk, { buildingIds: ["1"], rows: 3, fields: ["name"] })).status,
    ).toBe(200)
  })

  it("that was refused is closed, and never overdue", async () => {
    const id = String(done(await share(desk, office.supervisor, { partyId: lift })).body["applicationId"])
    done(await deny(desk, office.manager, id))
    desk.test.time.ahead += 200 * day
    expect(await sharingOf(desk, office.supervisor, id)).toMatchObject({ state: "closed", isOverdue: false })
  })

  it("past its day without proof is overdue, first in the ledger, and names who answers for it", async () => {
    const id = await told({ keepUntil: dayIn(desk, 2) })
    expect((await ledger(desk, office.officer, "overdue")).sharings).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ applicationId: id })]),
    )
    desk.test.time.ahead += 4 * day
    const { sharings, overdue } = await ledger(desk, office.officer)
    expect(overdue).toBeGreaterThan(0)
    expect(sharings[0]).toMatchObject({ isOverdue: true })
    const row = sharings.find((one) => one["applicationId"] === id)
    const [staff] = await sql<{ name: string }>(desk, "select name from app.staff where staff_id = $1", [
      desk.manager.staffId,
    ])
    expect(row).toMatchObject({ isOverdue: true, party: { responsible: staff?.name } })
    const register = await parties(desk, office.officer)
    expect(Number(register.find((one) => one["partyId"] === lift)?.["overdue"])).toBeGreaterThan(0)
    const proofId = randomUUID()
    done(await prove(office.manager, id, { proofId, kind: "returned", day: dayIn(desk, -1) }))
    expect(await sharingOf(desk, office.officer, id)).toMatchObject({ state: "proving", isOverdue: true })
    done(await answer(second, id, proofId))
    expect(await sharingOf(desk, office.officer, id)).toMatchObject({ state: "archived", isOverdue: false })
  })

  it("falls due when the contract is ended early", async () => {
    const { supervisor, manager, officer } = office
    const partyId = await liveParty(desk, { manager, officer })
    const id = await told({ partyId })
    expect(await sharingOf(desk, supervisor, id)).toMatchObject({ isOverdue: false })
    done(await post(desk, manager, `/parties/${partyId}/end`, { reason: "breach" }))
    desk.test.time.ahead += 1
    expect(await sharingOf(desk, supervisor, id)).toMatchObject({ isOverdue: true })
  })
})

describe("the ledger", () => {
  it("is read page by page: what is overdue first, then the newest, each once", async () => {
    const late = await told()
    await sql(desk, "alter table app.sharing disable trigger append_only")
    await sql(
      desk,
      "update app.sharing set keep_until = at + interval '1 second' where application_id = $1",
      [late],
    )
    await sql(desk, "alter table app.sharing enable trigger append_only")
    desk.test.time.ahead += 60_000
    await shared()
    const whole = await ledger(desk, office.officer, "all&limit=100")
    expect(whole.sharings[0]).toMatchObject({ applicationId: late, isOverdue: true })
    const seen: unknown[] = []
    for (let after = ""; ; ) {
      const page = await ledger(desk, office.officer, `all&limit=2${after}`)
      expect(page.sharings.length).toBeLessThanOrEqual(2)
      seen.push(...page.sharings.map((one) => one["applicationId"]))
      if (typeof page.next !== "string") break
      after = `&after=${page.next}`
    }
    expect(seen).toEqual(whole.sharings.map((one) => one["applicationId"]))
    expect(seen.length).toBeGreaterThan(2)
  })

  it.each(["1", "overdue", "overdue.x", "other.1 or 1=1"])(
    "refuses a page that is none: %s",
    async (after) => {
      const path = at(desk, `/sharings?after=${encodeURIComponent(after)}`)
      const reply = await send(desk.test, `GET ${path}`, { as: office.officer })
      expect([reply.status, reply.body["code"]]).toEqual([400, "request.malformed"])
    },
  )
})

describe("a proof", () => {
  it("is answered by another person; refused, the sharing stays out", async () => {
    const id = await told()
    const proofId = randomUUID()
    done(await prove(office.manager, id, { proofId }))
    expect((await answer(office.manager, id, proofId)).body["code"]).toBe("sharing.own_proof")
    const row = `insert into app.sharing_proof_answer select community_id, proof_id, application_id, by_staff, 'accepted', by_staff,
      applicant, now() from app.sharing_proof where proof_id = $1`
    expect(await stateOf(sql(desk, row, [proofId]))).toBe("23514")
    expect((await prove(office.manager, id)).body["code"]).toBe("sharing.proof_waits")
    done(await answer(second, id, proofId, "refused"))
    expect(await sharingOf(desk, office.officer, id)).toMatchObject({ state: "left" })
    const better = randomUUID()
    done(await prove(office.manager, id, { proofId: better }))
    const both = await Promise.all([
      answer(second, id, better),
      answer(office.officer, id, better, "refused"),
    ])
    expect(both.filter(({ status }) => status === 200).length).toBe(1)
  })

  it("with the id that another sharing's has is refused like a thing that is not there", async () => {
    const [one, other] = [await told(), await told()]
    const proofId = randomUUID()
    done(await prove(office.supervisor, one, { proofId }))
    expect((await prove(office.supervisor, other, { proofId })).body["code"]).toBe("thing.absent")
    expect(await sharingOf(desk, office.officer, other)).toMatchObject({ state: "left", proofs: [] })
  })

  it("has a day behind the sharing and not in the future, and a picture or PDF", async () => {
    const id = await told()
    expect((await prove(office.manager, id, { day: dayIn(desk, 1) })).body["code"]).toBe("sharing.day")
    expect((await prove(office.manager, id, { day: dayIn(desk, -9) })).body["code"]).toBe("sharing.day")
    const text = Buffer.from("不是图片，也不是 PDF，只是一段文字而已，没有用处").toString("base64")
    expect((await prove(office.manager, id, { paper: text })).body["code"]).toBe("paper.unknown")
    const pdf = Buffer.from("%PDF-1.7\n删除证明：我方已删除贵司提供的全部信息。").toString("base64")
    const proofId = randomUUID()
    done(await prove(office.manager, id, { proofId, paper: pdf }))
    const shown = await post(desk, office.officer, `/sharings/${id}/proofs/${proofId}/paper`)
    expect([shown.status, shown.text.startsWith("%PDF-1.7")]).toEqual([200, true])
    expect((await post(desk, office.clerk, `/sharings/${id}/proofs/${proofId}/paper`)).status).toBe(403)
  })

  it("may be a scan of several pages, but no film", async () => {
    const id = await told()
    const scan = `%PDF-1.7\n${"页".repeat(1_500_000)}`
    const proofId = randomUUID()
    done(await prove(office.manager, id, { proofId, paper: Buffer.from(scan).toString("base64") }))
    const shown = await post(desk, office.officer, `/sharings/${id}/proofs/${proofId}/paper`)
    expect(shown.text === scan).toBe(true)
    const larger = await prove(office.manager, id, { paper: "A".repeat(7_000_000) })
    expect([larger.status, larger.body["code"]]).toEqual([413, "request.too_large"])
    // Nobody's body is taken in: else this one would be malformed.
    const url = at(desk, `/sharings/${id}/proofs`)
    const headers = { "content-type": "application/json" }
    const unknown = await desk.test.app.inject({ method: "POST", url, headers, payload: "{" })
    expect(unknown.statusCode).toBe(401)
  })

  it("is seen by the auditor, who changes nothing; a supervisor sees only their own", async () => {
    const id = await told()
    const auditor = await hire(desk, "auditor")
    const other = await hire(desk, "supervisor")
    expect((await ledger(desk, auditor)).sharings.some((one) => one["applicationId"] === id)).toBe(true)
    expect((await prove(auditor, id)).status).toBe(403)
    expect(listOf((await ledger(desk, other)).sharings)).toEqual([])
    expect((await prove(other, id)).status).toBe(404)
  })
})
