/** Applications in every state, of a clerk, a supervisor and a manager, in and out of each other's reach; duties, accounts, marks. */

import type pg from "pg"
import type { Post } from "../../src/duty/people/post.ts"
import type { TestCommunity, TestStaff } from "../house.ts"

interface Filed {
  readonly applicant: Post
  readonly building: string
  readonly signers: readonly Post[]
}

/** The first of each applicant is their own in their reach; the last lies in building 4. */
const filed: readonly Filed[] = [
  { applicant: "clerk", building: "1", signers: ["supervisor", "archivist", "manager"] },
  { applicant: "clerk", building: "1", signers: ["privacy_officer"] },
  { applicant: "supervisor", building: "3", signers: ["manager"] },
  { applicant: "manager", building: "4", signers: ["privacy_officer"] },
]

export async function fileApplications(
  admin: pg.Client,
  { communityId }: TestCommunity,
  staff: Readonly<Record<Post, TestStaff>>,
): Promise<void> {
  for (const { applicant, building, signers } of filed) {
    const values = [communityId, staff[applicant].staffId, applicant, building]
    const { rows } = await admin.query<{ id: string }>(
      `insert into app.application (community_id, application_id, number, purpose, form, fields, request_number, is_older, is_single,
         hours, window_hours, homes, age_days, hints, posts, building_ids, applicant, applicant_post, regime_version, at, expires_at)
       values ($1, gen_random_uuid(), gen_random_uuid()::text, 'fee', 'see', '{phone}', 'A-1', false, true, 8, 24, 1, 0, '{}',
         '{manager}', array[$4::bigint], $2, $3, 1, now(), now() + interval '1 day') returning application_id as id`,
      values,
    )
    const bound = [communityId, rows[0]?.id, staff[applicant].staffId, building]
    await admin.query(
      `insert into app.application_record values ($1, $2, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'identity',
         '{phone}', 1, array[$4::bigint], $3)`,
      bound,
    )
    await admin.query(
      "insert into app.application_begun values ($1, $2, array[$4::bigint], $3, now(), now() + interval '1 h')",
      bound,
    )
    await admin.query(
      "insert into app.application_look values ($1, $2, gen_random_uuid(), 'phone', array[$4::bigint], $3, now())",
      bound,
    )
    await admin.query(
      `with copy as (insert into app.export_copy values ($1, gen_random_uuid(), $2, gen_random_uuid()::text, 'export', '{home}', 1,
           now() + interval '1 h', array[$4::bigint], $3, 'clerk', now()) returning *),
         made as (insert into app.export_made select community_id, copy_id, gen_random_uuid(), '\\x00', 1, 0, 1, building_ids, applicant,
           now() from copy),
         step as (insert into app.export_step select community_id, copy_id, 'shown', applicant, building_ids, applicant, now() from copy)
       insert into app.export_mark select community_id, copy_id, '\\x00', now() from copy`,
      bound,
    )
    await admin.query(
      "insert into app.application_ended values ($1, $2, 'expired', null, null, 0, array[$4::bigint], $3, now())",
      bound,
    )
    for (const [step, signer] of signers.entries())
      await admin.query(
        `insert into app.application_signed (community_id, application_id, step, post, verdict, fields, persons, hours, signed_by,
           signed_post, building_ids, applicant, at)
         values ($1, $2, $5, $7, 'approved', '{phone}', '{}', 8, $6, $7, array[$4::bigint], $3, now())`,
        [...bound, step, staff[signer].staffId, signer],
      )
  }
  await fillRoster(admin, communityId, staff)
}

async function fillRoster(
  admin: pg.Client,
  communityId: string,
  { manager, archivist, clerk, privacy_officer: officer }: Readonly<Record<Post, TestStaff>>,
): Promise<void> {
  const { rows } = await admin.query<{ duty: string }>(
    `insert into app.duty values ($1, gen_random_uuid(), 'manager', $2, $3, now(), now() + interval '1 day', $4, now())
     returning duty_id as duty`,
    [communityId, manager.staffId, archivist.staffId, officer.staffId],
  )
  await admin.query("insert into app.duty_ended values ($1, $2, $3, now())", [
    communityId,
    rows[0]?.duty,
    officer.staffId,
  ])
  await admin.query(
    `with decoy as (insert into app.decoy values ($1, gen_random_uuid(), '\\x00', $2, now()) returning *)
     insert into app.decoy_retired select community_id, decoy_id, made_by, now() from decoy`,
    [communityId, officer.staffId],
  )
  await admin.query("insert into app.same_person values ($1, $1, $2, now())", [
    clerk.staffId,
    officer.staffId,
  ])
  await admin.query("insert into app.cap_count values ($1, 'other', now(), 1)", [clerk.staffId])
  await admin.query(
    "insert into app.mosaic_mark values ($1, gen_random_uuid(), 'phone', gen_random_uuid(), $2, now())",
    [clerk.staffId, communityId],
  )
  await admin.query("insert into app.cap_mark values ($1, 'other', gen_random_uuid(), 'phone', $2, now())", [
    clerk.staffId,
    communityId,
  ])
}
