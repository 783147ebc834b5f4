/** Decoys, what copies are known by, and whom accounts have seen. */

import type { QueryResultRow } from "pg"
import type { Asked } from "./sql.ts"

export interface DecoyRow {
  decoy_id: string
  sealed: Buffer
  at: Date
  retired_at: Date | null
}

export function listDecoys({ query }: Asked, communityId: string): Promise<DecoyRow[]> {
  return query<DecoyRow & QueryResultRow>(
    `select d.decoy_id, d.sealed, d.at, r.at as retired_at from app.decoy d
     left join app.decoy_retired r on r.community_id = d.community_id and r.decoy_id = d.decoy_id
     where d.community_id = $1 order by d.seq`,
    [communityId],
  )
}

export async function writeDecoy(
  { query }: Asked,
  communityId: string,
  one: { decoyId: string; sealed: Buffer; by: string | null; at: string },
): Promise<void> {
  await query(
    "insert into app.decoy (community_id, decoy_id, sealed, made_by, at) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [communityId, one.decoyId, one.sealed, one.by, one.at],
  )
}

export async function writeRetired(
  { query }: Asked,
  communityId: string,
  one: { decoyId: string; by: string | null; at: string },
): Promise<void> {
  await query(
    "insert into app.decoy_retired (community_id, decoy_id, by_staff, at) values ($1, $2, $3, $4) on conflict do nothing",
    [communityId, one.decoyId, one.by, one.at],
  )
}

export interface MarkRow {
  copy_id: string
  sealed: Buffer
}

export function listMarks({ query }: Asked, communityId: string): Promise<MarkRow[]> {
  return query<MarkRow & QueryResultRow>(
    "select copy_id, sealed from app.export_mark where community_id = $1 order by at desc limit 5000",
    [communityId],
  )
}

/** Pseudonyms of who is registered under these phones or at these homes. Asked by the server's own hand. */
export async function findRefs(
  { query }: Asked,
  communityId: string,
  { phoneTags, homes }: { phoneTags: readonly number[]; homes: readonly string[] },
): Promise<string[]> {
  const rows = await query<{ subject_ref: string }>(
    `select distinct r.subject_ref from app.blind_index b
     join app.residence r on r.community_id = b.community_id and r.person_id = b.person_id
     where b.community_id = $1 and b.kind = 'phone' and b.tag = any ($2::integer[])
     union
     select distinct r.subject_ref from app.home h
     join app.residence r on r.community_id = h.community_id and r.home_id = h.home_id
     where h.community_id = $1 and h.label = any ($3)`,
    [communityId, phoneTags, homes],
  )
  return rows.map((row) => row.subject_ref)
}

export async function countPersons({ query }: Asked, communityId: string): Promise<number> {
  const rows = await query<{ persons: number }>(
    "select count(*)::int as persons from app.person where community_id = $1",
    [communityId],
  )
  return rows[0]?.persons ?? 0
}

export interface SightRow {
  staff_id: string
  name: string
  seen: number
  seen_in_all: number
}

/** Acts that show plain text of owners. */
const plainActs = ["use.look", "visit.see_photo", "consent.run_look", "export.download"]

/** Who has seen any of these persons in plain text since then, how many of them, and how many persons in all. */
export function readSights(
  { query }: Asked,
  communityId: string,
  { refs, since }: { refs: readonly string[]; since: string },
): Promise<SightRow[]> {
  return query<SightRow & QueryResultRow>(
    `select t.actor as staff_id, s.name, count(distinct u.ref) filter (where u.ref = any ($2::bigint[]))::int as seen,
       count(distinct u.ref)::int as seen_in_all
     from app.trace t join app.staff s on s.staff_id = t.actor cross join lateral unnest(t.subjects) as u (ref)
     where t.community_id = $1 and t.outcome = 'done' and t.act = any ($4) and t.at > $3
     group by t.actor, s.name having bool_or(u.ref = any ($2::bigint[]))`,
    [communityId, refs, since, plainActs],
  )
}
