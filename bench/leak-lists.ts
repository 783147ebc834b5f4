/** Synthetic lists, copies of them, leaks and innocent lists. Everything follows from a seed. Clauses 4.7, 8.4. */

import { type CopyKey, fingerprint, type ListRow } from "../src/lifecycle/export/fingerprint.ts"
import { type Suspect, suspectOf } from "../src/lifecycle/export/leak.ts"
import { homeLabel } from "../src/lifecycle/store/home.ts"

/** Numbers from 0 to 1. */
export type Chance = () => number

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const surnames = Array.from("张王李赵陈杨黄周吴徐孙马朱胡林郭何高罗郑")
const given = Array.from("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉秀兰")

function pick<Item>(items: readonly Item[], chance: Chance): Item {
  const item = items[Math.floor(chance() * items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}

function row(at: number, chance: Chance): ListRow {
  const home = {
    building: String(1 + (at % 18)),
    unit: String(1 + (Math.floor(at / 18) % 2)),
    room: String(100 * (1 + (Math.floor(at / 36) % 28)) + 1 + Math.floor(at / 1008)),
  }
  const name = `${pick(surnames, chance)}${pick(given, chance)}${chance() < 0.6 ? pick(given, chance) : ""}`
  return [homeLabel(home), name, `139${String(10_000_000 + at * 61)}`]
}

export function community(homes: number, seed: number): ListRow[] {
  const chance = chanceOf(seed)
  return Array.from({ length: homes }, (_, at) => row(at, chance))
}

/** Beyond the last home. */
export function decoyHouseholds(count: number, seed: number): ListRow[] {
  const chance = chanceOf(seed + 1)
  return Array.from({ length: count }, (_, at) => row(9_000 + at * 7, chance))
}

export interface Copy {
  readonly rows: readonly ListRow[]
  readonly suspect: Suspect
}

export function copyOf(list: readonly ListRow[], decoys: readonly ListRow[], key: CopyKey): Copy {
  const { rows, record } = fingerprint(key, { rows: list, decoys })
  return { rows, suspect: suspectOf(key.copyId, record) }
}

export function secretOf(seed: number): Uint8Array {
  const chance = chanceOf(seed * 7919 + 13)
  return Uint8Array.from({ length: 32 }, () => Math.floor(chance() * 256))
}

export interface Leaked {
  readonly rows: readonly ListRow[]
  readonly columns: readonly number[]
  readonly order: "kept" | "shuffled" | "sorted"
  readonly tidied: "not" | "trimmed" | "without blanks"
}

/** Which columns are left, in which order. Bare names are not among them: without blanks and order nothing of a copy is left in them. */
const columnSets = [[0], [2], [0, 1], [1, 2], [0, 2], [2, 0], [0, 1, 2], [2, 1, 0]] as const

/** 10 to 100 % of the rows, reordered, columns dropped, tidied. */
export function leak(rows: readonly ListRow[], chance: Chance, share = 0.1 + 0.9 * chance()): Leaked {
  const columns = pick(columnSets, chance)
  const order = pick(["kept", "shuffled", "sorted"] as const, chance)
  const tidied = pick(["not", "not", "trimmed", "without blanks"] as const, chance)
  const wanted = Math.max(1, Math.round(rows.length * share))
  const ranked = rows.map((cells, at) => ({ cells, at, rank: chance() })).toSorted((a, b) => a.rank - b.rank)
  const some = ranked.slice(0, wanted)
  const kept = order === "shuffled" ? some : some.toSorted((a, b) => a.at - b.at)
  const cut = kept.map(({ cells }) => columns.map((column) => tidy(cells[column] ?? "", tidied)))
  const sorted = order === "sorted" ? cut.toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1)) : cut
  return { rows: sorted, columns, order, tidied }
}

function tidy(cell: string, how: Leaked["tidied"]): string {
  if (how === "trimmed") return cell.trim()
  return how === "without blanks" ? cell.replace(/\s/gu, "") : cell
}

const innocents = [
  "of the same homes, as the register writes them",
  "of the same homes, typed by many hands",
  "tidy",
  "of others",
] as const

/** A list that no copy was the source of, though its people may be the same. */
export function innocentList(
  list: readonly ListRow[],
  others: readonly ListRow[],
  seed: number,
): readonly ListRow[] {
  const chance = chanceOf(seed)
  const kind = pick(innocents, chance)
  const source = kind === "of others" ? others : list
  const share = 0.1 + 0.9 * chance()
  const some = source.filter(() => chance() < share)
  if (kind === "of the same homes, typed by many hands") {
    // As somebody else's fingerprint would spell it: any look for any cell.
    const { rows } = fingerprint(
      { secret: secretOf(seed), copyId: `hand ${seed}` },
      { rows: some, decoys: [] },
    )
    return rows.toSorted(() => chance() - 0.5)
  }
  if (kind === "tidy")
    return some.map((cells) => cells.map((cell) => cell.replace(/栋|单元/g, "-").replace(/-$/, "")))
  return some
}
