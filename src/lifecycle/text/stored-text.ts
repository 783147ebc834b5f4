/** Which stored fields are free text, and what the guard finds in them. Clause 2.9. */

import type { Facts } from "../../vault/record.ts"
import { fieldOf } from "../catalogue/field.ts"
import { findPersonal } from "./find-personal.ts"
import type { Finding, FindingKind } from "./finding.ts"
import { maskIn } from "./mask-text.ts"

/** Sentences, not values: what an order or a form was told, and what a roster remarks. */
export const textFields = ["repair", "complaint", "fee", "pet", "parcel"] as const

/** Classes that hold one of them. */
export const textClasses = [...new Set(textFields.map((field) => fieldOf(field).class))]

export interface FoundIn {
  readonly field: string
  readonly kind: FindingKind
  readonly count: number
}

/** By field and kind: how many. */
export function findInFacts(facts: Facts): FoundIn[] {
  return textFields.flatMap((field) => {
    const found = textsOf(facts[field]).flatMap(findPersonal)
    return [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, all]) => ({
      field,
      kind,
      count: all.length,
    }))
  })
}

function textsOf(value: Facts[string] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === "string" ? [value] : value
}

export interface Reworded {
  readonly facts: Facts
  /** What was masked, in the order of the text. */
  readonly masked: readonly Finding[]
}

/** The facts with everything of this kind masked in that field. */
export function maskKind(facts: Facts, { field, kind }: Pick<FoundIn, "field" | "kind">): Reworded {
  const value = facts[field]
  const texts = textsOf(value)
  const each = texts.map((text) => findPersonal(text).filter((one) => one.kind === kind))
  const words = texts.map((text, at) => maskIn(text, each[at] ?? []))
  const [first] = words
  if (first === undefined) return { facts, masked: [] }
  return { facts: { ...facts, [field]: typeof value === "string" ? first : words }, masked: each.flat() }
}

const around = 10

/** The neighbourhood of the first finding of this kind, everything that is found in the text masked. */
export function glimpseOf(facts: Facts, { field, kind }: Pick<FoundIn, "field" | "kind">): string | null {
  for (const text of textsOf(facts[field])) {
    const all = findPersonal(text)
    const one = all.find((finding) => finding.kind === kind)
    if (one === undefined) continue
    const from = Math.max(0, one.start - around)
    const to = Math.min(text.length, one.end + around)
    const near = all.filter(({ start, end }) => start < to && end > from)
    // Cut at the edge of a neighbour, never through it.
    const start = Math.min(from, ...near.map((finding) => finding.start))
    const end = Math.max(to, ...near.map((finding) => finding.end))
    const shifted = near.map((finding) => ({
      ...finding,
      start: finding.start - start,
      end: finding.end - start,
    }))
    const words = maskIn(text.slice(start, end), shifted)
    return `${start > 0 ? "…" : ""}${words}${end < text.length ? "…" : ""}`
  }
  return null
}

/** The field that such a value belongs to; a landline is a phone to call back on. */
export function homeOf(kind: string): "phone" | "plate" | undefined {
  if (kind === "phone" || kind === "landline") return "phone"
  return kind === "plate" ? "plate" : undefined
}

/** What was decided before about the same field and kind of the same record. */
export interface Decided {
  readonly field: string
  readonly kind: string
  readonly isOpen: boolean
  /** How many were kept for a reason; 0 when none. */
  readonly kept: number
}

/** What nobody has been asked about yet: not waiting already, and not kept for a reason in this number. */
export function news(found: readonly FoundIn[], decided: readonly Decided[]): FoundIn[] {
  return found.filter((one) => {
    const same = decided.filter(({ field, kind }) => field === one.field && kind === one.kind)
    const kept = same.reduce((sum, { kept: count }) => sum + count, 0)
    return !same.some(({ isOpen }) => isOpen) && one.count > kept
  })
}

/** A night's scan begins after two in the morning of the house's zone, once a day, also when the server slept through it. */
export function isNightDue(now: number, last: { readonly day: string }): boolean {
  return hourOf(now) >= 2 && last.day < dayOf(now)
}

export function dayOf(now: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(now)
}

function hourOf(now: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    hourCycle: "h23",
  })
  return Number(parts.format(now))
}
