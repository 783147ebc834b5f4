/** Copies: their rows, and what they are made of. Any table may be read; those of copies are this slice's. */

import type { QueryResultRow } from "pg"
import type { LeavingForm } from "../catalogue/approval-shape.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** Homes of these buildings, as far as the viewer reaches them. */
export async function listHomesOf(
  { query }: Asked,
  communityId: string,
  { buildingIds, homeIds }: { buildingIds: readonly string[]; homeIds: readonly string[] },
): Promise<Array<{ home_id: string; persons: string[] }>> {
  return query<{ home_id: string; persons: string[] }>(
    `select h.home_id, array_agg(distinct r.person_id) as persons
     from app.home h join app.residence r on r.community_id = h.community_id and r.home_id = h.home_id
     where h.community_id = $1 and (h.building_id = any ($2::bigint[]) or h.home_id = any ($3::uuid[])) group by h.home_id`,
    [communityId, buildingIds, homeIds],
  )
}

export interface CopyRow {
  copy_id: string
  seq: string
  application_id: string
  number: string
  form: LeavingForm
  columns: string[]
  persons: number
  valid_until: Date
  building_ids: string[]
  applicant: string
  applicant_name: string
  applicant_post: string
  /** The third party or authority that it goes to; null: it stays with the applicant. */
  outside: string | null
  at: Date
  file_id: string | null
  password: Buffer | null
  shown_at: Date | null
  taken_at: Date | null
  expired_at: Date | null
  failed_at: Date | null
}

const selectCopies = `
  select c.copy_id, c.seq, c.application_id, c.number, c.form, c.columns, c.persons, c.valid_until,
    c.building_ids::text[] as building_ids, c.applicant, s.name as applicant_name, c.applicant_post, o.outside, c.at, m.file_id, m.password,
    t.shown_at, t.taken_at, t.expired_at, t.failed_at
  from app.export_copy c
  join app.staff s on s.staff_id = c.applicant
  left join lateral (select p.name as outside from app.sharing h
      join app.party p on p.community_id = h.community_id and p.party_id = h.party_id
      where h.community_id = c.community_id and h.application_id = c.application_id
    union all select q.organ_name from app.authority_request q
      where q.community_id = c.community_id and q.application_id = c.application_id) o on true
  left join app.export_made m on m.community_id = c.community_id and m.copy_id = c.copy_id
  left join lateral (select max(at) filter (where step = 'shown') as shown_at, max(at) filter (where step = 'taken') as taken_at,
      max(at) filter (where step = 'expired') as expired_at, max(at) filter (where step = 'failed') as failed_at
    from app.export_step t where t.community_id = c.community_id and t.copy_id = c.copy_id) t on true`

export async function findCopy(
  { query }: Asked,
  communityId: string,
  copyId: string,
): Promise<CopyRow | undefined> {
  const rows = await query<CopyRow & QueryResultRow>(
    `${selectCopies} where c.community_id = $1 and c.copy_id = $2`,
    [communityId, copyId],
  )
  return rows[0]
}

export interface CopiesAsk {
  readonly applicant: string | null
  readonly after: string | undefined
  readonly limit: number
}

export function listCopies({ query }: Asked, communityId: string, ask: CopiesAsk): Promise<CopyRow[]> {
  return query<CopyRow & QueryResultRow>(
    `${selectCopies} where c.community_id = $1 and ($2::uuid is null or c.applicant = $2) and ($3::bigint is null or c.seq < $3)
     order by c.seq desc limit $4`,
    [communityId, ask.applicant, ask.after ?? null, ask.limit + 1],
  )
}

/** Those that are neither downloaded nor over. */
export function listOpenCopies({ query }: Asked, communityId: string): Promise<CopyRow[]> {
  return query<CopyRow & QueryResultRow>(
    `${selectCopies} where c.community_id = $1 and t.taken_at is null and t.expired_at is null and t.failed_at is null
     order by c.seq limit 1000`,
    [communityId],
  )
}

export interface NewCopy {
  readonly copyId: string
  readonly applicationId: string
  readonly number: string
  readonly form: LeavingForm
  readonly columns: readonly string[]
  readonly persons: number
  readonly validUntil: Date
  readonly buildingIds: readonly string[]
  readonly applicant: string | null
  readonly applicantPost: string
  readonly at: string
}

/** False when the application has its copy already. */
export async function writeCopy({ query }: Asked, communityId: string, copy: NewCopy): Promise<boolean> {
  const rows = await query(
    `insert into app.export_copy (community_id, copy_id, application_id, number, form, columns, persons, valid_until, building_ids,
       applicant, applicant_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (community_id, application_id) do nothing returning copy_id`,
    [
      communityId,
      copy.copyId,
      copy.applicationId,
      copy.number,
      copy.form,
      copy.columns,
      copy.persons,
      copy.validUntil.toISOString(),
      copy.buildingIds,
      copy.applicant,
      copy.applicantPost,
      copy.at,
    ],
  )
  return rows.length === 1
}

/** What every row of a copy carries. */
export type OfCopy = Pick<CopyRow, "copy_id" | "building_ids" | "applicant">

export interface NewMade {
  readonly fileId: string
  readonly password: Buffer
  readonly rows: number
  readonly decoys: number
  readonly size: number
  readonly mark: Buffer
  readonly at: string
}

/** False when another process was first. */
export async function writeMade(
  { query }: Asked,
  communityId: string,
  { copy, made }: { copy: OfCopy; made: NewMade },
): Promise<boolean> {
  const rows = await query(
    `insert into app.export_made (community_id, copy_id, file_id, password, rows, decoys, size_bytes, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning copy_id`,
    [
      communityId,
      copy.copy_id,
      made.fileId,
      made.password,
      made.rows,
      made.decoys,
      made.size,
      copy.building_ids,
      copy.applicant,
      made.at,
    ],
  )
  if (rows.length === 0) return false
  await query("insert into app.export_mark (community_id, copy_id, sealed, at) values ($1, $2, $3, $4)", [
    communityId,
    copy.copy_id,
    made.mark,
    made.at,
  ])
  return true
}

export type Step = "shown" | "taken" | "expired" | "failed"

/** False when it was taken before: each step happens once. */
export async function writeStep(
  { query }: Asked,
  communityId: string,
  { copy, ...one }: { copy: OfCopy; step: Step; by: string | null; at: string },
): Promise<boolean> {
  const rows = await query(
    `insert into app.export_step (community_id, copy_id, step, by_staff, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning copy_id`,
    [communityId, copy.copy_id, one.step, one.by, copy.building_ids, copy.applicant, one.at],
  )
  return rows.length === 1
}

export interface LentRow {
  person_id: string
  home_id: string
  place: string
  record_id: string
  class: string
  fields: string[]
  subject_ref: string
  version: number | null
  sealed: Buffer | null
}

/** The records of these persons that the application names, in the order of the homes. Asked by the server's own hand. */
export function readLent(
  { query }: Asked,
  communityId: string,
  { applicationId, persons }: { applicationId: string; persons: readonly string[] },
): Promise<LentRow[]> {
  return query<LentRow & QueryResultRow>(
    `select r.person_id, r.home_id, h.label as place, r.record_id, r.class, r.fields, r.subject_ref, c.version, c.sealed
     from app.application_record r
     join app.home h on h.community_id = r.community_id and h.home_id = r.home_id
     left join app.record c on c.community_id = r.community_id and c.subject_id = r.record_id and c.class = r.class
       and cardinality(r.fields) > 0
     where r.community_id = $1 and r.application_id = $2 and r.person_id = any ($3::uuid[])
     order by h.sort_key, r.person_id, r.class, c.changed_at desc`,
    [communityId, applicationId, persons],
  )
}

/** Whom the application is still about after its last signature. */
export async function readScope(
  { query }: Asked,
  communityId: string,
  applicationId: string,
): Promise<{ persons: string[]; purpose: string } | undefined> {
  const rows = await query<{ persons: string[]; purpose: string }>(
    `select g.persons, a.purpose from app.application a
     join app.application_signed g on g.community_id = a.community_id and g.application_id = a.application_id
     where a.community_id = $1 and a.application_id = $2 and g.verdict = 'approved' order by g.step desc limit 1`,
    [communityId, applicationId],
  )
  return rows[0]
}

export function listCommunities({
  query,
}: Asked): Promise<Array<{ community_id: string; tenant_id: string }>> {
  return query<{ community_id: string; tenant_id: string }>(
    "select community_id, tenant_id from app.community where community_id <> 0 and removed_at is null order by community_id",
  )
}
