/** Whom something is about that goes outside. */

import type { QueryResultRow } from "pg"
import type { Asked } from "./party-sql.ts"

interface HomeRow {
  home_id: string
  building_id: string
  persons: string[]
}

/** Homes of these buildings and these homes, as far as the viewer reaches them. */
export function listHomesOf(
  { query }: Asked,
  communityId: string,
  { buildingIds, homeIds }: { buildingIds: readonly string[]; homeIds: readonly string[] },
): Promise<HomeRow[]> {
  return query<HomeRow & QueryResultRow>(
    `select h.home_id, h.building_id::text as building_id, array_agg(distinct r.person_id) as persons
     from app.home h join app.residence r on r.community_id = h.community_id and r.home_id = h.home_id
     where h.community_id = $1 and (h.building_id = any ($2::bigint[]) or h.home_id = any ($3::uuid[]))
     group by h.home_id, h.building_id`,
    [communityId, buildingIds, homeIds],
  )
}

/** Pseudonyms of everybody the application is about, for its traces. Asked by the server's own hand. */
export async function readSubjects(
  { query }: Asked,
  communityId: string,
  applicationId: string,
): Promise<string[]> {
  const rows = await query<{ subject_ref: string }>(
    "select distinct subject_ref from app.application_record where community_id = $1 and application_id = $2",
    [communityId, applicationId],
  )
  return rows.map((row) => row.subject_ref)
}
