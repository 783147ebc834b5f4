/** Writes down what has lapsed, one event and trace a person; every process may, the first one does. Clause 2.7. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { findLapsed, type LapsedRow } from "./answer-sql.ts"
import { recordConsent } from "./record-consent.ts"
import { communitiesOf, walkerHand } from "./walk-run.ts"

/** Returns how many were written. Asked before each whether to go on. */
export async function lapseConsents(house: House, goesOn: () => boolean): Promise<number> {
  const { spine } = house
  let written = 0
  for (const { community_id: communityId, tenant_id: tenantId } of await communitiesOf(house)) {
    const actor = walkerHand({ communityId, tenantId })
    const moment = { regime: house.regime(), now: spine.clock() }
    const rows = await findLapsed(
      { query: (text, values = []) => spine.database.read(actor.context, text, values) },
      communityId,
      moment,
    )
    for (const row of rows) {
      if (!goesOn()) return written
      if (await lapse(house, actor, row)) written += 1
    }
  }
  return written
}

/** False: meanwhile they answered otherwise, or another process was faster. Nothing is done then, and nothing traced. */
async function lapse(house: House, actor: Actor, row: LapsedRow): Promise<boolean> {
  const { person_id: personId, feature, language, text_version: textVersion } = row
  return act(house.spine, actor, async (command) => {
    await recordConsent(command, actor, {
      eventId: command.newId(),
      personId,
      feature,
      kind: "lapsed",
      textVersion,
      language,
      channel: "server",
      isOwnWish: false,
      proof: { kind: "none" },
      regime: house.regime(),
    })
    return true
  }).catch((error: unknown) => {
    if (error instanceof Refusal) return false
    throw error
  })
}
