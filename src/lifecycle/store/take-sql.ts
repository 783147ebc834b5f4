/** Writing the roster in bulk: one statement a table and batch. Runs inside a command, under its row security. */

import type { Reader } from "../../platform/database.ts"
import type { HomePlace } from "../catalogue/address.ts"
import type { ResidenceRole } from "./contract.ts"
import type { Origins } from "./merge.ts"

export interface PlacedHome {
  readonly homeId: string
  readonly buildingId: string
}

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
     join app.home h on h.community_id = $1 and h.building_id = w.building_id and h.unit = w.unit and h.room = w.room
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

/** Persons of the community that share a name or phone tag with the batch. */
export function findCandidates(
  tx: Reader,
  communityId: string,
  { names, phones }: { names: readonly number[]; phones: readonly number[] },
): Promise<CandidateRow[]> {
  return tx.query<CandidateRow>(
    `with hit as (
       select distinct person_id from app.blind_index where community_id = $1 and kind = 'name' and tag = any ($2::bigint[])
       union
       select distinct person_id from app.blind_index where community_id = $1 and kind = 'phone' and tag = any ($3::bigint[])
     )
     select h.person_id,
       coalesce((select array_agg(b.tag::text) from app.blind_index b where b.community_id = $1 and b.person_id = h.person_id and b.kind = 'name'), '{}') as names,
       coalesce((select array_agg(b.tag::text) from app.blind_index b where b.community_id = $1 and b.person_id = h.person_id and b.kind = 'phone'), '{}') as phones,
       coalesce((select array_agg(r.home_id::text) from app.residence r where r.community_id = $1 and r.person_id = h.person_id), '{}') as home_ids
     from hit h`,
    [communityId, names, phones],
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

export interface PersonRow {
  readonly personId: string
  readonly subjectRef: string
  readonly company: boolean
  readonly buildingIds: readonly string[]
}

export async function writePersons(
  tx: Reader,
  communityId: string,
  persons: readonly PersonRow[],
  at: string,
): Promise<void> {
  await tx.query(
    `insert into app.person (community_id, person_id, subject_ref, is_company, building_ids, created_at)
     select $1, person_id, subject_ref, is_company, string_to_array(building_ids, ',')::bigint[], $6
     from unnest($2::uuid[], $3::bigint[], $4::boolean[], $5::text[]) as p (person_id, subject_ref, is_company, building_ids)
     on conflict (community_id, person_id) do update set building_ids = excluded.building_ids`,
    [
      communityId,
      persons.map((person) => person.personId),
      persons.map((person) => person.subjectRef),
      persons.map((person) => person.company),
      persons.map((person) => person.buildingIds.join(",")),
      at,
    ],
  )
}

export interface RecordRow {
  readonly subjectId: string
  readonly class: string
  readonly version: number
  readonly buildingIds: readonly string[]
  readonly sealed: Buffer
  readonly contentTag: Buffer
  readonly masks: Readonly<Record<string, readonly string[]>>
  readonly origins: Origins
}

export async function writeRecords(
  tx: Reader,
  communityId: string,
  records: readonly RecordRow[],
  at: string,
): Promise<void> {
  await tx.query(
    `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
     select $1, subject_id, class, version, string_to_array(building_ids, ',')::bigint[], sealed, content_tag, masks, origin, $10
     from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::bytea[], $7::bytea[], $8::jsonb[], $9::jsonb[])
       as r (subject_id, class, version, building_ids, sealed, content_tag, masks, origin)
     on conflict (community_id, subject_id, class) do update set version = excluded.version, building_ids = excluded.building_ids,
       sealed = excluded.sealed, content_tag = excluded.content_tag, masks = excluded.masks, origin = excluded.origin, changed_at = excluded.changed_at`,
    [
      communityId,
      records.map((record) => record.subjectId),
      records.map((record) => record.class),
      records.map((record) => record.version),
      records.map((record) => record.buildingIds.join(",")),
      records.map((record) => record.sealed),
      records.map((record) => record.contentTag),
      records.map((record) => JSON.stringify(record.masks)),
      records.map((record) => JSON.stringify(record.origins)),
      at,
    ],
  )
}

/** Records follow their person into a new building, so that reach does. */
export async function followMoves(
  tx: Reader,
  communityId: string,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return
  await tx.query(
    `update app.record r set building_ids = p.building_ids from app.person p
     where r.community_id = $1 and p.community_id = $1 and p.person_id = any ($2::uuid[])
       and r.subject_id = p.person_id and r.building_ids <> p.building_ids`,
    [communityId, personIds],
  )
}

export interface ResidenceRow {
  readonly residenceId: string
  readonly personId: string
  readonly homeId: string
  readonly buildingId: string
  readonly subjectRef: string
  readonly role: string
  readonly validFrom: string | null
  readonly sortKey: string
  readonly card: string
}

export async function writeResidences(
  tx: Reader,
  communityId: string,
  residences: readonly ResidenceRow[],
): Promise<void> {
  await tx.query(
    `insert into app.residence (community_id, residence_id, person_id, home_id, building_id, subject_ref, role, valid_from, sort_key, card)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::text[], $8::date[], $9::text[], $10::text[])
     on conflict (community_id, home_id, person_id) do update set role = excluded.role, card = excluded.card,
       valid_from = coalesce(excluded.valid_from, residence.valid_from)`,
    [
      communityId,
      residences.map((one) => one.residenceId),
      residences.map((one) => one.personId),
      residences.map((one) => one.homeId),
      residences.map((one) => one.buildingId),
      residences.map((one) => one.subjectRef),
      residences.map((one) => one.role),
      residences.map((one) => one.validFrom),
      residences.map((one) => one.sortKey),
      residences.map((one) => one.card),
    ],
  )
}

export interface TagRow {
  readonly kind: string
  readonly tag: number
  readonly personId: string
}

/** Replaces the tags of these persons. */
export async function writeTags(
  tx: Reader,
  communityId: string,
  { changed, tags }: { changed: readonly string[]; tags: readonly TagRow[] },
): Promise<void> {
  if (changed.length > 0) {
    await tx.query("delete from app.blind_index where community_id = $1 and person_id = any ($2::uuid[])", [
      communityId,
      changed,
    ])
  }
  await tx.query(
    `insert into app.blind_index (community_id, kind, tag, person_id)
     select $1, * from unnest($2::text[], $3::bigint[], $4::uuid[]) on conflict do nothing`,
    [communityId, tags.map((one) => one.kind), tags.map((one) => one.tag), tags.map((one) => one.personId)],
  )
}

export interface DoubtRow {
  readonly personId: string
  readonly field: string
  readonly reason: string
  readonly row: number
}

export async function writeDoubts(
  tx: Reader,
  communityId: string,
  {
    doubts,
    settled,
    importId,
    at,
  }: { doubts: readonly DoubtRow[]; settled: readonly string[]; importId: string | null; at: string },
): Promise<void> {
  if (settled.length > 0) {
    await tx.query("delete from app.to_verify where community_id = $1 and person_id = any ($2::uuid[])", [
      communityId,
      settled,
    ])
  }
  if (doubts.length === 0) return
  await tx.query(
    `insert into app.to_verify (community_id, person_id, field, reason, import_id, source_row, created_at)
     select $1, person_id, field, reason, $6, source_row, $7
     from unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) as d (person_id, field, reason, source_row)
     on conflict do nothing`,
    [
      communityId,
      doubts.map((one) => one.personId),
      doubts.map((one) => one.field),
      doubts.map((one) => one.reason),
      doubts.map((one) => one.row),
      importId,
      at,
    ],
  )
}
