/** The duty roster, and which accounts are one person. Any table may be read; these two are this slice's. */

import type { QueryResultRow } from "pg"
import type { SigningPost } from "../catalogue/approval-shape.ts"
import type { Duty, Held } from "./signing.ts"
import type { Asked } from "./sql.ts"

interface HeldRow {
  staff_id: string
  post: string
  building_ids: string[] | null
  is_suspended: boolean
}

/** Posts held in the community at this moment by these accounts; null: by everybody. */
export async function findHeld(
  { query }: Asked,
  communityId: string,
  { staffIds, at }: { staffIds: readonly string[] | null; at: string },
): Promise<Held[]> {
  const rows = await query<HeldRow & QueryResultRow>(
    `select a.staff_id, a.post, a.building_ids::text[] as building_ids, app.is_suspended(a.staff_id, $3) as is_suspended
     from app.appointment a join app.staff s on s.staff_id = a.staff_id
     join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
     where (a.community_id is null or a.community_id = $1) and ($2::uuid[] is null or a.staff_id = any ($2::uuid[]))
       and a.valid_from <= $3 and (a.valid_until is null or a.valid_until > $3) and s.left_at is null`,
    [communityId, staffIds, at],
  )
  return rows.map((row) => ({
    staffId: row.staff_id,
    post: row.post,
    buildingIds: row.building_ids,
    isSuspended: row.is_suspended,
  }))
}

/** At this moment, whatever was known when the door was passed. Clause 6.3. */
export async function isSuspended(
  { query }: Asked,
  { staffId, at }: { staffId: string; at: string },
): Promise<boolean> {
  const rows = await query<{ suspended: boolean }>("select app.is_suspended($1, $2) as suspended", [
    staffId,
    at,
  ])
  return rows[0]?.suspended === true
}

/** Duties of this deputy that run at this moment. */
export async function findDuties(
  { query }: Asked,
  communityId: string,
  { deputy, at }: { deputy: string; at: string },
): Promise<Duty[]> {
  return query<Duty & QueryResultRow>(
    `select d.post, d.for_staff as "forStaff", d.deputy, d.made_by as "madeBy" from app.duty d
     where d.community_id = $1 and d.deputy = $2 and d.valid_from <= $3 and d.valid_until > $3
       and not exists (select from app.duty_ended e where e.community_id = d.community_id and e.duty_id = d.duty_id and e.at <= $3)`,
    [communityId, deputy, at],
  )
}

/** The natural person behind each of these accounts: the account itself unless it is linked. */
export async function findPersons(
  { query }: Asked,
  staffIds: readonly string[],
): Promise<(staffId: string) => string> {
  const rows = await query<{ staff_id: string; person_id: string }>(
    "select staff_id, person_id from app.same_person where staff_id = any ($1::uuid[])",
    [staffIds],
  )
  const known = new Map(rows.map((row) => [row.staff_id, row.person_id]))
  return (staffId) => known.get(staffId) ?? staffId
}

export interface DutyRow {
  duty_id: string
  post: SigningPost
  for_staff: string
  for_name: string
  deputy: string
  deputy_name: string
  valid_from: Date
  valid_until: Date
  made_name: string
  ended_at: Date | null
}

export function listDuties({ query }: Asked, communityId: string): Promise<DutyRow[]> {
  return query<DutyRow & QueryResultRow>(
    `select d.duty_id, d.post, d.for_staff, f.name as for_name, d.deputy, p.name as deputy_name, d.valid_from, d.valid_until,
       m.name as made_name, e.at as ended_at
     from app.duty d join app.staff f on f.staff_id = d.for_staff join app.staff p on p.staff_id = d.deputy
     join app.staff m on m.staff_id = d.made_by
     left join app.duty_ended e on e.community_id = d.community_id and e.duty_id = d.duty_id
     where d.community_id = $1 order by d.valid_from desc, d.duty_id limit 200`,
    [communityId],
  )
}

export interface NewDuty {
  readonly dutyId: string
  readonly post: string
  readonly forStaff: string
  readonly deputy: string
  readonly from: string
  readonly until: string
  readonly madeBy: string | null
  readonly at: string
}

export async function writeDuty({ query }: Asked, communityId: string, duty: NewDuty): Promise<void> {
  await query(
    `insert into app.duty (community_id, duty_id, post, for_staff, deputy, valid_from, valid_until, made_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      communityId,
      duty.dutyId,
      duty.post,
      duty.forStaff,
      duty.deputy,
      duty.from,
      duty.until,
      duty.madeBy,
      duty.at,
    ],
  )
}

/** False when there is no such duty. */
export async function endDuty(
  { query }: Asked,
  communityId: string,
  { dutyId, by, at }: { dutyId: string; by: string | null; at: string },
): Promise<boolean> {
  const known = await query("select from app.duty where community_id = $1 and duty_id = $2", [
    communityId,
    dutyId,
  ])
  if (known.length === 0) return false
  await query(
    "insert into app.duty_ended (community_id, duty_id, ended_by, at) values ($1, $2, $3, $4) on conflict do nothing",
    [communityId, dutyId, by, at],
  )
  return true
}

export interface AccountRow {
  person_id: string
  staff_id: string
  name: string
}

/** Accounts of one person, of those who hold or held a post here. */
export function listLinked({ query }: Asked, communityId: string): Promise<AccountRow[]> {
  return query<AccountRow & QueryResultRow>(
    `select p.person_id, p.staff_id, s.name from app.same_person p join app.staff s on s.staff_id = p.staff_id
     where p.person_id in (select q.person_id from app.same_person q join app.appointment a on a.staff_id = q.staff_id
       join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
       where a.community_id is null or a.community_id = $1)
     order by p.person_id, s.name, p.staff_id`,
    [communityId],
  )
}

/** Of these accounts, those of the tenant who hold or held a post here. */
export async function countHere(
  { query }: Asked,
  communityId: string,
  staffIds: readonly string[],
): Promise<number> {
  const rows = await query<{ here: number }>(
    `select count(distinct a.staff_id)::int as here from app.appointment a
     join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
     where a.staff_id = any ($2::uuid[]) and (a.community_id is null or a.community_id = $1)`,
    [communityId, staffIds],
  )
  return rows[0]?.here ?? 0
}

/** Both accounts, and whatever was linked to either, are one person from now on. */
export async function linkAccounts(
  { query }: Asked,
  link: { staffId: string; sameAs: string; by: string | null; at: string },
): Promise<void> {
  const { staffId, sameAs, by, at } = link
  await query("select pg_advisory_xact_lock(23, 1)")
  const personOf = await findPersons({ query }, [staffId, sameAs])
  const [from, to] = [personOf(staffId), personOf(sameAs)]
  await query("update app.same_person set person_id = $2 where person_id = $1", [from, to])
  await query(
    `insert into app.same_person (staff_id, person_id, linked_by, at)
     select staff_id, $2, $3, $4 from unnest($1::uuid[]) as u (staff_id) on conflict (staff_id) do nothing`,
    [[...new Set([staffId, sameAs, to])].filter((one) => one !== ""), to, by, at],
  )
}

export async function staffNames(
  { query }: Asked,
  staffIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ staff_id: string; name: string }>(
    "select staff_id, name from app.staff where staff_id = any ($1::uuid[])",
    [staffIds],
  )
  return new Map(rows.map((row) => [row.staff_id, row.name]))
}
