/** Entries put in their homes; buildings and homes are made where missing. */

import type { Command } from "../../ledger/spine.ts"
import type { HomePlace } from "../catalogue/address.ts"
import { buildingLabel, homeLabel, natural, sortKey } from "./home.ts"
import type { RosterEntry } from "./roster.ts"
import { ensureBuildings, ensureHomes, type HomeToPlace } from "./take-sql.ts"

export interface PlacedEntry {
  readonly entry: RosterEntry
  readonly homeId: string
  readonly buildingId: string
  readonly label: string
  readonly sortKey: string
}

/** An entry that is known to speak of this person. */
export interface Assigned extends PlacedEntry {
  readonly personId: string
  readonly isNew: boolean
}

export async function placeEntries(
  command: Command,
  communityId: string,
  { entries, vacant = [] }: { entries: readonly RosterEntry[]; vacant?: readonly HomePlace[] | undefined },
): Promise<PlacedEntry[]> {
  const places = [...entries.map((entry) => entry.home), ...vacant]
  const names = [...new Set(places.map((home) => buildingLabel(home.building)))]
  const buildings = await ensureBuildings(
    command,
    communityId,
    names.map((name) => ({ name, sortKey: natural(name) })),
  )
  const homes = new Map<string, HomeToPlace>()
  for (const home of places) {
    const label = homeLabel(home)
    const buildingId = buildings.get(buildingLabel(home.building)) ?? ""
    if (!homes.has(label))
      homes.set(label, { ...home, homeId: command.newId(), buildingId, label, sortKey: sortKey(home) })
  }
  const asked = [...homes.values()]
  const ids = await ensureHomes(command, communityId, asked)
  const idOf = new Map(asked.map((home, position) => [home.label, ids[position] ?? ""]))
  return entries.map((entry) => {
    const label = homeLabel(entry.home)
    const home = homes.get(label)
    return {
      entry,
      label,
      homeId: idOf.get(label) ?? "",
      buildingId: home?.buildingId ?? "",
      sortKey: home?.sortKey ?? "",
    }
  })
}
