/** A memory, ties and findings about the clerk, decided on by the manager and by the officer. */

import type pg from "pg"
import type { Town } from "./world.ts"

export async function plantWatch(
  admin: pg.Client,
  { community: { communityId }, staff }: Town,
): Promise<void> {
  const { clerk, supervisor, manager, privacy_officer: officer, system_admin: administrator } = staff
  await admin.query("insert into app.watch_cursor values ($1, now(), '0', 0) on conflict do nothing", [
    communityId,
  ])
  await admin.query("insert into app.watch_memory values ($1, gen_random_uuid(), '{}')", [communityId])
  for (const [by, post] of [
    [officer, "privacy_officer"],
    [administrator, "system_admin"],
  ] as const)
    await admin.query(
      `with tie as (insert into app.staff_tie values ($1, gen_random_uuid(), $2, gen_random_uuid(), 'own', $3, $4, now()) returning *)
       insert into app.staff_tie_ended select community_id, tie_id, by_staff, by_post, now() from tie`,
      [communityId, clerk.staffId, by.staffId, post],
    )
  for (const [by, post] of [
    [officer, "privacy_officer"],
    [manager, "manager"],
  ] as const)
    await admin.query(
      `with found as (insert into app.watch_finding (community_id, finding_id, staff_id, code, trace_id, evidence, regime_version, at)
         values ($1, gen_random_uuid(), $2, 'neighbour', gen_random_uuid(), '{}', 1, now()) returning *)
       insert into app.watch_verdict select community_id, finding_id, staff_id, 'explained', 'lawful_task', $3, $4, now() from found`,
      [communityId, clerk.staffId, by.staffId, post],
    )
  // About the clerk, and about the supervisor, who does not see it though it is in their building.
  for (const about of [clerk, supervisor])
    await admin.query(
      `with found as (insert into app.watch_finding (community_id, finding_id, staff_id, code, trace_id, evidence, regime_version, at)
         values ($1, gen_random_uuid(), $2, 'probe', gen_random_uuid(), '{}', 1, now()) returning *)
       insert into app.incident (community_id, incident_id, kind, finding_id, finding_code, building_id, assignee, at)
       select community_id, gen_random_uuid(), 'watch_finding', finding_id, code, 1, staff_id, now() from found`,
      [communityId, about.staffId],
    )
}
