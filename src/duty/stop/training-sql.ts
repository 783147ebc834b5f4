/** Training in SQL. */

import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Post } from "../people/post.ts"

export interface TrainedRow {
  staff_id: string
  name: string
  post: Post
  since: string
  course: string | null
  passed_on: string | null
  valid_until: string | null
}

/** Everybody with a post in the community at `at`, with the newest entry of each. */
export function listTrained(
  tx: Reader,
  { communityId, tenantId }: { readonly communityId: string; readonly tenantId: string },
  at: string,
): Promise<TrainedRow[]> {
  return tx.query<TrainedRow>(
    `select s.staff_id, s.name, a.post,
       (select to_char(min(f.valid_from) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from app.appointment f where f.staff_id = s.staff_id) as since,
       t.course, to_char(t.passed_on, 'YYYY-MM-DD') as passed_on, to_char(t.valid_until, 'YYYY-MM-DD') as valid_until
     from app.staff s
     join lateral (select post from app.appointment p where p.staff_id = s.staff_id
       and (p.community_id = $1 or p.community_id is null) and p.valid_from <= $3 and (p.valid_until is null or p.valid_until > $3)
       order by p.valid_from limit 1) a on true
     left join lateral (select course, passed_on, valid_until from app.training n
       where n.community_id = $1 and n.staff_id = s.staff_id order by n.seq desc limit 1) t on true
     where s.tenant_id = $2 and s.left_at is null order by t.valid_until nulls first, s.name`,
    [communityId, tenantId, at],
  )
}

export interface NewTraining {
  readonly trainingId: string
  readonly staffId: string
  readonly course: string
  readonly passedOn: string
  readonly validUntil: string
  readonly at: string
}

/** Sent again with the same id, it changes nothing. */
export async function writeTraining(tx: Reader, actor: Actor, training: NewTraining): Promise<void> {
  await tx.query(
    `insert into app.training (community_id, training_id, staff_id, course, passed_on, valid_until, recorded_by, recorded_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (community_id, training_id) do nothing`,
    [
      actor.communityId,
      training.trainingId,
      training.staffId,
      training.course,
      training.passedOn,
      training.validUntil,
      actor.staffId,
      actor.post,
      training.at,
    ],
  )
}
