/** Writing the roster in bulk: one statement a table and batch. Runs inside a command, under its row security. */

import type { Reader } from "../../platform/database.ts"
import type { HomePlace } from "../catalogue/address.ts"
import type { ResidenceRole } from "./contract.ts"
import type { Origins } from "./merge.ts"

/** The ids of the buildings with these names, made where missing. */
export async function ensureBuildings(
  tx: Reader,
  communityId: string,
  buildings: ReadonlyArray<{ name: string; sortKey: string }>,
): Promise<Map<string, string>> {
  await tx.query(
    `insert into app.building (community_id, building_id, name, sort_key)
     select $1, coalesce((select max(building_id) from app.building where community_id = $1), 0) + row_number() over (order by n.sort_key), n.name, n.sort_key
     from unnest($2::text[], $3::text[]) as n (name, sort_key)
     where not exists (select from app.building b where b.community_id = $1 and b.name = n.name)`,
    [communityId, buildings.map(({ name }) => name), buildings.map(({ sortKey }) => sortKey)],
  )
  const rows = await tx.query<{ name: string; building_id: string }>(
    "select name, building_id from app.building where community_id = $1 and name = any ($2)",
    [communityId, buildings.map(({ name }) => name)],
  )
  return new Map(rows.map((row) => [row.name, row.building_id]))
}

export interface HomeToPlace extends HomePlace {
  readonly homeId: string
  readonly buildingId: string
  readonly label: string
  readonly sortKey: string
}

/** The ids of the homes, in the order asked; `homeId` of the argument is used where the home is new. */
export async function ensureHomes(
  tx: Reader,
  communityId: string,
  homes: readonly HomeToPlace[],
): Promise<string[]> {
  const columns = [
    homes.map((home) => home.buildingId),
    homes.map((home) => home.unit),
    homes.map((home) => home.room),
  ]
  await tx.query(
    `insert into app.home (community_id, building_id, unit, room, home_id, label, sort_key)
     select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[])
     on conflict (community_id, building_id, unit, room) do nothing`,
    [
      communityId,
      ...columns,
      homes.map((home) => home.homeId),
      homes.map((home) => home.label),
      homes.map((home) => home.sortKey),
    ],
  )
  const rows = await tx.query<{ home_id: string }>(
    `select h.home_id from unnest($2::bigint[], $3::text[], $4::text[]) with ordinality as w (building_id, unit, room, position)
     cross join lateral (select home_id from app.home h
       where h.community_id = $1 and h.building_id = w.building_id and h.unit = w.unit and h.room = w.room limit 1) h
     order by w.position`,
    [communityId, ...columns],
  )
  return rows.map((row) => row.home_id)
}

export interface CandidateRow {
  person_id: string
  names: string[]
  phones: string[]
  home_ids: string[]
}

/**
 * Persons of the community who live in a home of the batch or share a phone tag with it: nobody else can be one of the batch.
 * Not by name: in a large community a name has dozens of bearers.
 */
export function findCandidates(
  tx: Reader,
  communityId: string,
  { homeIds, phones }: { homeIds: readonly string[]; phones: readonly number[] },
): Promise<CandidateRow[]> {
  return tx.query<CandidateRow>(
    `with hit as (
       select person_id from app.residence where community_id = $1 and home_id = any ($2::uuid[])
       union
       select person_id from app.blind_index where community_id = $1 and kind = 'phone' and tag = any ($3::bigint[])
     )
     select h.person_id,
       coalesce((select array_agg(b.tag::text) from app.blind_index b where b.community_id = $1 and b.person_id = h.person_id and b.kind = 'name'), '{}') as names,
       coalesce((select array_agg(b.tag::text) from app.blind_index b where b.community_id = $1 and b.person_id = h.person_id and b.kind = 'phone'), '{}') as phones,
       coalesce((select array_agg(r.home_id::text) from app.residence r where r.community_id = $1 and r.person_id = h.person_id), '{}') as home_ids
     from hit h`,
    [communityId, homeIds, phones],
  )
}

export interface KnownPersonRow {
  person_id: string
  subject_ref: string
  is_company: boolean
  building_ids: string[]
}

export interface KnownRecordRow {
  subject_id: string
  class: string
  version: number
  sealed: Buffer
  origin: Origins
}

export interface KnownResidenceRow {
  residence_id: string
  person_id: string
  home_id: string
  building_id: string
  role: ResidenceRole
  sort_key: string
  label: string
}

export async function loadPersons(
  tx: Reader,
  communityId: string,
  personIds: readonly string[],
): Promise<{ persons: KnownPersonRow[]; records: KnownRecordRow[]; residences: KnownResidenceRow[] }> {
  const values = [communityId, personIds]
  const persons = await tx.query<KnownPersonRow>(
    `select person_id, subject_ref, is_company, building_ids::text[] as building_ids
     from app.person where community_id = $1 and person_id = any ($2::uuid[])`,
    values,
  )
  const records = await tx.query<KnownRecordRow>(
    "select subject_id, class, version, sealed, origin from app.record where community_id = $1 and subject_id = any ($2::uuid[])",
    values,
  )
  const residences = await tx.query<KnownResidenceRow>(
    `select r.residence_id, r.person_id, r.home_id, r.building_id, r.role, r.sort_key, h.label
     from app.residence r join app.home h on h.community_id = r.community_id and h.home_id = r.home_id
     where r.community_id = $1 and r.person_id = any ($2::uuid[])`,
    values,
  )
  return { persons, records, residences }
}

export interface LockedRecordRow extends KnownRecordRow {
  masks: Record<string, string[]>
  building_ids: string[]
}

/** One record, which nobody else changes until the command ends. */
export async function lockRecord(
  tx: Reader,
  communityId: string,
  { subjectId, class: code }: { subjectId: string; class: string },
): Promise<LockedRecordRow | undefined> {
  const [row] = await tx.query<LockedRecordRow>(
    `select subject_id, class, version, sealed, origin, masks, building_ids::text[] as building_ids
     from app.record where community_id = $1 and subject_id = $2 and class = $3 for update`,
    [communityId, subjectId, code],
  )
  return row
}
