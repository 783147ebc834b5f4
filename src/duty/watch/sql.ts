/** Findings, verdicts and ties as people read and write them. Nobody reads what is about them, under whichever account. Clause 6.4. */

import type { QueryResultRow } from "pg"
import type { Actor } from "../../ledger/spine.ts"
import type { WatchCode } from "../../lifecycle/catalogue/watch-shape.ts"
import type { Post } from "../people/post.ts"
import type { Asked } from "./follow-sql.ts"
import type { FindingState, Reason, Verdict } from "./verdict.ts"

export interface FindingRow extends QueryResultRow {
  finding_id: string
  seq: string
  at: Date
  staff_id: string
  name: string
  code: WatchCode
  home_id: string | null
  regime_version: number
  evidence: Array<{ trace_id: string; at: string; act: string; outcome: "done" | "refused" }>
  verdict: Verdict | null
  reason: Reason | null
  by_staff: string | null
  by_name: string | null
  by_post: Post | null
  decided_at: Date | null
  incident_id: string | null
}

const notAboutMe = `not exists (select from app.same_person a join app.same_person b on b.person_id = a.person_id
  where a.staff_id = f.staff_id and b.staff_id = $2)`

const selectFindings = `
  select f.finding_id, f.seq, f.at, f.staff_id, s.name, f.code, f.home_id, f.regime_version,
    coalesce((select jsonb_agg(jsonb_build_object('trace_id', t.trace_id, 'at', t.at, 'act', t.act, 'outcome', t.outcome) order by t.seq)
      from app.trace t where t.community_id = f.community_id and t.trace_id = any (f.evidence)), '[]') as evidence,
    v.verdict, v.reason, v.by_staff, b.name as by_name, v.by_post, v.at as decided_at,
    (select i.incident_id from app.incident i where i.community_id = f.community_id and i.finding_id = f.finding_id) as incident_id
  from app.watch_finding f
  join app.staff s on s.staff_id = f.staff_id
  left join app.watch_verdict v on v.community_id = f.community_id and v.finding_id = f.finding_id
  left join app.staff b on b.staff_id = v.by_staff
  where f.community_id = $1 and f.staff_id is distinct from $2 and ${notAboutMe}`

export interface FindingAsk {
  readonly state: FindingState | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** Newest first; one row more than `limit` when there are more. */
export function listFindings(
  { query }: Asked,
  { communityId, staffId }: Pick<Actor, "communityId" | "staffId">,
  { state, after, limit }: FindingAsk,
): Promise<FindingRow[]> {
  return query<FindingRow>(
    `${selectFindings} and ($3::bigint is null or f.seq < $3) and ($4::text is null or coalesce(v.verdict, 'open') = $4)
     order by f.seq desc limit $5`,
    [communityId, staffId, after ?? null, state ?? null, limit + 1],
  )
}

export async function readFinding(
  { query }: Asked,
  { communityId, staffId }: Pick<Actor, "communityId" | "staffId">,
  findingId: string,
): Promise<FindingRow | undefined> {
  const rows = await query<FindingRow>(`${selectFindings} and f.finding_id = $3`, [
    communityId,
    staffId,
    findingId,
  ])
  return rows[0]
}

export async function countOpen(
  { query }: Asked,
  { communityId, staffId }: Pick<Actor, "communityId" | "staffId">,
): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from app.watch_finding f where f.community_id = $1 and f.staff_id is distinct from $2 and ${notAboutMe}
       and not exists (select from app.watch_verdict v where v.community_id = f.community_id and v.finding_id = f.finding_id)`,
    [communityId, staffId],
  )
  return row?.count ?? 0
}

/** Where looks were: at a home, or in a building that the person works in. Undefined: they work in all of them. */
export async function buildingOf(
  { query }: Asked,
  {
    communityId,
    homeId,
    staffId,
    at,
  }: { communityId: string; homeId: string | null; staffId: string; at: string },
): Promise<string | undefined> {
  const rows = await query<{ building_id: string }>(
    `select h.building_id::text from app.home h where h.community_id = $1 and h.home_id = $2
     union all
     select min(b.id)::text from app.appointment a, unnest(a.building_ids) as b (id)
     where $2::uuid is null and a.staff_id = $3 and (a.community_id = $1 or a.community_id is null)
       and a.valid_from <= $4 and (a.valid_until is null or a.valid_until > $4)
     having count(*) > 0`,
    [communityId, homeId, staffId, at],
  )
  return rows[0]?.building_id
}

export async function writeVerdict(
  { query }: Asked,
  { communityId, staffId, post }: Actor,
  one: { findingId: string; about: string; verdict: Verdict; reason: Reason; at: string },
): Promise<void> {
  await query("insert into app.watch_verdict values ($1, $2, $3, $4, $5, $6, $7, $8)", [
    communityId,
    one.findingId,
    one.about,
    one.verdict,
    one.reason,
    staffId,
    post,
    one.at,
  ])
}

/** By the server's own hand: places, to those whose level opens no roster. */
export async function placesOf(
  { query }: Asked,
  communityId: string,
  homeIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ home_id: string; label: string }>(
    "select home_id, label from app.home where community_id = $1 and home_id = any ($2::uuid[])",
    [communityId, homeIds],
  )
  return new Map(rows.map((row) => [row.home_id, row.label]))
}

export async function findHome(
  { query }: Asked,
  communityId: string,
  label: string,
): Promise<string | undefined> {
  const rows = await query<{ home_id: string }>(
    "select home_id from app.home where community_id = $1 and label = $2",
    [communityId, label],
  )
  return rows[0]?.home_id
}

export interface TieListRow extends QueryResultRow {
  tie_id: string
  staff_id: string
  name: string
  home_id: string
  kind: "own" | "relative"
  at: Date
}

export function listTies({ query }: Asked, communityId: string): Promise<TieListRow[]> {
  return query<TieListRow>(
    `select t.tie_id, t.staff_id, s.name, t.home_id, t.kind, t.at from app.staff_tie t join app.staff s on s.staff_id = t.staff_id
     where t.community_id = $1
       and not exists (select from app.staff_tie_ended e where e.community_id = t.community_id and e.tie_id = t.tie_id)
     order by s.name, t.at`,
    [communityId],
  )
}

/** Whether somebody works here at that moment, or is about to. */
export async function worksHere(
  { query }: Asked,
  communityId: string,
  { staffId, at }: { staffId: string; at: string },
): Promise<boolean> {
  const rows = await query(
    `select from app.staff s join app.community c on c.community_id = $1 and c.tenant_id = s.tenant_id
     where s.staff_id = $2 and s.left_at is null
       and exists (select from app.appointment a where a.staff_id = s.staff_id and (a.community_id is null or a.community_id = $1)
         and (a.valid_until is null or a.valid_until > $3))`,
    [communityId, staffId, at],
  )
  return rows.length === 1
}

/** Sent again with the same id, it changes nothing. */
export async function writeTie(
  { query }: Asked,
  { communityId, staffId, post }: Actor,
  one: { tieId: string; staffId: string; homeId: string; kind: string; at: string },
): Promise<void> {
  await query(
    `insert into app.staff_tie values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict on constraint staff_tie_key do nothing`,
    [communityId, one.tieId, one.staffId, one.homeId, one.kind, staffId, post, one.at],
  )
}

/** False when there is no such tie. */
export async function endTie(
  { query }: Asked,
  { communityId, staffId, post }: Actor,
  { tieId, at }: { tieId: string; at: string },
): Promise<boolean> {
  const known = await query("select from app.staff_tie where community_id = $1 and tie_id = $2", [
    communityId,
    tieId,
  ])
  if (known.length === 0) return false
  await query(
    "insert into app.staff_tie_ended values ($1, $2, $3, $4, $5) on conflict on constraint staff_tie_ended_key do nothing",
    [communityId, tieId, staffId, post, at],
  )
  return true
}
