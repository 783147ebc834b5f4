/** The server's own hand, for what it does by itself: makes copies, ends them, reads what they are known by. */

import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import type { Context } from "../../platform/context.ts"
import { fieldClasses } from "../catalogue/field.ts"
import type { Asked } from "./sql.ts"

export interface Place {
  readonly tenantId: string
  readonly communityId: string
}

/** `privacy_officer`: copies are made with decoys. `setup`: what the server alone writes. */
function contextOf(communityId: string): Context {
  return {
    communities: communityId,
    buildings: "*",
    classes: fieldClasses.join(","),
    posts: "manager,privacy_officer,setup",
    actor: "00000000-0000-0000-0000-000000000000",
  }
}

export function serverHand({ tenantId, communityId }: Place): Actor {
  return {
    tenantId,
    communityId,
    staffId: null,
    post: "server",
    client: "job",
    context: contextOf(communityId),
  }
}

export function serverReader({ spine }: House, communityId: string): Asked {
  return { query: (text, values) => spine.database.read(contextOf(communityId), text, values ?? []) }
}
