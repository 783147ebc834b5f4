/** Workbooks of Excel 97 to 2003 (.xls, BIFF8 in an OLE2 container: [MS-XLS] 2.1, [MS-CFB] 2.2), read whole by the library. */

import { readXls } from "hucre/xlsx"
import { Refusal } from "../../base/refusal.ts"
import { numberText } from "./cell-text.ts"
import {
  type Budget,
  type CellFlag,
  fileDamaged,
  type Merge,
  type RawSheet,
  type Row,
  rowOf,
} from "./sheet-shape.ts"

const rowsAtOnce = 500

/** @throws Refusal `import.file_protected`, `import.format_unknown`, `import.file_damaged`. */
export async function openXls(bytes: Uint8Array, budget: Budget): Promise<RawSheet[]> {
  if (holdsStream(bytes, "EncryptedPackage")) throw new Refusal("import.file_protected")
  if (!holdsStream(bytes, "Workbook")) throw new Refusal("import.format_unknown")
  if (asksForPassword(bytes)) throw new Refusal("import.file_protected")
  const workbook = await parsed(bytes)
  budget.checkTime()
  return workbook.sheets.map((sheet) => ({
    name: sheet.name,
    hidden: false,
    rows: (pass, merges) => xlsRows(sheet, pass, merges),
  }))
}

type XlsSheet = Awaited<ReturnType<typeof readXls>>["sheets"][number]

async function parsed(bytes: Uint8Array): Promise<Awaited<ReturnType<typeof readXls>>> {
  try {
    return await readXls(bytes)
  } catch {
    throw fileDamaged()
  }
}

/** The container's directory names its streams in UTF-16LE. */
function holdsStream(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from(`${name}\0`, "utf16le"),
  )
}

const globalsBegin = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]
const filePass = 0x2f
const recordsBeforeFilePass = 4

/** The library would read an encrypted stream as noise; FILEPASS ([MS-XLS] 2.4.117) stands among the first records. */
function asksForPassword(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 512; at + 64 <= bytes.length; at += 64) {
    if (globalsBegin.every((byte, index) => bytes[at + index] === byte)) return leadsToFilePass(view, at)
  }
  return false
}

function leadsToFilePass(view: DataView, start: number): boolean {
  let at = start
  for (let record = 0; record < recordsBeforeFilePass && at + 4 <= view.byteLength; record += 1) {
    if (view.getUint16(at, true) === filePass) return true
    at += 4 + view.getUint16(at + 2, true)
  }
  return false
}

async function* xlsRows(sheet: XlsSheet, budget: Budget, merges: Merge[]): AsyncGenerator<Row[]> {
  for (const merge of sheet.merges ?? []) {
    merges.push({ top: merge.startRow, left: merge.startCol, bottom: merge.endRow, right: merge.endCol })
  }
  for (let from = 0; from < sheet.rows.length; from += rowsAtOnce) {
    budget.checkTime()
    const rows: Row[] = []
    for (let index = from; index < Math.min(from + rowsAtOnce, sheet.rows.length); index += 1) {
      const values = sheet.rows[index] ?? []
      budget.spendCells(values.length)
      rows.push(xlsRow(index + 1, values))
    }
    yield rows
  }
}

function xlsRow(number: number, values: readonly unknown[]): Row {
  const flags: Record<number, CellFlag> = {}
  const cells = values.map((value, column) => {
    const { text, flag } = xlsCell(value)
    if (flag) flags[column] = flag
    return text
  })
  return rowOf(number, cells, flags)
}

const errorText = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|ERR!)$/

function xlsCell(value: unknown): { text: string; flag?: CellFlag } {
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10) }
  if (typeof value === "boolean") return { text: value ? "TRUE" : "FALSE", flag: "boolean" }
  if (typeof value === "number") return xlsNumber(value)
  if (typeof value !== "string") return { text: "" }
  return errorText.test(value) ? { text: value, flag: "error" } : { text: value }
}

/** Beyond 15 digits a number of this format is a guess. */
function xlsNumber(value: number): { text: string; flag?: CellFlag } {
  const { text } = numberText(String(value))
  return /^-?\d{16,}$/.test(text) ? { text, flag: "truncated" } : { text }
}
