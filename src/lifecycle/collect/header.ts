/** Finds the row of column names: titles, notes and blank rows often stand above it. */

import type { Row } from "./sheet-shape.ts"
import { meaningOf } from "./words.ts"

const longestName = 30

/** The row that names most columns; without any known name, the first row of several short texts. */
export function findHeader(rows: readonly Row[]): Row | undefined {
  let best: Row | undefined
  let most = 0
  for (const row of rows) {
    const known = knownNames(row)
    if (known > most) {
      best = row
      most = known
    }
  }
  if (most >= 2) return best
  return rows.find(readsAsNames) ?? best
}

function knownNames(row: Row): number {
  const meanings = row.cells.filter((cell) => cell.length <= longestName).map(meaningOf)
  return new Set(meanings.filter((meaning) => meaning !== undefined)).size
}

function readsAsNames(row: Row): boolean {
  const cells = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== "")
  return cells.length >= 2 && cells.every((cell) => cell.length <= longestName && !/\d{3}/.test(cell))
}
