/** What was put together of households, read by the meter's own hand, and the names to it. Clause 1.5. */

import type { Asked } from "./sql.ts"

/** Of the pairs of a person and a home that are most exposed, `$5` at most: which fields, of how many subjects. */
export const readExposure = `
  with each as (
    select m.person_id, m.home_id, m.field, count(*)::int as subjects, max(m.at) as last_at
    from app.mosaic_mark m
    where m.community_id = $1 and m.at > $2 and ($3::uuid is null or m.home_id = $3)
    group by 1, 2, 3
  ), top as (
    select person_id, home_id
    from each group by 1, 2
    order by sum(($4::jsonb -> 'fields' -> field ->> 0)::int * least(subjects, ($4::jsonb ->> 'again')::int)) desc, 1, 2 limit $5
  )
  select coalesce((select min(p.staff_id::text)::uuid from app.same_person p where p.person_id = e.person_id), e.person_id) as staff_id,
    e.home_id, e.field, e.subjects, e.last_at
  from each e join top using (person_id, home_id)`

export interface ExposureRow {
  staff_id: string
  home_id: string
  field: string
  subjects: number
  last_at: Date
}

/** One's own, by home: how much, most first. */
export const readOwnExposure = `
  select sum(f.weight * least(f.subjects, ($3::jsonb ->> 'again')::int))::int as exposure
  from (
    select m.home_id, ($3::jsonb -> 'fields' -> m.field ->> 0)::int as weight, count(*)::int as subjects
    from app.mosaic_mark m
    where m.person_id = coalesce((select p.person_id from app.same_person p where p.staff_id = $1), $1) and m.at > $2
    group by m.home_id, m.field
  ) f group by f.home_id order by 1 desc`

interface StandingRow {
  home_id: string
  field: string
  /** Of how many subjects that person was answered, and all who were. */
  own: number
  team: number
}

/** Of these homes, by field. */
export function readStandings(
  { query }: Asked,
  asked: { communityId: string; staffId: string; homeIds: readonly string[]; since: string },
): Promise<StandingRow[]> {
  return query<StandingRow>(
    `select m.home_id, m.field, count(distinct m.subject_id)::int as team,
       (count(distinct m.subject_id) filter (where m.person_id =
         coalesce((select p.person_id from app.same_person p where p.staff_id = $2), $2)))::int as own
     from app.mosaic_mark m where m.community_id = $1 and m.home_id = any ($3::uuid[]) and m.at > $4 group by 1, 2`,
    [asked.communityId, asked.staffId, asked.homeIds, asked.since],
  )
}

/** Names of colleagues and of homes. */
export async function readNames(
  { query }: Asked,
  communityId: string,
  { staffIds, homeIds }: { staffIds: readonly string[]; homeIds: readonly string[] },
): Promise<{ staff: ReadonlyMap<string, string>; homes: ReadonlyMap<string, string> }> {
  const rows = await query<{ id: string; name: string; is_home: boolean }>(
    `select staff_id as id, name, false as is_home from app.staff where staff_id = any ($2::uuid[])
     union all select home_id, label, true from app.home where community_id = $1 and home_id = any ($3::uuid[])`,
    [communityId, staffIds, homeIds],
  )
  const namesOf = (isHome: boolean) =>
    new Map(rows.filter((row) => row.is_home === isHome).map((row) => [row.id, row.name]))
  return { staff: namesOf(false), homes: namesOf(true) }
}
