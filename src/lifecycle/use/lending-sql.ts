/**
 * Which records an order lends to whom: the database lets a repairer read no other. Done by the server's own hand, because
 * whoever hands an order on need not reach every class it opens, and a repairer writes no record. Clauses 3.8, 4.5.
 */

import type { Actor, Command } from "../../ledger/spine.ts"
import { type Context, contextCall, contextValues } from "../../platform/context.ts"
import type { Reader } from "../../platform/database.ts"
import { fieldClasses } from "../catalogue/field.ts"

/**
 * Brings the readers of the use's records up to what open grants say now. Call it after grants were written or ended. A record
 * written later needs no look here: an order grants only fields that a record has at its opening, so a class without one is
 * granted to nobody; a record that is written anew keeps its readers.
 */
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

const ofUse = `(r.subject_id, r.class) in (select g.subject_id, g.class from app.use_grant g
    where g.community_id = $1 and g.use_id = $2)`

async function lockLent(tx: Reader, communityId: string, useId: string): Promise<void> {
  await tx.query(
    `select from app.record r where r.community_id = $1 and ${ofUse} order by r.subject_id, r.class for update`,
    [communityId, useId],
  )
}

/** Everybody named by an open grant on these records, of whatever use. */
async function writeReaders(
  tx: Reader,
  communityId: string,
  { useId, at }: { useId: string; at: string },
): Promise<void> {
  await tx.query(
    `update app.record r set readers = array(
       select distinct g.grantee from app.use_grant g
       where g.community_id = r.community_id and g.subject_id = r.subject_id and g.class = r.class
         and g.grantee is not null and g.valid_until > $3
         and not exists (select from app.grant_ended e where e.community_id = g.community_id and e.grant_id = g.grant_id)
         and not exists (select from app.use_archived a where a.community_id = g.community_id and a.use_id = g.use_id))
     where r.community_id = $1 and ${ofUse}`,
    [communityId, useId, at],
  )
}
