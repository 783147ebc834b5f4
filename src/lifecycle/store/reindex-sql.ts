/** Re-indexing: whose tags are still to be made under a new index key, and which are left of an old one. */

import type { Reader } from "../../platform/database.ts"
import type { KnownRecordRow } from "./take-sql.ts"

/** Persons behind `after` without a tag of the epoch. */
export async function findUntagged(
  tx: Reader,
  communityId: string,
  { epoch, after, limit }: { epoch: number; after: string; limit: number },
): Promise<string[]> {
  const rows = await tx.query<{ person_id: string }>(
    `select p.person_id from app.person p where p.community_id = $1 and p.person_id > $2::uuid
       and not exists (select from app.blind_index b where b.community_id = $1 and b.person_id = p.person_id and b.epoch = $3)
     order by p.person_id limit $4`,
    [communityId, after, epoch, limit],
  )
  return rows.map((row) => row.person_id)
}

export interface LockedPerson {
  person_id: string
  building_ids: string[]
}

/** Whoever writes tags changes the person's row first: locked, their facts stay as they are read. */
export function lockPersons(
  tx: Reader,
  communityId: string,
  personIds: readonly string[],
): Promise<LockedPerson[]> {
  return tx.query<LockedPerson>(
    `select person_id, building_ids::text[] as building_ids from app.person
     where community_id = $1 and person_id = any ($2::uuid[]) order by person_id for update`,
    [communityId, personIds],
  )
}

export function readRecords(
  tx: Reader,
  communityId: string,
  personIds: readonly string[],
): Promise<KnownRecordRow[]> {
  return tx.query<KnownRecordRow>(
    "select subject_id, class, version, sealed, origin from app.record where community_id = $1 and subject_id = any ($2::uuid[])",
    [communityId, personIds],
  )
}

/** Removes tags of `epoch` and before. Returns how many; fewer than `limit` means none is left. */
export async function removeOldTags(
  tx: Reader,
  communityId: string,
  { epoch, limit }: { epoch: number; limit: number },
): Promise<number> {
  const rows = await tx.query(
    `delete from app.blind_index where community_id = $1 and (kind, tag, person_id, epoch) in (
       select kind, tag, person_id, epoch from app.blind_index where community_id = $1 and epoch <= $2 limit $3)
     returning 1`,
    [communityId, epoch, limit],
  )
  return rows.length
}

export async function countTagged(
  tx: Reader,
  communityId: string,
  epoch: number,
): Promise<{ tagged: number; persons: number }> {
  const [row] = await tx.query<{ tagged: number; persons: number }>(
    `select (select count(distinct person_id)::int from app.blind_index where community_id = $1 and epoch = $2) as tagged,
       (select count(*)::int from app.person where community_id = $1) as persons`,
    [communityId, epoch],
  )
  return row ?? { tagged: 0, persons: 0 }
}
