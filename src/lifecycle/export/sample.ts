/** A list that turned up somewhere, cell by cell: whatever columns are left, in whatever order, however saved. Clause 8.4. */

import { tokenOf } from "./draw.ts"
import { type CellKind, type Channel, known, styleBits } from "./spelling.ts"

export interface SampleCell {
  readonly kind: CellKind
  readonly token: string
  readonly styles: Readonly<Record<Channel, number>>
}

/** The cells of a row that hold something. */
export type SampleRow = readonly SampleCell[]

export function readSample(rows: readonly (readonly string[])[]): SampleRow[] {
  return rows.map((cells) => cells.flatMap(readCell)).filter((row) => row.length > 0)
}

function readCell(raw: string): SampleCell[] {
  const value = known(raw)
  if (value === undefined) return []
  const token = tokenOf(value.kind, value.canonical)
  return [{ kind: value.kind, token, styles: styleBits(value, raw) }]
}

/** Pasted text as rows: cells apart by tabs, else by commas, else by runs of blanks. */
export function rowsOfText(text: string): string[][] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "")
  const apart = lines.some((line) => line.includes("\t")) ? /\t/ : /[,，;；|]/
  return lines.map((line) => line.split(apart).map((cell) => cell.replace(/^"(.*)"$/, "$1")))
}
