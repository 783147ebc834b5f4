/** Forms that were filled in: their rows, their verdicts, the sealed record in between. Clauses 2.3, 3.9. */

import type { QueryResultRow } from "pg"
import type { Reader } from "../../platform/database.ts"
import type { HomePlace } from "../catalogue/address.ts"
import { buildingLabel } from "../store/home.ts"
import type { Asked } from "./channel-sql.ts"

export interface FoundHome {
  home_id: string
  building_id: string
  label: string
}

/** The home of that name, if it is one of the community within reach. */
export async function findHome(
  { query }: Asked,
  communityId: string,
  place: HomePlace,
): Promise<FoundHome | undefined> {
  const rows = await query<FoundHome & QueryResultRow>(
    `select h.home_id, h.building_id, h.label from app.home h
     join app.building b on b.community_id = h.community_id and b.building_id = h.building_id
     where h.community_id = $1 and b.name = $2 and h.unit = $3 and h.room = $4`,
    [communityId, buildingLabel(place.building), place.unit, place.room],
  )
  return rows[0]
}

/** The home as a place, however its building is spelt. */
export async function readHome(
  { query }: Asked,
  communityId: string,
  homeId: string,
): Promise<HomePlace | undefined> {
  const rows = await query<{ building: string; unit: string; room: string }>(
    `select b.name as building, h.unit, h.room from app.home h
     join app.building b on b.community_id = h.community_id and b.building_id = h.building_id
     where h.community_id = $1 and h.home_id = $2`,
    [communityId, homeId],
  )
  return rows.map((row) => ({ ...row, building: row.building.replace(/^(\d+)栋$/, "$1") }))[0]
}

export interface NewSubmission {
  readonly submissionId: string
  readonly subjectId: string
  readonly purpose: string
  readonly channel: string
  readonly linkId: string | null
  readonly sheet: number | null
  readonly buildingId: string | null
  readonly homeId: string | null
  readonly place: string | null
  readonly fields: readonly string[]
  readonly agreed: readonly string[]
  readonly features: readonly string[]
  readonly regimeVersion: number
  readonly takenBy: string | null
  readonly at: string
}

export async function writeSubmission(tx: Reader, communityId: string, made: NewSubmission): Promise<void> {
  await tx.query(
    `insert into app.form_submission (community_id, submission_id, subject_id, purpose, channel, link_id, sheet,
       building_id, home_id, place, fields, agreed, features, regime_version, taken_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      communityId,
      made.submissionId,
      made.subjectId,
      made.purpose,
      made.channel,
      made.linkId,
      made.sheet,
      made.buildingId,
      made.homeId,
      made.place,
      made.fields,
      made.agreed,
      made.features,
      made.regimeVersion,
      made.takenBy,
      made.at,
    ],
  )
}

export interface NewVerdict {
  readonly submissionId: string
  readonly buildingId: string | null
  readonly verdict: "accepted" | "rejected"
  readonly reason: string | null
  readonly outcome: string | null
  readonly by: string
  readonly post: string
  readonly at: string
}

export async function writeVerdict(tx: Reader, communityId: string, made: NewVerdict): Promise<void> {
  await tx.query(
    `insert into app.form_verdict (community_id, submission_id, building_id, verdict, reason, outcome, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      communityId,
      made.submissionId,
      made.buildingId,
      made.verdict,
      made.reason,
      made.outcome,
      made.by,
      made.post,
      made.at,
    ],
  )
}

export interface SubmissionRow {
  submission_id: string
  subject_id: string
  purpose: string
  channel: string
  sheet: string | null
  building_id: string | null
  home_id: string | null
  place: string | null
  fields: string[]
  agreed: string[]
  features: string[]
  taken_by: string | null
  at: Date
  verdict: "accepted" | "rejected" | null
  outcome: string | null
  reason: string | null
  version: number | null
  sealed: Buffer | null
  masks: Record<string, string[]> | null
}

const submissionSelect = `
  select s.submission_id, s.subject_id, s.purpose, s.channel, s.sheet, s.building_id, s.home_id, s.place, s.fields, s.agreed, s.features,
    t.name as taken_by, s.at, v.verdict, v.outcome, v.reason, r.version, r.sealed, r.masks
  from app.form_submission s
  left join app.form_verdict v on v.community_id = s.community_id and v.submission_id = s.submission_id
  left join app.staff t on t.staff_id = s.taken_by
  left join app.record r on r.community_id = s.community_id and r.subject_id = s.subject_id and r.class = 'service'`

export async function readSubmission(
  { query }: Asked,
  communityId: string,
  submissionId: string,
): Promise<SubmissionRow | undefined> {
  const rows = await query<SubmissionRow & QueryResultRow>(
    `${submissionSelect} where s.community_id = $1 and s.submission_id = $2`,
    [communityId, submissionId],
  )
  return rows[0]
}

const mostShown = 100

export function listSubmissions(
  { query }: Asked,
  communityId: string,
  state: "waiting" | "done",
): Promise<SubmissionRow[]> {
  return query<SubmissionRow & QueryResultRow>(
    `${submissionSelect} where s.community_id = $1 and (v.verdict is null) = $2 order by s.at desc limit $3`,
    [communityId, state === "waiting", mostShown],
  )
}

export interface FormRecord {
  readonly subjectId: string
  readonly buildingId: string | null
  readonly sealed: Buffer
  readonly contentTag: Buffer
  readonly masks: Readonly<Record<string, readonly string[]>>
  readonly origin: object
  readonly at: string
}

export async function writeFormRecord(tx: Reader, communityId: string, made: FormRecord): Promise<void> {
  await tx.query(
    `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
     values ($1, $2, 'service', 1, array_remove(array[$3::bigint], null), $4, $5, $6, $7, $8)`,
    [
      communityId,
      made.subjectId,
      made.buildingId,
      made.sealed,
      made.contentTag,
      JSON.stringify(made.masks),
      JSON.stringify(made.origin),
      made.at,
    ],
  )
}

/** What the form held is in the roster or in an order now, or was rejected: no second copy stays. */
export async function dropFormRecord(tx: Reader, communityId: string, subjectId: string): Promise<void> {
  await tx.query("delete from app.record where community_id = $1 and subject_id = $2 and class = 'service'", [
    communityId,
    subjectId,
  ])
}
