/** The cells of one worksheet part, in pieces. ISO/IEC 29500-1, 18.3.1. */

import { dateText, type NumberFormat, numberText, paddedText } from "./cell-text.ts"
import { type Budget, type CellFlag, fileDamaged, type Merge, type Row, rowOf } from "./sheet-shape.ts"
import type { WorkbookParts } from "./workbook-parts.ts"
import { attribute, decodeEscapes, type XmlHandler, XmlScanner } from "./xml.ts"

const unsolved = "#N/A"
const columnsOfASheet = 16_384

/** Rows as they arrive, blank ones included where the file has them. Merges stand behind the rows: they are there at the end. */
export async function* worksheetRows(
  texts: AsyncIterable<string>,
  parts: WorkbookParts,
  spending: { budget: Budget; merges: Merge[] },
): AsyncGenerator<Row[]> {
  const handler = new RowsHandler(parts, spending)
  const scanner = new XmlScanner(handler)
  for await (const text of texts) {
    scanner.feed(text)
    if (handler.rows.length > 0) yield handler.rows.splice(0)
  }
  scanner.end()
}

function mergeOf(range: string): Merge {
  const [from = "", to = from] = range.split(":")
  const first = place(from)
  const last = place(to)
  return { top: first.row, left: first.column, bottom: last.row, right: last.column }
}

function place(reference: string): { row: number; column: number } {
  const row = Number(/\d+$/.exec(reference)?.[0] ?? "0") - 1
  return { row, column: columnOf(reference) }
}

/** 0 for "A12", 27 for "AB3"; -1 when no letter leads. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

class RowsHandler implements XmlHandler {
  readonly rows: Row[] = []
  readonly #parts: WorkbookParts
  readonly #budget: Budget
  readonly #merges: Merge[]
  #number = 0
  #cells: string[] = []
  #flags: Record<number, CellFlag> = {}
  #column = -1
  #type = ""
  #style = ""
  #text = ""
  #formula = false
  #reading = false
  #phonetic = false
  #hidden = false

  constructor(parts: WorkbookParts, { budget, merges }: { budget: Budget; merges: Merge[] }) {
    this.#parts = parts
    this.#budget = budget
    this.#merges = merges
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case "row":
        return this.#openRow(attributes)
      case "c":
        return this.#openCell(attributes)
      case "f":
        this.#formula = true
        return
      case "rPh":
        this.#phonetic = true
        return
      case "v":
      case "t":
        this.#reading = !this.#phonetic
        return
      case "mergeCell":
        return this.#merge(attributes)
    }
  }

  text(text: string): void {
    if (this.#reading) this.#text += text
  }

  close(name: string): void {
    switch (name) {
      case "v":
      case "t":
        this.#reading = false
        return
      case "rPh":
        this.#phonetic = false
        return
      case "c":
        return this.#closeCell()
      case "row":
        return this.#closeRow()
    }
  }

  /** A merge counts as a cell, so that their number is bounded too. */
  #merge(attributes: string): void {
    this.#budget.spendCells(1)
    this.#merges.push(mergeOf(attribute(attributes, "ref") ?? ""))
  }

  #openRow(attributes: string): void {
    const number = Number(attribute(attributes, "r") ?? this.#number + 1)
    if (!Number.isInteger(number) || number < 1 || number > 1_048_576) throw fileDamaged()
    this.#number = number
    this.#cells = []
    this.#flags = {}
    this.#column = -1
    this.#hidden = /^(1|true)$/.test(attribute(attributes, "hidden") ?? "")
  }

  #openCell(attributes: string): void {
    const reference = attribute(attributes, "r")
    this.#column = reference === undefined ? this.#column + 1 : columnOf(reference)
    if (this.#column < 0 || this.#column >= columnsOfASheet) throw fileDamaged()
    this.#type = attribute(attributes, "t") ?? "n"
    this.#style = attribute(attributes, "s") ?? ""
    this.#text = ""
    this.#formula = false
  }

  #closeCell(): void {
    // A formula whose result nobody stored is no empty cell: somebody meant a value.
    if (this.#formula && this.#text === "") {
      this.#type = "e"
      this.#text = unsolved
    }
    if (this.#text !== "") this.#put(this.#text)
  }

  /** @throws Refusal `import.file_damaged` when the place is taken: only a forged file fills a cell twice. */
  #put(raw: string): void {
    while (this.#cells.length < this.#column) this.#cells.push("")
    if ((this.#cells[this.#column] ?? "") !== "") throw fileDamaged()
    const { text, flag } = cellOf({ type: this.#type, raw, style: this.#style }, this.#parts)
    this.#cells[this.#column] = text
    const mark = flag ?? (this.#formula ? "formula" : undefined)
    if (mark) this.#flags[this.#column] = mark
  }

  #closeRow(): void {
    this.#budget.spendCells(this.#cells.length)
    const row = rowOf(this.#number, this.#cells, this.#flags)
    this.rows.push(this.#hidden ? { ...row, hidden: true } : row)
  }
}

type RawCell = { type: string; raw: string; style: string }

function cellOf(cell: RawCell, parts: WorkbookParts): { text: string; flag?: CellFlag } {
  switch (cell.type) {
    case "s":
      return { text: sharedText(cell.raw, parts.texts) }
    case "str":
    case "inlineStr":
      return { text: decodeEscapes(cell.raw) }
    case "b":
      return { text: cell.raw === "1" || cell.raw === "true" ? "TRUE" : "FALSE", flag: "boolean" }
    case "e":
      return { text: cell.raw, flag: "error" }
    case "d":
      return { text: cell.raw.slice(0, 10) }
    default:
      return numberCell(cell.raw, parts.formats[Number(cell.style)], parts.from1904)
  }
}

function sharedText(index: string, texts: readonly string[]): string {
  const text = texts[Number(index)]
  if (text === undefined) throw fileDamaged()
  return text
}

/** A number as typed; `format` decides whether it was typed as a date. */
function numberCell(
  raw: string,
  format: NumberFormat | undefined,
  from1904: boolean,
): { text: string; flag?: CellFlag } {
  const date = format?.date ? dateText(Number(raw), from1904) : undefined
  if (date !== undefined) return { text: date }
  const { text, truncated } = numberText(raw)
  const shown = paddedText(text, format?.pad ?? 0)
  return truncated ? { text: shown, flag: "truncated" } : { text: shown }
}
