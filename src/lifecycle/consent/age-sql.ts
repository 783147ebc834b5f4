/** Who is under 14 and under 18, and until which month. Clause 2.10. */

import type { QueryResultRow } from "pg"
import type { Age } from "./age.ts"
import type { Asked } from "./sql.ts"

export interface NotedAge {
  readonly personId: string
  readonly under: Age
  readonly ends: string
}

export interface Noting {
  readonly ages: readonly NotedAge[]
  readonly staffId: string | null
  readonly post: string
  readonly at: string
}

/** What is noted already stays. Returns the pseudonyms of those who are newly noted as under 14. */
export async function writeAges(
  { query }: Asked,
  communityId: string,
  { ages, staffId, post, at }: Noting,
): Promise<string[]> {
  const rows = await query<QueryResultRow & { subject_ref: string }>(
    `with said as (
       select p.person_id, p.building_ids, p.subject_ref, u.under, u.ends from unnest($2::uuid[], $3::smallint[], $4::date[]) as u (person_id, under, ends)
       join app.person p on p.community_id = $1 and p.person_id = u.person_id),
     months as (insert into app.age_month (community_id, person_id, building_ids, under, ends, by_staff, by_post, at)
       select distinct on (person_id, under) $1::bigint, person_id, building_ids, under, ends, $5::uuid, $6, $7::timestamptz from said
       order by person_id, under, ends desc on conflict do nothing),
     noted as (insert into app.minor (community_id, person_id, building_ids, flagged_by, flagged_post, at)
       select distinct on (person_id) $1::bigint, person_id, building_ids, $5::uuid, $6, $7::timestamptz from said where under = 14
       on conflict do nothing returning person_id)
     select distinct s.subject_ref from said s join noted n on n.person_id = s.person_id`,
    [
      communityId,
      ages.map((one) => one.personId),
      ages.map((one) => one.under),
      ages.map((one) => one.ends),
      staffId,
      post,
      at,
    ],
  )
  return rows.map((row) => row.subject_ref)
}

/** Notes go with the persons when they move: whoever reaches the person knows it. */
export async function moveAges(
  { query }: Asked,
  communityId: string,
  personIds: readonly string[],
): Promise<void> {
  for (const table of ["app.minor", "app.age_month"])
    await query(
      `update ${table} m set building_ids = p.building_ids from app.person p
       where m.community_id = $1 and m.person_id = any ($2::uuid[]) and p.community_id = $1 and p.person_id = m.person_id
         and m.building_ids <> p.building_ids`,
      [communityId, personIds],
    )
}

/** Whose month has come; so many at a time. */
export async function findGrown(
  { query }: Asked,
  communityId: string,
  { today, under }: { today: string; under: Age },
): Promise<string[]> {
  const rows = await query<QueryResultRow & { person_id: string }>(
    "select person_id from app.age_month where community_id = $1 and ends <= $2 and under = $3 order by ends, person_id limit 500",
    [communityId, today, under],
  )
  return rows.map((row) => row.person_id)
}

export interface Ending {
  readonly personIds: readonly string[]
  readonly reason: "turned_14" | "said_so"
  readonly staffId: string | null
  readonly post: string
  readonly at: string
}

/** Takes the notes of a child back, on record. */
export async function endMinors(
  { query }: Asked,
  communityId: string,
  { personIds, reason, staffId, post, at }: Ending,
): Promise<void> {
  await query(
    `insert into app.minor_ended (community_id, ended_id, person_id, noted_at, building_ids, reason, by_staff, by_post, at)
     select community_id, gen_random_uuid(), person_id, at, building_ids, $3, $4, $5, $6 from app.minor
     where community_id = $1 and person_id = any ($2::uuid[])`,
    [communityId, personIds, reason, staffId, post, at],
  )
  await query("delete from app.minor where community_id = $1 and person_id = any ($2::uuid[])", [
    communityId,
    personIds,
  ])
}

/** Returns whose month was dropped now. */
export function dropAges(
  { query }: Asked,
  communityId: string,
  { personIds, under }: { personIds: readonly string[]; under: Age },
): Promise<Array<{ person_id: string; subject_ref: string }>> {
  return query(
    `with dropped as (delete from app.age_month where community_id = $1 and under = $3 and person_id = any ($2::uuid[]) returning person_id)
     select p.person_id, p.subject_ref from app.person p join dropped d on d.person_id = p.person_id where p.community_id = $1`,
    [communityId, personIds, under],
  )
}

/** By hand. Noted already, they stay so. */
export async function writeMinor(
  { query }: Asked,
  communityId: string,
  minor: { personId: string; staffId: string | null; post: string; at: string },
): Promise<void> {
  await query(
    `insert into app.minor (community_id, person_id, building_ids, flagged_by, flagged_post, at)
     select community_id, person_id, building_ids, $3, $4, $5 from app.person where community_id = $1 and person_id = $2
     on conflict do nothing`,
    [communityId, minor.personId, minor.staffId, minor.post, minor.at],
  )
}

/** Of these persons, those who are under 18. */
export async function readYoung(
  { query }: Asked,
  communityId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await query<QueryResultRow & { person_id: string }>(
    "select person_id from app.age_month where community_id = $1 and under = 18 and person_id = any ($2::uuid[])",
    [communityId, personIds],
  )
  return rows.map((row) => row.person_id)
}
