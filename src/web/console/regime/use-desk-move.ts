import { useMutation, useQueryClient } from "@tanstack/react-query"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { type DraftDetail, readDesk, readDraft } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask } from "../../client.ts"
import { useCommunity } from "../../parts/use-community.ts"

/** A move of a draft: its answer takes the place of the draft shown; desk and regime are asked anew. */
export function useDeskMove<Wanted = void>(
  move: (wanted: Wanted) => Promise<DraftDetail>,
  then: (draft: DraftDetail) => void = () => undefined,
) {
  const client = useQueryClient()
  const { communityId } = useCommunity()
  return useMutation({
    mutationFn: move,
    onSuccess: (draft) => {
      const { queryKey } = ask(readDraft, { params: { communityId, draftId: draft.draftId } })
      client.setQueryData(queryKey, draft)
      for (const { path } of [readDesk, readRegime]) void client.invalidateQueries({ queryKey: [path] })
      then(draft)
    },
  })
}
