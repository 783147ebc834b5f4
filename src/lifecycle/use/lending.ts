/**
 * Which records an order lends to whom: the database lets a repairer read no other. Done by the server's own hand, because
 * whoever hands an order on need not reach every class it opens, and a repairer writes no record. Clauses 3.8, 4.5.
 */

import type { Actor, Command } from "../../ledger/spine.ts"
import { type Context, contextCall, contextValues } from "../../platform/context.ts"
import { fieldClasses } from "../catalogue/field.ts"
import { lockLent, writeReaders } from "./write-sql.ts"

/** Brings the readers of the use's records up to what open grants say now. Call it after grants were written or ended. */
export async function lendRecords(command: Command, actor: Actor, useId: string): Promise<void> {
  const { communityId } = actor
  await command.query(contextCall, contextValues(ownHand(communityId)))
  // Locked first: the next statement then sees what another order of the same person has ended in the meantime.
  await lockLent(command, communityId, useId)
  await writeReaders(command, communityId, { useId, at: new Date(command.now).toISOString() })
  await command.query(contextCall, contextValues(actor.context))
}

function ownHand(communityId: string): Context {
  return {
    communities: communityId,
    buildings: "*",
    classes: fieldClasses.join(","),
    posts: "manager",
    actor: "",
  }
}
