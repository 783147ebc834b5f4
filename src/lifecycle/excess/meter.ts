/** Counting what is held without need, by the server's own hand: counts leave, no value and no person. Clauses 2.3, 5.1. */

import type { House } from "../../house.ts"
import type { Reader } from "../../platform/database.ts"
import { fieldClasses } from "../catalogue/field.ts"
import type { ExcessLine, ExcessMeter } from "./contract.ts"
import { canTell, consentPairs, type Excess, excessOf, type Held, unusedDays } from "./excess.ts"
import { countHeld, countUnconsented, listBuildings, readUses } from "./sql.ts"

const dayMilliseconds = 86_400_000

/** Each kind of officer reads counts of the whole community, whatever the level of their post. */
export async function readMeter(house: House, communityId: string): Promise<ExcessMeter> {
  const reader = ownHand(house, communityId)
  const now = house.spine.clock()
  const regime = house.regime()
  const since = new Date(now - unusedDays * dayMilliseconds).toISOString()
  const held = await readHeld(reader, communityId, { regime, since })
  const used = await readUses(reader, communityId, since)
  const uses = { since: used.since?.getTime(), fields: new Set(used.fields) }
  const names = new Map((await listBuildings(reader, communityId)).map((row) => [row.building_id, row.name]))
  return {
    regimeVersion: regime.version,
    countedAt: new Date(now).toISOString(),
    held: held.reduce((sum, { count }) => sum + count, 0),
    lines: excessOf(regime, held, { uses, now })
      .map((one) => named(one, names))
      .toSorted(inOrder),
    unused: {
      days: unusedDays,
      canTell: canTell(uses, now),
      tracesSince: used.since?.toISOString() ?? null,
    },
  }
}

async function readHeld(
  reader: Reader,
  communityId: string,
  { regime, since }: { regime: ReturnType<House["regime"]>; since: string },
): Promise<Held[]> {
  const rows = await countHeld(reader, communityId, since)
  const pairs = consentPairs(regime, rows)
  const without = pairs.length === 0 ? [] : await countUnconsented(reader, communityId, pairs)
  const missing = new Map(without.map((row) => [keyOf(row), row.count]))
  return rows.map((row) => ({
    field: row.field,
    purpose: row.purpose,
    buildingId: row.building_id,
    count: row.count,
    old: row.old,
    unconsented: missing.get(keyOf(row)) ?? 0,
  }))
}

function keyOf(row: { field: string; purpose: string; building_id: string }): string {
  return `${row.field}/${row.purpose}/${row.building_id}`
}

function named(one: Excess, names: ReadonlyMap<string, string>): ExcessLine {
  return { ...one, building: names.get(one.buildingId) ?? one.buildingId }
}

/** By reason and field, as they are read. */
function inOrder(a: ExcessLine, b: ExcessLine): number {
  return (
    a.why.localeCompare(b.why) ||
    a.field.localeCompare(b.field) ||
    a.building.localeCompare(b.building, "zh-CN", { numeric: true })
  )
}

function ownHand({ spine }: House, communityId: string): Reader {
  const context = {
    communities: communityId,
    buildings: "*",
    classes: fieldClasses.join(","),
    posts: "manager,publisher",
    actor: "",
  }
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}
