/** Reading applications. Row security narrows every statement to one's own, one's reach, or what one checks. */

import type { QueryResultRow } from "pg"
import type { GrantForm, SigningPost } from "../catalogue/approval-shape.ts"
import type { PurposeCode } from "../catalogue/regime-shape.ts"
import type { ApplicationState } from "./application.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface SignatureRow {
  readonly step: number
  readonly post: SigningPost
  readonly verdict: "approved" | "refused"
  readonly reason: string | null
  readonly fields: readonly string[]
  readonly persons: readonly string[]
  readonly hours: number
  readonly signed_by: string
  readonly signed_name: string
  readonly signed_post: string
  readonly instead_of: string | null
  readonly instead_name: string | null
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface ApplicationRow {
  application_id: string
  seq: string
  number: string
  purpose: PurposeCode
  form: GrantForm
  fields: string[]
  order_id: string | null
  request_number: string | null
  is_older: boolean
  is_single: boolean
  hours: number
  window_hours: number
  homes: number
  age_days: number
  hints: string[]
  posts: SigningPost[]
  refused_by: string | null
  follows: string | null
  building_ids: string[]
  applicant: string
  applicant_name: string
  applicant_post: string
  regime_version: number
  at: Date
  expires_at: Date
  order_number: string | null
  /** Closed, or out of the viewer's sight. */
  is_order_closed: boolean
  persons: string[]
  signed: readonly SignatureRow[]
  begun_at: Date | null
  begun_until: Date | null
  end_reason: string | null
  ended_by: string | null
  ended_name: string | null
  ended_post: string | null
  ended_at: Date | null
  looks: number | null
}

const selectApplications = `
  select a.application_id, a.seq, a.number, a.purpose, a.form, a.fields, a.order_id, a.request_number, a.is_older, a.is_single,
    a.hours, a.window_hours, a.homes, a.age_days, a.hints, a.posts, a.refused_by, a.follows, a.building_ids::text[] as building_ids,
    a.applicant, s.name as applicant_name, a.applicant_post, a.regime_version, a.at, a.expires_at,
    o.number as order_number, a.order_id is not null and (o.order_id is null or o.closed_at is not null) as is_order_closed,
    p.persons, coalesce(g.signed, '[]'::jsonb) as signed, b.at as begun_at, b.until as begun_until,
    e.reason as end_reason, e.ended_by, es.name as ended_name, e.ended_post, e.at as ended_at, e.looks
  from app.application a
  join app.staff s on s.staff_id = a.applicant
  left join app.work_order o on o.community_id = a.community_id and o.order_id = a.order_id
  left join lateral (select coalesce(array_agg(distinct r.person_id), '{}') as persons from app.application_record r
    where r.community_id = a.community_id and r.application_id = a.application_id) p on true
  left join lateral (select jsonb_agg(jsonb_build_object('step', g.step, 'post', g.post, 'verdict', g.verdict, 'reason', g.reason,
      'fields', g.fields, 'persons', g.persons, 'hours', g.hours, 'signed_by', g.signed_by, 'signed_name', gs.name,
      'signed_post', g.signed_post, 'instead_of', g.instead_of, 'instead_name', gi.name,
      'at', (extract(epoch from g.at) * 1000)::bigint) order by g.step) as signed
    from app.application_signed g join app.staff gs on gs.staff_id = g.signed_by left join app.staff gi on gi.staff_id = g.instead_of
    where g.community_id = a.community_id and g.application_id = a.application_id) g on true
  left join app.application_begun b on b.community_id = a.community_id and b.application_id = a.application_id
  left join app.application_ended e on e.community_id = a.community_id and e.application_id = a.application_id
  left join app.staff es on es.staff_id = e.ended_by`

export async function findApplication(
  { query }: Asked,
  communityId: string,
  applicationId: string,
): Promise<ApplicationRow | undefined> {
  const rows = await query<ApplicationRow & QueryResultRow>(
    `${selectApplications} where a.community_id = $1 and a.application_id = $2`,
    [communityId, applicationId],
  )
  return rows[0]
}

export interface ApplicationAsk {
  readonly communityId: string
  /** ISO 8601. */
  readonly now: string
  readonly applicant: string | null
  /** Of which posts the next signature must be; null: of any. */
  readonly nextPosts: readonly string[] | null
  /** Whose own applications are left out of those that wait. */
  readonly notOf: string | null
  readonly state: ApplicationState | undefined
  readonly purpose: string | undefined
  readonly number: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

const isRefused = `(cardinality(a.posts) = 0 or coalesce(g.signed, '[]'::jsonb) @> '[{"verdict":"refused"}]'
  or (jsonb_array_length(coalesce(g.signed, '[]'::jsonb)) < cardinality(a.posts) and e.at is null and a.expires_at <= $2))`
const isFull = "jsonb_array_length(coalesce(g.signed, '[]'::jsonb)) = cardinality(a.posts)"
const isOver = `(e.at is not null or a.order_id is not null and (o.order_id is null or o.closed_at is not null)
  or coalesce(b.until, to_timestamp((g.signed -> -1 ->> 'at')::bigint / 1000.0) + make_interval(hours => a.window_hours)) <= $2)`

/** The same as `stateOf`, for a filter. */
const stateTerms: Readonly<Record<ApplicationState, string>> = {
  pending: `not ${isRefused} and not ${isFull} and e.at is null`,
  refused: isRefused,
  granted: `not ${isRefused} and ${isFull} and not ${isOver}`,
  ended: `not ${isRefused} and (${isFull} and ${isOver} or not ${isFull} and e.at is not null)`,
}

/** Newest first; one row more than `limit` when there are more. */
export function listApplications({ query }: Asked, ask: ApplicationAsk): Promise<ApplicationRow[]> {
  const waiting = ask.nextPosts === null ? ask.state : "pending"
  return query<ApplicationRow & QueryResultRow>(
    `${selectApplications} where a.community_id = $1 and $2::timestamptz is not null
       and ($3::uuid is null or a.applicant = $3)
       and ($4::text[] is null or a.posts[jsonb_array_length(coalesce(g.signed, '[]'::jsonb)) + 1] = any ($4))
       and a.applicant is distinct from $5::uuid
       and ($6::text is null or a.purpose = $6)
       and ($7::text is null or strpos(upper(concat_ws(' ', a.number, a.request_number, o.number)), upper($7)) > 0)
       and ($8::bigint is null or a.seq < $8) ${waiting === undefined ? "" : `and ${stateTerms[waiting]}`}
     order by a.seq desc limit $9`,
    [
      ask.communityId,
      ask.now,
      ask.applicant,
      ask.nextPosts,
      ask.notOf,
      ask.purpose ?? null,
      ask.number ?? null,
      ask.after ?? null,
      ask.limit + 1,
    ],
  )
}

export interface ConcernedRow {
  person_id: string
  home_id: string
  place: string
  subject_ref: string
  masks: Record<string, string[]>
}

/** Whom it concerns, with the masks of what it asks for, and the name's. Asked by the server's own hand. */
export function readConcerned(
  { query }: Asked,
  communityId: string,
  application: { applicationId: string; fields: readonly string[] },
): Promise<ConcernedRow[]> {
  return query<ConcernedRow & QueryResultRow>(
    `select r.person_id, r.home_id, h.label as place, r.subject_ref,
       coalesce((select jsonb_object_agg(m.key, m.value) from app.record c, jsonb_each(c.masks) m
         where c.community_id = r.community_id and c.subject_id = r.person_id and (m.key = 'name' or m.key = any ($3))), '{}') as masks
     from (select distinct on (person_id) * from app.application_record
       where community_id = $1 and application_id = $2 order by person_id, record_id) r
     left join app.home h on h.community_id = r.community_id and h.home_id = r.home_id
     order by h.sort_key, r.person_id`,
    [communityId, application.applicationId, application.fields],
  )
}

export interface RegisterRow {
  trace_id: string
  at: Date
  actor: string
  actor_name: string
  post: string
  fields: string[]
}

/** Step 3: every opening of plain text under it. */
export function readRegister(
  { query }: Asked,
  communityId: string,
  applicationId: string,
): Promise<RegisterRow[]> {
  return query<RegisterRow & QueryResultRow>(
    `select t.trace_id, t.at, t.actor, s.name as actor_name, t.post, t.fields
     from app.trace t join app.staff s on s.staff_id = t.actor
     where t.community_id = $1 and t.use_id = $2 and t.act in ('use.look', 'export.download') and t.outcome = 'done' order by t.seq`,
    [communityId, applicationId],
  )
}

export interface HistoryRow {
  applied: number
  approved: number
  refused: number
  looks: number
  same_person: number
}

/** What somebody applied for since then, besides this one. */
export async function readApplicantHistory(
  { query }: Asked,
  communityId: string,
  ask: { applicant: string; since: string; except: string; persons: readonly string[] },
): Promise<HistoryRow> {
  const rows = await query<HistoryRow & QueryResultRow>(
    `select count(*)::int as applied,
       count(*) filter (where g.verdicts = 'approved' and g.signed = cardinality(a.posts))::int as approved,
       count(*) filter (where a.refused_by is not null or g.verdicts = 'refused')::int as refused,
       coalesce(sum(e.looks), 0)::int as looks,
       count(*) filter (where exists (select from app.application_record r where r.community_id = a.community_id
         and r.application_id = a.application_id and r.person_id = any ($5::uuid[])))::int as same_person
     from app.application a
     left join lateral (select max(verdict) as verdicts, count(*) as signed from app.application_signed g
       where g.community_id = a.community_id and g.application_id = a.application_id) g on true
     left join app.application_ended e on e.community_id = a.community_id and e.application_id = a.application_id
     where a.community_id = $1 and a.applicant = $2 and a.at > $3 and a.application_id <> $4`,
    [communityId, ask.applicant, ask.since, ask.except, ask.persons],
  )
  return rows[0] ?? { applied: 0, approved: 0, refused: 0, looks: 0, same_person: 0 }
}

export interface GrantedRecord {
  record_id: string
  class: string
  subject_ref: string
  version: number
  sealed: Buffer
}

/** The records that hold the field of the person, newest first, as far as the viewer still reaches them. */
export function readGrantedRecords(
  { query }: Asked,
  communityId: string,
  ask: { applicationId: string; personId: string; field: string },
): Promise<GrantedRecord[]> {
  return query<GrantedRecord & QueryResultRow>(
    `select r.record_id, r.class, r.subject_ref, c.version, c.sealed
     from app.application_record r
     join app.record c on c.community_id = r.community_id and c.subject_id = r.record_id and c.class = r.class
     where r.community_id = $1 and r.application_id = $2 and r.person_id = $3 and $4 = any (r.fields)
     order by c.changed_at desc, r.record_id`,
    [communityId, ask.applicationId, ask.personId, ask.field],
  )
}

export interface SubjectRow {
  subject_ref: string
  home_id: string
  is_reached: boolean
}

/** The pseudonym of a person of an application, and whether the viewer reaches them now. */
export async function readSubject(
  { query }: Asked,
  communityId: string,
  ask: { applicationId: string; personId: string },
): Promise<SubjectRow | undefined> {
  const rows = await query<SubjectRow & QueryResultRow>(
    `select r.subject_ref, r.home_id, p.person_id is not null as is_reached from app.application_record r
     left join app.person p on p.community_id = r.community_id and p.person_id = r.person_id
     where r.community_id = $1 and r.application_id = $2 and r.person_id = $3 limit 1`,
    [communityId, ask.applicationId, ask.personId],
  )
  return rows[0]
}

/** Those that nobody has ended: to be looked at by the clock. */
export function listUnended({ query }: Asked, communityId: string): Promise<ApplicationRow[]> {
  return query<ApplicationRow & QueryResultRow>(
    `${selectApplications} where a.community_id = $1 and e.at is null order by a.seq limit 1000`,
    [communityId],
  )
}

export function listCommunities({
  query,
}: Asked): Promise<Array<{ community_id: string; tenant_id: string }>> {
  return query<{ community_id: string; tenant_id: string }>(
    "select community_id, tenant_id from app.community where community_id <> 0 and removed_at is null order by community_id",
  )
}
