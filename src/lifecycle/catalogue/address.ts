/** Homes: building, unit and room out of the many ways people write them. */

import { isBlank, normalise } from "./normalise.ts"
import { invalid, type Parsed, taken } from "./parsed.ts"
import { parsePlate } from "./plate.ts"
import { setAside } from "./set-aside.ts"

/** `0`: no unit, as for shops and houses. */
export interface HomePlace {
  /** A bare number, or a name with its own word: `1`, `A座`, `12弄3号`, `别墅`. */
  readonly building: string
  readonly unit: string
  readonly room: string
}

/** Undefined: no home can be read out of it. */
export function parseHome(raw: string): HomePlace | undefined {
  const text = tidy(raw)
  if (becameDate(text)) return undefined
  for (const read of readers) {
    const place = read(text)
    if (place !== undefined && isHome(place)) return place
  }
  return undefined
}

/** Jean-Paul is none. */
function isHome(place: HomePlace): boolean {
  const { building, room } = place
  return building !== "" && room !== "" && /\d/.test(building + room) && !holdsValue(place)
}

/** The same from three columns; undefined when building or room is missing, or when the columns are shifted. */
export function homeOf(building: string, unit: string, room: string): HomePlace | undefined {
  const place = { building: buildingOf(tidy(building)), unit: unitOf(tidy(unit)), room: roomOf(tidy(room)) }
  return place.building === "" || place.room === "" || holdsValue(place) ? undefined : place
}

/** A place lies in the clear: a phone, a card or a plate that slipped into its columns must not. Clause 3.9. */
function holdsValue({ building, unit, room }: HomePlace): boolean {
  return [building, unit, room].some(
    (part) => /\d{7}/.test(part) || part.replace(/\D/g, "").length > 9 || parsePlate(part).kind === "value",
  )
}

/** `1-1-1001`, `A座-0-1203`: canonical, and read back as the same home. */
export function homeText({ building, unit, room }: HomePlace): string {
  return `${building}-${unit}-${room}`
}

export function parseHomeField(raw: string): Parsed {
  const text = tidy(raw)
  const aside = setAside(text)
  if (aside !== undefined) return aside
  if (becameDate(text)) return invalid("home.became_date")
  const place = parseHome(text)
  if (place !== undefined) return taken(homeText(place))
  return invalid(/^[0-9A-Z]{2,6}$/.test(text) ? "home.no_building" : "home.format")
}

/** Only the building: 1栋****, A座****. */
export function maskHome(value: string): string | undefined {
  const building = parseHome(value)?.building
  if (building === undefined) return undefined
  return /^\d+$/.test(building) ? `${building}栋****` : `${building}****`
}

/** Spreadsheets turn 3-5 and 2024-1-1 into days. */
function becameDate(text: string): boolean {
  return (
    /^(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?:\D|$)/.test(text) ||
    /^\d{1,2}月\d{1,2}日?$/.test(text) ||
    /^\d{1,2}-(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)/.test(text)
  )
}

const numerals = "零一二三四五六七八九"
const countWords = "期|区|号楼|号|栋|幢|座|楼|单元|门|梯|层|室|弄|组团"

const countedInWords = new RegExp(
  `([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=${countWords})`,
  "g",
)

/** Capitals, no blanks, 三号楼 as 3号楼, 二十一 as 21. */
function tidy(raw: string): string {
  return normalise(raw)
    .toUpperCase()
    .replace(/\.0+$/, "")
    .replace(/\s+/g, "")
    .replace(/[/_]/g, "-")
    .replace(countedInWords, arabic)
}

function arabic(word: string): string {
  const [tens, ones] = word.includes("十") ? word.split("十") : ["", word]
  const ten = word.includes("十") ? (tens === "" ? 1 : numerals.indexOf(tens ?? "")) : 0
  return String(ten * 10 + (ones === undefined || ones === "" ? 0 : numerals.indexOf(ones)))
}

type Reader = (text: string) => HomePlace | undefined

const roomForm = "[0-9A-Z]{1,6}(?:-[0-9A-Z]{1,4})?"
const roomEnd = "(?:室|号房?|房|户|铺|号铺)?"
const buildingWord = "号楼|#楼|号院|栋楼?|幢楼?|座|楼|#|BLOCK"

const buildingEnd = new RegExp(`(?:${buildingWord})$`)

const parking = /^(?:地下|机动车|汽车)?(?:车位|停车位|车库)[-:号]?(?:0-)?([0-9A-Z]+(?:-[0-9A-Z]+)*)号?$/
const villa = /^(\D*?别墅)[-:]?(?:0-)?([0-9A-Z]+?)(?:号|栋|幢|座)?$/
const shop = /^(?:商铺|商户|门面|底商|店铺|商业)[-:]?(.+)$/
const lane = new RegExp(`^(\\d+弄\\d+号)(${roomForm})${roomEnd}$`)
const worded = new RegExp(
  `^([\\p{Script=Han}]*(?:[0-9A-Z]+(?:期|区|组团|弄))?-?[0-9A-Z]+)(${buildingWord})-?` +
    `(?:([0-9A-Z甲乙丙丁东西南北中]+)(?:单元|门|梯|座|-))?-?(?:\\d+层-?)?(${roomForm})${roomEnd}$`,
  "u",
)

const readers: readonly Reader[] = [readParking, readVilla, readShop, readLane, readWorded, readDashed]

function readParking(text: string): HomePlace | undefined {
  const room = parking.exec(text)?.[1]
  return room === undefined ? undefined : { building: "车位", unit: "0", room }
}

function readVilla(text: string): HomePlace | undefined {
  const [, building, room] = villa.exec(text) ?? []
  return building === undefined || room === undefined ? undefined : { building, unit: "0", room }
}

function readShop(text: string): HomePlace | undefined {
  const rest = shop.exec(text)?.[1]
  if (rest === undefined) return undefined
  const inside = readWorded(rest) ?? readDashed(rest)
  if (inside && inside.building !== "0") return inside
  const room = roomOf(rest.replace(/^0-/, ""))
  return /^[0-9A-Z-]+$/.test(room) ? { building: "商铺", unit: "0", room } : undefined
}

function readLane(text: string): HomePlace | undefined {
  const [, building, room] = lane.exec(text) ?? []
  return building === undefined || room === undefined ? undefined : { building, unit: "0", room }
}

function readWorded(text: string): HomePlace | undefined {
  const [, name, word = "", unit = "0", room] = worded.exec(text) ?? []
  if (name === undefined || room === undefined || !isBuilding(name)) return undefined
  return { building: buildingOf(name + word), unit: unitOf(unit), room: roomOf(room) }
}

/** 1-302, 1-1-1001, 1-1-1001-1 (a part let apart), 1-2-3-502 (phase, building, unit, room). */
function readDashed(text: string): HomePlace | undefined {
  const parts = text.split("-")
  if (parts.length < 2 || parts.length > 4 || !isBuilding(parts[0] ?? "")) return undefined
  const [building, unit, room] = grouped(parts)
  if (!/^[0-9A-Z]{1,6}(?:-[0-9A-Z]{1,6})?$/.test(roomOf(room))) return undefined
  return { building: buildingOf(building), unit: unitOf(unit), room: roomOf(room) }
}

type Grouped = readonly [building: string, unit: string, room: string]

function grouped(parts: readonly string[]): Grouped {
  const [first = "", second = "", third = "", fourth] = parts
  if (parts.length === 2) return [first, "0", second]
  if (fourth !== undefined) return fourParts(parts)
  const isRoomAlready = /^\d{3,}/.test(second) && third.length < 3
  return isRoomAlready ? [first, "0", `${second}-${third}`] : [first, second, third]
}

function fourParts([first = "", second = "", third = "", fourth = ""]: readonly string[]): Grouped {
  const hasPhase = third.length < 3 && roomOf(fourth).length > 2
  return hasPhase ? [`${first}-${second}`, third, fourth] : [first, second, `${third}-${fourth}`]
}

/** A building word stands at the end only: 1栋302 is more than a building. */
function isBuilding(text: string): boolean {
  return /^(?!.*(?:栋|幢|座|楼|单元|室).)[\p{Script=Han}0-9A-Z]{1,20}#?$/u.test(text)
}

/** 01栋, 1#, 1号楼 → 1; A座 and A栋 → A座; 12弄3号 stays. */
function buildingOf(text: string): string {
  const bare = text.replace(buildingEnd, "")
  if (/^\d+$/.test(bare)) return withoutZeros(bare)
  if (/^[A-Z]\d*$/.test(bare)) return `${bare}座`
  return bare
}

function unitOf(text: string): string {
  const bare = text.replace(/(?:单元|门|梯|座)$/, "")
  return bare === "" || isBlank(bare) ? "0" : withoutZeros(bare)
}

function roomOf(text: string): string {
  return text.replace(/(?:室|号房|号铺|号|房|户|铺)$/, "")
}

function withoutZeros(text: string): string {
  return text.replace(/^0+(?=[0-9A-Z])/, "")
}
