/** A copy that leaves: its state, its number, its rows. Clause 4.7. */

import { parseHome } from "../catalogue/address.ts"
import { fieldOf } from "../catalogue/field.ts"
import { homeLabel } from "../store/home.ts"
import type { ListRow } from "./fingerprint.ts"

export const copyStates = ["making", "ready", "taken", "expired", "failed"] as const
export type CopyState = (typeof copyStates)[number]

/** Times in milliseconds since the epoch. */
export interface CopyFacts {
  readonly isMade: boolean
  readonly isTaken: boolean
  readonly isFailed: boolean
  readonly isExpired: boolean
  readonly validUntil: number
}

export function copyStateOf(copy: CopyFacts, now: number): CopyState {
  if (copy.isTaken) return "taken"
  if (copy.isFailed) return "failed"
  if (copy.isExpired || now >= copy.validUntil) return "expired"
  return copy.isMade ? "ready" : "making"
}

/** Without letters that look like figures. */
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

function spelled(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => letters[byte % letters.length] ?? "").join("")
}

/** `X20261128-K7M2QX`. @param day YYYY-MM-DD */
export function copyNumber(day: string, sixBytes: Uint8Array): string {
  return `X${day.replaceAll("-", "")}-${spelled(sixBytes)}`
}

/** 80 bits in four groups. */
export function passwordOf(sixteenBytes: Uint8Array): string {
  return spelled(sixteenBytes).replace(/(.{4})(?=.)/g, "$1-")
}

/** The home always; it is what a list is read by. */
export function columnsOf(fields: readonly string[]): string[] {
  return ["home", ...fields.filter((field) => field !== "home")]
}

export function headOf(columns: readonly string[]): string[] {
  return columns.map((column) => fieldOf(column).label["zh-CN"])
}

/** What was opened of one person. */
export interface Opened {
  readonly personId: string
  readonly place: string
  readonly facts: Readonly<Record<string, readonly string[]>>
}

/** One row a person, in the order of the homes. */
export function rowsOf(columns: readonly string[], opened: readonly Opened[]): ListRow[] {
  const persons = Map.groupBy(opened, ({ personId }) => personId)
  return [...persons.values()].map((parts) =>
    columns.map((column) => {
      if (column === "home") return parts[0]?.place ?? ""
      return [...new Set(parts.flatMap(({ facts }) => facts[column] ?? []))].join(" / ")
    }),
  )
}

export interface Decoy {
  readonly home: string
  readonly name: string
  readonly phone: string
}

export function decoyRow(columns: readonly string[], decoy: Decoy): ListRow {
  const place = parseHome(decoy.home)
  const known: Readonly<Record<string, string>> = {
    home: place === undefined ? decoy.home : homeLabel(place),
    name: decoy.name,
    phone: decoy.phone,
  }
  return columns.map((column) => known[column] ?? "")
}

/** What stands on every copy, for everybody to read. */
export interface Marking {
  readonly number: string
  readonly recipient: string
  readonly day: string
}

export function watermarkOf({ number, recipient, day }: Marking): string {
  return `机密 · 仅供 ${recipient} 使用 · 副本 ${number} · ${day} · 不得转发、拍照或另存，用后销毁`
}
