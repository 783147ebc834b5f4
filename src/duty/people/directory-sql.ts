/** Who works here, and whether anything is set up: reads that need log-ins beside staff. Runs as hudun_auth. */

import type pg from "pg"
import { z } from "zod"
import type { Appointment } from "./reach.ts"
import { appointmentRow } from "./session-sql.ts"
import { suspensionReasons } from "./suspension.ts"

const runningSuspension = z.object({
  reason: z.enum(suspensionReasons),
  since: z.number(),
  until: z.number().nullable(),
})
export type RunningSuspension = z.infer<typeof runningSuspension>

export interface Colleague {
  readonly staffId: string
  readonly name: string
  readonly login: string
  readonly hasSecondFactor: boolean
  readonly lockedUntil: Date | null
  readonly leftAt: Date | null
  /** What runs now. */
  readonly suspension: RunningSuspension | null
  readonly appointments: readonly Appointment[]
}

interface ColleagueRow {
  staff_id: string
  name: string
  login: string
  has_second_factor: boolean
  locked_until: Date | null
  left_at: Date | null
  appointments: unknown
  suspension: unknown
}

/** Everybody of the tenant who holds or held a post that covers the community; only the posts that do. */
export async function findColleagues(
  pool: pg.Pool,
  { tenantId, communityId, now }: { tenantId: string; communityId: string; now: number },
): Promise<Colleague[]> {
  const { rows } = await pool.query<ColleagueRow>(
    `select t.staff_id, t.name, l.login, c.second_factor is not null as has_second_factor, c.locked_until, t.left_at,
       a.appointments, u.suspension
     from app.staff t
     join app.login l on l.staff_id = t.staff_id
     left join app.credential c on c.staff_id = t.staff_id
     join lateral (select jsonb_agg(jsonb_build_object('post', a.post, 'communityId', a.community_id::text,
         'buildingIds', to_jsonb(a.building_ids::text[]),
         'from', (extract(epoch from a.valid_from) * 1000)::bigint,
         'until', (extract(epoch from a.valid_until) * 1000)::bigint)
         order by a.valid_from desc, a.appointment_id desc) as appointments
       from app.appointment a
       where a.staff_id = t.staff_id and (a.community_id = $2 or a.community_id is null)) a on a.appointments is not null
     left join lateral (select jsonb_build_object('reason', s.reason,
         'since', (extract(epoch from s.at) * 1000)::bigint,
         'until', (extract(epoch from s.until) * 1000)::bigint) as suspension
       from app.staff_suspension s left join app.staff_suspension_lifted l using (suspension_id)
       where s.staff_id = t.staff_id and l.suspension_id is null and (s.until is null or s.until > $3)
       order by s.at desc limit 1) u on true
     where t.tenant_id = $1
     order by t.left_at is not null, t.created_at, t.staff_id`,
    [tenantId, communityId, new Date(now)],
  )
  return rows.map((row) => ({
    staffId: row.staff_id,
    name: row.name,
    login: row.login,
    hasSecondFactor: row.has_second_factor,
    lockedUntil: row.locked_until,
    leftAt: row.left_at,
    suspension: runningSuspension.nullable().parse(row.suspension),
    appointments: z.array(appointmentRow).parse(row.appointments),
  }))
}

export interface SetupState {
  readonly company: boolean
  /** The demonstration that is open: its making came to an end. */
  readonly demonstration: string | null
}

export async function readSetupState(pool: pg.Pool): Promise<SetupState> {
  const { rows } = await pool.query<{ company: boolean; demonstration: string | null }>(
    `select exists (select from app.tenant where tenant_id <> 0 and not is_demonstration) as company,
       (select m.community_id from app.community m
        where m.is_demonstration and m.removed_at is null and exists (select from app.login l
          join app.staff t using (staff_id) where t.tenant_id = m.tenant_id) limit 1) as demonstration`,
  )
  return rows[0] ?? { company: false, demonstration: null }
}
