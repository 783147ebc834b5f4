/** Clause 2.12: whatever a workbook does, its values come in right, or what is wrong is said with place and reason. */

import { setTimeout as sleep } from "node:timers/promises"
import { inflateRawSync } from "node:zlib"
import { readXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { madeParts, madeRow, madeXlsx, madeZip } from "../../src/lifecycle/collect/sheet.fixture.ts"
import { openFacts } from "../../src/vault/opening.ts"
import type { Facts } from "../../src/vault/record.ts"
import {
  appoint,
  makeCommunity,
  send,
  startHouse,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { formOf } from "../isolation/upload.ts"
import { sql } from "../orders.ts"

let test: TestHouse
let community: TestCommunity
let manager: TestStaff

beforeAll(async () => {
  test = await startHouse()
})
afterAll(() => test.close())

interface Outcome {
  /** Code of the refusal, of the file as a whole. */
  readonly refused?: string
  readonly fileName: string
  readonly importId: string
  readonly sheets: ReadonlyArray<{
    name: string
    hidden: boolean
    columns: ReadonlyArray<{ header: string; fate: { fate: string; target?: string }; samples: string[] }>
  }>
  readonly sheetIndex: number
  readonly counts: Readonly<Record<string, number>>
  /** `row column reason`, sorted. */
  readonly problems: readonly string[]
  /** What lies sealed now, opened, by home and name. */
  readonly people: readonly Facts[]
}

const nothing: Outcome = {
  fileName: "",
  importId: "",
  sheets: [],
  sheetIndex: 0,
  counts: {},
  problems: [],
  people: [],
}

const at = (rest: string) => `/api/communities/${community.communityId}/imports${rest}`

let communities = 0

/** Uploads to a community of its own, checks with the mapping that is proposed, takes in, and opens what was sealed. */
async function take(bytes: Uint8Array, name = "名册.xlsx"): Promise<Outcome> {
  communities += 1
  community = await makeCommunity(test, communities)
  manager = await appoint(test, { community, post: "manager" })
  const { type, payload } = formOf(Buffer.from(bytes), name)
  const reply = await test.app.inject({
    method: "POST",
    url: at(""),
    headers: { "content-type": type },
    cookies: { hudun_session: manager.cookie },
    payload,
  })
  const uploaded = reply.json()
  if (reply.statusCode !== 200) return { ...nothing, refused: uploaded.code }
  const { importId, sheetIndex, sheets, fileName } = uploaded
  const fates = sheets[sheetIndex].columns.map(({ fate }: { fate: object }) => fate)
  const checked = await send(test, `POST ${at(`/${importId}/check`)}`, {
    as: manager,
    body: { sheetIndex, fates },
  })
  if (checked.status !== 200) return { ...nothing, refused: String(checked.body["code"]), sheets, sheetIndex }
  await untilState(importId, "checked")
  await send(test, `POST ${at(`/${importId}/commit`)}`, { as: manager, body: {} })
  const done = await untilState(importId, "done")
  const list = await send(test, `GET ${at(`/${importId}/problems`)}`, { as: manager })
  const problems: ReadonlyArray<{ row: number; column: string; reason: string }> = JSON.parse(
    list.text,
  ).problems
  return {
    importId,
    sheets,
    sheetIndex,
    fileName,
    people: await peopleOf(importId),
    counts: JSON.parse(JSON.stringify(done["counts"])),
    problems: problems.map((one) => `${one.row} ${one.column} ${one.reason}`).toSorted(),
  }
}

async function untilState(importId: string, state: string): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { body } = await send(test, `GET ${at(`/${importId}`)}`, { as: manager })
    if (body["state"] === state) return body
    if (body["state"] === "failed") throw new Error(`failed: ${String(body["failure"])}`)
    await sleep(20)
  }
  throw new Error(`not ${state} in time`)
}

async function peopleOf(importId: string): Promise<Facts[]> {
  const rows = await sql<{ subject_id: string; class: string; version: number; sealed: Buffer }>(
    { test },
    `select distinct r.subject_id, r.class, r.version, r.sealed, min(s.sort_key) as place from app.record r
     cross join jsonb_each(r.origin) o join app.residence s on s.person_id = r.subject_id
     where o.value ->> 'importId' = $1 group by 1, 2, 3, 4 order by place, r.class`,
    [importId],
  )
  const people = new Map<string, Facts>()
  for (const row of rows) {
    const place = {
      tenant: community.tenantId,
      community: community.communityId,
      subject: row.subject_id,
      name: row.class,
      version: row.version,
    }
    const facts = await openFacts(test.house.keyring, place, row.sealed)
    people.set(row.subject_id, { ...people.get(row.subject_id), ...facts })
  }
  return [...people.values()]
}

const header = ["楼栋", "单元", "房号", "姓名", "手机号", "车牌号"]
const head = madeRow(1, header)
const text = (value: string) => `<c t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`

/** A line of its own home: name, phone and plate as XML, what is sealed of it, what is told of it. */
interface Line {
  readonly cells: string
  readonly is: object
  readonly told?: readonly string[]
  readonly hidden?: true
}

const wang = (phone: string, cell: string): Line => ({
  cells: text("王小明") + cell,
  is: { name: ["王小明"], phone: [phone] },
})
const named = (name: string, phone: string): Line => ({ ...wang(phone, ""), cells: text(name) + text(phone) })

/** Each has a phone of its own: nobody is merged with somebody of another line. */
const right: readonly Line[] = [
  wang("13900001201", "<c><v>13900001201</v></c>"),
  wang("13900001202", "<c><v>1.3900001202E10</v></c>"),
  wang("13900001203", "<c><v>13900001203.0</v></c>"),
  wang("13900001204", text("13900001204.0")),
  wang("13900001205", text("'13900001205")),
  wang("13900001206", text("１３９００００１２０６")),
  wang("13900001207", text("\u00a0139\u200b0000\ufeff1207\u00a0")),
  wang("13900001208", text("139-0000 1208")),
  wang("13900001209", text("+86 139 0000 1209")),
  wang("13900001210", text("_x000D_\n13900001210\n")),
  wang("13900001211", '<c t="str"><f>"139"&amp;"00001211"</f><v>13900001211</v></c>'),
  wang("13900001212", "<c><f>[1]Sheet1!A1</f><v>13900001212</v></c>"),
  named("\u3000王\u00a0小明 ", "13900001213"),
  named("王\u200b小\u200d明\ufeff", "13900001214"),
  named("'王小明", "13900001215"),
]

const orders = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0"] as const
const onlyName = { name: ["王小明"] }
const mute = (cell: string, reason: string): Line => ({
  cells: text("王小明") + cell,
  is: onlyName,
  told: [`手机号 ${reason}`],
})

const told: readonly Line[] = [
  mute(text("1.39E+10"), "value.precision_lost"),
  mute('<c t="e"><f>VLOOKUP(1,A:B,2,0)</f><v>#N/A</v></c>', "cell.error"),
  mute("<c><f>A1&amp;B1</f></c>", "cell.error"),
  mute('<c t="b"><v>1</v></c>', "cell.error"),
  mute(text("139****1234"), "value.masked"),
  mute(text("同上"), "value.same_as_above"),
  { ...wang("13800000000", "<c><v>1.38E+10</v></c>"), told: ["手机号 phone.fake"] },
  { ...wang("13900001301", `${text("13900001301")}<c><f>A1</f><v></v></c>`), told: ["车牌号 cell.error"] },
  {
    cells: text("王小明、李小红") + text("13900001302/13900001303"),
    is: { name: ["王小明/李小红"], phone: ["13900001302", "13900001303"] },
    told: ["姓名 name.several_persons", "手机号 phone.two_numbers"],
  },
  {
    ...named("王**", "13900001304"),
    is: { name: ["王**"], phone: ["13900001304"] },
    told: ["姓名 name.masked"],
  },
  { ...wang("13900001305", text("13900001305")), told: ["姓名 row.hidden"], hidden: true },
]

/** One line a row from row 2, each in a home of its own. */
function bookOf(lines: readonly Line[]): Uint8Array {
  const rows = lines.map(({ cells, hidden }, at) => {
    const place = ["1", "1", String(101 + at)].map(text).join("")
    return `<row r="${String(at + 2)}"${hidden === true ? ' hidden="1"' : ""}>${place}${cells}</row>`
  })
  return madeXlsx({ sheets: [{ name: "业主", rows: head + rows.join("") }] })
}

const toldOf = (lines: readonly Line[]) =>
  lines.flatMap(({ told: all = [] }, at) => all.map((one) => `${String(at + 2)} ${one}`)).toSorted()

describe("a workbook", () => {
  it("comes in as it was meant: exponents, .0, apostrophes, full width, zero width, formulas with results", async () => {
    const { people, problems, counts } = await take(bookOf(right))
    expect(problems).toEqual([])
    expect(people).toEqual(right.map(({ is }) => is))
    expect(counts["taken"]).toBe(right.length)
  })

  it("tells place and reason of what cannot be right, and keeps nothing else of it", async () => {
    const { people, problems } = await take(bookOf(told))
    expect(problems).toEqual(toldOf(told))
    // Who has no phone is told from others by the home; who is named alike in it, is the same person.
    expect(people).toEqual(told.map(({ is }) => is))
  })

  it("that holds orders to a spreadsheet program is never given back with a formula", async () => {
    const { problems, importId } = await take(
      bookOf(orders.map((one, at) => named(one, `1390000140${String(at)}`))),
    )
    for (const row of ["2", "3"]) expect(problems.some((one) => one.startsWith(`${row} 姓名`))).toBe(true)
    const back = await test.app.inject({
      method: "GET",
      url: at(`/${importId}/problems.xlsx`),
      cookies: { hudun_session: manager.cookie },
    })
    const { sheets } = await readXlsx(back.rawPayload)
    expect(sheets[0]?.rows.slice(1, 3).map((row) => row[3])).toEqual(orders)
    expect(formulasOf(back.rawPayload)).toBe(0)
  })

  it("with macros, a hidden sheet and column, titles above, twins and a nameless column shows the fate of all of it", async () => {
    const names = [...header, "姓名", "手机号", ""]
    const values = [
      "1",
      "1",
      "101",
      "王小明",
      "13900001501",
      "京A12345",
      "李小红",
      "13900001502",
      "13900001503",
    ]
    const rows = [
      madeRow(1, ["阳光花园业主名册"]),
      madeRow(2, ["制表：2026 年", "内部"]),
      madeRow(4, names),
      madeRow(5, values),
    ]
    const other = head + madeRow(2, ["99", "1", "101", "暗处人", "13900009999"])
    const parts = madeParts({
      sheets: [
        { name: "暗", rows: other, state: "veryHidden" },
        { name: "明", rows: `${rows.join("")}<row r="1048576"/>` },
      ],
    }).map((part) => ({
      ...part,
      text: String(part.text).replace(
        "<sheetData>",
        '<dimension ref="A1:XFD1048576"/><cols><col min="6" max="6" hidden="1"/></cols><sheetData>',
      ),
    }))
    const macro = { name: "xl/vbaProject.bin", text: "Attribute VB_Name" }
    const { people, sheets, sheetIndex, counts } = await take(madeZip([...parts, macro]), "名册.xlsm")
    expect(people).toEqual([{ name: ["王小明"], phone: ["13900001501", "13900001502"], plate: ["京A12345"] }])
    expect([sheetIndex, counts["rows"], sheets.map(({ hidden }) => hidden)]).toEqual([1, 1, [true, false]])
    const shown = sheets[1]?.columns.map(({ fate }) => fate.target ?? fate.fate)
    expect(shown).toEqual(["building", "unit", "room", "name", "phone", "plate", "ignore", "phone", "ignore"])
    expect(sheets[1]?.columns[5]).toMatchObject({ header: "车牌号", samples: [expect.stringContaining("*")] })
    expect(sheets[1]?.columns[6]).toMatchObject({ samples: [] })
  })

  it("with merged cells repeats a building, and asks whose a repeated phone is", async () => {
    const rows =
      head +
      madeRow(2, ["1", "1", "101", "王小明", "13900001601"]) +
      madeRow(3, ["", "1", "102", "李小红", ""])
    const after = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="E2:E3"/></mergeCells>'
    const { people, problems, counts } = await take(madeXlsx({ sheets: [{ name: "业主", rows, after }] }))
    expect(problems).toContain("3 手机号 cell.shared")
    expect([people.length, counts["refused"]]).toEqual([2, 0])
  })

  it.each([
    [false, "45000"],
    [true, "43538"],
  ])(
    "with days counted from 1904 (%s) reads 2023-03-15, and takes nobody who left then",
    async (from1904, serial) => {
      const cells = ["1", "1", "101", "王小明", "13900001701", ""].map(text).join("")
      const rows = `${madeRow(1, [...header, "迁出日期"])}<row r="2">${cells}<c s="1"><v>${serial}</v></c></row>`
      const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
      const { people, counts } = await take(madeXlsx({ sheets: [{ name: "业主", rows }], styles, from1904 }))
      expect([people, counts["toDestroy"], counts["refused"]]).toEqual([[], 1, 0])
    },
  )

  it.each([
    ["GB18030", "gb18030"],
    ["UTF-16LE with a mark", "utf16le"],
    ["UTF-16BE with a mark", "utf16be"],
  ])("as separated text in %s reads the same", async (_, encoding) => {
    const csv = `${header.join(",")}\r\n1,1,101,王小明,="13900001801",\r\n1,1,102,李小红,1.38E+10,\r\n`
    const { people, problems } = await take(
      iconv.encode(csv, encoding, { addBOM: encoding !== "gb18030" }),
      "名册.csv",
    )
    expect(people).toEqual([{ name: ["王小明"], phone: ["13900001801"] }, { name: ["李小红"] }])
    expect(problems).toEqual(["3 手机号 value.precision_lost"])
  })
})

describe("a file that is no roster is refused as a whole", () => {
  const good = () => bookOf([named("王小明", "13900001234")])
  const withPart = (find: string, put: string) =>
    madeZip(
      madeParts({
        sheets: [{ name: "业主", rows: head + madeRow(2, ["1", "1", "101", "王小明", "13900001234"]) }],
      }).map((part) => ({ ...part, text: String(part.text).replace(find, put) })),
    )
  const entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
  const laughs = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><worksheet'

  it.each<[string, () => Uint8Array, string]>([
    ["an outer entity", () => withPart("<worksheet", entity), "import.file_damaged"],
    ["entities within entities", () => withPart("<worksheet", laughs), "import.file_damaged"],
    [
      "two cells in one place",
      () => withPart('<row r="2">', '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>'),
      "import.file_damaged",
    ],
    ["an archive cut short", () => good().slice(0, -60), "import.file_damaged"],
    ["an archive cut in its directory", () => good().slice(0, -8), "import.file_damaged"],
    ["a picture with an archive behind it", () => joined("GIF89a\0\0\0\0", good()), "import.format_unknown"],
    ["a PDF with an archive behind it", () => joined("%PDF-1.7\n\0\0\0", good()), "import.format_unknown"],
    [
      "a web page under the name of a workbook",
      () => Buffer.from("<html><script>alert(1)</script>"),
      "import.format_unknown",
    ],
    [
      "a bomb that says so",
      () => madeXlsx({ sheets: [{ name: "业主", rows: head, declares: 400_000_000 }] }),
      "import.unpacks_too_large",
    ],
    [
      "a bomb that lies",
      () => madeXlsx({ sheets: [{ name: "业主", rows: head + " ".repeat(9_000_000), declares: 400 }] }),
      "import.unpacks_too_large",
    ],
    [
      "an archive under a password",
      () =>
        madeZip(
          madeParts({ sheets: [{ name: "业主", rows: head }] }).map((part) => ({ ...part, encrypted: true })),
        ),
      "import.file_protected",
    ],
    ["a workbook under a password", () => container("EncryptedPackage"), "import.file_protected"],
    ["a broken workbook of 1997", () => container("Workbook"), "import.file_damaged"],
    [
      "a sheet without a header",
      () => madeXlsx({ sheets: [{ name: "业主", rows: madeRow(1, ["1"]) }] }),
      "import.no_header",
    ],
  ])("%s", async (_, make, code) => {
    expect((await take(make())).refused).toBe(code)
  })
})

function joined(before: string, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(before, "latin1"), bytes])
}

/** The container of Excel 97 with one stream named so. */
function container(stream: string): Uint8Array {
  const bytes = new Uint8Array(4096)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  bytes.set(Buffer.from(`${stream}\0`, "utf16le"), 1024)
  return bytes
}

/** How many formulas the sheets of a workbook hold, read from its bytes. */
function formulasOf(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf("PK\u0003\u0004"); at >= 0; at = bytes.indexOf("PK\u0003\u0004", at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    const name = bytes.subarray(at + 30, at + 30 + bytes.readUInt16LE(at + 26)).toString()
    if (!name.includes("worksheets/sheet")) continue
    const packed = bytes.subarray(start)
    const xml = bytes.readUInt16LE(at + 8) === 0 ? packed.toString() : inflateRawSync(packed).toString()
    count += xml.split(/<f[ >]/).length - 1
  }
  return count
}
