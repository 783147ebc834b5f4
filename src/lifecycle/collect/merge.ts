/** Merged cells: a file keeps the value in the first cell only; people mean it for all of them. */

import { type CellFlag, type Merge, type Row, rowOf } from "./sheet-shape.ts"

type Carried = Readonly<{ bottom: number; text: string }>

export function isBlank(row: Row): boolean {
  return row.cells.every((cell) => cell.trim() === "")
}

/**
 * Repeats vertical merges downwards (`filled`) and marks merges over several columns (`merged`).
 * The function returned expects the rows of one sheet in order. Whether a repeated value may be taken is the caller's rule.
 */
export function fillDown(merges: readonly Merge[]): (row: Row) => Row {
  if (merges.length === 0) return (row) => row
  const starting = Map.groupBy(merges, (merge) => merge.top + 1)
  const carried = new Map<number, Carried>()
  return (row) => {
    const repeated = repeat(row, carried)
    const begun = starting.get(row.number) ?? []
    for (const merge of begun) {
      const text = row.cells[merge.left] ?? ""
      if (merge.bottom > merge.top && text !== "") carried.set(merge.left, { bottom: merge.bottom + 1, text })
    }
    return markWide(repeated, begun)
  }
}

function repeat(row: Row, carried: Map<number, Carried>): Row {
  if (carried.size === 0) return row
  const cells = [...row.cells]
  const flags: Record<number, CellFlag> = { ...row.flags }
  for (const [column, { bottom, text }] of carried) {
    if (row.number > bottom) carried.delete(column)
    else if ((cells[column] ?? "") === "") {
      while (cells.length < column) cells.push("")
      cells[column] = text
      flags[column] = "filled"
    }
  }
  return { ...row, ...rowOf(row.number, cells, flags) }
}

function markWide(row: Row, begun: readonly Merge[]): Row {
  const wide = begun.filter((merge) => merge.right > merge.left && (row.cells[merge.left] ?? "") !== "")
  if (wide.length === 0) return row
  const flags: Record<number, CellFlag> = { ...row.flags }
  for (const { left } of wide) flags[left] ??= "merged"
  return { ...row, flags }
}
