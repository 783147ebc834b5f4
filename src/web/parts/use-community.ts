import type { Me } from "../../duty/people/contract.ts"
import { usePathParams } from "./use-address.ts"
import { useSession } from "./use-session.ts"

/** One person's posts and reach in one community. */
export type Reach = Me["reaches"][number]

/** The viewer's reach in the community of the address; `null` outside `/c/:communityId` or outside one's reach. */
export function useMaybeCommunity(): Reach | null {
  const { communityId } = usePathParams()
  const { reaches } = useSession()
  return reaches.find((reach) => reach.communityId === communityId) ?? null
}

/** The viewer's reach in the community of the address. The frame shows a page only when there is one. */
export function useCommunity(): Reach {
  const reach = useMaybeCommunity()
  if (reach === null) throw new Error("a community page was shown outside a community")
  return reach
}
