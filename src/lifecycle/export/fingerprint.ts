/**
 * The fingerprint of a copy: which decoy households are in it, in which order its rows stand, how each value is spelled.
 * All three follow from the secret and the id of the copy; none changes what the list says about anybody. Clause 4.7.
 */

import { natural } from "../store/home.ts"
import { type Draw, drawOf, shuffled, tokenOf } from "./draw.ts"
import { type CellKind, known, spellingsOf } from "./spelling.ts"

/** Cells as they would be written without a fingerprint. The first is the home. */
export type ListRow = readonly string[]

export interface CopyKey {
  /** 32 bytes. */
  readonly secret: Uint8Array
  readonly copyId: string
}

export interface PlainList {
  readonly rows: readonly ListRow[]
  /** Households that the company owns, with the same columns. */
  readonly decoys: readonly ListRow[]
}

/** One cell of the record of a copy. */
export interface MarkedCell {
  readonly kind: CellKind
  readonly token: string
  readonly style: number
}

export interface MarkedRow {
  readonly cells: readonly MarkedCell[]
  readonly isDecoy: boolean
}

/** What a copy is known again by. It holds no value. */
export interface CopyRecord {
  readonly rows: readonly MarkedRow[]
}

export interface Fingerprinted {
  readonly rows: readonly ListRow[]
  readonly record: CopyRecord
}

/** Neighbours in the natural order change places within so many rows: it still looks sorted. */
export const windowRows = 4

/** One decoy for so many rows, at least two as far as there are. */
const rowsForDecoy = 25

function decoysFor(rows: number, known: number): number {
  return Math.min(Math.floor(known / 2) + (known % 2), Math.max(2, Math.round(rows / rowsForDecoy)))
}

export function fingerprint(key: CopyKey, { rows, decoys }: PlainList): Fingerprinted {
  const draw = drawOf(key.secret, key.copyId)
  const picked = shuffled(decoys, draw, (row) => ["decoy", ...row]).slice(
    0,
    decoysFor(rows.length, decoys.length),
  )
  const listed = [
    ...rows.map((cells) => ({ cells, isDecoy: false })),
    ...picked.map((cells) => ({ cells, isDecoy: true })),
  ].toSorted(byHome)
  const ordered = inWindows(listed, draw)
  const written = ordered.map(({ cells }) => cells.map((cell) => writeCell(cell, draw)))
  return {
    rows: written.map((cells) => cells.map(({ text }) => text)),
    record: {
      rows: written.map((cells, at) => ({
        cells: cells.flatMap(({ marked }) => (marked === undefined ? [] : [marked])),
        isDecoy: ordered[at]?.isDecoy ?? false,
      })),
    },
  }
}

interface Listed {
  readonly cells: ListRow
  readonly isDecoy: boolean
}

function byHome(a: Listed, b: Listed): number {
  const [left, right] = [natural(a.cells[0] ?? ""), natural(b.cells[0] ?? "")]
  if (left === right) return 0
  return left < right ? -1 : 1
}

function inWindows(rows: readonly Listed[], draw: Draw): Listed[] {
  const windows = Math.ceil(rows.length / windowRows)
  return Array.from({ length: windows }, (_, at) =>
    shuffled(rows.slice(at * windowRows, (at + 1) * windowRows), draw, ({ cells }) => ["order", ...cells]),
  ).flat()
}

/** The same value is spelled the same everywhere in a copy. */
function writeCell(cell: string, draw: Draw): { text: string; marked?: MarkedCell } {
  const value = known(cell)
  if (value === undefined) return { text: cell }
  const token = tokenOf(value.kind, value.canonical)
  const spellings = spellingsOf(value, cell)
  const chosen = spellings[draw("style", value.kind, token) % spellings.length]
  if (chosen === undefined) return { text: cell }
  return { text: chosen.text, marked: { kind: value.kind, token, style: chosen.style } }
}
