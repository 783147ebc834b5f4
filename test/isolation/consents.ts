/** Consents of everybody in a town, and a use that ran on them and ended: rows for the tests that look at rows. */

import type pg from "pg"
import type { Town } from "./world.ts"

export async function furnishConsents(superuser: pg.Client, town: Town): Promise<void> {
  const { communityId } = town.community
  const { manager, privacy_officer: officer } = town.staff
  const ask = (text: string, values: readonly unknown[] = []) =>
    superuser.query(text, [communityId, ...values])
  await ask(
    `insert into app.consent_text values ($1, 'greeting', 1, 'greeting', '{phone}', '{}', '{}', 90, $2, now())`,
    [officer.staffId],
  )
  await ask(
    `insert into app.consent_event (community_id, event_id, person_id, building_ids, subject_ref, feature, kind, purpose, fields,
       text_version, text_hash, channel, language, asked_by, asked_post, evidence, paper_number, paper_place, at)
     select $1, gen_random_uuid(), person_id, building_ids, subject_ref, 'greeting', 'given', 'greeting', '{phone}', 1,
       repeat('0', 64), 'paper', 'zh-CN', $2, 'manager', 'paper', 'T-1', 'A-1', now() from app.person where community_id = $1`,
    [manager.staffId],
  )
  await ask(
    "insert into app.minor select $1, person_id, building_ids, $2, 'manager', now() from app.person where community_id = $1",
    [manager.staffId],
  )
  await ask(
    "insert into app.age_month select $1, person_id, building_ids, 14, '2040-01-01', $2, 'manager', now() from app.person where community_id = $1",
    [manager.staffId],
  )
  await ask(
    `insert into app.minor_ended select $1, gen_random_uuid(), person_id, now(), building_ids, 'said_so', $2, 'manager', now() from app.person
     where community_id = $1`,
    [manager.staffId],
  )
  const { rows } = await ask(
    `insert into app.consent_run values ($1, gen_random_uuid(), 'greeting', 'greeting', '{phone}', 'other', 'consent.greeting', 0,
       $2, 'manager', 1, now()) returning run_id`,
    [manager.staffId],
  )
  const run: unknown = rows[0]?.run_id
  await ask(
    `insert into app.consent_run_person select $1, $2, person_id, building_ids, subject_ref from app.person where community_id = $1`,
    [run],
  )
  await ask(
    "insert into app.consent_message select $1, $2, person_id, building_ids, 'queued', now() from app.person where community_id = $1",
    [run],
  )
  await ask(
    "insert into app.consent_run_ended values ($1, $2, 'done', null, 1, 0, now()) on conflict do nothing",
    [run],
  )
}
