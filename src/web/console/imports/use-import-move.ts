import { useMutation, useQueryClient } from "@tanstack/react-query"
import {
  type ImportDetail,
  listImports,
  listNotCollected,
  listProblems,
  readImport,
} from "../../../lifecycle/collect/contract.ts"
import { ask } from "../../client.ts"

/** A move of an import: its answer takes the place of the import shown, and what hangs on it is asked anew. */
export function useImportMove(communityId: string, move: () => Promise<ImportDetail>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: move,
    onSuccess: (detail) => {
      const { importId } = detail
      client.setQueryData(ask(readImport, { params: { communityId, importId } }).queryKey, detail)
      client.removeQueries({ queryKey: [listProblems.path] })
      for (const { path } of [listImports, listNotCollected]) {
        void client.invalidateQueries({ queryKey: [path] })
      }
    },
  })
}
