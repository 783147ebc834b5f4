/** The terms of a search, from the address and from what is typed to what is asked. */

import { readTraceQuery, type Term } from "../../../ledger/trace-query.ts"

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

/** Homes by their ids, as far as the answer told them; undefined when one is not known. */
export function byIds(
  terms: readonly Term[],
  homes: readonly { readonly homeId: string; readonly label: string }[],
): readonly Term[] | undefined {
  const named = terms.map((term): Term | undefined => {
    if (term.qualifier !== "home") return term
    const home = homes.find(({ homeId, label }) => homeId === term.value || label === term.value)
    return home === undefined ? undefined : { qualifier: "home", value: home.homeId }
  })
  const known = named.filter((term) => term !== undefined)
  return known.length === terms.length ? known : undefined
}
