/** Which column of a roster stands for what, and which columns are not collected at all. Clauses 2.3, 2.12. */

import { Refusal } from "../../base/refusal.ts"
import { isFieldCode } from "../catalogue/field.ts"
import { mayCollect } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import type { ColumnFate } from "./contract.ts"
import { roleOf, saysMovedOut } from "./residence-words.ts"
import { meaningOf } from "./words.ts"

/** The fate of every column, by index. */
export type Mapping = readonly ColumnFate[]

/** Columns that are not values of a person: where they live, as what, and whether they still do. */
export const rosterPlaces = [
  "building",
  "unit",
  "room",
  "home",
  "role",
  "person_type",
  "contact_name",
  "contact_phone",
  "move_out",
] as const
export type RosterPlace = (typeof rosterPlaces)[number]

const places: ReadonlySet<string> = new Set(rosterPlaces)

/** A person may have several of these, so several columns may. */
const repeatable: ReadonlySet<string> = new Set(["phone", "landline", "plate"])

/** Allowed to be verified, not to be kept: not collected by an import. Clause 2.3. */
const onlyOnOrder: ReadonlySet<string> = new Set(["id_number"])

const ignored: ColumnFate = { fate: "ignore" }
const take = (target: string): ColumnFate => ({ fate: "take", target })

/** A roster registers who moves in: the matrix of that purpose says what it may carry. */
export function mayTake(regime: Regime, target: string): boolean {
  if (places.has(target)) return true
  return isFieldCode(target) && mayCollect(regime, "move_in", target)
}

/**
 * What the columns most likely mean. Names decide; samples settle what a name leaves open. Unknown columns are ignored, and
 * what the matrix forbids is `forbidden`: dropped before anything is stored, and counted.
 */
export function proposeMapping(
  regime: Regime,
  header: readonly string[],
  sampleRows: readonly (readonly string[])[],
): Mapping {
  const columns = header.map((name, index) => {
    const samples = sampleRows.map((row) => (row[index] ?? "").trim()).filter((cell) => cell !== "")
    return { name, samples, meaning: settled(meaningOf(name), samples) }
  })
  return withOnePlace(withoutTwins(regime, columns), columns).map((meaning) => fateOf(regime, meaning))
}

/** @throws Refusal `import.mapping_twice`, `import.no_place`, `import.no_name`; `import.column_forbidden` for a column that may not be taken. */
export function assertMapping(regime: Regime, mapping: Mapping): void {
  const targets = mapping.flatMap((column) => (column.fate === "take" ? [column.target] : []))
  const barred = targets.find((target) => !mayTake(regime, target) || onlyOnOrder.has(target))
  if (barred !== undefined) throw new Refusal("import.column_forbidden", { field: wordOf(barred) })
  const twice = targets.find((target, index) => !repeatable.has(target) && targets.indexOf(target) !== index)
  if (twice !== undefined) throw new Refusal("import.mapping_twice", { field: twice })
  const has = (target: string) => targets.includes(target)
  if (!has("home") && !(has("building") && has("room"))) throw new Refusal("import.no_place")
  if (!has("name")) throw new Refusal("import.no_name")
}

/** What is not collected is counted as not collected, also when somebody calls it ignored. Clause 2.12. */
export function keepForbidden(proposed: Mapping, wanted: Mapping): ColumnFate[] {
  return wanted.map((fate, index) => {
    const before = proposed[index]
    return fate.fate === "ignore" && before?.fate === "forbidden" ? before : fate
  })
}

/**
 * A column that is not collected does not come in under another name; at most it is taken as what it is, where the matrix
 * lets it. Throws `import.column_forbidden`. Clause 2.12.
 */
export function refuseRenamed(proposed: Mapping, wanted: Mapping): void {
  proposed.forEach((fate, index) => {
    const now = wanted[index]
    if (fate.fate === "forbidden" && now?.fate === "take" && now.target !== fate.field)
      throw new Refusal("import.column_forbidden", { field: wordOf(fate.field) })
  })
}

/** What a client calls a column is not repeated unless the catalogue knows it. */
function wordOf(target: string): string {
  return isFieldCode(target) ? target : "unclassified"
}

/** The sheet a roster most likely stands on: shown, with rows, and with most columns that can be taken. */
export function likeliestSheet(
  regime: Regime,
  sheets: readonly { hidden: boolean; rowCount: number; header: readonly string[] }[],
): number {
  const scores = sheets.map(({ hidden, rowCount, header }) => {
    const known = new Set(
      header.map(meaningOf).filter((meaning) => meaning !== undefined && mayTake(regime, meaning)),
    )
    const person = known.has("name") ? 2 : 1
    return rowCount === 0 ? 0 : known.size * person * (hidden ? 0.25 : 1)
  })
  return Math.max(0, scores.indexOf(Math.max(...scores)))
}

type Column = Readonly<{ name: string; samples: readonly string[]; meaning: string | undefined }>

/** "类型" may be a kind of person or of home, "状态" may be anything: their values tell. */
function settled(meaning: string | undefined, samples: readonly string[]): string | undefined {
  if (meaning === "loose_role") return samples.some((cell) => roleOf(cell) !== undefined) ? "role" : undefined
  if (meaning === "loose_move_out") return samples.some(saysMovedOut) ? "move_out" : undefined
  return meaning
}

/** The first column of a meaning keeps it; the contact stands in for a name or phone that no other column has. */
function withoutTwins(regime: Regime, columns: readonly Column[]): (string | undefined)[] {
  const meanings = columns.map(({ meaning }) => meaning)
  const organisations = meanings.includes("person_type")
  const stood = meanings.map((meaning) => {
    if (organisations || !meaning?.startsWith("contact_")) return meaning
    const stands = meaning.slice("contact_".length)
    return stands === "phone" || !meanings.includes(stands) ? stands : undefined
  })
  return stood.map((meaning, index) => {
    if (meaning === undefined || repeatable.has(meaning) || !mayTake(regime, meaning)) return meaning
    return preferred(stood, meaning, columns) === index ? meaning : undefined
  })
}

function preferred(
  meanings: readonly (string | undefined)[],
  meaning: string,
  columns: readonly Column[],
): number {
  const finest = columns.findIndex(({ name }, index) => meanings[index] === meaning && /人员角色/.test(name))
  return finest < 0 ? meanings.indexOf(meaning) : finest
}

/** A home is named by building, unit and room, or by one cell that holds all of them: never by both. */
function withOnePlace(
  meanings: readonly (string | undefined)[],
  columns: readonly Column[],
): (string | undefined)[] {
  const room = meanings.indexOf("room")
  const whole = room >= 0 && (!meanings.includes("building") || namesWholeHome(columns[room]?.samples ?? []))
  const only = whole ? room : meanings.indexOf("home")
  const parts = !whole && meanings.includes("building") && room >= 0
  return meanings.map((meaning, index) => {
    if (index === only) return parts ? undefined : "home"
    const part = meaning === "building" || meaning === "unit" || meaning === "room" || meaning === "home"
    return part && !parts ? undefined : meaning
  })
}

const wholeHome = /[\p{L}\d]+\s*(栋|幢|座|号楼|弄|#|-|－|—|–).*\d/u

function namesWholeHome(samples: readonly string[]): boolean {
  const whole = samples.filter((cell) => wholeHome.test(cell))
  return whole.length > 0 && whole.length * 2 > samples.length
}

function fateOf(regime: Regime, meaning: string | undefined): ColumnFate {
  if (meaning === undefined) return ignored
  if (mayTake(regime, meaning) && !onlyOnOrder.has(meaning)) return take(meaning)
  return isFieldCode(meaning) ? { fate: "forbidden", field: meaning } : ignored
}
