/** Writing the rows of an application. Runs inside a command, under its row security. */

import type { Reader } from "../../platform/database.ts"

/** One at a time for an application: whoever signs, looks first, ends. Held until the command is over. */
export async function lockApplication(tx: Reader, communityId: string, applicationId: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || $2, 23))", [communityId, applicationId])
}

export interface SubjectRow {
  person_id: string
  home_id: string
  building_id: string
  subject_ref: string
}

/** Persons, and everybody of the homes: those whom the viewer reaches. */
export function findSubjects(
  tx: Reader,
  communityId: string,
  { personIds, homeIds }: { personIds: readonly string[]; homeIds: readonly string[] },
): Promise<SubjectRow[]> {
  return tx.query<SubjectRow>(
    `select person_id, home_id, building_id, subject_ref from app.residence
     where community_id = $1 and (person_id = any ($2::uuid[]) or home_id = any ($3::uuid[])) order by person_id, home_id`,
    [communityId, personIds, homeIds],
  )
}

/** Of these homes, those the viewer reaches. */
export async function countHomes(
  tx: Reader,
  communityId: string,
  homeIds: readonly string[],
): Promise<number> {
  const rows = await tx.query<{ homes: number }>(
    "select count(*)::int as homes from app.home where community_id = $1 and home_id = any ($2::uuid[])",
    [communityId, homeIds],
  )
  return rows[0]?.homes ?? 0
}

export async function findOpenOrder(
  tx: Reader,
  communityId: string,
  orderId: string,
): Promise<{ home_id: string; closed_at: Date | null } | undefined> {
  const rows = await tx.query<{ home_id: string; closed_at: Date | null }>(
    "select home_id, closed_at from app.work_order where community_id = $1 and order_id = $2",
    [communityId, orderId],
  )
  return rows[0]
}

export interface FoundRecord {
  person_id: string
  record_id: string
  class: string
  changed_at: Date
}

/** Records of these classes about these persons: their own, and those of their orders. Asked by the server's own hand. */
export function findRecords(
  tx: Reader,
  communityId: string,
  { personIds, classes }: { personIds: readonly string[]; classes: readonly string[] },
): Promise<FoundRecord[]> {
  return tx.query<FoundRecord>(
    `select c.subject_id as person_id, c.subject_id as record_id, c.class, c.changed_at
     from app.record c where c.community_id = $1 and c.subject_id = any ($2::uuid[]) and c.class = any ($3)
     union
     select o.person_id, c.subject_id, c.class, c.changed_at
     from app.work_order o
     join app.use_grant g on g.community_id = o.community_id and g.use_id = o.use_id and g.subject_id <> o.person_id
     join app.record c on c.community_id = g.community_id and c.subject_id = g.subject_id and c.class = g.class
     where o.community_id = $1 and o.person_id = any ($2::uuid[]) and c.class = any ($3)`,
    [communityId, personIds, classes],
  )
}

export interface NewApplication {
  readonly communityId: string
  readonly applicationId: string
  readonly number: string
  readonly purpose: string
  readonly form: string
  readonly fields: readonly string[]
  readonly orderId: string | null
  readonly requestNumber: string | null
  readonly isOlder: boolean
  readonly isSingle: boolean
  readonly hours: number
  readonly windowHours: number
  readonly homes: number
  readonly ageDays: number
  readonly hints: readonly string[]
  readonly posts: readonly string[]
  readonly refusedBy: string | null
  readonly follows: string | null
  readonly buildingIds: readonly string[]
  readonly applicant: string | null
  readonly applicantPost: string
  readonly regimeVersion: number
  readonly at: string
  readonly expiresAt: string
}

export async function writeApplication(tx: Reader, one: NewApplication): Promise<void> {
  await tx.query(
    `insert into app.application (community_id, application_id, number, purpose, form, fields, order_id, request_number, is_older,
       is_single, hours, window_hours, homes, age_days, hints, posts, refused_by, follows, building_ids, applicant, applicant_post,
       regime_version, at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
    [
      one.communityId,
      one.applicationId,
      one.number,
      one.purpose,
      one.form,
      one.fields,
      one.orderId,
      one.requestNumber,
      one.isOlder,
      one.isSingle,
      one.hours,
      one.windowHours,
      one.homes,
      one.ageDays,
      one.hints,
      one.posts,
      one.refusedBy,
      one.follows,
      one.buildingIds,
      one.applicant,
      one.applicantPost,
      one.regimeVersion,
      one.at,
      one.expiresAt,
    ],
  )
}

/** What every row of an application carries. */
export interface Bound {
  readonly communityId: string
  readonly applicationId: string
  readonly buildingIds: readonly string[]
  readonly applicant: string | null
  readonly at: string
}

export interface NewRecord {
  readonly personId: string
  readonly homeId: string
  readonly recordId: string
  readonly class: string
  readonly fields: readonly string[]
  readonly subjectRef: string
}

export async function writeRecords(tx: Reader, bound: Bound, records: readonly NewRecord[]): Promise<void> {
  await tx.query(
    `insert into app.application_record (community_id, application_id, person_id, home_id, record_id, class, fields, subject_ref,
       building_ids, applicant)
     select $1, $2, r.person_id, r.home_id, r.record_id, r.class, string_to_array(r.fields, ','), r.subject_ref, $3, $4
     from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::bigint[])
       as r (person_id, home_id, record_id, class, fields, subject_ref)`,
    [
      bound.communityId,
      bound.applicationId,
      bound.buildingIds,
      bound.applicant,
      records.map(({ personId }) => personId),
      records.map(({ homeId }) => homeId),
      records.map(({ recordId }) => recordId),
      records.map((one) => one.class),
      records.map(({ fields }) => fields.join(",")),
      records.map(({ subjectRef }) => subjectRef),
    ],
  )
}

export interface NewSignature {
  readonly step: number
  readonly post: string
  readonly verdict: "approved" | "refused"
  readonly reason: string | null
  readonly fields: readonly string[]
  readonly persons: readonly string[]
  readonly hours: number
  readonly signedBy: string | null
  readonly signedPost: string
  readonly insteadOf: string | null
}

export async function writeSignature(tx: Reader, bound: Bound, one: NewSignature): Promise<void> {
  await tx.query(
    `insert into app.application_signed (community_id, application_id, step, post, verdict, reason, fields, persons, hours,
       signed_by, signed_post, instead_of, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      bound.communityId,
      bound.applicationId,
      one.step,
      one.post,
      one.verdict,
      one.reason,
      one.fields,
      one.persons,
      one.hours,
      one.signedBy,
      one.signedPost,
      one.insteadOf,
      bound.buildingIds,
      bound.applicant,
      bound.at,
    ],
  )
}

export async function writeBegun(tx: Reader, bound: Bound, until: string): Promise<void> {
  await tx.query(
    `insert into app.application_begun (community_id, application_id, building_ids, applicant, at, until)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [bound.communityId, bound.applicationId, bound.buildingIds, bound.applicant, bound.at, until],
  )
}

/** False when this field of this person was shown before. */
export async function writeLook(
  tx: Reader,
  bound: Bound,
  { personId, field }: { personId: string; field: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into app.application_look (community_id, application_id, person_id, field, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning application_id`,
    [bound.communityId, bound.applicationId, personId, field, bound.buildingIds, bound.applicant, bound.at],
  )
  return rows.length === 1
}

export interface NewEnd {
  readonly reason: string
  readonly endedBy: string | null
  readonly endedPost: string | null
  readonly looks: number
}

export async function writeEnd(tx: Reader, bound: Bound, end: NewEnd): Promise<void> {
  await tx.query(
    `insert into app.application_ended (community_id, application_id, reason, ended_by, ended_post, looks, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      bound.communityId,
      bound.applicationId,
      end.reason,
      end.endedBy,
      end.endedPost,
      end.looks,
      bound.buildingIds,
      bound.applicant,
      bound.at,
    ],
  )
}
