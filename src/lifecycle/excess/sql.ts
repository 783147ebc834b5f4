/** Counting what is held, and keeping purge plans, in SQL. Facts are counted by their origins; no record is opened. */

import { createHash } from "node:crypto"
import { type CanonicalValue, canonicalBytes } from "../../base/canonical.ts"
import type { Reader } from "../../platform/database.ts"
import type { ExcessLine } from "./contract.ts"
import type { Held } from "./excess.ts"

export interface HeldRow {
  field: string
  purpose: string
  building_id: string
  count: number
  old: number
}

const facts = `app.record r cross join lateral jsonb_each(r.origin) o (field, origin) cross join lateral unnest(r.building_ids) b (building_id)`

/** By field, purpose of origin and building; `old`: came before `before`. */
export function countHeld(tx: Reader, communityId: string, before: string): Promise<HeldRow[]> {
  return tx.query<HeldRow>(
    `select o.field, coalesce(o.origin ->> 'purpose', '') as purpose, b.building_id::text as building_id, count(*)::int as count,
       (count(*) filter (where (o.origin ->> 'at')::timestamptz < $2))::int as old
     from ${facts} where r.community_id = $1 group by 1, 2, 3`,
    [communityId, before],
  )
}

/** Facts of these pairs whose person has no consent in force that covers them. */
export function countUnconsented(
  tx: Reader,
  communityId: string,
  pairs: ReadonlyArray<Pick<Held, "field" | "purpose">>,
): Promise<Array<Omit<HeldRow, "old">>> {
  return tx.query<Omit<HeldRow, "old">>(
    `select o.field, w.purpose, b.building_id::text as building_id, count(*)::int as count
     from ${facts}
     join unnest($2::text[], $3::text[]) w (field, purpose) on w.field = o.field and w.purpose = o.origin ->> 'purpose'
     join app.person p on p.community_id = r.community_id and p.person_id = r.subject_id
     where r.community_id = $1 and not exists (
       select from (select distinct on (e.feature) e.kind, e.purpose, e.fields from app.consent_event e
         where e.community_id = $1 and e.person_id = r.subject_id and e.kind in ('given', 'refused', 'withdrawn', 'lapsed')
         order by e.feature, e.seq desc) a
       where a.kind = 'given' and a.purpose = w.purpose and (o.field = any (a.fields) or o.field = 'landline' and 'phone' = any (a.fields)))
     group by 1, 2, 3`,
    [communityId, pairs.map(({ field }) => field), pairs.map(({ purpose }) => purpose)],
  )
}

/** Looking, finding, calling, sending: not taking in, and not a list, which shows the masks of whatever is held. */
const usingActs = "^(use|visit|application)\\.(look|call)$|^roster\\.find_|^consent\\.run_(look|queue)$"

/** Fields that were used since then, and the time of the oldest trace. */
export async function readUses(
  tx: Reader,
  communityId: string,
  since: string,
): Promise<{ fields: string[]; since: Date | undefined }> {
  const rows = await tx.query<{ field: string }>(
    `select distinct field from app.trace, unnest(fields) field
     where community_id = $1 and at >= $2 and outcome = 'done' and act ~ $3`,
    [communityId, since, usingActs],
  )
  const [oldest] = await tx.query<{ at: Date }>(
    "select at from app.trace where community_id = $1 order by seq limit 1",
    [communityId],
  )
  return { fields: rows.map(({ field }) => field), since: oldest?.at }
}

export function listBuildings(
  tx: Reader,
  communityId: string,
): Promise<Array<{ building_id: string; name: string }>> {
  return tx.query<{ building_id: string; name: string }>(
    "select building_id::text as building_id, name from app.building where community_id = $1 order by sort_key",
    [communityId],
  )
}

export interface PlanRow {
  plan_id: string
  number: string
  regime_version: number
  lines: unknown
  digest: Buffer
  by_staff: string
  by_name: string
  by_post: string
  at: Date
  outcome: "handed_over" | "withdrawn" | null
  ended_by: string | null
  ended_name: string | null
  ended_post: string | null
  ended_at: Date | null
}

const selectPlans = `
  select p.plan_id, p.number, p.regime_version, p.lines, p.digest, p.by_staff, s.name as by_name, p.by_post, p.at,
    e.outcome, e.by_staff as ended_by, t.name as ended_name, e.by_post as ended_post, e.at as ended_at
  from app.purge_plan p join app.staff s on s.staff_id = p.by_staff
  left join app.purge_plan_end e on e.community_id = p.community_id and e.plan_id = p.plan_id
  left join app.staff t on t.staff_id = e.by_staff
  where p.community_id = $1`

/** Newest first, one hundred at most. */
export function listPlans(tx: Reader, communityId: string): Promise<PlanRow[]> {
  return tx.query<PlanRow>(`${selectPlans} order by p.seq desc limit 100`, [communityId])
}

export async function readPlan(
  tx: Reader,
  communityId: string,
  planId: string,
): Promise<PlanRow | undefined> {
  const [row] = await tx.query<PlanRow>(`${selectPlans} and p.plan_id = $2`, [communityId, planId])
  return row
}

export interface Stamp {
  readonly communityId: string
  readonly staffId: string | null
  readonly post: string
  readonly at: string
}

export interface NewPlan {
  readonly planId: string
  readonly number: string
  readonly regimeVersion: number
  readonly lines: readonly ExcessLine[]
}

/** The next number of the day: held to the end of the command, so that two plans do not share one. */
export async function nextNumber(tx: Reader, communityId: string, day: string): Promise<string> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('purge-plan ' || $1, 0))", [communityId])
  const prefix = `D${day.replaceAll("-", "")}-`
  const [row] = await tx.query<{ count: number }>(
    "select count(*)::int as count from app.purge_plan where community_id = $1 and starts_with(number, $2)",
    [communityId, prefix],
  )
  return `${prefix}${String((row?.count ?? 0) + 1).padStart(2, "0")}`
}

export async function writePlan(tx: Reader, plan: NewPlan, by: Stamp): Promise<void> {
  const { planId, number, regimeVersion, lines } = plan
  const digest = digestOf({ number, regimeVersion, lines: lines.map((line) => ({ ...line })) })
  await tx.query(
    `insert into app.purge_plan (community_id, plan_id, number, regime_version, lines, digest, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      by.communityId,
      planId,
      number,
      regimeVersion,
      JSON.stringify(lines),
      digest,
      by.staffId,
      by.post,
      by.at,
    ],
  )
}

function digestOf(content: CanonicalValue): Buffer {
  return createHash("sha256").update(canonicalBytes(content)).digest()
}

export async function writePlanEnd(
  tx: Reader,
  end: { plan: Pick<PlanRow, "plan_id" | "by_staff" | "digest">; outcome: "handed_over" | "withdrawn" },
  by: Stamp,
): Promise<void> {
  await tx.query(
    `insert into app.purge_plan_end (community_id, plan_id, outcome, drawn_by, digest, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      by.communityId,
      end.plan.plan_id,
      end.outcome,
      end.plan.by_staff,
      end.plan.digest,
      by.staffId,
      by.post,
      by.at,
    ],
  )
}
