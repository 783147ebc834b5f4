/** A phone that stands at many homes of one file is nobody's own: an agent's, or made up. Kept, and somebody must ask. Clause 2.12. */

import type { RosterRow } from "./roster-row.ts"
import type { CellProblem } from "./row-problem.ts"

/** At more homes than these a phone is doubted. */
const homesOfOne = 5

interface Place {
  readonly row: number
  /** Nothing else is doubtful about the row. */
  readonly isClean: boolean
}

interface Seen {
  /** At most one more than a phone may have. */
  readonly homes: Set<string>
  readonly places: Place[]
}

/** Counts the phones of one file. They stay in memory, and only as long as the file is read. */
export class PhoneCount {
  readonly #seen = new Map<string, Seen>()
  readonly #column: number

  /** `column`: 0-based, where the problem is shown. */
  constructor(column: number) {
    this.#column = column
  }

  add({ row, home, person, verdict }: RosterRow): void {
    if (home === undefined || person === undefined) return
    const place = { row, isClean: verdict === "take" }
    const key = JSON.stringify([home.building, home.unit, home.room])
    for (const phone of person.phones) {
      const seen = this.#seen.get(phone) ?? { homes: new Set<string>(), places: [] }
      if (seen.homes.size <= homesOfOne) seen.homes.add(key)
      seen.places.push(place)
      this.#seen.set(phone, seen)
    }
  }

  /** A problem for each row that has such a phone, and how many of the rows had none before. */
  problems(): { readonly problems: CellProblem[]; readonly newlyDoubted: number } {
    const places = [...this.#seen.values()].flatMap((seen) =>
      seen.homes.size > homesOfOne ? seen.places : [],
    )
    const rows = new Map(places.map((place) => [place.row, place]))
    return {
      problems: [...rows.keys()].map((row) => problemAt(row, this.#column)),
      newlyDoubted: [...rows.values()].filter(({ isClean }) => isClean).length,
    }
  }
}

/**
 * What of the problems of a file is kept, by row: the first `most`, and every repeated phone, for the commit doubts those that
 * stand here and no other.
 */
export function keptProblems(
  found: readonly CellProblem[],
  repeated: readonly CellProblem[],
  most: number,
): CellProblem[] {
  return [...found.toSorted(byRow).slice(0, most), ...repeated].sort(byRow)
}

function byRow(one: CellProblem, other: CellProblem): number {
  return one.row - other.row
}

/** The row with its phone doubted. `columns`: where the dry run found such phones, by row. */
export function doubtPhone(row: RosterRow, columns: ReadonlyMap<number, number>): RosterRow {
  const column = columns.get(row.row)
  if (column === undefined) return row
  const verdict = row.verdict === "take" ? "verify" : row.verdict
  return { ...row, verdict, problems: [...row.problems, problemAt(row.row, column)] }
}

function problemAt(row: number, column: number): CellProblem {
  return { row, column, field: "phone", reason: "phone.repeated", verdict: "verify" }
}
