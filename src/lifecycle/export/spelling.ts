/** Harmless spellings of a value: all are read as the same, and people write all of them. Clause 4.7. */

import { homeText, parseHome } from "../catalogue/address.ts"
import { parseName } from "../catalogue/person-name.ts"
import { parsePlate } from "../catalogue/plate.ts"
import { homeLabel } from "../store/home.ts"

export const cellKinds = ["home", "name", "phone", "plate", "other"] as const
export type CellKind = (typeof cellKinds)[number]

export interface Known {
  readonly kind: CellKind
  /** One spelling for all of them. */
  readonly canonical: string
}

/** A way to write, by its number in the list of its kind, and the value written so. */
export interface Spelling {
  readonly style: number
  readonly text: string
}

const mobile = /^(?:\+?86)?(1[3-9]\d{9})$/

/** What a cell of a list holds; undefined: nothing. A phone in groups looks like a home, so phones come first. */
export function known(raw: string): Known | undefined {
  const text = raw.trim()
  if (text === "") return undefined
  const digits = mobile.exec(text.normalize("NFKC").replace(/[\s-]/g, ""))?.[1]
  if (digits !== undefined) return { kind: "phone", canonical: digits }
  return placed(text) ?? named(text) ?? { kind: "other", canonical: bare(text) }
}

function placed(text: string): Known | undefined {
  const plate = parsePlate(text)
  if (plate.kind === "value") return { kind: "plate", canonical: plate.value }
  const home = parseHome(text)
  return home === undefined ? undefined : { kind: "home", canonical: homeText(home) }
}

function named(text: string): Known | undefined {
  if (!/^[\p{Script=Han}\s·]{2,12}$/u.test(text)) return undefined
  const name = parseName(text)
  return name.kind === "value" ? { kind: "name", canonical: name.value } : undefined
}

/** Without blanks, half width: what is left of a text whatever was done to its look. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s·.-]/g, "")
    .toUpperCase()
}

/** Each read back as the very same value. What has no other spelling has one. */
export function spellingsOf({ kind, canonical }: Known, shown: string): readonly Spelling[] {
  const [first = shown, ...rest] = [...writers[kind](canonical, shown)]
  const texts = [first, ...rest.map((text) => (isSame(text, { kind, canonical }) ? text : undefined))]
  const distinct = new Map<string, number>()
  for (const [style, text] of texts.entries())
    if (text !== undefined && !distinct.has(text)) distinct.set(text, style)
  return [...distinct].map(([text, style]) => ({ style, text }))
}

function isSame(text: string, { kind, canonical }: Known): boolean {
  const again = known(text)
  return again?.kind === kind && again.canonical === canonical
}

type Writer = (canonical: string, shown: string) => readonly string[]

const writers: Readonly<Record<CellKind, Writer>> = {
  home: homeSpellings,
  name: nameSpellings,
  phone: phoneSpellings,
  plate: (plate) => [
    plate,
    `${plate.slice(0, 2)}·${plate.slice(2)}`,
    `${plate.slice(0, 2)} ${plate.slice(2)}`,
  ],
  other: (_canonical, shown) => [shown],
}

function homeSpellings(canonical: string, shown: string): readonly string[] {
  const home = parseHome(canonical)
  if (home === undefined) return [shown]
  const label = homeLabel(home)
  if (!/^\d+$/.test(home.building)) return [label, `${label}室`, canonical]
  const { building, room } = home
  const unit = home.unit === "0" ? "" : `${home.unit}单元`
  const dash = home.unit === "0" ? "-" : `-${home.unit}-`
  return [
    `${building}栋${unit}${room}`,
    `${building}${dash}${room}`,
    `${building}幢${unit}${room}`,
    `${building}号楼${unit}${room}`,
    `${building}栋${unit}${room}室`,
    `${building}幢${unit}${room}室`,
    `${building}#${dash.slice(1)}${room}`,
    `${building}号楼${unit}${room}室`,
  ]
}

/** Names of two characters are often set apart to be as wide as those of three. */
function nameSpellings(canonical: string): readonly string[] {
  const [first = "", second = "", ...more] = Array.from(canonical)
  const apart = more.length === 0 ? [`${first}\u3000${second}`, `${first} ${second}`] : []
  return [canonical, `${canonical} `, ...apart]
}

function phoneSpellings(phone: string): readonly string[] {
  const [head, middle, tail] = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)]
  return [phone, `${head} ${middle} ${tail}`, `${head}-${middle}-${tail}`, `${head} ${middle}${tail}`]
}

/** What may become of the look of every cell when a list is saved anew or tidied. */
export const channels = ["as_it_was", "without_blanks", "bare"] as const
export type Channel = (typeof channels)[number]

const through: Readonly<Record<Channel, (text: string) => string>> = {
  as_it_was: (text) => text,
  without_blanks: (text) => text.replace(/\s/gu, ""),
  bare: (text) => bare(text),
}

/** Which styles would look like this after each channel, as bits; 0: none would. */
export function styleBits(value: Known, raw: string): Readonly<Record<Channel, number>> {
  const spellings = spellingsOf(value, raw)
  const bits = (channel: Channel) => {
    const seen = through[channel](raw)
    return spellings.reduce(
      (set, { style, text }) => (through[channel](text) === seen ? set | (1 << style) : set),
      0,
    )
  }
  return { as_it_was: bits("as_it_was"), without_blanks: bits("without_blanks"), bare: bits("bare") }
}
