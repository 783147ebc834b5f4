/** Reading the roster: masks and references only, in one round trip each. Row security narrows every statement to the reach. */

import type { QueryResultRow } from "pg"
import type { ResidenceRole } from "./contract.ts"
import type { Position } from "./cursor.ts"
import type { Origins } from "./merge.ts"

interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>
}

export interface CardRow {
  subject_ref: string
  /** JSON text of a Card, rendered when the facts were sealed. */
  card: string
}

export interface ListAsk {
  readonly communityId: string
  readonly building: string | undefined
  /** Position behind which the page begins; empty strings for the first. */
  readonly after: Position
  readonly limit: number
}

const firstResidence = "00000000-0000-0000-0000-000000000000"

export interface CardsPage {
  /** JSON texts of Cards, joined as the elements of an array, in UTF-8. */
  readonly cards: Buffer
  readonly refs: readonly string[]
  /** Where the next page begins; undefined on the last one. */
  readonly end: Position | undefined
}

interface CardsPageRow {
  cards: Buffer
  refs: string
  found: number
  sort_key: string | null
  residence_id: string | null
}

/** A line break stands in no JSON text of one line. */
const separator = Buffer.from(",\n")
const noCards = Buffer.alloc(0)

/**
 * Joined by the database: one value instead of two hundred, and as bytes, because on its way to the browser it would only be
 * turned into a text and back.
 */
export async function listCards(
  { query }: Asked,
  { communityId, building, after, limit }: ListAsk,
): Promise<CardsPage> {
  const values: unknown[] = [
    communityId,
    after.sortKey,
    after.residenceId || firstResidence,
    limit + 1,
    limit,
  ]
  if (building !== undefined) values.push(building)
  const rows = await query<CardsPageRow>(
    `select convert_to(coalesce(string_agg(card, E',\\n'), ''), 'UTF8') as cards, coalesce(string_agg(subject_ref::text, ','), '') as refs,
       count(*)::int as found, (array_agg(sort_key))[$5] as sort_key, (array_agg(residence_id))[$5] as residence_id
     from (select residence_id, sort_key, subject_ref, card from app.residence
       where community_id = $1 and (sort_key, residence_id) > ($2, $3::uuid)${building === undefined ? "" : " and building_id = $6"}
       order by sort_key, residence_id limit $4) as page`,
    values,
  )
  const [row = { cards: noCards, refs: "", found: 0, sort_key: null, residence_id: null }] = rows
  return pageOf(row, limit)
}

function pageOf({ cards, found, ...row }: CardsPageRow, limit: number): CardsPage {
  const refs = row.refs === "" ? [] : row.refs.split(",")
  if (found <= limit) return { cards, refs, end: undefined }
  return {
    cards: cards.subarray(0, cards.lastIndexOf(separator)),
    refs: refs.slice(0, limit),
    end: { sortKey: row.sort_key ?? "", residenceId: row.residence_id ?? "" },
  }
}

export function findByHome(
  { query }: Asked,
  { communityId, label, limit }: { communityId: string; label: string; limit: number },
): Promise<CardRow[]> {
  return query<CardRow>(
    `select r.subject_ref, r.card
     from app.home h join app.residence r on r.community_id = h.community_id and r.home_id = h.home_id
     where h.community_id = $1 and h.label = $2 order by r.sort_key, r.residence_id limit $3`,
    [communityId, label, limit + 1],
  )
}

export interface BuildingRow {
  building_id: string
  name: string
  homes: number
}

export function listBuildings({ query }: Asked, communityId: string): Promise<BuildingRow[]> {
  return query<BuildingRow>(
    `select b.building_id, b.name,
       (select count(*)::int from app.home h where h.community_id = b.community_id and h.building_id = b.building_id) as homes
     from app.building b where b.community_id = $1 order by b.sort_key`,
    [communityId],
  )
}

export interface HomeRow {
  home_id: string
  unit: string
  room: string
  label: string
}

export function listHomes({ query }: Asked, communityId: string, buildingId: string): Promise<HomeRow[]> {
  return query<HomeRow>(
    `select home_id, unit, room, label from app.home where community_id = $1 and building_id = $2
     order by sort_key limit 5000`,
    [communityId, buildingId],
  )
}

export interface PersonPageRow {
  subject_ref: string
  is_company: boolean
  residences: Array<{
    residenceId: string
    homeId: string
    buildingId: string
    home: string
    role: ResidenceRole
    from: string | null
  }>
  records: Array<{ class: string; masks: Record<string, string[]>; origin: Origins }>
  to_verify: Array<{ field: string; reason: string }>
}

/** Everything of a person page in one statement: row security leaves out homes and classes beyond the reach. */
export async function readPerson(
  { query }: Asked,
  communityId: string,
  personId: string,
): Promise<PersonPageRow | undefined> {
  const rows = await query<PersonPageRow & QueryResultRow>(
    `select p.subject_ref, p.is_company,
       coalesce((select jsonb_agg(jsonb_build_object('residenceId', r.residence_id, 'homeId', r.home_id,
           'buildingId', r.building_id::text, 'home', h.label, 'role', r.role, 'from', r.valid_from) order by r.sort_key)
         from app.residence r join app.home h on h.community_id = r.community_id and h.home_id = r.home_id
         where r.community_id = p.community_id and r.person_id = p.person_id), '[]') as residences,
       coalesce((select jsonb_agg(jsonb_build_object('class', c.class, 'masks', c.masks, 'origin', c.origin) order by c.class)
         from app.record c where c.community_id = p.community_id and c.subject_id = p.person_id), '[]') as records,
       coalesce((select jsonb_agg(jsonb_build_object('field', v.field, 'reason', v.reason))
         from app.to_verify v where v.community_id = p.community_id and v.person_id = p.person_id), '[]') as to_verify
     from app.person p where p.community_id = $1 and p.person_id = $2`,
    [communityId, personId],
  )
  return rows[0]
}
