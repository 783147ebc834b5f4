/** What fills the demonstration community and what clears it: real commands on invented people. */

import type { House } from "./house.ts"
import { type Actor, act } from "./ledger/spine.ts"
import { clearRoster } from "./lifecycle/store/clear-sql.ts"
import { demonstrationRoster } from "./lifecycle/store/demonstration.ts"
import { takeRoster } from "./lifecycle/store/take.ts"
import { throughGrants } from "./lifecycle/use/look.ts"
import { openOrder } from "./lifecycle/use/open-order.ts"
import { newId } from "./platform/random.ts"

const batchEntries = 400
/** Any number: the same households each time. */
const seed = 708

/** Invented matters at the desk. */
const matters = [
  { kind: "repair", text: "厨房水龙头漏水，请下午上门" },
  { kind: "repair", text: "客厅跳闸，推上去又断" },
  { kind: "complaint", text: "楼上夜里装修，声音很大" },
  { kind: "repair", text: "卫生间下水慢" },
  { kind: "parking", text: "车位被占，请联系挪车" },
] as const

export async function fillDemonstration(house: House, actor: Actor): Promise<void> {
  const entries = demonstrationRoster(seed)
  for (let at = 0; at < entries.length; at += batchEntries) {
    const source = { purpose: "move_in", channel: "import", importId: null }
    await takeRoster(house, actor, { entries: entries.slice(at, at + batchEntries), source })
  }
  await openMatters(house, actor)
}

async function openMatters(house: House, actor: Actor): Promise<void> {
  const residents = await house.spine.database.read<{ home_id: string; person_id: string }>(
    actor.context,
    `select distinct on (building_id) home_id, person_id from app.residence
     where community_id = $1 and role = 'owner' and card like '%"company":false%' and card not like '%"phone":null%'
     order by building_id, sort_key limit 5`,
    [actor.communityId],
  )
  for (const [at, { home_id: homeId, person_id: personId }] of residents.entries()) {
    const matter = matters[at % matters.length]
    if (matter === undefined) continue
    const orderId = newId(house.spine.clock())
    await openOrder(house, throughGrants(actor), { ...matter, orderId, homeId, personId })
  }
}

export async function emptyDemonstration(house: House, actor: Actor): Promise<void> {
  await act(house.spine, actor, async (command) => {
    await clearRoster(command, actor.communityId)
    command.trace({ act: "roster.clear", clause: "4.1" })
  })
}
