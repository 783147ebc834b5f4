import { QueryClient } from "@tanstack/react-query"
import { Refused } from "./client.ts"

/** Server state lives here for the length of a visit; nothing is written to the browser's storage. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only silence is worth asking again.
      retry: (failures, error) => failures < 2 && error instanceof Refused && error.status === 0,
    },
    mutations: { gcTime: 0 },
  },
})
