/** Staff and their posts, inside a command. Runs as hudun_app under row security. Clauses 6.1, 6.3. */

import type { Reader } from "../../platform/database.ts"
import type { Post } from "./post.ts"
import type { Appointment } from "./reach.ts"
import { appointmentRow } from "./session-sql.ts"

export interface StaffRecord {
  readonly left: boolean
  /** All appointments in the tenant, past ones too. */
  readonly appointments: readonly Appointment[]
}

/**
 * Somebody of the tenant who holds or held a post that covers the community, locked until the command ends. Undefined for
 * everybody else: they do not exist here.
 */
export async function findStaff(
  reader: Reader,
  where: { tenantId: string; communityId: string; staffId: string },
): Promise<StaffRecord | undefined> {
  const [row] = await reader.query<{ is_left: boolean }>(
    `select left_at is not null as is_left from app.staff t where staff_id = $1 and tenant_id = $2
       and exists (select from app.appointment a
         where a.staff_id = t.staff_id and (a.community_id = $3 or a.community_id is null))
     for update`,
    [where.staffId, where.tenantId, where.communityId],
  )
  if (row === undefined) return undefined
  const appointments = await reader.query<{ appointment: unknown }>(
    `select jsonb_build_object('post', post, 'communityId', community_id::text,
       'buildingIds', to_jsonb(building_ids::text[]),
       'from', (extract(epoch from valid_from) * 1000)::bigint,
       'until', (extract(epoch from valid_until) * 1000)::bigint) as appointment
     from app.appointment where staff_id = $1`,
    [where.staffId],
  )
  return {
    left: row.is_left,
    appointments: appointments.map(({ appointment }) => appointmentRow.parse(appointment)),
  }
}

export interface NewStaff {
  readonly staffId: string
  readonly tenantId: string
  readonly name: string
  readonly demonstration: boolean
}

/** False when this person was made before. */
export async function addStaff(reader: Reader, staff: NewStaff, at: string): Promise<boolean> {
  const added = await reader.query(
    `insert into app.staff (staff_id, tenant_id, name, is_demonstration, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning staff_id`,
    [staff.staffId, staff.tenantId, staff.name, staff.demonstration, at],
  )
  return added.length === 1
}

export interface NewAppointment {
  readonly appointmentId: string
  readonly staffId: string
  readonly tenantId: string
  readonly post: Post
  readonly communityId: string | null
  readonly buildingIds: readonly string[] | null
  readonly from: string
  readonly until: string | null
}

export async function addAppointment(reader: Reader, appointment: NewAppointment): Promise<void> {
  await reader.query(
    `insert into app.appointment (appointment_id, staff_id, tenant_id, post, community_id, building_ids, valid_from,
       valid_until) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      appointment.appointmentId,
      appointment.staffId,
      appointment.tenantId,
      appointment.post,
      appointment.communityId,
      appointment.buildingIds,
      appointment.from,
      appointment.until,
    ],
  )
}

/**
 * Ends what the person holds now and takes back what was to come: in the community and over the company, or everywhere
 * when `communityId` is null.
 */
export async function endAppointments(
  reader: Reader,
  { staffId, communityId }: { staffId: string; communityId: string | null },
  at: string,
): Promise<void> {
  const where = "staff_id = $1 and ($2::bigint is null or community_id = $2 or community_id is null)"
  await reader.query(`delete from app.appointment where ${where} and valid_from > $3`, [
    staffId,
    communityId,
    at,
  ])
  await reader.query(
    `update app.appointment set valid_until = $3 where ${where} and (valid_until is null or valid_until > $3)`,
    [staffId, communityId, at],
  )
}

/** False when the person had left before. */
export async function markLeft(reader: Reader, staffId: string, at: string): Promise<boolean> {
  const left = await reader.query(
    "update app.staff set left_at = $2 where staff_id = $1 and left_at is null returning staff_id",
    [staffId, at],
  )
  return left.length === 1
}

/** Which of these buildings the community does not have. */
export async function unknownBuildings(
  reader: Reader,
  communityId: string,
  buildingIds: readonly string[],
): Promise<number> {
  const [row] = await reader.query<{ unknown: number }>(
    `select count(*)::int as unknown from unnest($2::bigint[]) as wanted (building_id)
     where not exists (select from app.building b where b.community_id = $1 and b.building_id = wanted.building_id)`,
    [communityId, buildingIds],
  )
  return row?.unknown ?? 0
}
