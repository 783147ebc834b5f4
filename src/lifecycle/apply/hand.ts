/** The server's own hand: what an application is about is told to those who may read it, whatever the level of their post. */

import type { House } from "../../house.ts"
import type { Actor, LookReader } from "../../ledger/spine.ts"
import { type Context, contextCall, contextValues } from "../../platform/context.ts"
import type { Reader } from "../../platform/database.ts"
import { fieldClasses } from "../catalogue/field.ts"
import type { Asked } from "./sql.ts"

export function wholeCommunity(communityId: string): Context {
  return {
    communities: communityId,
    buildings: "*",
    classes: fieldClasses.join(","),
    posts: "manager",
    actor: "00000000-0000-0000-0000-000000000000",
  }
}

/** Inside a command: `work` runs under the server's own hand, what follows under the actor's again. */
export async function ownHand<Result>(
  command: Reader,
  actor: Actor,
  work: () => Promise<Result>,
): Promise<Result> {
  await command.query(contextCall, contextValues(wholeCommunity(actor.communityId)))
  const result = await work()
  await command.query(contextCall, contextValues(actor.context))
  return result
}

/** Reads of the server's own hand, for a look that has shown its right to the application. */
export function wholeReader({ spine }: House, communityId: string): Pick<LookReader, "query"> & Asked {
  const context = wholeCommunity(communityId)
  return { query: (text, values) => spine.database.read(context, text, values ?? []) }
}
