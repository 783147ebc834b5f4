/** What a batch leaves behind, one statement a table. Runs inside a command, under its row security. */

import type { Reader } from "../../platform/database.ts"
import type { Origins } from "./merge.ts"

export interface PersonRow {
  readonly personId: string
  readonly subjectRef: string
  readonly company: boolean
  readonly buildingIds: readonly string[]
}

export async function writePersons(
  tx: Reader,
  communityId: string,
  { persons, at }: { persons: readonly PersonRow[]; at: string },
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
  { records, at }: { records: readonly RecordRow[]; at: string },
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

/** Records, and what is to be verified, follow their person into a new building, so that reach does. */
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
  await tx.query(
    `update app.to_verify v set building_ids = p.building_ids from app.person p
     where v.community_id = $1 and p.community_id = $1 and p.person_id = any ($2::uuid[])
       and v.person_id = p.person_id and v.building_ids <> p.building_ids`,
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
  /** Epoch of the index key that made the tag. */
  readonly epoch: number
  readonly kind: string
  readonly tag: number
  readonly personId: string
  readonly buildingIds: readonly string[]
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
    `insert into app.blind_index (community_id, kind, tag, person_id, epoch, building_ids)
     select $1, kind, tag, person_id, epoch, string_to_array(building_ids, ',')::bigint[]
     from unnest($2::text[], $3::bigint[], $4::uuid[], $5::int[], $6::text[]) as t (kind, tag, person_id, epoch, building_ids)
     on conflict do nothing`,
    [
      communityId,
      tags.map((one) => one.kind),
      tags.map((one) => one.tag),
      tags.map((one) => one.personId),
      tags.map((one) => one.epoch),
      tags.map((one) => one.buildingIds.join(",")),
    ],
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
    `insert into app.to_verify (community_id, person_id, field, reason, import_id, source_row, created_at, building_ids)
     select $1, d.person_id, d.field, d.reason, $6, d.source_row, $7, p.building_ids
     from unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) as d (person_id, field, reason, source_row)
     join app.person p on p.community_id = $1 and p.person_id = d.person_id
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
