import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App } from "antd"
import {
  type EmergencyDetail,
  listEmergencies,
  readAlarm,
  readEmergency,
} from "../../../lifecycle/emergency/contract.ts"
import { ask } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"

/** A move of an emergency: its answer takes the place of what is shown; lists and alarm are asked anew. */
export function useEmergencyMove<Wanted = void>(
  communityId: string,
  move: (wanted: Wanted) => Promise<EmergencyDetail>,
) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  return useMutation({
    mutationFn: move,
    onSuccess: (emergency) => {
      const { emergencyId } = emergency
      client.setQueryData(ask(readEmergency, { params: { communityId, emergencyId } }).queryKey, emergency)
      void client.invalidateQueries({ queryKey: [listEmergencies.path] })
      void client.invalidateQueries({ queryKey: [readAlarm.path] })
    },
    onError: (error) => message.error(ofError(error), 6),
  })
}
