import { useQuery } from "@tanstack/react-query"
import type { z } from "zod"
import { type building, listBuildings } from "../../../lifecycle/store/contract.ts"
import { ask } from "../../client.ts"
import { useCommunity } from "../../parts/use-community.ts"

/** The buildings of the community that the viewer may know of; empty while loading and for those who may know none. */
export function useBuildings(): { readonly buildings: readonly z.infer<typeof building>[] } {
  const { communityId } = useCommunity()
  const { data } = useQuery({ ...ask(listBuildings, { params: { communityId } }), staleTime: 5 * 60_000 })
  return { buildings: data?.buildings ?? [] }
}
