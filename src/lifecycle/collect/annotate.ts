/** Gives problems back as the user's own workbook: cells marked, a note on each, a last column saying why. Clause 2.12. */

import { type Cell, type CellStyle, type CellValue, openXlsx, saveXlsx, writeXlsx } from "hucre/xlsx"
import type { SentenceLanguage } from "../../base/sentences/say.ts"
import { type CellProblem, sayProblem } from "./row-problem.ts"
import { isZip, openRaw, openSheets } from "./sheet.ts"
import type { Row, SheetLimits, SheetMeta } from "./sheet-shape.ts"

/** `sheet` as in `SheetSource.sheets`; `row` counts from 1, `column` from 0. */
export type Annotation = Readonly<{
  sheet: number
  problems: readonly (Pick<CellProblem, "row" | "column"> & { reason: string })[]
  language: SentenceLanguage
  limits: SheetLimits
}>

const author = "Hudun"
const lightRed: CellStyle = { fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFC7CE" } } }
const whyStyle: CellStyle = { alignment: { vertical: "top" }, font: { color: { rgb: "9C0006" } } }
const whyHeader = { "zh-CN": "问题说明", en: "Problem" } as const
const separator = { "zh-CN": "：", en: ": " } as const

/**
 * An .xlsx with the same sheets and cells. An .xlsx keeps its styles as far as the library carries them; of .xls and .csv only
 * cells remain, as text. Numbers of ten digits and more (phones, ID numbers) become text, every digit as it was in the file.
 * @throws Refusal `import.*` as `openSheets`.
 */
export async function annotate(bytes: Uint8Array, name: string, annotation: Annotation): Promise<Uint8Array> {
  const meta = (await openSheets(bytes, name, annotation.limits)).sheets[annotation.sheet]
  if (!meta) throw new Error("no sheet of that number")
  const raw = await openRaw(bytes, name, annotation.limits)
  const copy = (isZip(bytes) ? await faithfulCopy(bytes, raw) : undefined) ?? (await plainCopy(raw))
  const sheet = copy.sheets.find((one) => one.name === meta.name) ?? copy.sheets[annotation.sheet]
  if (sheet) mark(sheet, meta, annotation)
  return copy.save()
}

type EditedSheet = { name: string; rows: CellValue[][]; cells?: Map<string, Cell> }
type Copy = Readonly<{ sheets: readonly EditedSheet[]; save: () => Promise<Uint8Array> }>
type RawSheets = Awaited<ReturnType<typeof openRaw>>

/** Undefined when the library cannot carry this workbook through; its cells still can be. */
async function faithfulCopy(bytes: Uint8Array, raw: RawSheets): Promise<Copy | undefined> {
  const workbook = await openXlsx(bytes, { readStyles: true }).catch(() => undefined)
  if (!workbook) return undefined
  for (const read of raw) {
    const sheet = workbook.sheets.find((one) => one.name === read.name)
    if (sheet) for await (const chunk of read.rows()) writeDigits(sheet, chunk)
  }
  return { sheets: workbook.sheets, save: () => saveXlsx(workbook) }
}

async function plainCopy(raw: RawSheets): Promise<Copy> {
  const sheets: EditedSheet[] = []
  for (const [index, read] of raw.entries()) {
    const grid: CellValue[][] = []
    for await (const chunk of read.rows()) for (const row of chunk) grid[row.number - 1] = [...row.cells]
    sheets.push({ name: sheetName(read.name, index), rows: Array.from(grid, (row) => row ?? []) })
  }
  return { sheets, save: () => writeXlsx({ sheets }) }
}

/** Excel refuses these characters and more than 31 of any. */
function sheetName(name: string, index: number): string {
  return (
    name
      .replace(/[\\/?*[\]:']/g, " ")
      .trim()
      .slice(0, 31) || `Sheet${index + 1}`
  )
}

/** The library reads numbers as numbers; what the file said digit by digit goes back as text. */
function writeDigits(sheet: EditedSheet, rows: readonly Row[]): void {
  for (const row of rows) {
    for (const [column, text] of row.cells.entries()) {
      const isNumber = typeof sheet.rows[row.number - 1]?.[column] === "number"
      if (isNumber && /^\d{10,}$/.test(text) && row.flags?.[column] !== "formula") {
        put(sheet, { row: row.number - 1, column }, { value: text, type: "string" })
      }
    }
  }
}

function mark(sheet: EditedSheet, meta: SheetMeta, { problems, language }: Annotation): void {
  const names = widthOf(sheet.rows[meta.headerRow - 1] ?? [])
  const why = whyColumn(sheet, meta)
  clearFormer(sheet, why)
  put(
    sheet,
    { row: meta.headerRow - 1, column: why },
    { value: whyHeader[language], type: "string", style: { font: { bold: true } } },
  )
  const rows = Map.groupBy(problems, ({ row }) => row)
  for (const [number, found] of rows) {
    const reasons: string[] = []
    for (const [column, cell] of Map.groupBy(found, (problem) => problem.column)) {
      const text = [...new Set(cell.map(({ reason }) => sayProblem(reason, language)))].join("\n")
      reasons.push(`${meta.header[column] ?? ""}${separator[language]}${text.replaceAll("\n", " ")}`)
      if (column < names) note(sheet, { row: number - 1, column }, text)
    }
    put(
      sheet,
      { row: number - 1, column: why },
      { value: reasons.join("\n"), type: "string", style: whyStyle },
    )
  }
}

/** Behind everything, or where a former copy already has it. */
function whyColumn(sheet: EditedSheet, meta: SheetMeta): number {
  const header = sheet.rows[meta.headerRow - 1] ?? []
  const former = header.findIndex((cell) => cell === whyHeader["zh-CN"] || cell === whyHeader.en)
  return former >= 0 ? former : sheet.rows.reduce((width, row) => Math.max(width, widthOf(row)), 0)
}

/** What a former copy marked may be right by now. */
function clearFormer(sheet: EditedSheet, why: number): void {
  for (const row of sheet.rows) if (why < row.length) row[why] = null
  for (const [key, cell] of sheet.cells ?? []) {
    if (key.endsWith(`,${why}`)) sheet.cells?.delete(key)
    else if (cell.comment && isOurs(cell.comment)) sheet.cells?.set(key, unmarked(cell, cell.comment))
  }
}

type Comment = NonNullable<Cell["comment"]>

/** Stands between somebody's own note and ours below it. */
const ruler = "\n── Hudun ──\n"

function isOurs(comment: Comment): boolean {
  return comment.author === author || comment.text.includes(ruler)
}

function unmarked({ comment: _ours, style, ...bare }: Cell, comment: Comment): Cell {
  const { fill: _red, ...rest } = style ?? {}
  const [own = ""] = comment.text.split(ruler, 1)
  const kept = comment.text.includes(ruler) ? { comment: { ...comment, text: own } } : {}
  return { ...bare, ...kept, style: rest }
}

type Place = Readonly<{ row: number; column: number }>

function note(sheet: EditedSheet, place: Place, text: string): void {
  const former = sheet.cells?.get(keyOf(place))?.comment
  const comment = former ? { ...former, text: `${former.text}${ruler}${text}` } : { author, text }
  put(sheet, place, { style: lightRed, comment })
}

/** Changes what is given and keeps the rest of the cell. */
function put(sheet: EditedSheet, place: Place, change: Partial<Cell>): void {
  while (sheet.rows.length <= place.row) sheet.rows.push([])
  const row = sheet.rows[place.row] ?? []
  while (row.length <= place.column) row.push(null)
  const known = sheet.cells?.get(keyOf(place)) ?? bareCell(row[place.column] ?? null)
  const cell = { ...known, ...change, style: { ...known.style, ...change.style } }
  row[place.column] = cell.value
  sheet.cells ??= new Map()
  sheet.cells.set(keyOf(place), cell)
}

function bareCell(value: CellValue): Cell {
  if (value === null) return { value, type: "empty" }
  if (value instanceof Date) return { value, type: "date" }
  if (typeof value === "number") return { value, type: "number" }
  return { value, type: typeof value === "boolean" ? "boolean" : "string" }
}

function keyOf({ row, column }: Place): string {
  return `${row},${column}`
}

function widthOf(row: readonly CellValue[]): number {
  return row.findLastIndex((cell) => cell !== null && cell !== "") + 1
}
