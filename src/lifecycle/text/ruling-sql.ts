/** Findings in stored text and what was decided about them, in SQL. */

import type { Reader } from "../../platform/database.ts"
import type { FindingKind } from "./finding.ts"
import type { Kept } from "./kept.ts"

export interface FindingRow {
  finding_id: string
  seq: string
  subject_id: string
  class: string
  field: string
  kind: FindingKind
  count: number
  buildings: string[]
  order_id: string | null
  order_number: string | null
  subject_ref: string | null
  found_at: Date
  verdict: "mask" | "move" | "keep" | null
  reason: Kept["reason"] | null
  by_name: string | null
  decided_at: Date | null
}

const selectFindings = `
  select f.finding_id, f.seq, f.subject_id, f.class, f.field, f.kind, f.count, f.order_id, f.order_number, f.subject_ref, f.found_at,
    array(select b.name from app.building b where b.community_id = f.community_id and b.building_id = any (f.building_ids)
      order by b.sort_key) as buildings,
    r.verdict, r.reason, s.name as by_name, r.at as decided_at
  from app.text_finding f
  left join app.text_ruling r on r.community_id = f.community_id and r.finding_id = f.finding_id
  left join app.staff s on s.staff_id = r.by_staff
  where f.community_id = $1`

const stateTerm = { open: " and r.finding_id is null", decided: " and r.finding_id is not null" } as const

export interface FindingsAsk {
  readonly communityId: string
  readonly state: keyof typeof stateTerm | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** Newest first; one row more than `limit` when there are more. */
export function listFindings(tx: Reader, ask: FindingsAsk): Promise<FindingRow[]> {
  return tx.query<FindingRow>(
    `${selectFindings} and ($2::bigint is null or f.seq < $2) ${ask.state === undefined ? "" : stateTerm[ask.state]}
     order by f.seq desc limit $3`,
    [ask.communityId, ask.after ?? null, ask.limit + 1],
  )
}

export async function countOpen(tx: Reader, communityId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from app.text_finding f where f.community_id = $1 and not exists (
       select from app.text_ruling r where r.community_id = f.community_id and r.finding_id = f.finding_id)`,
    [communityId],
  )
  return row?.count ?? 0
}

export async function readFinding(
  tx: Reader,
  communityId: string,
  findingId: string,
): Promise<FindingRow | undefined> {
  const [row] = await tx.query<FindingRow>(`${selectFindings} and f.finding_id = $2`, [
    communityId,
    findingId,
  ])
  return row
}

export interface NewRuling {
  readonly findingId: string
  readonly verdict: "mask" | "move" | "keep"
  readonly reason: string | null
  readonly changed: number
  readonly by: string | null
  readonly post: string
  readonly at: string
}

export async function writeRuling(tx: Reader, communityId: string, ruling: NewRuling): Promise<void> {
  await tx.query(
    `insert into app.text_ruling (community_id, finding_id, verdict, reason, changed, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      communityId,
      ruling.findingId,
      ruling.verdict,
      ruling.reason,
      ruling.changed,
      ruling.by,
      ruling.post,
      ruling.at,
    ],
  )
}

export interface TextRow {
  subject_id: string
  class: string
  version: number
  sealed: Buffer
}

export async function readText(
  { query }: Pick<Reader, "query">,
  communityId: string,
  { subjectId, class: code }: { subjectId: string; class: string },
): Promise<TextRow | undefined> {
  const [row] = await query<TextRow>(
    "select subject_id, class, version, sealed from app.record where community_id = $1 and subject_id = $2 and class = $3",
    [communityId, subjectId, code],
  )
  return row
}
