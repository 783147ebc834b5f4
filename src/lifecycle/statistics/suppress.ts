/**
 * Which cells of a table of counts are not shown, so that no group of fewer than k households is told, neither by its cell nor by
 * sums. Clause 4.13.
 *
 * A table with its totals is a network: rows and columns are nodes, cells are flows, each sum says that what flows in flows out.
 * What a cell that is not shown could be is how far flow can be sent around a circle through it over other hidden cells. So for
 * each cell that must be hidden a circle is hidden, cheap in what it costs the reader, over which k or more can be added without
 * any cell becoming negative: whoever knows every shown cell and every sum is left with another table, as good as the true one,
 * where the hidden cell differs by k. The same circle protects the other cells on it. (Complementary suppression by network flow:
 * Cox 1995.)
 */

/** The last row and column are the totals. */
export interface CountTable {
  readonly values: readonly (readonly number[])[]
  /** Different households behind each cell. */
  readonly households: readonly (readonly number[])[]
  /** Totals that mean nothing, and are never shown. */
  readonly withoutRowTotals?: boolean
}

interface Arc {
  readonly row: number
  readonly column: number
  readonly from: number
  readonly to: number
  readonly value: number
}

/** True: not shown. `k`: no group below it is told. */
export function suppress(table: CountTable, k: number): boolean[][] {
  const { values, households } = table
  const lastColumn = (values[0]?.length ?? 0) - 1
  const hidden = values.map((row, i) =>
    row.map((_value, j) => at(households, i, j) < k || (table.withoutRowTotals === true && j === lastColumn)),
  )
  const arcs = arcsOf(values)
  const must = arcs.filter(({ row, column }) => at(hidden, row, column))
  for (const arc of must)
    for (const { row, column } of circle({ arcs, hidden, arc, k })) hide(hidden, row, column)
  return hidden
}

/** Inner cells flow from their row to their column; totals flow back. */
function arcsOf(values: CountTable["values"]): Arc[] {
  const rows = values.length
  const columns = values[0]?.length ?? 0
  return values.flatMap((line, row) =>
    line.map((value, column) => {
      const ends = [row, rows + column] as const
      const isBack = (row === rows - 1) !== (column === columns - 1)
      const [from, to] = isBack ? [ends[1], ends[0]] : ends
      return { row, column, from, to, value }
    }),
  )
}

interface Search {
  readonly arcs: readonly Arc[]
  readonly hidden: readonly (readonly boolean[])[]
  readonly arc: Arc
  readonly k: number
}

interface Reached {
  readonly cost: number
  readonly via: Arc | null
  readonly before: number
}

/** The cheapest way back from where the arc ends to where it begins. With every total hidden there always is one. */
function circle({ arcs, hidden, arc, k }: Search): Arc[] {
  const reached = new Map<number, Reached>([[arc.to, { cost: 0, via: null, before: arc.to }]])
  for (let changed = true; changed; ) {
    changed = false
    for (const via of arcs) {
      if (via === arc) continue
      const price = at(hidden, via.row, via.column) ? 0 : via.value + 1
      changed = relax(reached, { via, price, before: via.from, to: via.to }) || changed
      // Against its direction an arc gives up what it has: only as much as it can spare.
      if (via.value >= k) changed = relax(reached, { via, price, before: via.to, to: via.from }) || changed
    }
  }
  return wayTo(reached, arc.from)
}

interface Move {
  readonly via: Arc
  readonly price: number
  readonly before: number
  readonly to: number
}

function relax(reached: Map<number, Reached>, { via, price, before, to }: Move): boolean {
  const here = reached.get(before)
  if (here === undefined) return false
  const cost = here.cost + price
  if (cost >= (reached.get(to)?.cost ?? Infinity)) return false
  reached.set(to, { cost, via, before })
  return true
}

function wayTo(reached: ReadonlyMap<number, Reached>, end: number): Arc[] {
  const way: Arc[] = []
  for (let node = reached.get(end); node?.via; node = reached.get(node.before)) way.push(node.via)
  return way
}

function at<Value>(table: readonly (readonly Value[])[], row: number, column: number): Value {
  const value = table[row]?.[column]
  if (value === undefined) throw new Error("a table with a hole")
  return value
}

function hide(hidden: boolean[][], row: number, column: number): void {
  const line = hidden[row]
  if (line !== undefined) line[column] = true
}
