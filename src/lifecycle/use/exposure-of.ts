/** How far somebody, and everybody together, stands with some households: as levels, for whoever decides on more. Clause 1.5. */

import type { House } from "../../house.ts"
import { mosaicOf } from "../catalogue/mosaic-v1.ts"
import { type ExposureState, worstOf } from "./mosaic.ts"
import { readStandings } from "./mosaic-sql.ts"

const dayMilliseconds = 86_400_000

export interface Exposed {
  readonly communityId: string
  readonly staffId: string
  readonly homeIds: readonly string[]
}

/**
 * The highest level among the households; past answers alone, whatever is asked for now. `team`: as if all who were answered
 * here were one person, who tell each other what they know.
 */
export async function exposureOfHomes(
  { spine, regime }: House,
  { communityId, staffId, homeIds }: Exposed,
): Promise<{ own: ExposureState; team: ExposureState }> {
  const rules = mosaicOf(regime())
  // What was put together is the meter's alone to read.
  const hand = { communities: "", buildings: "", classes: "", posts: "meter", actor: staffId }
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    spine.database.read<Row>(hand, text, values)
  const since = new Date(spine.clock() - rules.days * dayMilliseconds).toISOString()
  const rows = await readStandings({ query }, { communityId, staffId, homeIds, since })
  const levelBy = (subjects: "own" | "team") =>
    worstOf(
      rules,
      rows.map((row) => ({ home: row.home_id, field: row.field, subjects: row[subjects] })),
    )
  return { own: levelBy("own"), team: levelBy("team") }
}
