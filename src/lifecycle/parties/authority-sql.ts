/** Requests of authorities. Rows are added and never changed. */

import type { QueryResultRow } from "pg"
import type { LeavingForm } from "../catalogue/approval-shape.ts"
import type { AuthorityGround, Organ } from "./authority.ts"
import type { PaperKind } from "./paper-shape.ts"
import type { Asked } from "./party-sql.ts"
import { applicationJoins, applicationState, type SignRow } from "./sharing-sql.ts"

export interface RequestRow {
  seq: string
  application_id: string
  number: string
  organ: Organ
  organ_name: string
  document_number: string
  ground: AuthorityGround
  masks: string[]
  sealed: Buffer
  paper_id: string
  paper_kind: PaperKind
  persons: number
  secret_until: Date | null
  building_ids: string[]
  fields: string[]
  form: LeavingForm
  homes: number
  applicant: string
  applicant_name: string
  at: Date
  application: "pending" | "granted" | "over"
  signed: SignRow[]
  copy_number: string | null
  handed_at: Date | null
  receipt_at: Date | null
  receipt_id: string | null
  receipt_kind: PaperKind | null
}

/** `$2`: now. */
const selectRequests = `
  select s.seq::text, s.application_id, a.number, s.organ, s.organ_name, s.document_number, s.ground, s.masks, s.sealed, s.paper_id, s.paper_kind,
    s.persons, s.secret_until, s.building_ids::text[] as building_ids, a.fields, a.form, a.homes, s.applicant,
    w.name as applicant_name, s.at, ${applicationState} as application, g.signed,
    c.number as copy_number, t.at as handed_at, r.at as receipt_at, r.paper_id as receipt_id, r.paper_kind as receipt_kind
  from app.authority_request s
  join app.application a on a.community_id = s.community_id and a.application_id = s.application_id
  join app.staff w on w.staff_id = s.applicant
  ${applicationJoins}
  left join app.authority_receipt r on r.community_id = s.community_id and r.application_id = s.application_id`

/** One more than `limit`, where there are more. */
export function listRequestRows(
  { query }: Asked,
  communityId: string,
  { now, after, limit }: { now: string; after: string | undefined; limit: number },
): Promise<RequestRow[]> {
  return query<RequestRow & QueryResultRow>(
    `${selectRequests} where s.community_id = $1 and $2::timestamptz is not null and ($3::bigint is null or s.seq < $3)
     order by s.seq desc limit $4`,
    [communityId, now, after ?? null, limit + 1],
  )
}

export async function findRequest(
  { query }: Asked,
  communityId: string,
  { applicationId, now }: { applicationId: string; now: string },
): Promise<RequestRow | undefined> {
  const [row] = await query<RequestRow & QueryResultRow>(
    `${selectRequests} where s.community_id = $1 and $2::timestamptz is not null and s.application_id = $3`,
    [communityId, now, applicationId],
  )
  return row
}

export interface NewRequest {
  readonly applicationId: string
  readonly organ: Organ
  readonly organName: string
  readonly documentNumber: string
  readonly ground: AuthorityGround
  readonly masks: readonly string[]
  readonly sealed: Buffer
  readonly paper: { readonly fileId: string; readonly kind: PaperKind }
  readonly persons: number
  readonly secretUntil: string | null
  readonly buildingIds: readonly string[]
  readonly applicant: string | null
  readonly at: string
}

export async function writeRequest({ query }: Asked, communityId: string, one: NewRequest): Promise<void> {
  await query(
    `insert into app.authority_request (community_id, application_id, organ, organ_name, document_number, ground, masks, sealed,
       paper_id, paper_kind, persons, secret_until, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      communityId,
      one.applicationId,
      one.organ,
      one.organName,
      one.documentNumber,
      one.ground,
      one.masks,
      one.sealed,
      one.paper.fileId,
      one.paper.kind,
      one.persons,
      one.secretUntil,
      one.buildingIds,
      one.applicant,
      one.at,
    ],
  )
}

/** False when it was kept before. */
export async function writeReceipt(
  { query }: Asked,
  communityId: string,
  { of, paper, at }: { of: RequestRow; paper: { fileId: string; kind: PaperKind }; at: string },
): Promise<boolean> {
  const rows = await query(
    `insert into app.authority_receipt (community_id, application_id, paper_id, paper_kind, building_ids, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning application_id`,
    [communityId, of.application_id, paper.fileId, paper.kind, of.building_ids, of.applicant, at],
  )
  return rows.length === 1
}
