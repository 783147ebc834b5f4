/** The cells of one roster row by what they mean, and everything that is wrong with them. */

import { type FieldCode, isFieldCode } from "../catalogue/field.ts"
import { parseField } from "../catalogue/parse.ts"
import type { Mapping } from "./mapping.ts"
import type { CellProblem } from "./row-problem.ts"
import type { CellFlag, Row } from "./sheet-shape.ts"

/** Repeating these down a merge is what people mean by it; of anything else one must ask whose it is. */
const shareable: ReadonlySet<string> = new Set([
  "name",
  "home",
  "building",
  "unit",
  "room",
  "role",
  "person_type",
])

const ownColumns: ReadonlySet<string> = new Set(["name", "phone", "landline", "plate", "home"])

/** A row's cells by what they mean; reading a cell notes what is wrong with it. */
export class RowCells {
  readonly problems: CellProblem[] = []
  readonly #row: Row
  readonly #columns: ReadonlyMap<string, readonly number[]>

  constructor(row: Row, mapping: Mapping) {
    this.#row = row
    this.#columns = columnsOf(mapping)
  }

  has(target: string): boolean {
    return this.#columns.has(target)
  }

  /** The first cell of this meaning as typed, "" when there is none or it holds an error. */
  text(target: string): string {
    const column = this.#columns.get(target)?.[0]
    if (column === undefined) return ""
    if (this.#isBroken(column)) {
      this.#note(column, target, { reason: "cell.error", verdict: "refuse" })
      return ""
    }
    return (this.#row.cells[column] ?? "").trim()
  }

  /** Canonical values of all cells of this meaning. */
  values(target: string, field: string = target): string[] {
    return (this.#columns.get(target) ?? []).flatMap((column) => this.#value(column, target, field))
  }

  /** Single-valued fields this mapping takes beyond name, phones, plates and home. */
  otherFields(): FieldCode[] {
    return [...this.#columns.keys()].filter(isFieldCode).filter((field) => !ownColumns.has(field))
  }

  /** Whether a cell of these meanings was refused. */
  flawed(...targets: readonly string[]): boolean {
    return this.problems.some(({ field, verdict }) => verdict === "refuse" && targets.includes(field))
  }

  /** A problem of the row, shown at the first column of this meaning. */
  report(target: string, reason: CellProblem["reason"], verdict: CellProblem["verdict"]): void {
    this.#note(this.#columns.get(target)?.[0] ?? 0, target, { reason, verdict })
  }

  #value(column: number, target: string, field: string): string[] {
    const raw = this.#row.cells[column] ?? ""
    if (raw.trim() === "" || !isFieldCode(field)) return []
    const flaw = this.#flaw(column, field)
    const parsed = flaw ?? parseField(field, raw)
    if (parsed.kind === "empty") return []
    if (parsed.kind === "invalid") {
      this.#note(column, target, { reason: parsed.reason, verdict: "refuse" })
      return []
    }
    const doubt = parsed.kind === "doubtful" ? parsed.reason : this.#doubt(column, target)
    if (doubt) this.#note(column, target, { reason: doubt, verdict: "verify" })
    return [parsed.value]
  }

  /** What makes a cell unreadable before its value is looked at. */
  #flaw(column: number, field: string): { kind: "invalid"; reason: CellProblem["reason"] } | undefined {
    if (this.#isBroken(column)) return { kind: "invalid", reason: "cell.error" }
    const lost = this.#flag(column) === "truncated" && field !== "name"
    return lost ? { kind: "invalid", reason: "value.precision_lost" } : undefined
  }

  #doubt(column: number, target: string): CellProblem["reason"] | undefined {
    return this.#flag(column) === "filled" && !shareable.has(target) ? "cell.shared" : undefined
  }

  #note(column: number, field: string, found: Pick<CellProblem, "reason" | "verdict">): void {
    const known = this.problems.some(
      (problem) => problem.column === column && problem.reason === found.reason,
    )
    if (!known) this.problems.push({ row: this.#row.number, column, field, ...found })
  }

  #flag(column: number): CellFlag | undefined {
    return this.#row.flags?.[column]
  }

  #isBroken(column: number): boolean {
    const flag = this.#flag(column)
    return flag === "error" || flag === "boolean"
  }
}

/** A mapping serves a hundred thousand rows: its index is made once. */
const indexed = new WeakMap<Mapping, ReadonlyMap<string, readonly number[]>>()

function columnsOf(mapping: Mapping): ReadonlyMap<string, readonly number[]> {
  const known = indexed.get(mapping)
  if (known) return known
  const columns = new Map<string, number[]>()
  for (const [index, column] of mapping.entries()) {
    if (column.fate !== "take") continue
    columns.set(column.target, [...(columns.get(column.target) ?? []), index])
  }
  indexed.set(mapping, columns)
  return columns
}
