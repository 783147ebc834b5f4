/** Hands for acts outside a post in a community: signing in, the first run, the demonstration. Clause 4.1. */

import type { Actor } from "../../ledger/spine.ts"

/** The community that keeps what belongs to none. */
const noCommunity = "0"

/** Somebody at the sign-in door: may leave a trace, may read nothing. */
export function doorHand(who: {
  readonly staffId: string | null
  readonly tenantId: string
  readonly communityId: string
  readonly post: string
}): Actor {
  return {
    communityId: who.communityId,
    tenantId: who.tenantId,
    staffId: who.staffId,
    post: who.post,
    client: "console",
    context: {
      communities: who.communityId,
      buildings: "",
      classes: "",
      posts: "",
      actor: who.staffId ?? "",
    },
  }
}

/** Somebody at the machine, in the community of whom it concerns: may leave a trace, may read nothing. */
export function operatorHand(about: { readonly tenantId: string; readonly communityId: string }): Actor {
  const { tenantId, communityId } = about
  return { ...doorHand({ staffId: null, tenantId, communityId, post: "operator" }), client: "command" }
}

export const strangerHand: Actor = doorHand({
  staffId: null,
  tenantId: noCommunity,
  communityId: noCommunity,
  post: "none",
})

/**
 * The server's own hand over one community, which may make companies, people and posts. `by` is who asked for it; null:
 * whoever holds the set-up code. `reader` is a staff id under which row security lets staff be read.
 */
export function setupHand(
  place: { readonly tenantId: string; readonly communityId: string },
  by: { readonly staffId: string | null; readonly post: string },
  reader: string,
): Actor {
  return {
    ...place,
    staffId: by.staffId,
    post: by.post,
    client: "console",
    context: {
      communities: place.communityId,
      buildings: "*",
      classes: "",
      posts: "setup",
      actor: reader,
    },
  }
}

export const codeHolder = { staffId: null, post: "setup" } as const
