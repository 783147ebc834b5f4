/** Clause 2.12: imports obey the same rules; forbidden columns are dropped before anything is stored, and counted. */

import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { writeXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  appoint,
  makeCommunity,
  send,
  startHouse,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"

let test: TestHouse
let community: TestCommunity
let manager: TestStaff

beforeAll(async () => {
  test = await startHouse()
  community = await makeCommunity(test, 1)
  manager = await appoint(test, { community, post: "manager" })
})
afterAll(() => test.close())

const header = ["楼栋", "单元", "房号", "姓名", "手机号", "工作单位", "车牌号"]
const employer = "北京某某科技有限公司XYZ"

function rowsOf(count: number): string[][] {
  return Array.from({ length: count }, (_, i) => [
    String((i % 3) + 1),
    "1",
    String(101 + i),
    `王${"一二三四五六七八九十"[i % 10] ?? ""}${"明华强"[Math.floor(i / 10) % 3] ?? ""}`,
    `1380001${String(1000 + i)}`,
    employer,
    `京B${String(20_000 + i)}`,
  ])
}

async function workbook(rows: string[][]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name: "业主", rows: [header, ...rows] }] }))
}

async function uploadFile(bytes: Buffer, name = "roster.xlsx") {
  const boundary = "----hudun-test"
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const reply = await test.app.inject({
    method: "POST",
    url: `/api/communities/${community.communityId}/imports`,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    cookies: { hudun_session: manager.cookie },
    payload,
  })
  return { status: reply.statusCode, body: reply.json() }
}

const at = (importId: string, rest = "") =>
  `/api/communities/${community.communityId}/imports/${importId}${rest}`

async function until(importId: string, state: string) {
  for (let i = 0; i < 200; i += 1) {
    const { body } = await send(test, `GET ${at(importId)}`, { as: manager })
    if (body["state"] === state) return body
    if (body["state"] === "failed") throw new Error(`failed: ${String(body["failure"])}`)
    await sleep(50)
  }
  throw new Error("took too long")
}

async function importAll(bytes: Buffer, name?: string) {
  const uploaded = await uploadFile(bytes, name)
  expect(uploaded.status).toBe(200)
  const { importId, sheetIndex, sheets } = uploaded.body
  const fates = sheets[sheetIndex].columns.map((column: { fate: object }) => column.fate)
  await send(test, `POST ${at(importId, "/check")}`, { as: manager, body: { sheetIndex, fates } })
  const checked = await until(importId, "checked")
  await send(test, `POST ${at(importId, "/commit")}`, { as: manager, body: {} })
  return { importId, uploaded: uploaded.body, checked, done: await until(importId, "done") }
}

describe("an import", () => {
  it("takes the roster in, drops forbidden columns and counts them", async () => {
    const { uploaded, checked, done } = await importAll(await workbook(rowsOf(60)))
    const fate = uploaded.sheets[0].columns[5]
    expect(fate).toMatchObject({
      header: "工作单位",
      fate: { fate: "forbidden", field: "employer" },
      samples: [],
    })
    expect(checked).toMatchObject({
      counts: { rows: 60, taken: 60, refused: 0 },
      dropped: [{ field: "employer", cells: 60 }],
    })
    expect(done).toMatchObject({ counts: { added: 60, merged: 0, unchanged: 0 } })
    const report = await send(test, `GET /api/communities/${community.communityId}/not-collected`, {
      as: manager,
    })
    expect(report.body["columns"]).toMatchObject([{ field: "employer", header: "工作单位", cells: 60 }])
  })

  it("adds nothing when the same file comes twice", async () => {
    const { done } = await importAll(await workbook(rowsOf(60)))
    expect(done).toMatchObject({ counts: { added: 0, merged: 0, unchanged: 60 } })
  })

  it("merges a corrected file", async () => {
    const rows = rowsOf(60)
    const [first] = rows
    if (first) first[4] = "13900009999"
    const { done } = await importAll(await workbook(rows))
    expect(done).toMatchObject({ counts: { added: 0, merged: 1, unchanged: 59 } })
    const found = await send(test, `POST /api/communities/${community.communityId}/owners/search`, {
      as: manager,
      body: { text: "13900009999" },
    })
    expect(found.body["owners"]).toHaveLength(1)
    const gone = await send(test, `POST /api/communities/${community.communityId}/owners/search`, {
      as: manager,
      body: { text: "13800011000" },
    })
    expect(gone.body["owners"]).toEqual([])
  })

  it("reads a GB18030 CSV", async () => {
    const { default: iconv } = await import("iconv-lite")
    const csv = iconv.encode("楼栋,单元,房号,姓名,手机号\r\n9,1,901,赵六,13700001111\r\n", "gb18030")
    const { done } = await importAll(csv, "名册.csv")
    expect(done).toMatchObject({ counts: { rows: 1, added: 1 } })
  })

  it("gives problems back as the uploader's own workbook", async () => {
    const rows = [
      ...rowsOf(5).map((row) => ["7", ...row.slice(1)]),
      ["7", "1", "701", "陈七", "1380", employer, ""],
    ]
    const { importId, done } = await importAll(await workbook(rows))
    expect(done).toMatchObject({ counts: { rows: 6, toVerify: 1 } })
    const list = await send(test, `GET ${at(importId, "/problems")}`, { as: manager })
    expect(list.body["problems"]).toMatchObject([{ row: 7, column: "手机号", field: "phone" }])
    const file = await test.app.inject({
      method: "GET",
      url: at(importId, "/problems.xlsx"),
      cookies: { hudun_session: manager.cookie },
    })
    expect(file.statusCode).toBe(200)
    expect(file.rawPayload.subarray(0, 2).toString()).toBe("PK")
  })

  it("keeps no upload in the clear, and destroys it when it has served", async () => {
    const folder = join(test.database.data, "imports")
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name))
      expect(bytes.subarray(0, 2).toString()).not.toBe("PK")
    }
    // The one with problems waits to be fetched.
    expect(await readdir(folder)).toHaveLength(1)
  })

  it("lets no forbidden column in under another name", async () => {
    const { body } = await uploadFile(await workbook(rowsOf(3)))
    const { importId, sheetIndex, sheets } = body
    const fates = sheets[sheetIndex].columns.map((column: { fate: { fate: string } }) =>
      column.fate.fate === "forbidden" ? { fate: "take", target: "title" } : column.fate,
    )
    const reply = await send(test, `POST ${at(importId, "/check")}`, {
      as: manager,
      body: { sheetIndex, fates },
    })
    expect(reply).toMatchObject({ status: 422, body: { code: "import.column_forbidden" } })
  })

  it("is not committed before it was checked", async () => {
    const { body } = await uploadFile(await workbook(rowsOf(3)))
    const reply = await send(test, `POST ${at(body.importId, "/commit")}`, { as: manager, body: {} })
    expect(reply).toMatchObject({ status: 409, body: { code: "import.not_ready" } })
  })

  it("is refused to a clerk", async () => {
    const clerk = await appoint(test, { community, post: "clerk", buildingIds: ["1"] })
    const reply = await send(test, `GET /api/communities/${community.communityId}/imports`, { as: clerk })
    expect(reply).toMatchObject({ status: 403, body: { code: "post.not_allowed" } })
  })

  it("refuses what is no spreadsheet", async () => {
    const reply = await uploadFile(Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0x01, 0x02]), "scan.pdf")
    expect(reply.status).toBe(415)
    expect(reply.body.code).toBe("import.format_unknown")
  })
})
