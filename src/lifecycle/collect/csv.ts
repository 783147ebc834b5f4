/** Separated text (RFC 4180 and what programs make of it) in UTF-8, UTF-16 or GB18030. */

import { Refusal } from "../../base/refusal.ts"
import { isExponent } from "./cell-text.ts"
import { type Budget, type CellFlag, type RawSheet, type Row, rowOf } from "./sheet-shape.ts"

const rowsAtOnce = 500
const charactersAtOnce = 1 << 18
const separators = [",", ";", "\t"]

/** @throws Refusal `import.format_unknown` when the bytes are text in none of the encodings. */
export function openCsv(bytes: Uint8Array, name: string): RawSheet {
  const text = decodeText(bytes)
  const body = separatorLine.exec(text)
  const from = body ? body[0].length : 0
  const separator = body?.[1] ?? findSeparator(text.slice(0, charactersAtOnce))
  return {
    name: name.replace(/\.[^.]*$/, ""),
    hidden: false,
    rows: (budget) => csvRows({ text, from, separator, firstRow: body ? 2 : 1 }, budget),
  }
}

/** Spreadsheet programs take a first line "sep=;" as an order, not as a row. */
const separatorLine = /^sep=(.)\r?\n/i

/** Text by byte order mark, else UTF-8 when it is valid UTF-8, else GB18030. */
export function decodeText(bytes: Uint8Array): string {
  const encodings = byMark(bytes) ?? ["utf-8", "gb18030"]
  for (const encoding of encodings) {
    const text = decode(bytes, encoding)
    if (text !== undefined && !looksBinary(text)) return text
  }
  throw new Refusal("import.format_unknown")
}

function byMark(bytes: Uint8Array): string[] | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ["utf-16le"]
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ["utf-16be"]
  return undefined
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Control characters, and web pages saved under a spreadsheet's name. */
function looksBinary(text: string): boolean {
  const start = text.slice(0, 4096)
  // Control characters are what tells binary from text.
  return /[\u0000-\u0008\u000e-\u001a]/.test(start) || /^\s*<(!doctype|html|\?xml|table)/i.test(start)
}

/** The separator that the first lines agree on: agreement counts more than the number of fields. */
export function findSeparator(start: string): string {
  const scores = separators.map((separator) => agreement(firstWidths(start, separator)))
  const best = Math.max(...scores)
  return separators[best > 0 ? scores.indexOf(best) : 0] ?? ","
}

function firstWidths(start: string, separator: string): number[] {
  const scan = new CsvScan({ text: start, from: 0, separator, firstRow: 1 })
  const widths: number[] = []
  for (let row = scan.next(); row && widths.length < 20; row = scan.next()) widths.push(row.length)
  return widths
}

function agreement(widths: readonly number[]): number {
  const counts = Map.groupBy(widths, (width) => width)
  const scores = [...counts].map(([width, rows]) =>
    width > 1 ? (rows.length / widths.length) ** 4 * width : 0,
  )
  return Math.max(0, ...scores)
}

type CsvText = Readonly<{ text: string; from: number; separator: string; firstRow: number }>

async function* csvRows(csv: CsvText, budget: Budget): AsyncGenerator<Row[]> {
  const scan = new CsvScan(csv)
  let number = csv.firstRow
  let rows: Row[] = []
  for (let cells = scan.next(); cells; cells = scan.next()) {
    budget.spendCells(cells.length)
    rows.push(csvRow(number, cells))
    number += 1
    if (rows.length < rowsAtOnce) continue
    budget.checkTime()
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

function csvRow(number: number, texts: string[]): Row {
  const cells = texts.map(unwrapped)
  const flags: Record<number, CellFlag> = {}
  for (const [column, cell] of cells.entries()) {
    if (isExponent(cell)) flags[column] = "truncated"
  }
  return rowOf(number, cells, flags)
}

/** ="0101" is how exports keep a text from becoming a number; nothing else that begins with "=" is touched. */
function unwrapped(cell: string): string {
  return cell.startsWith('="') ? cell.replace(/^="([^"]*)"$/, "$1") : cell
}

class CsvScan {
  readonly #text: string
  readonly #separator: string
  readonly #stop: RegExp
  #at: number

  constructor(csv: CsvText) {
    this.#text = csv.text
    this.#separator = csv.separator
    this.#stop = new RegExp(`[${csv.separator}\\r\\n]`, "g")
    this.#at = csv.from
  }

  next(): string[] | undefined {
    if (this.#at >= this.#text.length) return undefined
    const cells: string[] = []
    for (;;) {
      cells.push(this.#field())
      if (this.#text[this.#at] !== this.#separator) break
      this.#at += 1
    }
    if (this.#text[this.#at] === "\r") this.#at += 1
    if (this.#text[this.#at] === "\n") this.#at += 1
    return cells
  }

  #field(): string {
    const quoted = this.#text[this.#at] === '"' ? this.#quoted() : ""
    this.#stop.lastIndex = this.#at
    const end = this.#stop.exec(this.#text)?.index ?? this.#text.length
    const rest = this.#text.slice(this.#at, end)
    this.#at = end
    return quoted + rest
  }

  #quoted(): string {
    const start = this.#at
    let value = ""
    let from = start + 1
    for (;;) {
      const end = this.#text.indexOf('"', from)
      if (end < 0) return this.#unclosed(start)
      value += this.#text.slice(from, end)
      this.#at = end + 1
      if (this.#text[end + 1] !== '"') return value
      value += '"'
      from = end + 2
    }
  }

  /** A quotation mark nobody closed is a character like any other, not the rest of the file. */
  #unclosed(start: number): string {
    this.#at = start + 1
    return '"'
  }
}
