/** Third parties, a sharing of every applicant that was proven to be gone, a request of an authority, a release of statistics: rows for the tests that look at rows. */

import type pg from "pg"
import type { Town } from "./world.ts"

/** Rules across rows are held elsewhere (C4.10): here rows are only there. After the applications. */
export async function furnishParties(superuser: pg.Client, { community, staff }: Town): Promise<void> {
  const { manager, privacy_officer: officer } = staff
  const values = [community.communityId, manager.staffId, officer.staffId]
  const parts = "($1::bigint, $2::uuid, $3::uuid) is not null"
  await superuser.query("set session_replication_role = replica")
  try {
    const { rows } = await superuser.query<{ party_id: string }>(
      `with made as (insert into app.party values ($1, gen_random_uuid(), '安顺电梯', 'processor', '梯维-8', now(), now() + interval '1 day',
           $2, $2, now()) returning *),
         scope as (insert into app.party_scope select community_id, party_id, 'fee', '{phone}' from made),
         signed as (insert into app.party_signed select community_id, party_id, $2, 'signed', $3, now() from made)
       insert into app.party_ended select community_id, party_id, 'done', $2, now() from made returning party_id`,
      values,
    )
    await superuser.query(
      `with given as (insert into app.sharing select community_id, application_id, $4, 'fee', now(), 1, applicant, now()
           from app.application where community_id = $1 and ${parts} returning *),
         left_by as (insert into app.sharing_left select community_id, application_id, 'told', 1, '{phone}', applicant, applicant, now() from given),
         proof as (insert into app.sharing_proof select community_id, gen_random_uuid(), application_id, 'deleted', current_date, 'statement',
           null, null, $2, applicant, now() from given returning *)
       insert into app.sharing_proof_answer select community_id, proof_id, application_id, by_staff, 'accepted', $3, applicant, now() from proof`,
      [...values, rows[0]?.party_id],
    )
    await superuser.query(
      `with asked as (insert into app.authority_request select community_id, application_id, 'police', '和平派出所', number, 'other_law',
           '{周*,吴*}', '\\x00', gen_random_uuid(), 'png', 1, null, building_ids, applicant, now()
           from app.application where community_id = $1 and ${parts} returning *)
       insert into app.authority_receipt select community_id, application_id, paper_id, 'png', building_ids, applicant, now() from asked`,
      values,
    )
    await superuser.query(
      "insert into app.statistic_release select $1, 'orders', '2026-01', '{}', now() where ($2::uuid, $3::uuid) is not null",
      values,
    )
  } finally {
    await superuser.query("set session_replication_role = origin")
  }
}
