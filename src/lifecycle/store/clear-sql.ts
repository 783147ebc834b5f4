/** Clears a community's roster. Its keys are gone before this runs. */

import type { Reader } from "../../platform/database.ts"

export async function clearRoster(tx: Reader, communityId: string): Promise<void> {
  for (const table of ["record", "person", "building"]) {
    await tx.query(`delete from app.${table} where community_id = $1`, [communityId])
  }
}
