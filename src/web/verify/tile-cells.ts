/** Which squares of the grid are lit. */

import { tileWidth } from "../../ledger/tile.ts"

export type CellState = "dark" | "lit" | "bad"

export interface TileCells {
  readonly cells: readonly CellState[]
  readonly tiles: number
  readonly done: number
}

/** More would not fit a phone. */
const mostCells = 480

export function tileCells({
  leaves,
  size,
  bad,
}: {
  leaves: number
  size: number
  bad: number | undefined
}): TileCells {
  const tiles = Math.ceil(size / tileWidth)
  const done = Math.ceil(leaves / tileWidth)
  const each = Math.max(1, Math.ceil(tiles / mostCells))
  const badCell = bad === undefined ? -1 : Math.floor(bad / tileWidth / each)
  const cells = Array.from({ length: Math.ceil(tiles / each) }, (_, at): CellState => {
    if (at === badCell) return "bad"
    return Math.min((at + 1) * each, tiles) <= done ? "lit" : "dark"
  })
  return { cells, tiles, done }
}
