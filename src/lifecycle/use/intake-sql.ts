/** What an intake reads of the roster, and the sealed record it leaves. Runs inside a command, under its row security. */

import type { Reader } from "../../platform/database.ts"

export interface HomeRow {
  building_id: string
  label: string
}

export async function findHome(
  tx: Reader,
  communityId: string,
  homeId: string,
): Promise<HomeRow | undefined> {
  const rows = await tx.query<HomeRow>(
    "select building_id, label from app.home where community_id = $1 and home_id = $2",
    [communityId, homeId],
  )
  return rows[0]
}

export interface ResidentRow {
  person_id: string
  subject_ref: string
  masks: Record<string, string[]>
}

/** The resident of this home who is named, or else the one whose phone was typed. */
export async function findCaller(
  tx: Reader,
  communityId: string,
  caller: { homeId: string; personId: string | null; phoneTag: number | null },
): Promise<ResidentRow | undefined> {
  const rows = await tx.query<ResidentRow>(
    `select r.person_id, r.subject_ref,
       coalesce((select jsonb_object_agg(m.key, m.value) from app.record c, jsonb_each(c.masks) m
         where c.community_id = r.community_id and c.subject_id = r.person_id), '{}') as masks
     from app.residence r
     where r.community_id = $1 and r.home_id = $2 and (r.person_id = $3 or ($3::uuid is null and r.person_id in (
       select b.person_id from app.blind_index b where b.community_id = $1 and b.kind = 'phone' and b.tag = $4)))
     order by r.role <> 'owner', r.person_id limit 1`,
    [communityId, caller.homeId, caller.personId, caller.phoneTag],
  )
  return rows[0]
}

export interface OrderRecord {
  readonly subjectId: string
  readonly class: string
  readonly buildingId: string
  readonly sealed: Buffer
  readonly contentTag: Buffer
  readonly masks: Readonly<Record<string, readonly string[]>>
  readonly purpose: string
  readonly at: string
}

export async function writeOrderRecord(tx: Reader, communityId: string, record: OrderRecord): Promise<void> {
  const origin = { purpose: record.purpose, channel: "desk", at: record.at, importId: null }
  const origins = Object.fromEntries(Object.keys(record.masks).map((field) => [field, origin]))
  await tx.query(
    `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
     values ($1, $2, $3, 1, array[$4::bigint], $5, $6, $7, $8, $9)`,
    [
      communityId,
      record.subjectId,
      record.class,
      record.buildingId,
      record.sealed,
      record.contentTag,
      JSON.stringify(record.masks),
      JSON.stringify(origins),
      record.at,
    ],
  )
}
