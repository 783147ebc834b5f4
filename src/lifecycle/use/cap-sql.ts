/** The marks that caps are counted from. Read and written by the meter's own hand only. */

import type { Context } from "../../platform/context.ts"

export interface Taking {
  readonly staffId: string
  readonly line: string
  readonly limit: number
  readonly recordId: string
  readonly field: string
  readonly communityId: string
}

/** The actor is one of those who are counted: without any, nobody's accounts can be read. */
export function meterHand(actor: string): Context {
  return { communities: "", buildings: "", classes: "", posts: "meter", actor }
}

export const takeCaps =
  "select take_caps as count from app.take_caps($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::text[], $6::bigint[], $7, $8)"

export function takeCapsValues(
  takings: readonly Taking[],
  { now, days }: { now: number; days: number },
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
  with recounted as (
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
