/** What is released of a month: tables whose cells were settled, suppressed once, and never computed again. Clause 4.13. */

import { z } from "zod"
import { type CountTable, suppress } from "./suppress.ts"

/** As it lies in the database. A null is not shown; what was counted behind it lies in `settled`, for the next month. */
export const releaseContent = z.object({
  fewest: z.number().int(),
  rows: z.array(z.object({ code: z.string(), name: z.string() })),
  columns: z.array(z.string()),
  shown: z.array(z.array(z.number().int().nullable())),
  settled: z.record(z.string(), z.number().int()),
})
export type ReleaseContent = z.infer<typeof releaseContent>

export interface Counted {
  readonly row: string
  readonly column: string
  /** What is counted: households, or orders. */
  readonly count: number
  readonly households: number
}

/**
 * What a cell says this month: what it said last month, until it differs by k. Two releases differ by nothing or by k, so that
 * nobody learns from the difference that one household came or went.
 */
export function settle(before: number | undefined, now: number, k: number): number {
  return before !== undefined && Math.abs(now - before) < k ? before : now
}

export interface Drawn {
  readonly rows: ReleaseContent["rows"]
  readonly columns: readonly string[]
  readonly counted: readonly Counted[]
  readonly fewest: number
}

const keyOf = (row: string, column: string) => `${row}/${column}`

/** Households by building and class, as they stand: no totals over classes, because a household has several. */
export function drawStock(
  { rows, columns, counted, fewest }: Drawn,
  before: ReleaseContent["settled"],
): ReleaseContent {
  const now = new Map(counted.map((one) => [keyOf(one.row, one.column), one.households]))
  const settled = Object.fromEntries(
    rows.flatMap(({ code }) =>
      columns.map((column) => {
        const key = keyOf(code, column)
        return [key, settle(before[key], now.get(key) ?? 0, fewest)]
      }),
    ),
  )
  const inner = rows.map(({ code }) => columns.map((column) => settled[keyOf(code, column)] ?? 0))
  const values = withTotals(inner)
  const table = { values, households: values, withoutRowTotals: true }
  return { fewest, rows: [...rows], columns: [...columns], shown: shownOf(table, fewest), settled }
}

/** Orders by building and kind of one month, which is over: they are what they are. `''` names a total. */
export function drawFlow({ rows, columns, counted, fewest }: Drawn): ReleaseContent {
  const found = new Map(counted.map((one) => [keyOf(one.row, one.column), one]))
  const codes = [...rows.map(({ code }) => code), ""]
  const kinds = [...columns, ""]
  const part = (name: "count" | "households") =>
    codes.map((code) => kinds.map((kind) => found.get(keyOf(code, kind))?.[name] ?? 0))
  const inner = part("count").slice(0, -1)
  const values = withTotals(inner.map((line) => line.slice(0, -1)))
  const table = { values, households: part("households") }
  return { fewest, rows: [...rows], columns: [...columns], shown: shownOf(table, fewest), settled: {} }
}

function withTotals(inner: readonly (readonly number[])[]): number[][] {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
  const lines = inner.map((line) => [...line, sum(line)])
  const width = lines[0]?.length ?? 1
  return [...lines, Array.from({ length: width }, (_, j) => sum(lines.map((line) => line[j] ?? 0)))]
}

function shownOf(table: CountTable, k: number): (number | null)[][] {
  const hidden = suppress(table, k)
  return table.values.map((line, i) => line.map((value, j) => (hidden[i]?.[j] === false ? value : null)))
}

/** The newest months that are over, newest first, in the zone of the house. @param now milliseconds since the epoch */
export function closedMonths(now: number, count: number): string[] {
  const here = new Date(now + 8 * 3_600_000)
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() - 1 - back, 1)).toISOString().slice(0, 7),
  )
}
