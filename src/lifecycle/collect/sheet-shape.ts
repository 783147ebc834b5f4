/** What a spreadsheet is to us: text in cells, with a mark on every cell whose text is not simply what somebody typed. */

import { Refusal } from "../../base/refusal.ts"

/** Caps of one reading. `bytes` and `unpackedBytes` in bytes, `milliseconds` on the processor, not of waiting for the caller. */
export type SheetLimits = Readonly<{
  bytes: number
  unpackedBytes: number
  cells: number
  milliseconds: number
}>

const mebibyte = 1024 * 1024

/** 50 MB packed, 300 MB unpacked, 5 million cells, one minute. */
export const usualLimits: SheetLimits = {
  bytes: 50 * mebibyte,
  unpackedBytes: 300 * mebibyte,
  cells: 5_000_000,
  milliseconds: 60_000,
}

/**
 * Why a cell's text is not simply what was typed:
 * `error` an error value such as #N/A · `truncated` a number whose last digits the file no longer has ·
 * `formula` the cached result of a formula · `boolean` TRUE or FALSE · `filled` repeated downwards from a vertical merge ·
 * `merged` the first cell of a merge over several columns.
 */
export type CellFlag = "error" | "truncated" | "formula" | "boolean" | "filled" | "merged"

/** One row that is not blank. `number` counts from 1 as the spreadsheet program shows it; `flags` by column index; `hidden` as by a filter. */
export type Row = Readonly<{
  number: number
  cells: readonly string[]
  flags?: Readonly<Record<number, CellFlag>>
  hidden?: true
}>

/** A row; without flags when there are none. */
export function rowOf(number: number, cells: readonly string[], flags: Record<number, CellFlag>): Row {
  for (const _ in flags) return { number, cells, flags }
  return { number, cells }
}

/** One sheet without its rows. `headerRow` is a row number, 0 when the sheet has no header; `sample` its first rows. */
export type SheetMeta = Readonly<{
  name: string
  hidden: boolean
  headerRow: number
  header: readonly string[]
  rowCount: number
  sample: readonly Row[]
}>

/** Rows are read anew on each call and come in chunks, so that nobody holds a sheet whole unless they collect it. */
export type SheetSource = Readonly<{
  sheets: readonly SheetMeta[]
  rows(sheetIndex: number): AsyncIterable<Row[]>
}>

/** 0-based, ends included. */
export type Merge = Readonly<{ top: number; left: number; bottom: number; right: number }>

/** A sheet as its format gives it: blank rows, title rows and header included. `merges` is complete when the rows have ended. */
export type RawSheet = Readonly<{
  name: string
  hidden: boolean
  rows(budget: Budget, merges: Merge[]): AsyncIterable<Row[]>
}>

/** Counts what one pass over a file has spent and refuses before it spends more. */
export class Budget {
  readonly #limits: SheetLimits
  readonly #now: () => number
  readonly #started: number
  #cells = 0
  #unpacked = 0

  constructor(limits: SheetLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
    this.#started = now()
  }

  /** @throws Refusal `import.too_many_cells`. A cell counts when the row reaches over it, filled or not. */
  spendCells(count: number): void {
    this.#cells += count
    if (this.#cells > this.#limits.cells) {
      throw new Refusal("import.too_many_cells", { limit: this.#limits.cells })
    }
  }

  /** @throws Refusal `import.unpacks_too_large` or `import.took_too_long`. */
  spendBytes(count: number): void {
    this.#unpacked += count
    if (this.#unpacked > this.#limits.unpackedBytes) throw unpacksTooLarge(this.#limits)
    this.checkTime()
  }

  /** @throws Refusal `import.took_too_long`. */
  checkTime(): void {
    if (this.#now() - this.#started > this.#limits.milliseconds) throw tookTooLong(this.#limits)
  }
}

export function unpacksTooLarge(limits: SheetLimits): Refusal {
  return new Refusal("import.unpacks_too_large", {
    limit: `${Math.round(limits.unpackedBytes / mebibyte)} MB`,
  })
}

export function tookTooLong(limits: SheetLimits): Refusal {
  return new Refusal("import.took_too_long", { limit: `${Math.round(limits.milliseconds / 1000)} s` })
}

export function fileTooLarge(limits: SheetLimits): Refusal {
  return new Refusal("import.file_too_large", { limit: `${Math.round(limits.bytes / mebibyte)} MB` })
}

export function fileDamaged(): Refusal {
  return new Refusal("import.file_damaged")
}
