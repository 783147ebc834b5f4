/** Rows of a roster as entries for the store, and as counts. Clauses 2.3, 2.12. */

import type { HomePlace } from "../catalogue/address.ts"
import { type FieldCode, isFieldCode } from "../catalogue/field.ts"
import type { RosterEntry } from "../store/roster.ts"
import { type Counts, noCounts } from "./import-step.ts"
import type { Mapping } from "./mapping.ts"
import type { RosterPerson, RosterRow } from "./roster-row.ts"
import type { Row } from "./sheet-shape.ts"

export interface Entries {
  readonly entries: readonly RosterEntry[]
  readonly vacant: readonly HomePlace[]
  readonly toDestroy: readonly number[]
}

export function entriesOf(rows: readonly RosterRow[]): Entries {
  return {
    entries: rows.flatMap(entriesOfRow),
    vacant: rows.flatMap((row) => (isTaken(row) && row.home && !row.person ? [row.home] : [])),
    toDestroy: rows.filter((row) => row.verdict === "to_destroy").map((row) => row.row),
  }
}

function isTaken(row: RosterRow): boolean {
  return row.verdict === "take" || row.verdict === "verify"
}

function entriesOfRow(row: RosterRow): RosterEntry[] {
  const { home, person } = row
  if (!isTaken(row) || home === undefined || person === undefined) return []
  const doubts = row.problems
    .filter((problem) => problem.verdict === "verify" || !isFieldCode(problem.field))
    .map(({ field, reason }) => ({ field: isFieldCode(field) ? field : ("home" as const), reason }))
  const entry: RosterEntry = {
    home,
    role: person.role,
    company: person.company,
    facts: factsOf(person),
    doubts,
    validFrom: person.others.move_in_date ?? null,
    row: row.row,
  }
  return person.contact === undefined ? [entry] : [entry, contactOf(entry, person.contact)]
}

function factsOf(person: RosterPerson): Partial<Record<FieldCode, readonly string[]>> {
  const facts: Partial<Record<FieldCode, readonly string[]>> = {
    name: [person.name],
    phone: person.phones,
    landline: person.landlines,
    plate: person.plates,
  }
  for (const [field, value] of Object.entries(person.others)) {
    if (isFieldCode(field) && value !== undefined && value !== "") facts[field] = [value]
  }
  return facts
}

/** Who speaks for a company is a natural person of their own. */
function contactOf(company: RosterEntry, contact: { name: string; phones: readonly string[] }): RosterEntry {
  return {
    ...company,
    role: "staff",
    company: false,
    doubts: [],
    facts: { name: [contact.name], phone: contact.phones },
  }
}

/** What a chunk of rows comes to before anything is stored. */
export function countRows(rows: readonly RosterRow[], cells: number): Counts {
  const of = (verdict: RosterRow["verdict"]) => rows.filter((row) => row.verdict === verdict).length
  return {
    ...noCounts,
    rows: rows.length,
    taken: of("take") + of("verify"),
    toVerify: of("verify"),
    refused: of("refuse"),
    toDestroy: of("to_destroy"),
    cells,
  }
}

/** Filled cells of forbidden columns, by column. */
export function countForbidden(rows: readonly Row[], mapping: Mapping, into: Map<number, number>): void {
  mapping.forEach((fate, column) => {
    if (fate.fate !== "forbidden") return
    const filled = rows.filter((row) => (row.cells[column] ?? "").trim() !== "").length
    into.set(column, (into.get(column) ?? 0) + filled)
  })
}

/** Forbidden columns are gone before anything else sees the row. Clause 2.12. */
export function withoutForbidden(row: Row, mapping: Mapping): Row {
  const cells = row.cells.map((cell, column) => (mapping[column]?.fate === "take" ? cell : ""))
  return { ...row, cells }
}
