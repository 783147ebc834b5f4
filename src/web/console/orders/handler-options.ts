import { useQuery } from "@tanstack/react-query"
import { listHandlers } from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { useWords } from "../../parts/use-words.ts"

/** Whom an order can be handed to, repairers first, for a Select. */
export function useHandlerOptions(communityId: string) {
  const word = useWords()
  const query = useQuery(ask(listHandlers, { params: { communityId } }))
  const handlers = query.data?.handlers ?? []
  const options = handlers
    .toSorted((a, b) => Number(b.post === "repairer") - Number(a.post === "repairer"))
    .map(({ staffId, name, post }) => ({ value: staffId, label: `${name} · ${word("posts", post)}` }))
  return { options, loading: query.isPending, error: query.error }
}
