import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { type Me, readSession } from "../../duty/people/contract.ts"
import { ask } from "../client.ts"

export const sessionQuery = { ...ask(readSession, {}), staleTime: 60_000 }

/** Who is signed in. Inside the console the route has already loaded it. */
export function useSession(): Me {
  return useSuspenseQuery(sessionQuery).data
}

/** Puts a fresh answer about the session in place of the remembered one. */
export function useRememberSession(): (me: Me) => void {
  const client = useQueryClient()
  return (me) => client.setQueryData(sessionQuery.queryKey, me)
}
