/** Reads a roster file of any accepted format: by its content, never by its name. Clause 2.12. */

import { Refusal } from "../../base/refusal.ts"
import { openCsv } from "./csv.ts"
import { findHeader } from "./header.ts"
import { joinHomes } from "./layout.ts"
import { fillDown, isBlank } from "./merge.ts"
import {
  Budget,
  fileTooLarge,
  type Merge,
  type RawSheet,
  type Row,
  type SheetLimits,
  type SheetMeta,
  type SheetSource,
} from "./sheet-shape.ts"
import { openWorkbook } from "./workbook.ts"
import { openXls } from "./xls.ts"
import { openZip } from "./zip.ts"

const rowsLookedAt = 60
const rowsOfSample = 20

/** All sheets with all their rows below the header. */
export type Sheet = Readonly<{ sheets: readonly (SheetMeta & { rows: Row[] })[] }>

type SurveyedSheet = Readonly<{ raw: RawSheet; meta: SheetMeta; merges: readonly Merge[] }>

/**
 * Reads the file once to find sheets, headers and sizes; rows are read again when they are asked for.
 * A workbook that keeps persons and homes on sheets of their own comes joined (`joinHomes`).
 * @throws Refusal `import.*`: unknown, damaged or protected file, no header on any sheet, or a limit exceeded.
 */
export async function openSheets(bytes: Uint8Array, name: string, limits: SheetLimits): Promise<SheetSource> {
  if (bytes.length > limits.bytes) throw fileTooLarge(limits)
  const budget = newBudget(limits)
  const surveyed: SurveyedSheet[] = []
  for (const raw of await rawSheets(bytes, name, { limits, budget })) surveyed.push(await survey(raw, budget))
  const sheets = surveyed.map(({ meta }) => meta)
  if (sheets.every((sheet) => sheet.headerRow === 0)) throw new Refusal("import.no_header")
  return joinHomes({ sheets, rows: (index) => dataRows(surveyed[index], newBudget(limits)) })
}

/** The whole file at once, for small files and tests. @throws as `openSheets`. */
export async function readSheet(bytes: Uint8Array, name: string, limits: SheetLimits): Promise<Sheet> {
  const source = await openSheets(bytes, name, limits)
  const sheets: (SheetMeta & { rows: Row[] })[] = []
  for (const [index, meta] of source.sheets.entries()) {
    const rows: Row[] = []
    for await (const chunk of source.rows(index)) for (const row of chunk) rows.push(row)
    sheets.push({ ...meta, rows })
  }
  return { sheets }
}

/** Every sheet with every row, titles included. @throws as `openSheets`, but for the header. */
export async function openRaw(
  bytes: Uint8Array,
  name: string,
  limits: SheetLimits,
): Promise<{ name: string; rows(): AsyncIterable<Row[]> }[]> {
  const sheets = await rawSheets(bytes, name, { limits, budget: newBudget(limits) })
  return sheets.map((raw) => ({ name: raw.name, rows: () => raw.rows(newBudget(limits), []) }))
}

function newBudget(limits: SheetLimits): Budget {
  return new Budget(limits, busyMilliseconds)
}

async function rawSheets(
  bytes: Uint8Array,
  name: string,
  { limits, budget }: { limits: SheetLimits; budget: Budget },
): Promise<RawSheet[]> {
  if (isZip(bytes)) return openWorkbook(openZip(bytes, limits), budget)
  if (beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return openXls(bytes, budget)
  return [openCsv(bytes, name)]
}

export function isZip(bytes: Uint8Array): boolean {
  return beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04])
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte)
}

async function survey(raw: RawSheet, budget: Budget): Promise<SurveyedSheet> {
  const merges: Merge[] = []
  const first: Row[] = []
  let count = 0
  for await (const rows of raw.rows(budget, merges)) {
    const filled = rows.filter((row) => !isBlank(row))
    count += filled.length
    first.push(...filled.slice(0, rowsLookedAt - first.length))
  }
  const top = first.map(fillDown(merges))
  const header = findHeader(top)
  const sheet = { name: raw.name, hidden: raw.hidden }
  if (!header) return { raw, merges, meta: { ...sheet, headerRow: 0, header: [], rowCount: 0, sample: [] } }
  const below = top.filter((row) => row.number > header.number)
  const meta = {
    ...sheet,
    headerRow: header.number,
    header: overAll(trimEnd(header.cells), below),
    rowCount: count - top.length + below.length,
    sample: below.slice(0, rowsOfSample),
  }
  return { raw, meta, merges }
}

function trimEnd(cells: readonly string[]): string[] {
  const names = cells.map((cell) => cell.trim())
  return names.slice(0, names.findLastIndex((cell) => cell !== "") + 1)
}

/** Columns that hold something and have no name get an empty one, so that it is shown that nobody takes them. */
function overAll(names: readonly string[], rows: readonly Row[]): string[] {
  const width = Math.max(names.length, ...rows.map(({ cells }) => trimEnd(cells).length))
  return Array.from({ length: width }, (_, column) => names[column] ?? "")
}

async function* dataRows(sheet: SurveyedSheet | undefined, budget: Budget): AsyncGenerator<Row[]> {
  if (!sheet || sheet.meta.headerRow === 0) return
  const fill = fillDown(sheet.merges)
  for await (const rows of sheet.raw.rows(budget, [])) {
    const filled = rows.filter((row) => !isBlank(row)).map(fill)
    const kept = filled.filter((row) => row.number > sheet.meta.headerRow)
    if (kept.length > 0) yield kept
  }
}

/** Of this thread on the processor: a caller who is slow with a chunk, or a machine that is busy, takes nothing from the file. */
function busyMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
