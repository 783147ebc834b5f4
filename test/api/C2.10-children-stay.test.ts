/** Clause 2.10: somebody under 14 is in no copy that leaves; what an authority may ask for by law is not held back. */

import { readXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { approve, type Office, setToNoon, staffOffice } from "../applications.ts"
import { request } from "../authorities.ts"
import { count, download, grantedExport, listCopies, make, password, readyCopy } from "../exports.ts"
import { send, type TestStaff } from "../house.ts"
import { at, type Desk, done, openDesk, resident, sql, tracesOf } from "../orders.ts"

let desk: Desk
let office: Office
let child: { personId: string; homeId: string }
let persons: readonly string[]

beforeAll(async () => {
  desk = await openDesk()
  setToNoon(desk)
  office = await staffOffice(desk)
  child = resident(desk, "1")
  done(
    await send(desk.test, `POST ${at(desk, `/persons/${child.personId}/minor`)}`, {
      as: office.clerk,
      body: {},
    }),
  )
  const rows = await sql<{ person_id: string }>(
    desk,
    `select distinct r.person_id from app.residence r join app.home h using (community_id, home_id)
     where h.building_id = (select building_id from app.home where home_id = $1) and r.community_id = $2`,
    [child.homeId, desk.community.communityId],
  )
  persons = rows.map((row) => row.person_id)
})
beforeEach(() => setToNoon(desk))
afterAll(() => desk.test.close())

const refOf = async (personId: string): Promise<string> => {
  const [row] = await sql<{ ref: string }>(
    desk,
    "select subject_ref::text as ref from app.person where person_id = $1",
    [personId],
  )
  return row?.ref ?? ""
}

/** The rows between the head and the last line. */
async function rowsOf(as: TestStaff, copyId: string): Promise<string[]> {
  const shown = String(done(await password(desk, as, copyId)).body["password"])
  const file = await download(desk, as, copyId)
  expect(file.statusCode).toBe(200)
  const [sheet] = (await readXlsx(file.rawPayload, { password: shown })).sheets
  return (sheet?.rows ?? []).slice(2, -1).map((row) => row.join(" "))
}

const building = { buildingIds: ["1"], fields: ["name", "phone"] }
const signers = () => [office.supervisor, office.manager, office.officer]

/** Signed by whoever the rules ask for of these. */
async function granted(rows: number, homeIds?: readonly string[]): Promise<string> {
  const wish = homeIds === undefined ? building : { ...building, buildingIds: [], homeIds }
  const id = await grantedExport(desk, office.clerk, { ...wish, rows, signers: [] })
  for (const signer of signers()) await approve(desk, signer, id)
  return id
}

describe("a child on a list", () => {
  it("is counted as somebody who stays behind, beside grown-ups who do not", async () => {
    expect(persons.length).toBeGreaterThan(1)
    expect(done(await count(desk, office.clerk, building)).body).toMatchObject({
      rows: persons.length,
      children: 1,
    })
  })

  it("is in no row, no count and no trace of the copy; everybody else is", async () => {
    const id = await granted(persons.length)
    const copyId = await readyCopy(desk, office.clerk, id)
    const { copies } = done(await listCopies(desk, office.clerk)).body
    expect(copies).toEqual(
      expect.arrayContaining([expect.objectContaining({ copyId, persons: persons.length - 1 })]),
    )
    expect(await rowsOf(office.clerk, copyId)).toHaveLength(persons.length - 1)
    const left = (await tracesOf(desk)).filter((one) => one.use_id === id && one.act.startsWith("export."))
    const subjects = new Set(left.flatMap((one) => one.subjects))
    expect(subjects.size).toBe(persons.length - 1)
    expect(subjects.has(await refOf(child.personId))).toBe(false)
    const marks = await sql(desk, "select from app.cap_mark where record_id = $1", [child.personId])
    expect(marks).toEqual([])
  })

  it("alone makes no copy, and the refusal says what to do instead", async () => {
    const only = await sql<{ n: number }>(
      desk,
      "select count(distinct person_id)::int as n from app.residence where home_id = $1",
      [child.homeId],
    )
    const id = await granted(only[0]?.n ?? 0, [child.homeId])
    const reply = await make(desk, office.clerk, id)
    expect(reply).toMatchObject({ status: 422, body: { code: "minor.no_copy" } })
    expect(reply.text).toContain("逐人申请查看")
  })

  it("is not held back from an authority that asks by law", async () => {
    const reply = await request(desk, office.clerk, { homeIds: [child.homeId], form: "export" })
    const id = String(done(reply).body["applicationId"])
    for (const signer of signers()) await approve(desk, signer, id)
    const copyId = await readyCopy(desk, office.clerk, id)
    expect((await rowsOf(office.clerk, copyId)).length).toBeGreaterThan(0)
  })
})
