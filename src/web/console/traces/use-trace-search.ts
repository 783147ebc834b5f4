import { useState } from "react"
import { isOpenTerm, type Term, writeTraceQuery } from "../../../ledger/trace-query.ts"
import { useFilters } from "../../parts/use-address.ts"
import { readSearch } from "./search-terms.ts"

export interface TraceSearch {
  readonly terms: readonly Term[]
  /** Replaces what is sought, and goes back to the first page. */
  readonly seek: (terms: readonly Term[]) => void
}

/**
 * What is sought. It stands in the address, so that a link shows what its sender saw; but a home or a name that was
 * typed is kept in memory until its id is known: an address holds no value of an owner.
 */
export function useTraceSearch(): TraceSearch {
  const filters = useFilters()
  const [typed, setTyped] = useState<readonly Term[] | null>(null)
  const seek = (terms: readonly Term[]) => {
    const isOpen = terms.every(isOpenTerm)
    setTyped(isOpen ? null : terms)
    filters.set({ q: isOpen ? writeTraceQuery(terms) : undefined, use: undefined, person: undefined })
  }
  return { terms: typed ?? readSearch(filters.values), seek }
}
