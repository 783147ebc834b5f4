/** What is known of a person and what a source says now, made one. Clause 2.1. */

import type { Facts } from "../../vault/record.ts"
import { valuesOf } from "./roster.ts"

/** Why a field is here: purpose, channel, since when, from which import. */
export interface Origin {
  readonly purpose: string
  readonly channel: string
  /** ISO 8601. */
  readonly at: string
  readonly importId: string | null
}

export type Origins = Readonly<Record<string, Origin>>

export interface Merged {
  readonly facts: Record<string, readonly string[]>
  readonly origins: Record<string, Origin>
  readonly changed: boolean
}

/**
 * Field by field: what the source repeats changes nothing; what it says anew replaces the old, but within one import two rows
 * of the same person add up (a second phone on a second line). A field the source does not name stays.
 */
export function merge(
  known: { readonly facts: Facts; readonly origins: Origins },
  said: Readonly<Record<string, readonly string[]>>,
  origin: Origin,
): Merged {
  const facts: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(known.facts).map(([field, value]) => [field, valuesOf(value)]),
  )
  const origins: Record<string, Origin> = { ...known.origins }
  let changed = false
  for (const [field, values] of Object.entries(said)) {
    const before = facts[field] ?? []
    if (values.every((value) => before.includes(value))) continue
    const isSameImport = origin.importId !== null && origins[field]?.importId === origin.importId
    facts[field] = isSameImport ? [...new Set([...before, ...values])] : [...new Set(values)]
    origins[field] = origin
    changed = true
  }
  return { facts, origins, changed }
}
