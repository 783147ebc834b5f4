/** Proposals and training in SQL. Row security narrows every statement to what the viewer may read. */

import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Post } from "../people/post.ts"
import type { Standing } from "./standing.ts"

/** Days are those of the house's zone. */
const houseDay = (instant: string) => `to_char((${instant}) at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`

export async function readStanding(tx: Reader, communityId: string, staffId: string): Promise<Standing> {
  const [row] = await tx.query<{ since: string | null; trained_until: string | null }>(
    `select (select ${houseDay("min(valid_from)")} from app.appointment where staff_id = $2) as since,
       (select to_char(valid_until, 'YYYY-MM-DD') from app.training where community_id = $1 and staff_id = $2
        order by seq desc limit 1) as trained_until`,
    [communityId, staffId],
  )
  return { since: row?.since ?? null, trainedUntil: row?.trained_until ?? null }
}

export interface ProposalRow {
  proposal_id: string
  field: string
  purpose: string
  why: string
  by_staff: string
  by_name: string
  by_post: Post
  at: Date
  verdict: "taken_up" | "declined" | null
  answered_at: Date | null
}

const selectProposals = `
  select p.proposal_id, p.field, p.purpose, p.why, p.by_staff, s.name as by_name, p.by_post, p.at, w.verdict, w.at as answered_at
  from app.proposal p join app.staff s on s.staff_id = p.by_staff
  left join app.proposal_answer w on w.community_id = p.community_id and w.proposal_id = p.proposal_id
  where p.community_id = $1`

/** Newest first, two hundred at most. */
export function listProposals(tx: Reader, communityId: string): Promise<ProposalRow[]> {
  return tx.query<ProposalRow>(`${selectProposals} order by p.seq desc limit 200`, [communityId])
}

export async function readProposal(
  tx: Reader,
  communityId: string,
  proposalId: string,
): Promise<ProposalRow | undefined> {
  const rows = await tx.query<ProposalRow>(`${selectProposals} and p.proposal_id = $2`, [
    communityId,
    proposalId,
  ])
  return rows[0]
}

export interface NewProposal {
  readonly proposalId: string
  readonly field: string
  readonly purpose: string
  readonly why: string
  readonly at: string
}

/** Sent again with the same id, it changes nothing. */
export async function writeProposal(tx: Reader, actor: Actor, proposal: NewProposal): Promise<void> {
  await tx.query(
    `insert into app.proposal (community_id, proposal_id, field, purpose, why, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (community_id, proposal_id) do nothing`,
    [
      actor.communityId,
      proposal.proposalId,
      proposal.field,
      proposal.purpose,
      proposal.why,
      actor.staffId,
      actor.post,
      proposal.at,
    ],
  )
}

export interface NewAnswer {
  readonly proposalId: string
  readonly staffId: string
  readonly verdict: "taken_up" | "declined"
  readonly at: string
}

export async function writeAnswer(tx: Reader, actor: Actor, answer: NewAnswer): Promise<void> {
  await tx.query(
    `insert into app.proposal_answer (community_id, proposal_id, staff_id, verdict, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      actor.communityId,
      answer.proposalId,
      answer.staffId,
      answer.verdict,
      actor.staffId,
      actor.post,
      answer.at,
    ],
  )
}
