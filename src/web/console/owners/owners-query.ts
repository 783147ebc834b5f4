import { keepPreviousData, type UseQueryOptions } from "@tanstack/react-query"
import { type Card, listOwners, type SearchKind, searchOwners } from "../../../lifecycle/store/contract.ts"
import { ask, call } from "../../client.ts"

/** What somebody typed into the search box. Kept in memory for as long as the page is open, never in the address. */
export interface OwnerSearch {
  readonly text: string
  /** Left out: the server recognises the kind. */
  readonly kind?: SearchKind
}

/** The list, or what a search found: both are lines of masks. */
export interface FoundOwners {
  readonly owners: readonly Card[]
  readonly next: string | null
  /** What a search was understood as; `null`: this is the list. */
  readonly understood: SearchKind | null
  readonly more: boolean
}

export interface OwnersWanted {
  readonly communityId: string
  readonly building: string | undefined
  readonly after: string | undefined
  readonly search: OwnerSearch | null
}

/** The list of a page of the address or, when there is one, the search. */
export function ownersQuery({
  communityId,
  building,
  after,
  search,
}: OwnersWanted): UseQueryOptions<FoundOwners> {
  if (search !== null) return searchQuery(communityId, search, building)
  const list = ask(listOwners, { params: { communityId }, query: { building, after } })
  return {
    queryKey: list.queryKey,
    queryFn: async (context) => {
      const { owners, next } = await list.queryFn(context)
      return { owners, next, understood: null, more: false }
    },
    placeholderData: keepPreviousData,
  }
}

/** A search is forgotten with its page, and not repeated unless asked: each repetition is a trace. */
function searchQuery(
  communityId: string,
  search: OwnerSearch,
  building: string | undefined,
): UseQueryOptions<FoundOwners> {
  return {
    queryKey: [searchOwners.path, communityId, { ...search, building }],
    queryFn: async ({ signal }) => {
      const body = { ...search, ...(building === undefined ? {} : { building }) }
      const { kind, owners, more } = await call(searchOwners, { params: { communityId }, body }, signal)
      return { owners, next: null, understood: kind, more }
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }
}
