import { describe, expect, it } from "vitest"
import { readSheet } from "./sheet.ts"
import { usualLimits } from "./sheet-shape.ts"

type Cell = string | number | boolean

const record = (id: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(body.length, 2)
  return Buffer.concat([head, body])
}
const words = (...values: number[]): Buffer => Buffer.from(new Uint16Array(values).buffer)
const wide = (text: string): Buffer => Buffer.concat([Buffer.from([1]), Buffer.from(text, "utf16le")])
const begin = (kind: number): Buffer => record(0x809, words(0x600, kind, 0, 0, 0, 0, 0, 0))
const end = record(0x0a, Buffer.alloc(0))

function cellRecord(row: number, column: number, value: Cell): Buffer {
  if (typeof value === "string")
    return record(0x204, Buffer.concat([words(row, column, 0, value.length), wide(value)]))
  if (typeof value === "boolean")
    return record(0x205, Buffer.concat([words(row, column, 0), Buffer.from([Number(value), 0])]))
  const number = Buffer.alloc(8)
  number.writeDoubleLE(value)
  return record(0x203, Buffer.concat([words(row, column, 0), number]))
}

/** A workbook stream of one sheet inside the smallest container: header, one FAT sector, directory, stream. */
function madeXls(
  name: string,
  rows: readonly (readonly Cell[])[],
  merges: readonly number[] = [],
): Uint8Array {
  const cells = rows.flatMap((row, at) => row.map((value, column) => cellRecord(at, column, value)))
  const merged = merges.length > 0 ? [record(0xe5, words(1, ...merges))] : []
  const sheet = Buffer.concat([begin(0x10), ...cells, ...merged, end])
  const bound = (at: number): Buffer => {
    const place = Buffer.alloc(6)
    place.writeUInt32LE(at)
    return record(0x85, Buffer.concat([place, Buffer.from([name.length]), wide(name)]))
  }
  const globals = begin(5).length + bound(0).length + end.length
  const book = Buffer.concat([begin(5), bound(globals), end, sheet])
  const sectors = Math.max(8, Math.ceil(book.length / 512))
  const header = Buffer.alloc(512, 0xff)
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(header)
  header.fill(0, 8, 76)
  words(0x3e, 3, 0xfffe, 9, 6).copy(header, 24)
  header.writeUInt32LE(1, 44)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(4096, 56)
  header.writeUInt32LE(0xfffffffe, 60)
  header.writeUInt32LE(0xfffffffe, 68)
  header.writeUInt32LE(0, 76)
  const fat = Buffer.alloc(512, 0xff)
  const chain = [
    0xfffffffd,
    0xfffffffe,
    ...Array.from({ length: sectors }, (_, at) => (at === sectors - 1 ? 0xfffffffe : at + 3)),
  ]
  for (const [at, next] of chain.entries()) fat.writeUInt32LE(next, at * 4)
  const directory = Buffer.alloc(512)
  const entry = (at: number, title: string, kind: number, start: number, size: number) => {
    const body = directory.subarray(at * 128, at * 128 + 128)
    Buffer.from(title, "utf16le").copy(body)
    body.writeUInt16LE(title.length * 2 + 2, 64)
    body[66] = kind
    for (const link of [68, 72, 76]) body.writeUInt32LE(0xffffffff, link)
    if (kind === 5) body.writeUInt32LE(1, 76)
    body.writeUInt32LE(start, 116)
    body.writeUInt32LE(size, 120)
  }
  entry(0, "Root Entry", 5, 0xfffffffe, 0)
  entry(1, "Workbook", 2, 2, sectors * 512)
  return new Uint8Array(
    Buffer.concat([header, fat, directory, book, Buffer.alloc(sectors * 512 - book.length)]),
  )
}

describe("an .xls workbook", () => {
  it("reads text, whole numbers, booleans and merges", async () => {
    const bytes = madeXls(
      "资产信息",
      [
        ["楼号", "姓名", "手机号", "证件号码"],
        ["3栋", "李试样", 13900001234, 110101199001010000],
        ["", "王试样", "13900001235", true],
      ],
      [1, 2, 0, 0],
    )
    const { sheets } = await readSheet(bytes, "名册.xls", usualLimits)
    expect(sheets[0]).toMatchObject({ name: "资产信息", headerRow: 1, rowCount: 2 })
    expect(sheets[0]?.rows).toEqual([
      { number: 2, cells: ["3栋", "李试样", "13900001234", "110101199001010000"], flags: { 3: "truncated" } },
      { number: 3, cells: ["3栋", "王试样", "13900001235", "TRUE"], flags: { 0: "filled", 3: "boolean" } },
    ])
  })
})
