/** The marks that caps are counted from. Read and written by the meter's own hand only. */

import type { Context } from "../../platform/context.ts"

/** A place under a line of 4.8, and what the look would add to the mosaic of 1.5. */
export interface Taking {
  readonly staffId: string
  readonly line: string
  readonly limit: number
  readonly recordId: string
  readonly field: string
  readonly communityId: string
  readonly homeId: string
  /** Whom the field is of in the household. */
  readonly subjectId: string
  /** The line of the household. */
  readonly most: number
}

/** The actor is one of those who are counted: without any, nobody's accounts can be read. */
export function meterHand(actor: string): Context {
  return { communities: "", buildings: "", classes: "", posts: "meter", actor }
}

export interface TakenRow {
  /** With this look; below zero: not taken (see `app.take_looks`); null: to be asked again. */
  count: number | null
  exposure: number
}

/** Not flushed by itself: the trace of the look is, and is behind it in the same write-ahead log. */
export const takeLooks = `select t.count, t.exposure from app.behind_trace() as f, app.take_looks($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::text[], $6::bigint[], $7, $8,
  $9::uuid[], $10::uuid[], $11::int[], $12) as t`

export function takeLooksValues(
  takings: readonly Taking[],
  { now, days, mosaic }: { now: number; days: number; mosaic: string },
): unknown[] {
  return [
    takings.map(({ staffId }) => staffId),
    takings.map(({ line }) => line),
    takings.map(({ limit }) => limit),
    takings.map(({ recordId }) => recordId),
    takings.map(({ field }) => field),
    takings.map(({ communityId }) => communityId),
    new Date(now).toISOString(),
    days,
    takings.map(({ homeId }) => homeId),
    takings.map(({ subjectId }) => subjectId),
    takings.map(({ most }) => most),
    mosaic,
  ]
}

export interface CountRow {
  staff_id: string
  line: string
  count: number
}

/** How much each of these accounts' persons has seen since then. */
export const countCaps = `
  select s.staff_id, m.line, count(*)::int as count
  from unnest($1::uuid[]) as s (staff_id)
  left join app.same_person p on p.staff_id = s.staff_id
  join app.cap_mark m on m.person_id = coalesce(p.person_id, s.staff_id) and m.at > $2
  group by 1, 2`

/** Two persons turned out to be one: what either has seen counts for both, and is counted anew. */
export const mergeCaps = `
  with together as (
    insert into app.mosaic_mark (person_id, home_id, field, subject_id, community_id, at)
    select coalesce(p.person_id, u.staff_id), m.home_id, m.field, m.subject_id, m.community_id, max(m.at)
    from unnest($1::uuid[]) as u (staff_id)
    join app.mosaic_mark m on m.person_id = u.staff_id
    left join app.same_person p on p.staff_id = u.staff_id
    group by 1, 2, 3, 4, 5
    on conflict on constraint mosaic_mark_key do update set at = greatest(app.mosaic_mark.at, excluded.at)
  ), recounted as (
    update app.cap_count c set since = '-infinity'
    from app.same_person p where p.staff_id = any ($1::uuid[]) and c.person_id in (p.staff_id, p.person_id)
  )
  insert into app.cap_mark (person_id, line, record_id, field, community_id, at)
  select coalesce(p.person_id, u.staff_id), m.line, m.record_id, m.field, m.community_id, max(m.at)
  from unnest($1::uuid[]) as u (staff_id)
  join app.cap_mark m on m.person_id = u.staff_id
  left join app.same_person p on p.staff_id = u.staff_id
  group by 1, 2, 3, 4, 5
  on conflict on constraint cap_mark_key do update set at = greatest(app.cap_mark.at, excluded.at)`
