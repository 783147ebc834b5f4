/** The demonstration's people and place. Runs as hudun_app with post `setup`. */

import type pg from "pg"
import type { Reader } from "../../platform/database.ts"

export interface Demonstration {
  readonly tenantId: string
  readonly communityId: string
  readonly staffIds: readonly string[]
}

/** The demonstration that is there, finished or not. */
export async function findDemonstration(reader: Reader): Promise<Demonstration | undefined> {
  const [row] = await reader.query<{ tenant_id: string; community_id: string; staff_ids: string[] }>(
    `select m.tenant_id, m.community_id,
       array(select t.staff_id::text from app.staff t where t.tenant_id = m.tenant_id) as staff_ids
     from app.community m where m.is_demonstration and m.removed_at is null
     order by m.community_id limit 1`,
  )
  if (row === undefined) return undefined
  return { tenantId: row.tenant_id, communityId: row.community_id, staffIds: row.staff_ids }
}

/** Building ids by the name of the building. */
export async function findBuildings(
  reader: Reader,
  communityId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.query<{ building_id: string; name: string }>(
    "select building_id, name from app.building where community_id = $1",
    [communityId],
  )
  return new Map(rows.map((row) => [row.name, row.building_id]))
}

export async function limitReach(
  reader: Reader,
  staffId: string,
  buildingIds: readonly string[],
): Promise<void> {
  await reader.query("update app.appointment set building_ids = $2 where staff_id = $1", [
    staffId,
    buildingIds,
  ])
}

/** People and posts go; the community stays as a name that traces point to. */
export async function removeDemonstrationRows(
  reader: Reader,
  { tenantId, communityId }: Demonstration,
  at: string,
): Promise<void> {
  await reader.query("delete from app.appointment where tenant_id = $1", [tenantId])
  await reader.query("delete from app.staff where tenant_id = $1 and is_demonstration", [tenantId])
  await reader.query(
    "update app.community set removed_at = $2 where community_id = $1 and is_demonstration",
    [communityId, at],
  )
}

/** Who holds which post in a demonstration: one person each. Runs as hudun_auth. */
export async function findPosts(auth: pg.Pool, tenantId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await auth.query<{ post: string; staff_id: string }>(
    "select post, staff_id from app.appointment where tenant_id = $1",
    [tenantId],
  )
  return new Map(rows.map((row) => [row.post, row.staff_id]))
}
