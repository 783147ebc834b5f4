import { useQuery } from "@tanstack/react-query"
import { openPublicLogs } from "./public-logs.ts"

/** The public logs; the browser is asked once a visit what it can. */
export function useLogs() {
  return useQuery({ queryKey: ["public-logs"], queryFn: openPublicLogs, staleTime: Number.POSITIVE_INFINITY })
}
