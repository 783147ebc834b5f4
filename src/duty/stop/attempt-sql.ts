/** Attempts, rulings, lessons in SQL. Row security narrows every statement to the viewer's reach. */

import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Post } from "../people/post.ts"
import type { AttemptState, Channel, Verdict } from "./contract.ts"

export interface NewAttempt {
  readonly attemptId: string
  readonly at: string
  readonly channel: Channel
  readonly purpose: string | null
  readonly field: string
  readonly reason: string
  readonly regimeVersion: number
}

/** Bears the reach of whoever asked: for the whole community, every building it has now. */
export async function writeAttempt(tx: Reader, actor: Actor, attempt: NewAttempt): Promise<void> {
  await tx.query(
    `insert into app.attempt (community_id, attempt_id, at, actor, post, building_ids, channel, purpose, field, reason, regime_version)
     values ($1, $2, $3, $4, $5,
       case when $6 = '*' then array(select building_id from app.building where community_id = $1)
         else coalesce(string_to_array(nullif($6, ''), ',')::bigint[], '{}') end,
       $7, $8, $9, $10, $11)`,
    [
      actor.communityId,
      attempt.attemptId,
      attempt.at,
      actor.staffId,
      actor.post,
      actor.context.buildings,
      attempt.channel,
      attempt.purpose,
      attempt.field,
      attempt.reason,
      attempt.regimeVersion,
    ],
  )
}

export interface RulingRow {
  verdict: Verdict
  by_staff: string
  by_name: string
  by_post: Post
  at: string
}

export interface AttemptRow {
  attempt_id: string
  seq: string
  at: Date
  actor: string
  actor_name: string
  post: Post
  channel: Channel
  purpose: string | null
  field: string
  reason: string
  regime_version: number
  rulings: RulingRow[]
  lesson_id: string | null
}

const selectAttempts = `
  select a.attempt_id, a.seq, a.at, a.actor, s.name as actor_name, a.post, a.channel, a.purpose, a.field, a.reason, a.regime_version,
    coalesce((select jsonb_agg(jsonb_build_object('verdict', r.verdict, 'by_staff', r.by_staff, 'by_name', b.name,
        'by_post', r.by_post, 'at', r.at) order by r.seq)
      from app.attempt_ruling r join app.staff b on b.staff_id = r.by_staff
      where r.community_id = a.community_id and r.attempt_id = a.attempt_id), '[]') as rulings,
    (select l.lesson_id from app.lesson l where l.community_id = a.community_id and l.attempt_id = a.attempt_id) as lesson_id
  from app.attempt a join app.staff s on s.staff_id = a.actor
  where a.community_id = $1`

export async function readAttempt(
  tx: Reader,
  communityId: string,
  attemptId: string,
): Promise<AttemptRow | undefined> {
  const rows = await tx.query<AttemptRow>(`${selectAttempts} and a.attempt_id = $2`, [communityId, attemptId])
  return rows[0]
}

const ruled = (verdict: Verdict) =>
  `exists (select from app.attempt_ruling r where r.community_id = a.community_id and r.attempt_id = a.attempt_id and r.verdict = '${verdict}')`
const open =
  "not exists (select from app.attempt_ruling r where r.community_id = a.community_id and r.attempt_id = a.attempt_id)"
const stateTerm: Readonly<Record<AttemptState, string>> = {
  open,
  forwarded: `${ruled("forward")} and not ${ruled("stop")} and not ${ruled("teach")}`,
  stopped: ruled("stop"),
  taught: ruled("teach"),
}

export interface AttemptAsk {
  readonly communityId: string
  readonly state: AttemptState | undefined
  /** The `seq` of the last row of the page before. */
  readonly after: string | undefined
  readonly limit: number
}

/** Newest first; one row more than `limit` when there are more. */
export function listAttempts(tx: Reader, ask: AttemptAsk): Promise<AttemptRow[]> {
  return tx.query<AttemptRow>(
    `${selectAttempts} and ($2::bigint is null or a.seq < $2)
       ${ask.state === undefined ? "" : `and ${stateTerm[ask.state]}`}
     order by a.seq desc limit $3`,
    [ask.communityId, ask.after ?? null, ask.limit + 1],
  )
}

export async function countOpen(tx: Reader, communityId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from app.attempt a where a.community_id = $1 and ${open}`,
    [communityId],
  )
  return row?.count ?? 0
}

/** Those behind a place in the order of writing, oldest first. */
export function attemptsSince(
  tx: Reader,
  communityId: string,
  { seq, limit }: { seq: string; limit: number },
): Promise<AttemptRow[]> {
  return tx.query<AttemptRow>(`${selectAttempts} and a.seq > $2 order by a.seq limit $3`, [
    communityId,
    seq,
    limit,
  ])
}

/** The place of the newest attempt of the community that the viewer sees. */
export async function lastSeq(tx: Reader, communityId: string): Promise<string> {
  const [row] = await tx.query<{ seq: string | null }>(
    "select max(seq) as seq from app.attempt where community_id = $1",
    [communityId],
  )
  return row?.seq ?? "0"
}

export interface NewRuling {
  readonly rulingId: string
  readonly attemptId: string
  readonly verdict: Verdict
  readonly at: string
}

export async function writeRuling(tx: Reader, actor: Actor, ruling: NewRuling): Promise<void> {
  await tx.query(
    `insert into app.attempt_ruling (community_id, ruling_id, attempt_id, building_ids, verdict, by_staff, by_post, at)
     select community_id, $3, attempt_id, building_ids, $4, $5, $6, $7 from app.attempt where community_id = $1 and attempt_id = $2`,
    [
      actor.communityId,
      ruling.attemptId,
      ruling.rulingId,
      ruling.verdict,
      actor.staffId,
      actor.post,
      ruling.at,
    ],
  )
}
