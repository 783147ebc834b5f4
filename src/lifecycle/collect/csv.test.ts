import fc from "fast-check"
import { writeCsv } from "hucre/csv"
import iconv from "iconv-lite"
import { describe, expect, it } from "vitest"
import { Refusal } from "../../base/refusal.ts"
import { decodeText, findSeparator } from "./csv.ts"
import { readSheet } from "./sheet.ts"
import { usualLimits } from "./sheet-shape.ts"

const text = "楼号,单元,房间,业主名称,手机号\r\n３,1,101,李䶮,１３９００００１２３４\r\n"
const cells = ["３", "1", "101", "李䶮", "１３９００００１２３４"]

const readText = async (source: string | Uint8Array) => {
  const { sheets } = await readSheet(new Uint8Array(Buffer.from(source)), "名册.csv", usualLimits)
  return sheets[0]?.rows ?? []
}

describe("separated text", () => {
  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 little-endian", iconv.encode(text, "utf-16le", { addBOM: true })],
    ["UTF-16 big-endian", iconv.encode(text, "utf-16be", { addBOM: true })],
    ["GB18030", iconv.encode(text, "gb18030")],
  ])("reads %s, full width digits and rare characters as typed", async (_, bytes) => {
    expect(await readText(bytes)).toEqual([{ number: 2, cells }])
  })

  it("is not taken for text when it is not", () => {
    expect(() => decodeText(new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 1, 2]))).toThrow(Refusal)
    expect(decodeText(Buffer.from("房号,姓名"))).toBe("房号,姓名")
  })

  it.each([
    [",", "楼号,单元\n1,2\n"],
    [";", "楼号;单元\n1,5;2\n"],
    ["\t", "楼号\t单元\n1,5\t2\n"],
    [",", "姓名\n李试样\n"],
    [",", '姓名,"备注;;;;"\n甲,"a;b\n;c"\n'],
  ])("has the separator %j", (separator, start) => {
    expect(findSeparator(start)).toBe(separator)
  })

  it("obeys a first line that names the separator", async () => {
    expect(await readText("sep=;\n楼号;姓名\n1,5;甲\n")).toEqual([{ number: 3, cells: ["1,5", "甲"] }])
  })

  it("keeps quotation marks, line breaks and separators inside quotes", async () => {
    const rows = await readText('楼号,姓名,电话\n1,"甲 ""乙""\n,丙",2\n\n3,丁,4')
    expect(rows).toEqual([
      { number: 2, cells: ["1", '甲 "乙"\n,丙', "2"] },
      { number: 4, cells: ["3", "丁", "4"] },
    ])
  })

  it("does not swallow the file behind a quotation mark nobody closed", async () => {
    expect(await readText('楼号,姓名\n1,"甲\n2,乙\n')).toEqual([
      { number: 2, cells: ["1", '"甲'] },
      { number: 3, cells: ["2", "乙"] },
    ])
  })

  it("takes formulas for text, and unwraps only the trick that keeps a text a text", async () => {
    const rows = await readText('楼号,姓名,电话\n="0101",=cmd|x,@a\n')
    expect(rows[0]?.cells).toEqual(["0101", "=cmd|x", "@a"])
  })

  it("marks numbers whose digits an export has lost", async () => {
    const rows = await readText("楼号,姓名,电话\n1,甲,1.38E+10\n2,乙,13900001234\n")
    expect(rows.map((row) => row.flags?.[2])).toEqual(["truncated", undefined])
  })

  it("gives back whatever a writer quoted", async () => {
    const cell = fc.stringMatching(/^[a-z0-9甲乙",;\n\t ]{0,8}$/)
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const written = writeCsv([["楼号", "姓名", "电话"], ...table], { quoteStyle: "all" })
        const filled = table.filter((row) => row.some((text) => text.trim() !== ""))
        expect((await readText(written)).map(({ cells: read }) => read)).toEqual(filled)
      }),
    )
  })
})
