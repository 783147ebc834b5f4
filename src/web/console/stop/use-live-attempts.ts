import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { listAttempts, watchAttempts } from "../../../duty/stop/contract.ts"
import { listen } from "../../client.ts"

/** Reads the list again when the server tells of an attempt. Returns whether the line is open. Clause 2.4. */
export function useLiveAttempts(communityId: string): boolean {
  const client = useQueryClient()
  const [isLive, setLive] = useState(false)
  useEffect(
    () =>
      listen(
        watchAttempts,
        { params: { communityId } },
        {
          name: "attempt",
          onEvent: () => void client.invalidateQueries({ queryKey: [listAttempts.path] }),
          onState: setLive,
        },
      ),
    [client, communityId],
  )
  return isLive
}
