import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fewestOf } from "../catalogue/limits.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import { closedMonths, drawFlow, drawStock, settle } from "./release.ts"
import { suppress } from "./suppress.ts"

const k = 5

interface Table {
  readonly values: number[][]
  readonly hidden: boolean[][]
}

function totalled(inner: readonly (readonly number[])[]): number[][] {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
  const lines = inner.map((line) => [...line, sum(line)])
  return [...lines, (lines[0] ?? []).map((_, j) => sum(lines.map((line) => line[j] ?? 0)))]
}

function drawn(inner: readonly (readonly number[])[]): Table {
  const values = totalled(inner)
  return { values, hidden: suppress({ values, households: values }, k) }
}

const inners = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.nat(9), fc.nat(60), fc.constant(0)), { minLength: columns, maxLength: columns }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  )

/** Every sum of the table as coefficients over the hidden cells: what an attacker can add and subtract. */
function equations({ values, hidden }: Table): { names: string[]; rows: number[][] } {
  const names = hidden.flatMap((line, i) => line.flatMap((is, j) => (is ? [`${i},${j}`] : [])))
  const [height, width] = [values.length, values[0]?.length ?? 0]
  const equation = (cells: readonly (readonly [number, number, number])[]) =>
    names.map((name) => cells.find(([i, j]) => name === `${i},${j}`)?.[2] ?? 0)
  const lines = values.map((_, i) =>
    equation(Array.from({ length: width }, (_cell, j) => [i, j, j === width - 1 ? -1 : 1] as const)),
  )
  const columns = Array.from({ length: width }, (_, j) =>
    equation(Array.from({ length: height }, (_cell, i) => [i, j, i === height - 1 ? -1 : 1] as const)),
  )
  return { names, rows: [...lines, ...columns] }
}

/** Exact: a matrix of a network is totally unimodular, so that elimination stays within -1, 0, 1. */
function rankOf(matrix: readonly (readonly number[])[]): number {
  let rows = matrix.map((row) => [...row])
  let rank = 0
  for (const column of (rows[0] ?? []).keys()) {
    const pivot = rows.find((row) => row[column] !== 0)
    if (pivot === undefined) continue
    rank += 1
    rows = rows.filter((row) => row !== pivot).map((row) => without(row, { pivot, column }))
  }
  return rank
}

interface Pivot {
  readonly pivot: readonly number[]
  readonly column: number
}

function without(row: readonly number[], { pivot, column }: Pivot): number[] {
  const factor = (row[column] ?? 0) / (pivot[column] ?? 1)
  return factor === 0 ? [...row] : row.map((value, at) => value - factor * (pivot[at] ?? 0))
}

function derivable(table: Table): string[] {
  const { names, rows } = equations(table)
  const rank = rankOf(rows)
  return names.filter((name) => rankOf([...rows, names.map((one) => (one === name ? 1 : 0))]) === rank)
}

/** Every table of whole numbers that agrees with what is shown; totals follow from the inner cells. */
function* agreeing({ values, hidden }: Table, most: number): Generator<number[][]> {
  const inner = values.slice(0, -1).map((line) => line.slice(0, -1))
  const open = inner.flatMap((line, i) =>
    line.flatMap((_, j) => (hidden[i]?.[j] === true ? [[i, j] as const] : [])),
  )
  const tried = inner.map((line) => [...line])
  function* fill(index: number): Generator<number[][]> {
    const place = open[index]
    if (place === undefined) {
      const whole = totalled(tried)
      if (
        whole.every((line, i) =>
          line.every((value, j) => hidden[i]?.[j] === true || value === values[i]?.[j]),
        )
      )
        yield whole
      return
    }
    for (let value = 0; value <= most; value += 1) {
      const line = tried[place[0]]
      if (line !== undefined) line[place[1]] = value
      yield* fill(index + 1)
    }
  }
  yield* fill(0)
}

describe("a table of counts", () => {
  it("hides every cell of fewer than k households, and shows the others where nothing is hidden", () => {
    expect(
      drawn([
        [12, 9],
        [8, 20],
      ]).hidden.flat(),
    ).not.toContain(true)
    const { hidden } = drawn([
      [12, 3, 9],
      [8, 20, 11],
      [30, 6, 7],
    ])
    expect(hidden[0]?.[1]).toBe(true)
    expect(hidden.flat().filter(Boolean).length).toBe(4)
  })

  it("hides zeros like small numbers: that nobody is there tells of everybody", () => {
    expect(
      drawn([
        [0, 9],
        [8, 20],
      ]).hidden[0]?.[0],
    ).toBe(true)
  })

  it("counts households, not what is counted of them", () => {
    const values = totalled([
      [40, 9],
      [8, 20],
    ])
    const households = totalled([
      [2, 9],
      [8, 20],
    ])
    expect(suppress({ values, households }, k)[0]?.[0]).toBe(true)
    expect(suppress({ values, households: values }, k)[0]?.[0]).toBe(false)
  })

  it("lets no hidden cell be derived by adding and subtracting what is shown", () => {
    fc.assert(
      fc.property(inners, (inner) => {
        expect(derivable(drawn(inner))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  it("the check would find it: hiding small cells alone can be undone", () => {
    const values = totalled([
      [3, 9],
      [8, 20],
    ])
    const hidden = values.map((line) => line.map((value) => value < k))
    expect(derivable({ values, hidden })).toEqual(["0,0"])
  })

  it("leaves each hidden cell a range of k or more, also for whoever knows that no count is negative", () => {
    const small = fc.array(fc.array(fc.nat(5), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 2,
    })
    fc.assert(
      fc.property(small, (inner) => {
        const table = drawn(inner)
        const found = [...agreeing(table, 10)]
        for (const [i, line] of table.hidden.entries())
          for (const [j, is] of line.entries()) {
            const values = found.map((one) => one[i]?.[j] ?? 0)
            if (is) expect(Math.max(...values) - Math.min(...values)).toBeGreaterThanOrEqual(k)
          }
      }),
      { numRuns: 10 },
    )
  }, 30_000)

  it("does so without totals that mean nothing, too", () => {
    fc.assert(
      fc.property(inners, (inner) => {
        const values = totalled(inner)
        const hidden = suppress({ values, households: values, withoutRowTotals: true }, k)
        expect(hidden.every((line) => line.at(-1) === true)).toBe(true)
        expect(derivable({ values, hidden })).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe("releases of one cell", () => {
  it("differ by nothing or by k, however households come and go", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 2, maxLength: 24 }), (counts) => {
        let told: number | undefined
        for (const count of counts) {
          const next = settle(told, count, k)
          if (told !== undefined && next !== told) expect(Math.abs(next - told)).toBeGreaterThanOrEqual(k)
          expect(Math.abs(next - count)).toBeLessThan(k)
          told = next
        }
      }),
    )
  })

  const rows = [
    { code: "1", name: "1栋" },
    { code: "2", name: "2栋" },
  ]
  const stock = (first: number, before = {}) =>
    drawStock(
      {
        rows,
        columns: ["identity", "life"],
        fewest: k,
        counted: [
          { row: "1", column: "identity", count: first, households: first },
          { row: "2", column: "identity", count: 30, households: 30 },
          { row: "1", column: "life", count: 9, households: 9 },
          { row: "2", column: "life", count: 12, households: 12 },
        ],
      },
      before,
    )

  it("of two months that one household tells apart are the same, of two that five do are not", () => {
    const first = stock(20)
    expect(stock(21, first.settled).shown).toEqual(first.shown)
    expect(stock(25, first.settled).shown).not.toEqual(first.shown)
  })

  it("of orders are by building and kind, with totals, and hide what fewer than five households asked for", () => {
    const one = (row: string, column: string, count: number, households = count) => ({
      row,
      column,
      count,
      households,
    })
    const { shown } = drawFlow({
      rows,
      columns: ["repair", "complaint"],
      fewest: k,
      counted: [
        one("1", "repair", 20, 12),
        one("1", "complaint", 9, 2),
        one("2", "repair", 10),
        one("2", "complaint", 11),
        one("1", "", 29, 13),
        one("2", "", 21, 20),
        one("", "repair", 30, 22),
        one("", "complaint", 20, 13),
        one("", "", 50, 33),
      ],
    })
    expect(shown[0]?.[1]).toBeNull()
    expect(shown.flat().filter((value) => value === null).length).toBe(4)
    expect(shown[2]?.[2]).toBe(50)
  })
})

describe("the fewest households of a cell", () => {
  it("are the regime's, and never fewer than five", () => {
    expect(fewestOf(regimeV1)).toBe(5)
    expect(fewestOf({ ...regimeV1, statistics: { fewestHouseholds: 8 } })).toBe(8)
    expect(fewestOf({ ...regimeV1, statistics: { fewestHouseholds: 2 } })).toBe(5)
  })

  it("are of months that are over, in the time of the house", () => {
    expect(closedMonths(Date.parse("2026-03-31T15:59:59Z"), 3)).toEqual(["2026-02", "2026-01", "2025-12"])
    expect(closedMonths(Date.parse("2026-03-31T16:00:00Z"), 1)).toEqual(["2026-03"])
  })
})
