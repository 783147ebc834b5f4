/** The sharing ledger. Any table may be read; those of sharings are this slice's. */

import type { QueryResultRow } from "pg"
import type { HandingForm } from "../catalogue/approval-shape.ts"
import type { PaperKind } from "./paper-shape.ts"
import type { Asked } from "./party-sql.ts"

export interface SignRow {
  readonly staffId: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface ProofRow {
  readonly proofId: string
  readonly kind: "returned" | "deleted"
  readonly day: string
  readonly evidence: "paper" | "statement"
  readonly fileId: string | null
  readonly fileKind: PaperKind | null
  readonly by: SignRow
  readonly answer: (SignRow & { readonly verdict: "accepted" | "refused" }) | null
}

export interface SharingRow {
  application_id: string
  seq: string
  number: string
  party_id: string
  party_name: string
  responsible_name: string
  purpose: string
  fields: string[]
  form: HandingForm
  homes: number
  persons: number
  applicant: string
  applicant_name: string
  at: Date
  keep_until: Date
  due_at: Date
  application: "pending" | "granted" | "over"
  signed: SignRow[]
  /** How many persons are left after the last signature. */
  granted: number
  how: "told" | "paper" | null
  left_at: Date | null
  copy_number: string | null
  proofs: ProofRow[]
  is_archived: boolean
  is_overdue: boolean
}

const inMilliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`
const signature = (id: string, name: string, at: string) =>
  `jsonb_build_object('staffId', ${id}, 'name', ${name}, 'at', ${inMilliseconds(at)})`

/** Of the application `a`: that of `apply/application.ts`. `$2`: now. */
export const applicationState = `case when cardinality(a.posts) = 0 or g.is_refused or e.at is not null then 'over'
      when g.count < cardinality(a.posts) then case when a.expires_at <= $2 then 'over' else 'pending' end
      when coalesce(b.until, g.last + make_interval(hours => a.window_hours)) <= $2 then 'over' else 'granted' end`

/** Its signatures, begin, end, and the copy that left under it; `s` carries its id. */
export const applicationJoins = `
  left join lateral (select count(*)::int as count, coalesce(bool_or(g.verdict = 'refused'), false) as is_refused, max(g.at) as last,
      (array_agg(cardinality(g.persons) order by g.step desc))[1] as granted,
      coalesce(jsonb_agg(${signature("g.signed_by", "gs.name", "g.at")} order by g.step) filter (where g.verdict = 'approved'), '[]'::jsonb) as signed
    from app.application_signed g join app.staff gs on gs.staff_id = g.signed_by
    where g.community_id = s.community_id and g.application_id = s.application_id) g on true
  left join app.application_begun b on b.community_id = s.community_id and b.application_id = s.application_id
  left join app.application_ended e on e.community_id = s.community_id and e.application_id = s.application_id
  left join app.export_copy c on c.community_id = s.community_id and c.application_id = s.application_id
  left join app.export_step t on t.community_id = c.community_id and t.copy_id = c.copy_id and t.step = 'taken'`

const isOut = "coalesce(l.at, t.at) is not null and not coalesce(f.is_archived, false)"
const isOverdue = `(${isOut} and least(s.keep_until, p.valid_until, x.at) <= $2)`

/** `$2`: now. */
const selectSharings = `
  select s.application_id, s.seq, a.number, s.party_id, p.name as party_name, r.name as responsible_name, s.purpose, a.fields, a.form,
    a.homes, s.persons, s.applicant, w.name as applicant_name, s.at, s.keep_until,
    least(s.keep_until, p.valid_until, x.at) as due_at,
    ${applicationState} as application,
    g.signed, coalesce(g.granted, s.persons) as granted,
    l.how, coalesce(l.at, t.at) as left_at, c.number as copy_number, coalesce(f.proofs, '[]'::jsonb) as proofs,
    coalesce(f.is_archived, false) as is_archived, ${isOverdue} as is_overdue
  from app.sharing s
  join app.application a on a.community_id = s.community_id and a.application_id = s.application_id
  join app.party p on p.community_id = s.community_id and p.party_id = s.party_id
  join app.staff r on r.staff_id = p.responsible
  join app.staff w on w.staff_id = s.applicant
  left join app.party_ended x on x.community_id = s.community_id and x.party_id = s.party_id
  ${applicationJoins}
  left join app.sharing_left l on l.community_id = s.community_id and l.application_id = s.application_id
  left join lateral (select bool_or(v.verdict = 'accepted') as is_archived,
      jsonb_agg(jsonb_build_object('proofId', f.proof_id, 'kind', f.kind, 'day', f.day, 'evidence', f.evidence, 'fileId', f.file_id,
        'fileKind', f.file_kind, 'by', ${signature("f.by_staff", "fs.name", "f.at")},
        'answer', case when v.proof_id is not null then ${signature("v.by_staff", "vs.name", "v.at")} || jsonb_build_object('verdict', v.verdict) end)
        order by f.seq) as proofs
    from app.sharing_proof f join app.staff fs on fs.staff_id = f.by_staff
    left join app.sharing_proof_answer v on v.community_id = f.community_id and v.proof_id = f.proof_id
    left join app.staff vs on vs.staff_id = v.by_staff
    where f.community_id = s.community_id and f.application_id = s.application_id) f on true`

const shows = {
  all: "true",
  overdue: isOverdue,
  out: `(${isOut})`,
  waiting: "coalesce(l.at, t.at) is null",
  archived: "coalesce(f.is_archived, false)",
} as const

/** A row of the ledger in its order. */
export interface SharingPlace {
  readonly isOverdue: boolean
  readonly seq: string
}

export interface SharingAsk {
  readonly partyId: string | null
  readonly show: keyof typeof shows
  /** The last one of the page before; null: from the first. */
  readonly after: SharingPlace | null
  readonly limit: number
  /** ISO 8601. */
  readonly now: string
}

/** Overdue first, then the newest; one row more than `limit` when there are more. */
export function listSharingRows(
  { query }: Asked,
  communityId: string,
  { partyId, show, after, limit, now }: SharingAsk,
): Promise<SharingRow[]> {
  return query<SharingRow & QueryResultRow>(
    `${selectSharings} where s.community_id = $1 and ($3::uuid is null or s.party_id = $3) and ${shows[show]}
       and ($5::bigint is null or (${isOverdue}, s.seq) < ($4::boolean, $5))
     order by ${isOverdue} desc, s.seq desc limit $6`,
    [communityId, now, partyId, after?.isOverdue ?? null, after?.seq ?? null, limit + 1],
  )
}

export async function findSharing(
  { query }: Asked,
  communityId: string,
  { applicationId, now }: { applicationId: string; now: string },
): Promise<SharingRow | undefined> {
  const [row] = await query<SharingRow & QueryResultRow>(
    `${selectSharings} where s.community_id = $1 and s.application_id = $3 and $2::timestamptz is not null`,
    [communityId, now, applicationId],
  )
  return row
}

/** What is out and what of it is overdue, by party. */
export function countOut(
  { query }: Asked,
  communityId: string,
  now: string,
): Promise<{ party_id: string; out: number; overdue: number }[]> {
  return query<{ party_id: string; out: number; overdue: number }>(
    `select y.party_id, count(*)::int as out, (count(*) filter (where y.due_at <= $2))::int as overdue
     from (${selectSharings} where s.community_id = $1 and ${isOut}) y group by y.party_id`,
    [communityId, now],
  )
}

export interface NewSharing {
  readonly applicationId: string
  readonly partyId: string
  readonly purpose: string
  readonly keepUntil: string
  readonly persons: number
  readonly applicant: string | null
  readonly at: string
}

export async function writeSharing({ query }: Asked, communityId: string, one: NewSharing): Promise<void> {
  await query(
    `insert into app.sharing (community_id, application_id, party_id, purpose, keep_until, persons, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      communityId,
      one.applicationId,
      one.partyId,
      one.purpose,
      one.keepUntil,
      one.persons,
      one.applicant,
      one.at,
    ],
  )
}

export interface NewLeft {
  readonly applicationId: string
  readonly how: "told" | "paper"
  readonly persons: number
  readonly fields: readonly string[]
  readonly by: string | null
  readonly at: string
}

/** False when it was noted before. */
export async function writeLeft({ query }: Asked, communityId: string, one: NewLeft): Promise<boolean> {
  const rows = await query(
    `insert into app.sharing_left (community_id, application_id, how, persons, fields, by_staff, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict do nothing returning application_id`,
    [communityId, one.applicationId, one.how, one.persons, one.fields, one.by, one.at],
  )
  return rows.length === 1
}

export interface NewProof {
  readonly proofId: string
  readonly kind: "returned" | "deleted"
  readonly day: string
  readonly fileId: string | null
  readonly fileKind: PaperKind | null
  readonly by: string | null
  readonly at: string
}

export async function writeProof(
  { query }: Asked,
  communityId: string,
  { of, proof }: { of: Pick<SharingRow, "application_id" | "applicant">; proof: NewProof },
): Promise<void> {
  await query(
    `insert into app.sharing_proof (community_id, proof_id, application_id, kind, day, evidence, file_id, file_kind, by_staff, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      communityId,
      proof.proofId,
      of.application_id,
      proof.kind,
      proof.day,
      proof.fileId === null ? "statement" : "paper",
      proof.fileId,
      proof.fileKind,
      proof.by,
      of.applicant,
      proof.at,
    ],
  )
}

/** False when somebody answered before, or the sharing is archived. */
export async function writeProofAnswer(
  { query }: Asked,
  communityId: string,
  { of, ...one }: { of: SharingRow; proof: ProofRow; verdict: string; by: string | null; at: string },
): Promise<boolean> {
  const { proof } = one
  const rows = await query(
    `insert into app.sharing_proof_answer (community_id, proof_id, application_id, recorded_by, verdict, by_staff, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning proof_id`,
    [
      communityId,
      proof.proofId,
      of.application_id,
      proof.by.staffId,
      one.verdict,
      one.by,
      of.applicant,
      one.at,
    ],
  )
  return rows.length === 1
}

/** One at a time for a sharing: of two proofs that meet, one is first. */
export async function lockSharing(
  { query }: Asked,
  communityId: string,
  applicationId: string,
): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended($1 || $2, 36))", [communityId, applicationId])
}
