/** One channel, a code that hangs and one that was stopped, a sheet, and a form of building 1 and one of building 3, both decided. */

import type pg from "pg"

export async function furnishForms(admin: pg.Client, communityId: string, staffId: string): Promise<void> {
  await admin.query(
    `insert into app.channel_version values ($1, 'gate', 1, 'stopped', '{}', '{}', null, $2, now());`,
    [communityId, staffId],
  )
  await admin.query(
    `insert into app.form_link (community_id, link_id, purpose, token, made_by, at)
     select $1, gen_random_uuid(), 'parking', repeat(n::text, 22), $2, now() from generate_series(1, 2) n`,
    [communityId, staffId],
  )
  await admin.query(
    `insert into app.form_link_stopped select community_id, link_id, $2, now() from app.form_link
     where community_id = $1 and token like '1%'`,
    [communityId, staffId],
  )
  await admin.query("insert into app.form_sheet values ($1, 1, 'parking', 1, $2, now())", [
    communityId,
    staffId,
  ])
  await admin.query(
    `insert into app.form_submission (community_id, submission_id, subject_id, purpose, channel, building_id, fields, agreed, features, regime_version, at)
     select $1, gen_random_uuid(), gen_random_uuid(), 'parking', 'phone', b, '{plate}', '{}', '{}', 1, now() from unnest('{1,3}'::bigint[]) b`,
    [communityId],
  )
  await admin.query(
    `insert into app.form_verdict select community_id, submission_id, building_id, 'rejected', 'twice', null, $2, 'manager', now()
     from app.form_submission where community_id = $1`,
    [communityId, staffId],
  )
  await admin.query(
    "insert into app.notice_contact values ($1, 1, '周负责', '010-62340000', '', '', $2, now())",
    [communityId, staffId],
  )
}
