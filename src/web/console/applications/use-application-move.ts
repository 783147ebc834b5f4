import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App } from "antd"
import {
  type ApplicationDetail,
  listApplications,
  readApplication,
} from "../../../lifecycle/apply/contract.ts"
import { ask } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"

/** A move of an application: its answer takes the place of what is shown, and the lists are asked anew. */
export function useApplicationMove<Wanted = void>(
  communityId: string,
  move: (wanted: Wanted) => Promise<ApplicationDetail>,
) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  return useMutation({
    mutationFn: move,
    onSuccess: (application) => {
      const { applicationId } = application
      client.setQueryData(
        ask(readApplication, { params: { communityId, applicationId } }).queryKey,
        application,
      )
      void client.invalidateQueries({ queryKey: [listApplications.path] })
    },
    onError: (error) => message.error(ofError(error), 6),
  })
}
