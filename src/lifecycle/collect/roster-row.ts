/** One row of a roster as a person in a home, with everything doubtful about it. Clauses 2.3, 2.12. */

import { type HomePlace, homeOf, parseHome } from "../catalogue/address.ts"
import type { FieldCode } from "../catalogue/field.ts"
import { isOrganisation as isOrganisationName } from "../catalogue/organisation.ts"
import { parseField } from "../catalogue/parse.ts"
import { phonesOf } from "../catalogue/phone.ts"
import { platesOf } from "../catalogue/plate.ts"
import type { Mapping } from "./mapping.ts"
import { isOrganisation, type ResidenceRole, roleOf, saysMovedOut } from "./residence-words.ts"
import { RowCells } from "./row-cells.ts"
import type { CellProblem } from "./row-problem.ts"
import type { Row } from "./sheet-shape.ts"

/** Values in the catalogue's canonical form. */
export type RosterPerson = Readonly<{
  name: string
  company: boolean
  role: ResidenceRole
  phones: readonly string[]
  landlines: readonly string[]
  plates: readonly string[]
  /** Single-valued fields beyond those above, e.g. `title`, `title_deed`. */
  others: Readonly<Partial<Record<FieldCode, string>>>
  /** Who speaks for a company. */
  contact: Readonly<{ name: string; phones: readonly string[] }> | undefined
}>

/**
 * `take` all is well · `verify` taken, with problems · `refuse` no home or no name can be read · `to_destroy` gone at the source:
 * nothing of it is returned. A home without a person is a vacant home.
 */
export type RosterRow = Readonly<{
  row: number
  home: HomePlace | undefined
  person: RosterPerson | undefined
  problems: readonly CellProblem[]
  verdict: "take" | "verify" | "refuse" | "to_destroy"
}>

/** `today` as YYYY-MM-DD; `above`: the home of the row before, which family members may leave out. */
export type RowContext = Readonly<{ today: string; above: HomePlace | undefined }>

export function readRosterRow(row: Row, mapping: Mapping, { today, above }: RowContext): RosterRow {
  const cells = new RowCells(row, mapping)
  if (isGone(cells, today))
    return { row: row.number, home: undefined, person: undefined, problems: [], verdict: "to_destroy" }
  if (row.hidden === true) cells.report("name", "row.hidden", "verify")
  const role = readRole(cells)
  const home = readHome(cells, role.isMember ? "member" : "owner", above)
  const person = readPerson(cells, role.role)
  const { problems } = cells
  return { row: row.number, home, person, problems, verdict: verdictOf(home, problems) }
}

/** Reads the rows of one sheet in order, remembering the home above. */
export function rosterReader(mapping: Mapping, today: string): (row: Row) => RosterRow {
  let above: HomePlace | undefined
  return (row) => {
    const read = readRosterRow(row, mapping, { today, above })
    above = read.home ?? above
    return read
  }
}

function verdictOf(home: HomePlace | undefined, problems: readonly CellProblem[]): RosterRow["verdict"] {
  const bars = problems.some(
    ({ field, verdict }) => verdict === "refuse" && (field === "name" || isPlace(field)),
  )
  if (home === undefined || bars) return "refuse"
  return problems.length > 0 ? "verify" : "take"
}

function isPlace(field: string): boolean {
  return field === "home" || field === "building" || field === "unit" || field === "room"
}

function isGone(cells: RowCells, today: string): boolean {
  const cell = cells.text("move_out")
  if (saysMovedOut(cell)) return true
  const day = parseField("move_in_date", cell)
  return day.kind === "value" && day.value <= today
}

function readRole(cells: RowCells): { role: ResidenceRole; isMember: boolean } {
  const cell = cells.text("role")
  if (cell === "") return { role: "owner", isMember: false }
  const role = roleOf(cell)
  if (role === undefined) cells.report("role", "role.unknown", "verify")
  return { role: role ?? "other", isMember: role !== undefined && role !== "owner" }
}

function readHome(
  cells: RowCells,
  as: "member" | "owner",
  above: HomePlace | undefined,
): HomePlace | undefined {
  if (cells.has("home")) return wholeHome(cells, as, above)
  const [building, unit, room] = [cells.text("building"), cells.text("unit"), cells.text("room")]
  if (cells.flawed("building", "unit", "room")) return undefined
  if (room === "") return homeAbove(cells, { as, above, blank: building === "" })
  if (building !== "" || above === undefined) return placeOf(cells, homeOf(building, unit, room))
  cells.report("building", "row.home_from_above", "verify")
  return placeOf(cells, homeOf(above.building, unit === "" ? above.unit : unit, room))
}

function placeOf(cells: RowCells, home: HomePlace | undefined): HomePlace | undefined {
  if (home === undefined) cells.report("room", "home.format", "refuse")
  return home
}

function wholeHome(
  cells: RowCells,
  as: "member" | "owner",
  above: HomePlace | undefined,
): HomePlace | undefined {
  const value = cells.values("home")[0]
  if (value !== undefined) return parseHome(value)
  return cells.flawed("home") ? undefined : homeAbove(cells, { as, above, blank: true })
}

/** Rosters name the home in the owner's row only. Whoever is no declared member gets it too, but somebody must ask. */
function homeAbove(
  cells: RowCells,
  { as, above, blank }: { as: "member" | "owner"; above: HomePlace | undefined; blank: boolean },
): HomePlace | undefined {
  const field = cells.has("home") ? "home" : "room"
  if (!blank || above === undefined || cells.text("name") === "") {
    cells.report(field, "row.no_home", "refuse")
    return undefined
  }
  if (as === "owner") cells.report(field, "row.home_from_above", "verify")
  return above
}

/** Written where nobody lives or owns yet. */
const vacant = /^(空置?|空[房关]|未售出?|待售|未入住|未交房|未收房|样板[房间]|无业主|无)$/

type Values = Pick<RosterPerson, "phones" | "landlines" | "plates" | "others">

function readPerson(cells: RowCells, role: ResidenceRole): RosterPerson | undefined {
  const values = readValues(cells)
  const name = readName(cells, values)
  if (name === undefined) return undefined
  const company = isOrganisation(cells.text("person_type")) || isOrganisationName(name)
  const mute = values.phones.length + values.landlines.length === 0
  if (mute && needsPhone(role, company)) missingPhone(cells)
  return { name, company, role, ...values, contact: company ? readContact(cells) : undefined }
}

function readValues(cells: RowCells): Values {
  const others: Partial<Record<FieldCode, string>> = {}
  for (const field of cells.otherFields()) {
    const value = cells.values(field)[0]
    if (value !== undefined) others[field] = value
  }
  return {
    phones: unique(cells.values("phone").flatMap(phonesOf)),
    landlines: unique(cells.values("landline").flatMap(phonesOf)),
    plates: unique(cells.values("plate").flatMap(platesOf)),
    others,
  }
}

/** Undefined for a vacant home; a row that says something about somebody without a name is refused. */
function readName(cells: RowCells, { phones, landlines, plates, others }: Values): string | undefined {
  const reachable = phones.length + landlines.length + plates.length > 0
  if (!reachable && vacant.test(cells.text("name"))) return undefined
  const name = cells.values("name")[0]
  const somebody = reachable || Object.keys(others).length > 0
  if (name === undefined && somebody && !cells.flawed("name")) cells.report("name", "row.no_name", "refuse")
  return name
}

function needsPhone(role: ResidenceRole, company: boolean): boolean {
  return !company && role !== "family" && role !== "other"
}

function missingPhone(cells: RowCells): void {
  if (cells.has("phone") && !cells.flawed("phone", "landline"))
    cells.report("phone", "row.no_phone", "verify")
}

function readContact(cells: RowCells): RosterPerson["contact"] {
  const name = cells.values("contact_name", "name")[0]
  if (name === undefined) return undefined
  return { name, phones: unique(cells.values("contact_phone", "phone").flatMap(phonesOf)) }
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}
