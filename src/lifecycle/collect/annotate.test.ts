import { type Cell, type CellStyle, openXlsx, writeXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import { describe, expect, it } from "vitest"
import { problemSentences } from "../catalogue/problem-sentences.ts"
import { type Annotation, annotate } from "./annotate.ts"
import { annotateOffThread } from "./annotate-off-thread.ts"
import { rowReasons, sayProblem } from "./row-problem.ts"
import { limited, madeXlsx } from "./sheet.fixture.ts"
import { readSheet } from "./sheet.ts"
import { usualLimits } from "./sheet-shape.ts"

const yellow: CellStyle = { fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFFF00" } } }
const red = { fill: { fgColor: { rgb: expect.stringMatching(/FFC7CE$/) } } }
const header = ["楼号", "单元", "房间", "业主名称", "手机号"]
const asked = (problems: Annotation["problems"], language: Annotation["language"] = "zh-CN"): Annotation => ({
  sheet: 0,
  problems,
  language,
  limits: usualLimits,
})
const open = async (bytes: Uint8Array, sheet = 0) => {
  const workbook = await openXlsx(bytes, { readStyles: true })
  const { rows = [], cells = new Map<string, Cell>(), ...rest } = workbook.sheets[sheet] ?? {}
  return { rows, cells, rest, names: workbook.sheets.map(({ name }) => name) }
}

const own = () =>
  writeXlsx({
    sheets: [
      {
        name: "资产信息",
        columns: [{ width: 33 }],
        rows: [
          ["某某花园"],
          header,
          ["3", "1", "101", "李试样/王试样", 13900001234],
          ["3", "1", "102", "赵试样", 139000012],
        ],
        cells: new Map<string, Cell>([
          ["1,0", { value: "楼号", type: "string", style: { ...yellow, font: { bold: true } } }],
          [
            "2,3",
            {
              value: "李试样/王试样",
              type: "string",
              style: { font: { italic: true } },
              comment: { author: "前台", text: "旧注" },
            },
          ],
        ]),
        merges: [{ startRow: 0, endRow: 0, startCol: 0, endCol: 4 }],
      },
      { name: "说明", rows: [["不要改动"]] },
    ],
  })

const problems = [
  { row: 3, column: 3, reason: "name.several_persons" },
  { row: 4, column: 4, reason: "phone.length" },
  { row: 4, column: 4, reason: "phone.length" },
]

describe("the user's own workbook", () => {
  it("comes back with faulty cells marked, noted and explained, the rest as it was", async () => {
    const { rows, cells, rest, names } = await open(await annotate(await own(), "名册.xlsx", asked(problems)))
    expect(names).toEqual(["资产信息", "说明"])
    expect(rows[1]).toEqual([...header, "问题说明"])
    expect(rows[2]?.slice(0, 5)).toEqual(["3", "1", "101", "李试样/王试样", "13900001234"])
    expect(rows[3]?.[5]).toBe(`手机号：${problemSentences["zh-CN"]["phone.length"]}`)
    expect(cells.get("2,3")).toMatchObject({ style: { ...red, font: { italic: true } } })
    expect(cells.get("2,3")?.comment?.text).toBe(
      `旧注\n── Hudun ──\n${problemSentences["zh-CN"]["name.several_persons"]}`,
    )
    expect(cells.get("3,4")).toMatchObject({ style: red, comment: { author: "Hudun" } })
    expect(cells.get("1,0")?.style?.font?.bold).toBe(true)
    expect(rest).toMatchObject({ columns: [{ width: 33 }], merges: [{ startRow: 0, endCol: 4 }] })
  })

  it("speaks English when asked", async () => {
    const { rows } = await open(await annotate(await own(), "名册.xlsx", asked(problems, "en")))
    expect(rows[1]?.[5]).toBe("Problem")
    expect(rows[3]?.[5]).toBe(`手机号: ${problemSentences.en["phone.length"]}`)
  })

  it("annotated again, loses the marks of what was put right", async () => {
    const first = await annotate(await own(), "名册.xlsx", asked(problems))
    const second = await annotate(first, "名册.xlsx", asked(problems.slice(0, 1)))
    const { rows, cells } = await open(second)
    expect(rows[1]).toEqual([...header, "问题说明"])
    expect(rows[3]?.[5] ?? null).toBeNull()
    expect(cells.get("3,4")?.comment).toBeUndefined()
    expect(cells.get("3,4")?.style?.fill).toBeUndefined()
    expect(cells.get("2,3")).toMatchObject({ style: red })
    const third = await open(await annotate(second, "名册.xlsx", asked([])))
    expect(third.cells.get("2,3")?.comment).toMatchObject({ author: "前台", text: "旧注" })
    expect(third.cells.get("2,3")?.style?.fill).toBeUndefined()
  })

  it("keeps every digit that the file has", async () => {
    const names =
      '<row r="1"><c t="inlineStr"><is><t>房号</t></is></c><c t="inlineStr"><is><t>证件号码</t></is></c></row>'
    const book = madeXlsx({
      sheets: [
        { name: "甲", rows: `${names}<row r="2"><c><v>1</v></c><c><v>110101199001010011</v></c></row>` },
      ],
    })
    const { rows } = await open(
      await annotate(book, "名册.xlsx", asked([{ row: 2, column: 0, reason: "home.no_building" }])),
    )
    expect(rows[1]?.slice(0, 2)).toEqual([1, "110101199001010011"])
  })

  it("reads back as a roster of the same rows", async () => {
    const { sheets } = await readSheet(
      await annotate(await own(), "名册.xlsx", asked(problems)),
      "名册.xlsx",
      usualLimits,
    )
    expect(sheets[0]).toMatchObject({ headerRow: 2, rowCount: 2, header: [...header, "问题说明"] })
  })
})

describe("separated text", () => {
  it("comes back as a workbook with the same cells, as text", async () => {
    const csv = iconv.encode("楼号,房间,业主名称,手机号\r\n\r\n3,0101,=1+1,139000012\r\n", "gb18030")
    const { rows, cells, names } = await open(
      await annotate(
        new Uint8Array(csv),
        "名/册.csv",
        asked([{ row: 3, column: 3, reason: "phone.length" }]),
      ),
    )
    expect(names).toEqual(["名 册"])
    expect(rows[2]?.slice(0, 4)).toEqual(["3", "0101", "=1+1", "139000012"])
    expect(cells.get("2,3")).toMatchObject({ style: red })
    expect(cells.get("2,2")?.formula).toBeUndefined()
  })
})

describe("on a thread of its own", () => {
  it("gives the same copy", async () => {
    const bytes = await own()
    const { rows } = await open(await annotateOffThread(bytes, "名册.xlsx", asked(problems)))
    expect(rows[1]?.[5]).toBe("问题说明")
    expect(bytes.length).toBeGreaterThan(0)
  })

  it("passes refusals on, and stops when told to", async () => {
    const late = { ...asked(problems), limits: limited({ bytes: 10 }) }
    await expect(annotateOffThread(await own(), "名册.xlsx", late)).rejects.toMatchObject({
      code: "import.file_too_large",
    })
    const reason = new Error("cancelled")
    const stopped = { ...asked(problems), signal: AbortSignal.abort(reason) }
    await expect(annotateOffThread(await own(), "名册.xlsx", stopped)).rejects.toBe(reason)
  })
})

it("every reason has a sentence in both languages, an unknown one stays a code", () => {
  for (const reason of [...Object.keys(rowReasons), ...Object.keys(problemSentences.en)]) {
    expect(sayProblem(reason, "zh-CN")).toMatch(/\p{Script=Han}/u)
    expect(sayProblem(reason, "en")).toMatch(/^[\x20-\x7e“”男女同]+$/)
  }
  expect(sayProblem("of.another_version", "en")).toBe("of.another_version")
})
