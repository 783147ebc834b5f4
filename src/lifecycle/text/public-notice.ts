/**
 * A notice that may hang in public: no name, no home and no debt together. Rows of a list become sums of at least five
 * households, by building; in other lines homes lose their room and what the guard finds is masked. Pure. Clauses 4.12, 4.13.
 */

import { fewestHouseholds } from "../catalogue/own-limits.ts"
import { findPersonal } from "./find-personal.ts"
import { maskIn } from "./mask-text.ts"

export interface NoticeGroup {
  /** As in `3`, for 3栋; undefined: every building that is too small to be named. */
  readonly buildings: readonly string[]
  readonly households: number
  /** Hundredths of a yuan; null: no row of the group had an amount. */
  readonly cents: number | null
}

export interface PublicNotice {
  /** Lines that are no rows, made harmless. */
  readonly lines: readonly string[]
  /** Empty when there is no list, or when all of it is too small to be summed. */
  readonly groups: readonly NoticeGroup[]
  /** Rows whose households are too few to be shown even as one sum. */
  readonly hidden: number
  /** What was taken out, to be told: names with their rows, rooms, words that the guard found. */
  readonly removed: { readonly rows: number; readonly rooms: number; readonly words: number }
}

interface Row {
  readonly building: string
  readonly home: string
  readonly cents: number | null
}

const home =
  /(?<![\d-])(\d{1,3})\s*(?:栋|幢|座|号楼|#)\s*(?:(\d{1,2})\s*单元\s*)?-?(\d{3,4})(?!\d)\s*(?:室|号|房)?|(?<![\d-])(\d{1,3})-(?:(\d{1,2})-)?(\d{3,4})(?![\d-])\s*(?:室|号|房)?/
const everyHome = new RegExp(home, "g")
const amount =
  /(?:[¥￥]\s*|(?<![\d.,-]))(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?\s*元|[¥￥]\s*(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?|[\s,，|;；](\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?\s*$/

/** A list has few words in a row. */
const sentence = /[，。；！？]|\p{Script=Han}{8}/u

export function publicNotice(text: string): PublicNotice {
  const rows: Row[] = []
  const lines: string[] = []
  let rooms = 0
  let words = 0
  for (const line of narrowed(text).split(/\r?\n/)) {
    const row = rowOf(line)
    if (row !== undefined) {
      rows.push(row)
      continue
    }
    const kept = withoutRooms(line)
    const findings = findPersonal(kept.text)
    rooms += kept.rooms
    words += findings.length
    lines.push(maskIn(kept.text, findings).trimEnd())
  }
  const { groups, hidden } = grouped(rows)
  return { lines: trimmed(lines), groups, hidden, removed: { rows: rows.length, rooms, words } }
}

/** Full-width figures and the signs among them; the stops of a sentence stay. */
function narrowed(text: string): string {
  return text.replace(/[０-９＃－．￥\u3000]/g, (sign) => sign.normalize("NFKC"))
}

/** A row names one home and stands for itself: an amount, or hardly a word beside it. */
function rowOf(line: string): Row | undefined {
  const found = [...line.matchAll(everyHome)]
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  const rest = line.slice(0, only.index) + line.slice(only.index + only[0].length)
  const sum = amount.exec(rest)
  if (sum === null && sentence.test(rest)) return undefined
  return { ...placeOf(only), cents: sum === null ? null : centsOf(sum) }
}

/** Named and dashed homes lie in groups of their own; one of the two is empty. */
function placeOf(found: RegExpExecArray): Pick<Row, "building" | "home"> {
  const [, ...parts] = found
  const said = parts.filter((part) => part !== undefined)
  return {
    building: said[0] ?? "",
    home: [said[0], said.length > 2 ? said[1] : "0", said.at(-1)].map(Number).join("-"),
  }
}

function centsOf(sum: RegExpExecArray): number {
  const whole = sum[1] ?? sum[3] ?? sum[5] ?? "0"
  const part = sum[2] ?? sum[4] ?? sum[6] ?? ""
  return Number(whole.replaceAll(",", "")) * 100 + Number(part.padEnd(2, "0"))
}

function withoutRooms(line: string): { text: string; rooms: number } {
  let rooms = 0
  const text = line.replace(everyHome, (...[, named, , , dashed]) => {
    rooms += 1
    return `${String(named ?? dashed)}栋`
  })
  return { text, rooms }
}

/** Buildings with enough households by themselves; the others together, with the smallest of these if they are too few. */
function grouped(rows: readonly Row[]): { groups: NoticeGroup[]; hidden: number } {
  const byBuilding = [...Map.groupBy(rows, ({ building }) => String(Number(building)))]
    .map(([building, of]) => groupOf([building], of))
    .sort((a, b) => b.households - a.households)
  const groups = byBuilding.filter(({ households }) => households >= fewestHouseholds)
  const small = byBuilding.filter(({ households }) => households < fewestHouseholds)
  let rest = small.reduce<NoticeGroup>(together, { buildings: [], households: 0, cents: null })
  if (rest.households > 0 && rest.households < fewestHouseholds) {
    const smallest = groups.pop()
    if (smallest === undefined) return { groups: [], hidden: rest.households }
    rest = together(smallest, rest)
  }
  const all = rest.households > 0 ? [...groups, rest] : groups
  return { groups: all.map(inOrder).sort(byFirst), hidden: 0 }
}

function groupOf(buildings: readonly string[], rows: readonly Row[]): NoticeGroup {
  const sums = rows.flatMap(({ cents }) => (cents === null ? [] : [cents]))
  return {
    buildings,
    households: new Set(rows.map((row) => row.home)).size,
    cents: sums.length === 0 ? null : sums.reduce((sum, one) => sum + one, 0),
  }
}

function together(one: NoticeGroup, other: NoticeGroup): NoticeGroup {
  return {
    buildings: [...one.buildings, ...other.buildings],
    households: one.households + other.households,
    cents: one.cents === null && other.cents === null ? null : (one.cents ?? 0) + (other.cents ?? 0),
  }
}

function inOrder(group: NoticeGroup): NoticeGroup {
  return { ...group, buildings: group.buildings.toSorted((a, b) => Number(a) - Number(b)) }
}

function byFirst(one: NoticeGroup, other: NoticeGroup): number {
  return Number(one.buildings[0]) - Number(other.buildings[0])
}

/** Without the empty lines that rows left behind. */
function trimmed(lines: readonly string[]): readonly string[] {
  return lines
    .filter((line, at) => line !== "" || (lines[at - 1] ?? "") !== "")
    .filter((line, at, all) => line !== "" || (at > 0 && at < all.length - 1))
}
