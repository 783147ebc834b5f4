/** Writing the rows of an emergency. Runs inside a command, under its row security. Clause 4.9. */

import type { Reader } from "../../platform/database.ts"

/** One at a time for an emergency, or for whoever breaks the glass. Held until the command is over. */
export async function lockEmergency(tx: Reader, communityId: string, id: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || $2, 33))", [communityId, id])
}

export interface HomeRow {
  label: string
  building_id: string
}

/** Undefined when the viewer does not reach it. */
export async function findHome(
  tx: Reader,
  communityId: string,
  homeId: string,
): Promise<HomeRow | undefined> {
  const rows = await tx.query<HomeRow>(
    "select label, building_id from app.home where community_id = $1 and home_id = $2",
    [communityId, homeId],
  )
  return rows[0]
}

export interface ResidentRow {
  person_id: string
  subject_ref: string
}

/** Who is on file at the home, without children under 14: clause 2.10. */
export function findResidents(tx: Reader, communityId: string, homeId: string): Promise<ResidentRow[]> {
  return tx.query<ResidentRow>(
    `select r.person_id, r.subject_ref from app.residence r
     where r.community_id = $1 and r.home_id = $2
       and not exists (select from app.minor m where m.community_id = r.community_id and m.person_id = r.person_id)
     order by r.person_id`,
    [communityId, homeId],
  )
}

/** What every row of an emergency carries. */
export interface Bound {
  readonly communityId: string
  readonly emergencyId: string
  readonly buildingId: string
  readonly applicant: string | null
  /** ISO 8601. */
  readonly at: string
}

export interface NewEmergency {
  readonly number: string
  readonly reason: string
  readonly words: string
  readonly fields: readonly string[]
  readonly homeId: string
  readonly place: string
  readonly rule: string
  readonly applicantPost: string
  readonly regimeVersion: number
  readonly until: string
  readonly reviewBy: string
  readonly tellBy: string
  readonly residents: readonly ResidentRow[]
}

export async function writeEmergency(tx: Reader, bound: Bound, one: NewEmergency): Promise<void> {
  const { communityId, emergencyId, buildingId, applicant, at } = bound
  await tx.query(
    `insert into app.emergency (community_id, emergency_id, number, reason, words, fields, home_id, place, rule, building_id, applicant,
       applicant_post, regime_version, at, until, review_by, tell_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      communityId,
      emergencyId,
      one.number,
      one.reason,
      one.words,
      one.fields,
      one.homeId,
      one.place,
      one.rule,
      buildingId,
      applicant,
      one.applicantPost,
      one.regimeVersion,
      at,
      one.until,
      one.reviewBy,
      one.tellBy,
    ],
  )
  await tx.query(
    `insert into app.emergency_person (community_id, emergency_id, person_id, home_id, subject_ref, building_id, applicant)
     select $1, $2, r.person_id, $3, r.subject_ref, $4, $5 from unnest($6::uuid[], $7::bigint[]) as r (person_id, subject_ref)`,
    [
      communityId,
      emergencyId,
      one.homeId,
      buildingId,
      applicant,
      one.residents.map((row) => row.person_id),
      one.residents.map((row) => row.subject_ref),
    ],
  )
}

export interface Signer {
  readonly staffId: string | null
  readonly post: string
}

export async function writeEnd(
  tx: Reader,
  bound: Bound,
  { reason, staffId, post }: Signer & { readonly reason: string },
): Promise<void> {
  await tx.query(
    `insert into app.emergency_ended (community_id, emergency_id, reason, ended_by, ended_post, building_id, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      bound.communityId,
      bound.emergencyId,
      reason,
      staffId,
      post,
      bound.buildingId,
      bound.applicant,
      bound.at,
    ],
  )
}

export interface NewReview extends Signer {
  readonly place: number
  readonly verdict: string
  readonly why: string
}

export async function writeReview(tx: Reader, bound: Bound, one: NewReview): Promise<void> {
  await tx.query(
    `insert into app.emergency_review (community_id, emergency_id, place, verdict, why, signed_by, signed_post, building_id, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      bound.communityId,
      bound.emergencyId,
      one.place,
      one.verdict,
      one.why,
      one.staffId,
      one.post,
      bound.buildingId,
      bound.applicant,
      bound.at,
    ],
  )
}

export async function writeArchive(
  tx: Reader,
  bound: Bound,
  { looks, staffId, post }: Signer & { readonly looks: number },
): Promise<void> {
  await tx.query(
    `insert into app.emergency_archived (community_id, emergency_id, looks, signed_by, signed_post, building_id, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [bound.communityId, bound.emergencyId, looks, staffId, post, bound.buildingId, bound.applicant, bound.at],
  )
}

export interface NewTelling extends Signer {
  readonly how: string
  readonly toldAt: string
}

export async function writeTold(tx: Reader, bound: Bound, one: NewTelling): Promise<void> {
  await tx.query(
    `insert into app.emergency_told (community_id, emergency_id, how, told_at, signed_by, signed_post, building_id, applicant, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      bound.communityId,
      bound.emergencyId,
      one.how,
      one.toldAt,
      one.staffId,
      one.post,
      bound.buildingId,
      bound.applicant,
      bound.at,
    ],
  )
}
