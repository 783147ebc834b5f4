/** A record that did not open, looked at again after it was put right. Nothing is overwritten: it opens as it lies, or stays set aside. Clause 3.9. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { keeperHand } from "./hand.ts"
import { readSealed } from "./record-sql.ts"
import { opensAgain } from "./reseal.ts"
import { isQuarantined, markResolved, type Quarantined } from "./sql.ts"

const name = "keys.resolve_quarantine"

/** `actor` is who asks; the record is opened by the keeper and shown to nobody. Throws `thing.absent`, `record.unreadable`. */
export async function resolveQuarantine(
  house: House,
  actor: Actor,
  { tenantId, ...what }: Quarantined & { tenantId: string },
): Promise<void> {
  const keeper = keeperHand({ tenantId, communityId: what.communityId })
  const hand = { ...actor, tenantId, communityId: what.communityId, context: keeper.context }
  const isOpen = await act(house.spine, hand, async (command) => {
    if (!(await isQuarantined(command, what))) throw new Refusal("thing.absent")
    const row = await readSealed(command, what.communityId, what)
    const opens = row !== undefined && (await opensAgain(house, keeper, row))
    if (opens) await markResolved(command, what, new Date(command.now))
    command.trace({ act: name, clause: "3.9", outcome: opens ? "done" : "refused" })
    return opens
  })
  if (!isOpen) throw new Refusal("record.unreadable")
}
