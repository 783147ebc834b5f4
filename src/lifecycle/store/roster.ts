/** The roster as values: what a source says of one person in one home, and what is made of it. Clauses 2.1, 3.9, 3.10. */

import type { IndexKind } from "../../vault/blind-index.ts"
import type { Facts } from "../../vault/record.ts"
import type { HomePlace } from "../catalogue/address.ts"
import { type FieldCode, fieldOf, isFieldCode } from "../catalogue/field.ts"
import { mask } from "../catalogue/mask.ts"
import { surnameOf } from "../catalogue/person-name.ts"
import type { Card, ResidenceRole } from "./contract.ts"

export type FieldValues = Readonly<Partial<Record<FieldCode, readonly string[]>>>

/** One person in one home, as a source gives it. Values are canonical. */
export interface RosterEntry {
  readonly home: HomePlace
  readonly role: ResidenceRole
  readonly company: boolean
  readonly facts: FieldValues
  /** Fields whose values are to be verified: kept, not taken as true. */
  readonly doubts: ReadonlyArray<{ readonly field: FieldCode; readonly reason: string }>
  readonly validFrom: string | null
  /** The row in the source, for what is to be verified. */
  readonly row: number
}

/** What became of a batch, counted in persons. */
export interface Taken {
  readonly added: number
  readonly merged: number
  readonly unchanged: number
}

/** Facts of one person by class: each class is sealed as one record. */
export function byClass(facts: FieldValues): Map<string, Record<string, readonly string[]>> {
  const classes = new Map<string, Record<string, readonly string[]>>()
  for (const [field, values] of entriesOf(facts)) {
    if (values.length === 0) continue
    const group = classes.get(fieldOf(field).class) ?? {}
    group[field] = values
    classes.set(fieldOf(field).class, group)
  }
  return classes
}

function entriesOf(facts: FieldValues): Array<[FieldCode, readonly string[]]> {
  return Object.keys(facts)
    .filter(isFieldCode)
    .map((field) => [field, facts[field] ?? []])
}

/** field → masks, made at sealing and stored beside the record. Clause 3.10. */
export function masksOf(facts: Facts): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(facts).map(([field, value]) => [field, valuesOf(value).map((one) => mask(field, one))]),
  )
}

export function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === "string" ? [value] : value
}

export interface IndexEntry {
  readonly kind: IndexKind
  readonly value: string
}

/** What a person is found by. Doubtful names are not indexed: they are not true yet. */
export function indexEntries(facts: Facts, buildings: readonly string[]): IndexEntry[] {
  const names = valuesOf(facts["name"])
  const phones = [...valuesOf(facts["phone"]), ...valuesOf(facts["landline"])]
  const entries: IndexEntry[] = [
    ...names.map((value) => ({ kind: "name" as const, value })),
    ...names.flatMap((name) =>
      buildings.map((building) => ({
        kind: "surname_building" as const,
        value: `${surnameOf(name)}/${building}`,
      })),
    ),
    ...phones.map((value) => ({ kind: "phone" as const, value })),
    ...phones.map((value) => ({ kind: "phone_last4" as const, value: lastFour(value) })),
    ...valuesOf(facts["plate"]).map((value) => ({ kind: "plate" as const, value })),
    ...valuesOf(facts["id_number"]).map((value) => ({ kind: "id_number" as const, value })),
  ]
  return [...new Map(entries.map((entry) => [`${entry.kind}/${entry.value}`, entry])).values()]
}

/** Of the number itself: an extension behind it (`010-62345678-12`) is none of it. */
function lastFour(phone: string): string {
  const [first = "", second] = phone.split("-")
  return (second ?? first).slice(-4)
}

/** The masked line of the list, as the JSON text that is sent. */
export function cardText(
  place: Omit<Card, "name" | "phone" | "phones" | "company">,
  identity: Facts,
  company: boolean,
): string {
  const [name = ""] = valuesOf(identity["name"])
  const phones = [...valuesOf(identity["phone"]), ...valuesOf(identity["landline"])]
  const [phone] = phones
  const card: Card = {
    ...place,
    name: company ? name : mask("name", name),
    phone: phone === undefined ? null : mask("phone", phone),
    phones: phones.length,
    company,
  }
  return JSON.stringify(card)
}
