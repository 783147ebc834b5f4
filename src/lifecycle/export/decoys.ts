/** Decoy households: kept by the privacy officer, put into copies by the server. Clause 4.7. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { tag } from "../../vault/blind-index.ts"
import { parseHome } from "../catalogue/address.ts"
import { homeLabel } from "../store/home.ts"
import type { Decoy } from "./copy.ts"
import { type Place, serverReader } from "./hand.ts"
import { findRefs, listDecoys, writeDecoy } from "./leak-sql.ts"
import { sealFacts, unsealFacts } from "./seals.ts"
import { known } from "./spelling.ts"

export interface KnownDecoy extends Decoy {
  readonly decoyId: string
  readonly at: Date
  readonly retiredAt: Date | null
}

/** By the server's own hand: whoever asks has shown their right before. */
export async function readDecoys(house: House, { tenantId, communityId }: Place): Promise<KnownDecoy[]> {
  const rows = await listDecoys(serverReader(house, communityId), communityId)
  const opened = await Promise.all(
    rows.map(async (row) => {
      const facts = await unsealFacts(house, { tenantId, communityId, subjectId: row.decoy_id }, row.sealed)
      const text = (field: string) => String(facts?.[field] ?? "")
      const decoy = { home: text("home"), name: text("name"), phone: text("phone") }
      return { ...decoy, decoyId: row.decoy_id, at: row.at, retiredAt: row.retired_at }
    }),
  )
  return opened.filter(({ phone }) => phone !== "")
}

/** A decoy that were somebody's would accuse a neighbour: throws `decoy.real`, `decoy.unclear`. */
export async function addDecoy(
  house: House,
  actor: Actor,
  wanted: Decoy & { decoyId: string },
): Promise<void> {
  const { tenantId, communityId } = actor
  const place = parseHome(wanted.home)
  const phone = known(wanted.phone)
  if (place === undefined || phone?.kind !== "phone") throw new Refusal("decoy.unclear")
  const home = homeLabel(place)
  const index = await house.keyring.indexKey(tenantId, communityId)
  const phoneTags = [tag(index, { community: communityId, kind: "phone", value: phone.canonical })]
  const real = await findRefs(serverReader(house, communityId), communityId, { phoneTags, homes: [home] })
  if (real.length > 0) throw new Refusal("decoy.real")
  const facts = { home, name: wanted.name, phone: phone.canonical }
  const sealed = await sealFacts(house, { tenantId, communityId, subjectId: wanted.decoyId }, facts)
  await act(house.spine, actor, async (command) => {
    const { decoyId } = wanted
    const at = new Date(command.now).toISOString()
    await writeDecoy(command, communityId, { decoyId, sealed, by: actor.staffId, at })
    command.trace({ act: "decoy.add", clause: "4.7" })
  })
}
