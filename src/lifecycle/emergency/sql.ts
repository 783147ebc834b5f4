/** Reading emergencies. Row security narrows every statement to one's own, one's reach, or what one checks. Clause 4.9. */

import type { QueryResultRow } from "pg"
import type { EmergencyReason } from "../catalogue/emergency-shape.ts"
import type { EmergencyState } from "./emergency.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface ReviewRow {
  readonly verdict: string
  readonly why: string
  readonly signed_by: string
  readonly signed_name: string
  readonly signed_post: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface EmergencyRow {
  emergency_id: string
  seq: string
  number: string
  reason: EmergencyReason
  words: string
  fields: string[]
  home_id: string
  place: string
  rule: string
  building_id: string
  applicant: string
  applicant_name: string
  applicant_post: string
  regime_version: number
  at: Date
  until: Date
  review_by: Date
  tell_by: Date
  persons: string[]
  left_at: Date | null
  end_reason: string | null
  ended_by: string | null
  ended_name: string | null
  ended_post: string | null
  ended_at: Date | null
  reviews: readonly ReviewRow[]
  archived_by: string | null
  archived_name: string | null
  archived_post: string | null
  archived_at: Date | null
  looks: number | null
  told_by: string | null
  told_name: string | null
  told_post: string | null
  told_at: Date | null
  told_recorded_at: Date | null
  how: string | null
}

const selectEmergencies = `
  select m.emergency_id, m.seq, m.number, m.reason, m.words, m.fields, m.home_id, m.place, m.rule, m.building_id, m.applicant,
    s.name as applicant_name, m.applicant_post, m.regime_version, m.at, m.until, m.review_by, m.tell_by, p.persons, s.left_at,
    e.reason as end_reason, e.ended_by, es.name as ended_name, e.ended_post, e.at as ended_at, coalesce(r.reviews, '[]'::jsonb) as reviews,
    a.signed_by as archived_by, sa.name as archived_name, a.signed_post as archived_post, a.at as archived_at, a.looks,
    t.signed_by as told_by, st.name as told_name, t.signed_post as told_post, t.told_at, t.at as told_recorded_at, t.how
  from app.emergency m
  join app.staff s on s.staff_id = m.applicant
  left join lateral (select coalesce(array_agg(p.person_id), '{}') as persons from app.emergency_person p
    where p.community_id = m.community_id and p.emergency_id = m.emergency_id) p on true
  left join app.emergency_ended e on e.community_id = m.community_id and e.emergency_id = m.emergency_id
  left join app.staff es on es.staff_id = e.ended_by
  left join lateral (select jsonb_agg(jsonb_build_object('verdict', r.verdict, 'why', r.why, 'signed_by', r.signed_by,
      'signed_name', rs.name, 'signed_post', r.signed_post, 'at', (extract(epoch from r.at) * 1000)::bigint) order by r.place) as reviews
    from app.emergency_review r join app.staff rs on rs.staff_id = r.signed_by
    where r.community_id = m.community_id and r.emergency_id = m.emergency_id) r on true
  left join app.emergency_archived a on a.community_id = m.community_id and a.emergency_id = m.emergency_id
  left join app.staff sa on sa.staff_id = a.signed_by
  left join app.emergency_told t on t.community_id = m.community_id and t.emergency_id = m.emergency_id
  left join app.staff st on st.staff_id = t.signed_by
  where m.community_id = $1`

export async function findEmergency(
  { query }: Asked,
  communityId: string,
  emergencyId: string,
): Promise<EmergencyRow | undefined> {
  const rows = await query<EmergencyRow & QueryResultRow>(`${selectEmergencies} and m.emergency_id = $2`, [
    communityId,
    emergencyId,
  ])
  return rows[0]
}

const isOver = "(e.at is not null or s.left_at is not null or m.until <= $2)"

/** The same as `stateOf`, for a filter; `to_tell`: the owner was not told so far. */
const stateTerms: Readonly<Record<EmergencyState | "to_tell", string>> = {
  running: `a.at is null and not ${isOver}`,
  to_review: `a.at is null and ${isOver} and m.review_by > $2`,
  overdue: `a.at is null and ${isOver} and m.review_by <= $2`,
  archived: "a.at is not null",
  to_tell: "t.at is null",
}

export interface EmergencyAsk {
  readonly communityId: string
  /** ISO 8601. */
  readonly now: string
  readonly state: EmergencyState | "to_tell" | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** Newest first; one row more than `limit` when there are more. */
export function listEmergencies({ query }: Asked, ask: EmergencyAsk): Promise<EmergencyRow[]> {
  const term = ask.state === undefined ? "" : `and ${stateTerms[ask.state]}`
  return query<EmergencyRow & QueryResultRow>(
    `${selectEmergencies} and $2::timestamptz is not null and ($3::bigint is null or m.seq < $3) ${term}
     order by m.seq desc limit $4`,
    [ask.communityId, ask.now, ask.after ?? null, ask.limit + 1],
  )
}

/** Those that nobody has archived: what the alarm is about. */
export function listOpen(
  { query }: Asked,
  { communityId, now }: { communityId: string; now: string },
): Promise<EmergencyRow[]> {
  return query<EmergencyRow & QueryResultRow>(
    `${selectEmergencies} and a.at is null and $2::timestamptz is not null order by m.seq desc limit 500`,
    [communityId, now],
  )
}

/** Whether one of these accounts has an emergency that runs now. */
export async function hasRunning(
  { query }: Asked,
  { communityId, staffIds, now }: { communityId: string; staffIds: readonly string[]; now: string },
): Promise<boolean> {
  const rows = await query(
    `select from app.emergency m where m.community_id = $1 and m.applicant = any ($2::uuid[]) and m.until > $3
       and not exists (select from app.emergency_ended e where e.community_id = m.community_id and e.emergency_id = m.emergency_id)`,
    [communityId, staffIds, now],
  )
  return rows.length > 0
}

/** Every account of the natural person behind this one. */
export async function accountsOf({ query }: Asked, staffId: string): Promise<string[]> {
  const rows = await query<{ staff_id: string }>(
    `select b.staff_id from app.same_person a join app.same_person b on b.person_id = a.person_id where a.staff_id = $1
     union select $1`,
    [staffId],
  )
  return rows.map((row) => row.staff_id)
}

export interface ReviewerRow {
  staff_id: string
  name: string
  building_ids: string[] | null
  post: string
}

/** Who holds a post that reviews, here and now. */
export function listReviewers(
  { query }: Asked,
  communityId: string,
  { at }: { at: string },
): Promise<ReviewerRow[]> {
  return query<ReviewerRow & QueryResultRow>(
    `select a.staff_id, s.name, a.building_ids::text[] as building_ids, a.post
     from app.appointment a join app.staff s on s.staff_id = a.staff_id
     join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
     where (a.community_id is null or a.community_id = $1) and a.post in ('supervisor', 'manager', 'privacy_officer')
       and a.valid_from <= $2 and (a.valid_until is null or a.valid_until > $2) and s.left_at is null
       and not app.is_suspended(s.staff_id, $2)
     order by s.name, a.staff_id`,
    [communityId, at],
  )
}

export interface PersonRow {
  person_id: string
  subject_ref: string
  masks: Record<string, string[]>
}

/** Whom it concerns, with the masks of what it opens, and the name's. Asked by the server's own hand. */
export function readConcerned(
  { query }: Asked,
  communityId: string,
  { emergencyId, fields }: { emergencyId: string; fields: readonly string[] },
): Promise<PersonRow[]> {
  return query<PersonRow & QueryResultRow>(
    `select p.person_id, p.subject_ref,
       coalesce((select jsonb_object_agg(m.key, m.value) from app.record c, jsonb_each(c.masks) m
         where c.community_id = p.community_id and c.subject_id = p.person_id and c.class = 'identity'
           and (m.key = 'name' or m.key = any ($3))), '{}') as masks
     from app.emergency_person p where p.community_id = $1 and p.emergency_id = $2 order by p.person_id`,
    [communityId, emergencyId, fields],
  )
}

export interface OpenedRow {
  subject_ref: string
  is_reached: boolean
  version: number | null
  sealed: Buffer | null
}

/** A person of an emergency and their record of identity, as far as the viewer still reaches them. */
export async function readPerson(
  { query }: Asked,
  communityId: string,
  { emergencyId, personId }: { emergencyId: string; personId: string },
): Promise<OpenedRow | undefined> {
  const rows = await query<OpenedRow & QueryResultRow>(
    `select p.subject_ref, o.person_id is not null as is_reached, c.version, c.sealed
     from app.emergency_person p
     left join app.person o on o.community_id = p.community_id and o.person_id = p.person_id
     left join app.record c on c.community_id = p.community_id and c.subject_id = p.person_id and c.class = 'identity'
     where p.community_id = $1 and p.emergency_id = $2 and p.person_id = $3`,
    [communityId, emergencyId, personId],
  )
  return rows[0]
}
