import { setTimeout as sleep } from "node:timers/promises"
import { writeXlsx, writeXlsxStream } from "hucre/xlsx"
import { describe, expect, it } from "vitest"
import { Refusal } from "../../base/refusal.ts"
import { limited, madeParts, madeRow, madeXlsx, madeZip } from "./sheet.fixture.ts"
import { openSheets, readSheet } from "./sheet.ts"
import { usualLimits } from "./sheet-shape.ts"

const header = ["楼号", "单元", "房间", "业主名称", "手机号"]
const headerRow = madeRow(1, header)
const read = (bytes: Uint8Array, limits = usualLimits) => readSheet(bytes, "名册.xlsx", limits)

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Refusal ? error.code : `not refused: ${String(error)}`
}

async function firstRow(rows: string, more: Partial<Parameters<typeof madeXlsx>[0]> = {}) {
  const { sheets } = await read(madeXlsx({ sheets: [{ name: "甲", rows: headerRow + rows }], ...more }))
  return sheets[0]?.rows[0]
}

describe("a workbook", () => {
  it("made by a library reads as it was typed, long numbers whole", async () => {
    const rows = [header, ["3", "1", "0101", "李试样", 13900001234], [], ["3", "1", "102", "=1+1", "@x"]]
    const { sheets } = await read(await writeXlsx({ sheets: [{ name: "资产信息", rows }] }))
    expect(sheets[0]).toMatchObject({ name: "资产信息", hidden: false, headerRow: 1, header, rowCount: 2 })
    expect(sheets[0]?.rows).toEqual([
      { number: 2, cells: ["3", "1", "0101", "李试样", "13900001234"] },
      { number: 4, cells: ["3", "1", "102", "=1+1", "@x"] },
    ])
  })

  it.each([false, true])("written as a stream reads too (ZIP64: %s)", async (zip64) => {
    const rows = [header, ["3", "1", "101", "李试样", 13900001234]]
    const stream = writeXlsxStream(rows, { name: "甲", columns: [], zip64 })
    const { sheets } = await read(new Uint8Array(await new Response(stream).arrayBuffer()))
    expect(sheets[0]?.rows).toEqual([{ number: 2, cells: ["3", "1", "101", "李试样", "13900001234"] }])
  })

  it("with prefixed names reads too", async () => {
    const row = '<x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row>'
    expect((await firstRow(row))?.cells).toEqual(["", "甲"])
  })

  it("finds the header under title rows", async () => {
    const rows =
      madeRow(1, ["某某花园业主登记表"]) + madeRow(3, ["制表：前台"]) + madeRow(4, header) + madeRow(5, ["1"])
    const { sheets } = await read(madeXlsx({ sheets: [{ name: "甲", rows }] }))
    expect(sheets[0]).toMatchObject({ headerRow: 4, header, rowCount: 1 })
  })

  it("takes the first row of short texts as header when no name is known", async () => {
    const { sheets } = await read(
      madeXlsx({ sheets: [{ name: "甲", rows: madeRow(1, ["alpha", "beta"]) + madeRow(2, ["1", "2"]) }] }),
    )
    expect(sheets[0]).toMatchObject({ headerRow: 1, header: ["alpha", "beta"], rowCount: 1 })
  })

  it("marks hidden sheets and passes over empty ones", async () => {
    const { sheets } = await read(
      madeXlsx({
        sheets: [
          { name: "Sheet1", rows: "" },
          { name: "旧", rows: headerRow + madeRow(2, ["1"]), state: "veryHidden" },
        ],
      }),
    )
    expect(sheets.map(({ name, hidden, headerRow: at }) => [name, hidden, at])).toEqual([
      ["Sheet1", false, 0],
      ["旧", true, 1],
    ])
  })

  it.each([
    ["13900001234", "13900001234", undefined],
    ["1.3900001234E+10", "13900001234", undefined],
    ["1.10101199001011E+17", "110101199001011000", "truncated"],
    ["110101199001010011", "110101199001010011", undefined],
    ["101.0", "101", undefined],
    ["89.500000000000014", "89.5", undefined],
  ])("number %s is %s", async (raw, text, flag) => {
    const row = await firstRow(`<row r="2"><c r="A2"><v>${raw}</v></c></row>`)
    expect([row?.cells[0], row?.flags?.[0]]).toEqual([text, flag])
  })

  const dates =
    '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs>'

  it.each([
    [false, 1, "42370", "2016-01-01"],
    [false, 2, "42370.5", "2016-01-01"],
    [false, 1, "1", "1900-01-01"],
    [true, 1, "40908", "2016-01-01"],
    [false, 0, "42370", "42370"],
    [false, 1, "13900001234", "13900001234"],
  ])("date (1904: %s, style %s) %s is %s", async (from1904, style, raw, text) => {
    const row = await firstRow(`<row r="2"><c r="A2" s="${style}"><v>${raw}</v></c></row>`, {
      from1904,
      styles: dates,
    })
    expect(row?.cells[0]).toBe(text)
  })

  it("flags formulas, booleans and errors", async () => {
    const row = await firstRow(
      '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>A1</f><v>甲</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><f>NA()</f><v>#N/A</v></c></row>',
    )
    expect(row).toEqual({
      number: 2,
      cells: ["2", "甲", "TRUE", "#N/A"],
      flags: { 0: "formula", 1: "formula", 2: "boolean", 3: "error" },
    })
  })

  it("repeats vertical merges downwards and marks wide ones", async () => {
    const rows = [
      headerRow,
      madeRow(2, ["3栋", "1", "101"]),
      madeRow(3, ["", "2", "201"]),
      madeRow(4, ["", "2", "202"]),
    ]
    const after = '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B4:C4"/></mergeCells>'
    const { sheets } = await read(madeXlsx({ sheets: [{ name: "甲", rows: rows.join(""), after }] }))
    expect(sheets[0]?.rows).toEqual([
      { number: 2, cells: ["3栋", "1", "101"] },
      { number: 3, cells: ["3栋", "2", "201"], flags: { 0: "filled" } },
      { number: 4, cells: ["", "2", "202"], flags: { 1: "merged" } },
    ])
  })

  it("joins rich text and leaves phonetic hints out", async () => {
    const row = await firstRow('<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>', {
      strings: [
        '</t></si><si><r><t>欧阳</t></r><r><t>试</t></r><rPh sb="0" eb="1"><t>ou</t></rPh></si><si><t>甲_x000D_&amp;乙',
      ],
    })
    expect(row?.cells).toEqual(["", "", "欧阳试"])
  })

  it.each([
    ["a DTD", '<!DOCTYPE x [<!ENTITY a "b">]><row r="2"/>'],
    ["a shared string that is not there", '<row r="2"><c t="s"><v>9</v></c></row>'],
    ["a column beyond the sheet", '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>'],
    ["a row beyond the sheet", '<row r="9999999"><c><v>1</v></c></row>'],
    ["a tag left open", "<row r='3"],
  ])("with %s is refused as damaged", async (_, rows) => {
    expect(await refusal(firstRow(rows))).toBe("import.file_damaged")
  })
})

describe("limits", () => {
  const small = madeXlsx({ sheets: [{ name: "甲", rows: headerRow + madeRow(2, ["1", "1", "101"]) }] })

  it("hold for size, cells and time", async () => {
    expect(await refusal(read(small, limited({ bytes: 100 })))).toBe("import.file_too_large")
    expect(await refusal(read(small, limited({ cells: 7 })))).toBe("import.too_many_cells")
    expect(await refusal(read(small, limited({ cells: 8 })))).toMatch("not refused")
    expect(await refusal(read(small, limited({ milliseconds: -1 })))).toBe("import.took_too_long")
  })

  it("count time on the processor, not what the caller takes between two pieces", async () => {
    const body = Array.from({ length: 3_000 }, (_, at) => madeRow(at + 2, ["1", "1", String(at)]))
    const large = madeXlsx({ sheets: [{ name: "甲", rows: headerRow + body.join("") }] })
    const limits = limited({ milliseconds: 1_500 })
    const source = await openSheets(large, "名册.xlsx", limits)
    const pieces = source.rows(0)[Symbol.asyncIterator]()
    let count = (await pieces.next()).value?.length ?? 0
    expect(count).toBeLessThan(3_000)
    await sleep(limits.milliseconds + 50)
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next())
      count += piece.value.length
    expect(count).toBe(3_000)
  })

  it("count the cells a row reaches over, not those it fills", async () => {
    const rows = `${headerRow}<row r="2"><c r="XFD2"><v>1</v></c></row>`
    expect(
      await refusal(read(madeXlsx({ sheets: [{ name: "甲", rows }] }), limited({ cells: 16_000 }))),
    ).toBe("import.too_many_cells")
  })

  it("refuse a bomb that says so in its directory", async () => {
    const bomb = madeXlsx({ sheets: [{ name: "甲", rows: " ".repeat(9_000_000) }] })
    expect(bomb.length).toBeLessThan(20_000)
    expect(await refusal(read(bomb, limited({ unpackedBytes: 8_000_000 })))).toBe("import.unpacks_too_large")
  })

  it("refuse a bomb whose directory lies, as soon as it grows beyond its word", async () => {
    const bomb = madeXlsx({ sheets: [{ name: "甲", rows: " ".repeat(9_000_000), declares: 500 }] })
    expect(await refusal(read(bomb))).toBe("import.unpacks_too_large")
  })
})

describe("what is no roster file", () => {
  const book = madeXlsx({ sheets: [{ name: "甲", rows: headerRow + madeRow(2, ["1"]) }] })
  const ole = (stream: string, body: number[] = []) => {
    const bytes = new Uint8Array(4096)
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    bytes.set(body, 512)
    bytes.set(Buffer.from(`${stream}\0`, "utf16le"), 1024)
    return bytes
  }
  const filePass = [
    0x09,
    0x08,
    0x10,
    0,
    0,
    6,
    5,
    0,
    ...Array.from({ length: 12 }, () => 0),
    0x2f,
    0,
    2,
    0,
    0,
    0,
  ]

  it.each([
    ["a truncated archive", book.slice(0, book.length - 40), "import.file_damaged"],
    ["an archive cut in its middle", madeZip([]).slice(0, 10), "import.format_unknown"],
    ["another archive", madeZip([{ name: "word/document.xml", text: "<w/>" }]), "import.format_unknown"],
    [
      "an archive with passwords",
      madeZip(madeParts({ sheets: [] }).map((part) => ({ ...part, encrypted: true }))),
      "import.file_protected",
    ],
    ["a protected .xlsx", ole("EncryptedPackage"), "import.file_protected"],
    ["a protected .xls", ole("Workbook", filePass), "import.file_protected"],
    ["a broken .xls", ole("Workbook"), "import.file_damaged"],
    ["a Word document", ole("WordDocument"), "import.format_unknown"],
    [
      "a web page named .xls",
      Buffer.from("<html><table><tr><td>姓名</td></tr></table></html>"),
      "import.format_unknown",
    ],
    [
      "a picture",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      "import.format_unknown",
    ],
    ["nothing", new Uint8Array(0), "import.no_header"],
    [
      "a workbook without any header",
      madeXlsx({ sheets: [{ name: "甲", rows: madeRow(1, ["1"]) }] }),
      "import.no_header",
    ],
  ])("%s is refused", async (_, bytes, code) => {
    expect(await refusal(read(bytes))).toBe(code)
  })
})
