import { useSuspenseQuery } from "@tanstack/react-query"
import { type Me, readSession } from "../../duty/people/contract.ts"
import { ask } from "../client.ts"

export const sessionQuery = { ...ask(readSession, {}), staleTime: 60_000 }

/** Who is signed in. Inside the console the route has already loaded it. */
export function useSession(): Me {
  return useSuspenseQuery(sessionQuery).data
}
