/** Hands of key work: the server's own, and whoever runs a command on its machine. Neither reads an owner's value out. */

import type { Actor } from "../../ledger/spine.ts"

interface PlaceOfWork {
  readonly tenantId: string
  readonly communityId: string
}

/** The server itself, keeping keys: opens records only to make their tags anew. */
export function keeperHand({ tenantId, communityId }: PlaceOfWork): Actor {
  return {
    tenantId,
    communityId,
    staffId: null,
    post: "keeper",
    client: "server",
    context: {
      communities: communityId,
      buildings: "*",
      classes: "identity,life,service,trajectory,special",
      posts: "setup",
      actor: "",
    },
  }
}

/** Somebody at the machine's command line, who holds its keys folder. */
export function machineHand(communities = "0"): Actor {
  return {
    tenantId: "0",
    communityId: "0",
    staffId: null,
    post: "operator",
    client: "command",
    context: { communities, buildings: "", classes: "", posts: "setup", actor: "" },
  }
}
