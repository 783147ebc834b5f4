/** Clause 4.7: what leaves the system is approved, counted, bound to a recipient, marked, expiring and downloaded once. */

import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { readXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { Exporter } from "../../src/lifecycle/export/exporter.ts"
import {
  approve,
  deny,
  end,
  lookUnder,
  type Office,
  readApplication,
  setToNoon,
  staffOffice,
} from "../applications.ts"
import {
  addDecoy,
  count,
  download,
  grantedExport,
  listCopies,
  make,
  openStreet,
  password,
  plantDecoys,
  readyCopy,
  stateOf,
  traceText,
  tryExport,
  untilReady,
} from "../exports.ts"
import { startHouse, type TestHouse, type TestStaff } from "../house.ts"
import { type Desk, done, hire, sql, tracesOf } from "../orders.ts"
import { openSecond } from "../second-house.ts"

const hour = 3_600_000

let desk: Desk
let other: Desk
let second: TestHouse
let office: Office
let signers: readonly TestStaff[]

beforeAll(async () => {
  desk = await openStreet(await startHouse())
  setToNoon(desk)
  office = await staffOffice(desk)
  // Forty homes in each of two buildings: the manager and the officer sign for so many.
  signers = [office.manager, office.officer]
  await plantDecoys(desk, office.officer, 12)
  second = await openSecond(desk.test)
  other = { ...desk, test: second }
})
beforeEach(() => setToNoon(desk))
afterAll(async () => {
  await second.close()
  await desk.test.close()
})

const files = async (): Promise<string[]> =>
  readdir(join(desk.test.database.data, "exports", desk.community.communityId)).catch(() => [])
const codeOf = (reply: { body: string }) => String(JSON.parse(reply.body).code)

describe("an application for a copy", () => {
  it("is counted beforehand: homes, rows, columns", async () => {
    expect(done(await count(desk, office.supervisor)).body).toEqual({
      homes: 80,
      rows: 80,
      children: 0,
      columns: 3,
      most: 500,
    })
    expect(done(await count(desk, office.clerk)).body).toMatchObject({ rows: 40 })
    expect((await count(desk, office.officer)).status).toBe(403)
  })

  it("is refused when the count is another one, or the form is not served", async () => {
    expect((await tryExport(desk, office.supervisor, { rows: 79 })).body["code"]).toBe("export.count_changed")
    expect((await tryExport(desk, office.clerk, { rows: 80 })).body["code"]).toBe("export.count_changed")
    expect((await tryExport(desk, office.supervisor, { buildingIds: ["9"], rows: 1 })).status).toBe(409)
  })

  it("needs the signatures of those who answer for so many homes, and nobody's own", async () => {
    const id = String(done(await tryExport(desk, office.supervisor)).body["applicationId"])
    const { body } = await readApplication(desk, office.manager, id)
    expect(body).toMatchObject({
      form: "export",
      homes: 80,
      posts: ["manager", "privacy_officer"],
      state: "pending",
    })
    expect((await make(desk, office.supervisor, id)).body["code"]).toBe("use.none")
    expect((await approve(desk, office.supervisor, id)).status).toBe(403)
    done(await deny(desk, office.manager, id))
    expect((await make(desk, office.supervisor, id)).body["code"]).toBe("use.none")
  })

  it("opens nothing on a screen", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const { body } = await readApplication(desk, office.supervisor, id)
    const [person] = Array.isArray(body["persons"]) ? body["persons"] : []
    const look = await lookUnder(desk, office.supervisor, { id, personId: person?.personId })
    expect(look.body["code"]).toBe("use.field_not_granted")
  })
})

describe("a copy", () => {
  it("is a workbook under a password that its recipient sees once, with every row, decoys and its number", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const copyId = await readyCopy(desk, office.supervisor, id)
    const shown = String(done(await password(desk, office.supervisor, copyId)).body["password"])
    expect(shown).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
    expect((await password(desk, office.supervisor, copyId)).body["code"]).toBe("export.password_shown")
    expect(await files()).toHaveLength(1)
    const file = await download(desk, office.supervisor, copyId)
    expect(file.statusCode).toBe(200)
    await expect(readXlsx(file.rawPayload)).rejects.toThrow()
    await expect(readXlsx(file.rawPayload, { password: "AAAA-AAAA-AAAA-AAAA" })).rejects.toThrow()
    const [sheet] = (await readXlsx(file.rawPayload, { password: shown })).sheets
    const rows = sheet?.rows ?? []
    const number = /filename="(X\d{8}-[A-Z2-9]{6})\.xlsx"/.exec(
      String(file.headers["content-disposition"]),
    )?.[1]
    expect(rows).toHaveLength(80 + 3 + 3)
    expect(String(rows[0]?.[0])).toContain(number)
    expect(String(rows.at(-1)?.[0])).toContain(number)
    expect(rows[1]).toEqual(
      ["房号", "姓名", "手机号"].map((head) => expect.stringContaining(head.slice(0, 2))),
    )
    expect(rows.filter((row) => String(row[2]).replace(/\D/g, "").startsWith("13900008"))).toHaveLength(3)
    expect(await files()).toEqual([])
    expect(await stateOf(desk, office.supervisor, copyId)).toBe("taken")
  })

  it("can be a paper: a PDF under a password", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers, form: "print" })
    const copyId = await readyCopy(desk, office.supervisor, id)
    const file = await download(desk, office.supervisor, copyId)
    expect(file.headers["content-type"]).toBe("application/pdf")
    expect(file.rawPayload.subarray(0, 5).toString()).toBe("%PDF-")
    expect(file.rawPayload.includes("/Encrypt")).toBe(true)
    expect(file.rawPayload.includes("AESV3")).toBe(true)
  })

  it("is downloaded exactly once: one of a hundred at the same moment, on two processes", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const copyId = await readyCopy(desk, office.supervisor, id)
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, nth) => download(nth % 2 ? other : desk, office.supervisor, copyId)),
    )
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const lost = replies.filter(({ statusCode }) => statusCode !== 200)
    expect(new Set(lost.map(codeOf))).toEqual(new Set(["export.taken"]))
    expect(await files()).toEqual([])
    const traces = (await tracesOf(desk)).filter((one) => one.use_id === id && one.act === "export.download")
    expect(traces.filter(({ outcome }) => outcome === "done")).toHaveLength(1)
    expect(traces.filter(({ outcome }) => outcome === "refused")).toHaveLength(99)
    const taken = (await tracesOf(desk)).filter((one) => one.use_id === id && one.act === "export.take")
    expect(taken).toHaveLength(1)
  })

  it("names every person of it in the trace, and is one entry of the register", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const copyId = await readyCopy(desk, office.supervisor, id)
    expect((await download(desk, office.supervisor, copyId)).statusCode).toBe(200)
    const trace = (await tracesOf(desk)).find((one) => one.use_id === id && one.act === "export.download")
    expect(new Set(trace?.subjects).size).toBe(80)
    expect(trace).toMatchObject({ actor: office.supervisor.staffId, clause: "4.7", purpose: "move_in" })
    const { body } = await readApplication(desk, office.supervisor, id)
    expect(body["registered"]).toHaveLength(1)
  })

  it("is nobody's but its recipient's", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const copyId = await readyCopy(desk, office.supervisor, id)
    for (const somebody of [office.manager, office.clerk, await hire(desk, "supervisor", ["1", "2"])]) {
      expect((await download(desk, somebody, copyId)).statusCode).toBe(404)
      expect((await password(desk, somebody, copyId)).status).toBe(404)
      expect((await make(desk, somebody, id)).status).not.toBe(200)
    }
    expect((await download(desk, office.officer, copyId)).statusCode).toBe(403)
    const { copies } = done(await listCopies(desk, office.officer, "all")).body
    expect(copies).toEqual(expect.arrayContaining([expect.objectContaining({ copyId, isOwn: false })]))
    expect((await download(desk, office.supervisor, copyId)).statusCode).toBe(200)
  })

  it("cannot be had before it is made, nor when making it failed", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const copyId = String(done(await make(desk, office.supervisor, id)).body["copyId"])
    expect(codeOf(await download(desk, office.supervisor, copyId))).toBe("export.making")
    await untilReady(desk, office.supervisor, copyId)
    await sql(
      desk,
      `insert into app.export_step select community_id, copy_id, 'failed', null, building_ids, applicant, at from app.export_copy
       where copy_id = $1`,
      [copyId],
    )
    expect(codeOf(await download(desk, office.supervisor, copyId))).toBe("export.failed")
  })

  it("is made once for an application", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const made = await Promise.all(Array.from({ length: 8 }, () => make(desk, office.supervisor, id)))
    expect(made.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = made.filter(({ status }) => status !== 200).map(({ body }) => body["code"])
    expect(new Set(refused)).toEqual(new Set(["export.made_before"]))
  })

  it("is gone with its time: refused, and its file removed", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers, hours: 2 })
    const copyId = await readyCopy(desk, office.supervisor, id)
    const [made] = await sql<{ file_id: string }>(
      desk,
      "select file_id from app.export_made where copy_id = $1",
      [copyId],
    )
    desk.test.time.ahead += 2 * hour
    expect(codeOf(await download(desk, office.supervisor, copyId))).toBe("export.expired")
    expect(await files()).toContain(made?.file_id)
    await new Exporter(desk.test.house).round()
    expect(await files()).not.toContain(made?.file_id)
    expect(await sql(desk, "select from keyring.data_key where subject_id = $1", [made?.file_id])).toEqual([])
  })

  it("is gone with its grant: revoked, and its file removed", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers })
    const copyId = await readyCopy(desk, office.supervisor, id)
    done(await end(other, office.manager, id))
    expect(codeOf(await download(desk, office.supervisor, copyId))).toBe("use.ended")
    await new Exporter(desk.test.house).round()
    expect(await stateOf(desk, office.supervisor, copyId)).toBe("expired")
  })

  it("holds only whom and what the last signature left", async () => {
    const id = await grantedExport(desk, office.supervisor, { signers: [office.manager] })
    const { body } = await readApplication(desk, office.officer, id)
    const persons: Array<{ personId: string }> = Array.isArray(body["persons"]) ? body["persons"] : []
    const personIds = persons.slice(0, 10).map(({ personId }) => personId)
    done(await approve(desk, office.officer, id, { personIds, fields: ["name"] }))
    const copyId = await readyCopy(desk, office.supervisor, id)
    const shown = String(done(await password(desk, office.supervisor, copyId)).body["password"])
    const file = await download(desk, office.supervisor, copyId)
    const rows = (await readXlsx(file.rawPayload, { password: shown })).sheets[0]?.rows ?? []
    expect(rows).toHaveLength(10 + 2 + 3)
    expect(JSON.stringify(rows)).not.toMatch(/139/)
  })

  it("waits for its turn when more are printed at the moment than may be: its signatures are not lost", async () => {
    const wish = { form: "print", buildingIds: ["1"], rows: 40, signers } as const
    const three = await Promise.all([1, 2, 3].map(() => grantedExport(desk, office.supervisor, wish)))
    const copies = await Promise.all(three.map((id) => make(desk, office.supervisor, id)))
    const ids = copies.map(({ body }) => String(body["copyId"]))
    for (const id of ids) await untilReady(desk, office.supervisor, id)
    const states = await Promise.all(ids.map((id) => stateOf(desk, office.supervisor, id)))
    expect(states).toEqual(["ready", "ready", "ready"])
  })
})

describe("decoys", () => {
  it("are the officer's, and are nobody's home or number", async () => {
    expect((await addDecoy(desk, office.manager, { nth: 40 })).status).toBe(403)
    expect((await addDecoy(desk, office.officer, { home: "1栋1单元101" })).body["code"]).toBe("decoy.real")
    expect((await addDecoy(desk, office.officer, { phone: "13910000000" })).body["code"]).toBe("decoy.real")
    expect((await addDecoy(desk, office.officer, { phone: "没有手机号，住户不肯留" })).body["code"]).toBe(
      "decoy.unclear",
    )
    done(await addDecoy(desk, office.officer, { nth: 41 }))
  })

  it("lie sealed", async () => {
    const rows = await sql<{ text: string }>(desk, "select d::text as text from app.decoy d")
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ text }) => text).join()).not.toMatch(/139000080|周宁/)
  })
})

describe("a leak", () => {
  it("is traced to the recipient of the copy, by file and by account; the desk cannot trace", async () => {
    const rival = await hire(desk, "supervisor", ["1", "2"])
    const leaker = await hire(desk, "supervisor", ["1", "2"])
    const copies: string[][][] = []
    for (const recipient of [rival, leaker]) {
      const id = await grantedExport(desk, recipient, { signers })
      const copyId = await readyCopy(desk, recipient, id)
      const shown = String(done(await password(desk, recipient, copyId)).body["password"])
      const file = await download(desk, recipient, copyId)
      const rows = (await readXlsx(file.rawPayload, { password: shown })).sheets[0]?.rows ?? []
      copies.push(rows.slice(2, -1).map((row) => row.map(String)))
    }
    const sample = (copies[1] ?? []).slice(5, 65).toReversed()
    const found = done(
      await traceText(desk, office.officer, sample.map((row) => row.slice(1).join("\t")).join("\n")),
    ).body
    const best = Array.isArray(found["copies"]) ? found["copies"][0] : undefined
    expect(best?.recipient.staffId).toBe(leaker.staffId)
    expect(found["named"]).toBe(best?.copyId)
    expect(found["accounts"]).toEqual(
      expect.arrayContaining([expect.objectContaining({ staffId: leaker.staffId, seen: found["persons"] })]),
    )
    expect((await traceText(desk, office.manager, "1栋1单元101")).status).toBe(403)
  })

  it("of a list that no copy was the source of names nobody", async () => {
    const rows = await sql<{ label: string }>(desk, "select label from app.home where community_id = $1", [
      desk.community.communityId,
    ])
    const found = done(await traceText(desk, office.officer, rows.map(({ label }) => label).join("\n"))).body
    expect(found).toMatchObject({ named: null, rows: 120 })
    expect((await tracesOf(desk)).at(-1)).toMatchObject({ act: "leak.trace", clause: "8.4" })
  })
})
