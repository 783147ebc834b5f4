/** The terms of a search, from the address and from what is typed to what is asked. */

import { isOpenTerm, readTraceQuery, type Term } from "../../../ledger/trace-query.ts"

/** `?q=` as it was written, and the links of other pages: `?use=`, `?person=`. What is no term is left out. */
export function readSearch({ q = "", use, person }: Readonly<Record<string, string>>): readonly Term[] {
  const linked = [use === undefined ? "" : `use:${use}`, person === undefined ? "" : `person:${person}`]
  return readTraceQuery([q, ...linked].join(" ")).terms
}

/** Adds terms; a day replaces the one before. */
export function withTerms(terms: readonly Term[], added: readonly Term[]): readonly Term[] {
  const replaces = (one: Term) =>
    added.some(
      ({ qualifier, value }) =>
        qualifier === one.qualifier &&
        (value === one.value || qualifier === "after" || qualifier === "before"),
    )
  return [...terms.filter((one) => !replaces(one)), ...added]
}

export interface Named {
  readonly homes: readonly { readonly homeId: string; readonly label: string }[]
  /** Names of staff, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** Homes and staff by their ids, as far as the answer told them; undefined when one is not known. */
export function byIds(terms: readonly Term[], named: Named): readonly Term[] | undefined {
  const known = terms.map((term) => idsOf(term, named).map((value) => ({ ...term, value })))
  return known.every(({ length }) => length > 0) ? known.flat() : undefined
}

/** A name may be that of several. */
function idsOf({ qualifier, value }: Term, { homes, names }: Named): string[] {
  if (qualifier === "home")
    return homes.filter(({ homeId, label }) => homeId === value || label === value).map((one) => one.homeId)
  if (isOpenTerm({ qualifier, value })) return [value]
  return [...names].filter(([, name]) => name === value).map(([id]) => id)
}
