/** The plain side's table and its rows: the same persons, opened from the product's sealed records. */

import type pg from "pg"
import type { House } from "../src/house.ts"
import { openRecord } from "../src/vault/record.ts"
import type { Staff } from "./staff.ts"

/** A person in a home, in clear. */
export interface Owner {
  readonly residenceId: string
  readonly personId: string
  readonly homeId: string
  readonly buildingId: string
  readonly subjectRef: string
  readonly home: string
  readonly role: string
  readonly sortKey: string
  readonly name: string
  readonly phone: string
}

export const plainTable = `
  create table if not exists owner (
    community_id bigint not null,
    residence_id uuid not null,
    person_id uuid not null,
    home_id uuid not null,
    building_id bigint not null,
    home text not null,
    name text not null,
    phone text not null,
    phones integer not null,
    role text not null,
    company boolean not null,
    sort_key text collate "C" not null,
    primary key (community_id, residence_id)
  )`

export const plainIndexes = [
  "create index on owner (community_id, sort_key, residence_id)",
  "create index on owner (community_id, building_id, sort_key, residence_id)",
  "create index on owner (community_id, person_id)",
  "create index on owner (community_id, phone)",
  "create index on owner (community_id, right(phone, 4))",
  "create index on owner (community_id, name)",
]

interface ResidenceRow {
  residence_id: string
  person_id: string
  home_id: string
  building_id: string
  subject_ref: string
  label: string
  role: string
  sort_key: string
  version: number
  sealed: Buffer
}

/** Opens every identity record of the community; in the order of the list. */
export async function readOwners(house: House, admin: pg.Client, place: Staff): Promise<Owner[]> {
  const { tenantId, communityId } = place
  const { rows } = await admin.query<ResidenceRow>(
    `select r.residence_id, r.person_id, r.home_id, r.building_id, r.subject_ref, h.label, r.role, r.sort_key, c.version, c.sealed
     from app.residence r join app.home h using (community_id, home_id)
     join app.record c on c.community_id = r.community_id and c.subject_id = r.person_id and c.class = 'identity'
     where r.community_id = $1 order by r.sort_key, r.residence_id`,
    [communityId],
  )
  return Promise.all(
    rows.map(async (row) => {
      const key = await house.keyring.dataKey({
        tenantId,
        communityId,
        subjectId: row.person_id,
        class: "identity",
      })
      if (key === undefined) throw new Error("a person has no key")
      const at = { tenant: tenantId, community: communityId, subject: row.person_id, name: "identity" }
      const facts = openRecord(key, { ...at, version: row.version }, row.sealed)
      return {
        residenceId: row.residence_id,
        personId: row.person_id,
        homeId: row.home_id,
        buildingId: row.building_id,
        subjectRef: row.subject_ref,
        home: row.label,
        role: row.role,
        sortKey: row.sort_key,
        name: String(facts["name"]),
        phone: String(facts["phone"]),
      }
    }),
  )
}

export async function writePlain(
  plain: pg.Client,
  communityId: string,
  owners: readonly Owner[],
): Promise<void> {
  await plain.query(
    `insert into owner select $1, residence_id, person_id, home_id, building_id, home, name, phone, 1, role, false, sort_key
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
       as o (residence_id, person_id, home_id, building_id, home, name, phone, role, sort_key)`,
    [
      communityId,
      owners.map((one) => one.residenceId),
      owners.map((one) => one.personId),
      owners.map((one) => one.homeId),
      owners.map((one) => one.buildingId),
      owners.map((one) => one.home),
      owners.map((one) => one.name),
      owners.map((one) => one.phone),
      owners.map((one) => one.role),
      owners.map((one) => one.sortKey),
    ],
  )
}
