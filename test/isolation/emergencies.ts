/** Emergencies of a clerk, a supervisor and a manager: ended, reviewed by two, archived, told; in and out of each other's reach. */

import type pg from "pg"
import type { Post } from "../../src/duty/people/post.ts"
import type { TestCommunity, TestStaff } from "../house.ts"

interface Broken {
  readonly applicant: Post
  readonly building: string
  readonly ender: Post
  readonly reviewers: readonly [Post, Post]
}

/** Somebody of each post has reviewed, ended and archived one; the last two lie out of the supervisor's reach. */
const broken: readonly Broken[] = [
  { applicant: "clerk", building: "1", ender: "clerk", reviewers: ["manager", "supervisor"] },
  { applicant: "clerk", building: "1", ender: "supervisor", reviewers: ["supervisor", "privacy_officer"] },
  { applicant: "supervisor", building: "2", ender: "supervisor", reviewers: ["privacy_officer", "manager"] },
  { applicant: "manager", building: "3", ender: "manager", reviewers: ["privacy_officer", "auditor"] },
  {
    applicant: "auditor",
    building: "4",
    ender: "privacy_officer",
    reviewers: ["manager", "privacy_officer"],
  },
]

export async function breakGlasses(
  admin: pg.Client,
  { communityId }: TestCommunity,
  staff: Readonly<Record<Post, TestStaff>>,
): Promise<void> {
  for (const { applicant, building, ender, reviewers } of broken) {
    const by = staff[applicant].staffId
    const { rows } = await admin.query<{ id: string }>(
      `with one as (insert into app.emergency (community_id, emergency_id, number, reason, words, fields, home_id, place, rule, building_id,
          applicant, applicant_post, regime_version, at, until, review_by, tell_by)
        values ($1, gen_random_uuid(), gen_random_uuid()::text, 'fire', '冒烟', '{phone}', gen_random_uuid(), '一户', 'emergency.household', $3,
          $2, 'clerk', 1, now(), now() + interval '30 minutes', now() + interval '1 day', now() + interval '1 day') returning *),
        person as (insert into app.emergency_person select community_id, emergency_id, gen_random_uuid(), home_id, 1, building_id, applicant from one)
       select emergency_id as id from one`,
      [communityId, by, building],
    )
    const bound = [communityId, rows[0]?.id, building, by]
    await admin.query(
      `insert into app.emergency_ended (community_id, emergency_id, building_id, applicant, reason, ended_by, ended_post, at)
       values ($1, $2, $3, $4, $5, $6, 'clerk', now())`,
      [...bound, ender === applicant ? "handed_back" : "stopped", staff[ender].staffId],
    )
    for (const [place, reviewer] of reviewers.entries())
      await admin.query(
        `insert into app.emergency_review (community_id, emergency_id, building_id, applicant, place, verdict, why, signed_by, signed_post, at)
         values ($1, $2, $3, $4, $5, 'justified', 'on_site', $6, 'manager', now())`,
        [...bound, place + 1, staff[reviewer].staffId],
      )
    const last = [...bound, staff[reviewers[1]].staffId]
    await admin.query(
      `insert into app.emergency_archived (community_id, emergency_id, building_id, applicant, looks, signed_by, signed_post, at)
       values ($1, $2, $3, $4, 0, $5, 'manager', now())`,
      last,
    )
    await admin.query(
      `insert into app.emergency_told (community_id, emergency_id, building_id, applicant, how, told_at, signed_by, signed_post, at)
       values ($1, $2, $3, $4, 'phone', now(), $5, 'manager', now())`,
      last,
    )
  }
}
