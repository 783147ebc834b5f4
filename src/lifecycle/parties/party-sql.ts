/** The register of third parties: contracts, their scope, signatures, ends. Rows are added and never changed. */

import type { QueryResultRow } from "pg"
import type { PartyKind, partyEndReasons } from "./party.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface PartyRow {
  party_id: string
  name: string
  kind: PartyKind
  contract_number: string
  valid_from: Date
  valid_until: Date
  responsible: string
  responsible_name: string
  entered_by: string
  entered_name: string
  at: Date
  scope: { purpose: string; fields: string[] }[]
  verdict: "signed" | "refused" | null
  signed_by: string | null
  signed_name: string | null
  signed_at: Date | null
  end_reason: (typeof partyEndReasons)[number] | null
  ended_by: string | null
  ended_name: string | null
  ended_at: Date | null
}

const selectParties = `
  select p.party_id, p.name, p.kind, p.contract_number, p.valid_from, p.valid_until, p.responsible, r.name as responsible_name,
    p.entered_by, w.name as entered_name, p.at, coalesce(c.scope, '[]'::jsonb) as scope,
    g.verdict, g.signed_by, gs.name as signed_name, g.at as signed_at,
    e.reason as end_reason, e.ended_by, es.name as ended_name, e.at as ended_at
  from app.party p
  join app.staff r on r.staff_id = p.responsible
  join app.staff w on w.staff_id = p.entered_by
  left join lateral (select jsonb_agg(jsonb_build_object('purpose', c.purpose, 'fields', c.fields) order by c.purpose) as scope
    from app.party_scope c where c.community_id = p.community_id and c.party_id = p.party_id) c on true
  left join app.party_signed g on g.community_id = p.community_id and g.party_id = p.party_id
  left join app.staff gs on gs.staff_id = g.signed_by
  left join app.party_ended e on e.community_id = p.community_id and e.party_id = p.party_id
  left join app.staff es on es.staff_id = e.ended_by`

export function listPartyRows({ query }: Asked, communityId: string): Promise<PartyRow[]> {
  return query<PartyRow & QueryResultRow>(
    `${selectParties} where p.community_id = $1 order by p.seq desc limit 500`,
    [communityId],
  )
}

export async function findParty(
  { query }: Asked,
  communityId: string,
  partyId: string,
): Promise<PartyRow | undefined> {
  const [row] = await query<PartyRow & QueryResultRow>(
    `${selectParties} where p.community_id = $1 and p.party_id = $2`,
    [communityId, partyId],
  )
  return row
}

export interface NewParty {
  readonly partyId: string
  readonly name: string
  readonly kind: PartyKind
  readonly contractNumber: string
  readonly validFrom: string
  readonly validUntil: string
  readonly responsible: string
  readonly scope: readonly { readonly purpose: string; readonly fields: readonly string[] }[]
}

interface By {
  readonly staffId: string | null
  readonly at: string
}

export async function writeParty(
  { query }: Asked,
  communityId: string,
  { party, by }: { party: NewParty; by: By },
): Promise<void> {
  await query(
    `insert into app.party (community_id, party_id, name, kind, contract_number, valid_from, valid_until, responsible, entered_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      communityId,
      party.partyId,
      party.name,
      party.kind,
      party.contractNumber,
      party.validFrom,
      party.validUntil,
      party.responsible,
      by.staffId,
      by.at,
    ],
  )
  for (const { purpose, fields } of party.scope)
    await query(
      "insert into app.party_scope (community_id, party_id, purpose, fields) values ($1, $2, $3, $4)",
      [communityId, party.partyId, purpose, fields],
    )
}

/** False when somebody was first. */
export async function writePartySigned(
  { query }: Asked,
  communityId: string,
  { party, verdict, by }: { party: PartyRow; verdict: "signed" | "refused"; by: By },
): Promise<boolean> {
  const rows = await query(
    `insert into app.party_signed (community_id, party_id, entered_by, verdict, signed_by, at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning party_id`,
    [communityId, party.party_id, party.entered_by, verdict, by.staffId, by.at],
  )
  return rows.length === 1
}

/** False when it had ended. */
export async function writePartyEnded(
  { query }: Asked,
  communityId: string,
  { partyId, reason, by }: { partyId: string; reason: string; by: By },
): Promise<boolean> {
  const rows = await query(
    `insert into app.party_ended (community_id, party_id, reason, ended_by, at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning party_id`,
    [communityId, partyId, reason, by.staffId, by.at],
  )
  return rows.length === 1
}

/** Whether this account works here at that moment. */
export async function isStaffHere(
  { query }: Asked,
  communityId: string,
  { staffId, at }: { staffId: string; at: string },
): Promise<boolean> {
  const rows = await query(
    `select from app.appointment a join app.staff s on s.staff_id = a.staff_id
     join app.community c on c.community_id = $1 and c.tenant_id = a.tenant_id
     where (a.community_id is null or a.community_id = $1) and a.staff_id = $2 and s.left_at is null
       and a.valid_from <= $3 and (a.valid_until is null or a.valid_until > $3) limit 1`,
    [communityId, staffId, at],
  )
  return rows.length === 1
}

/** Whether these two accounts are known to be one natural person. Clause 4.4. */
export async function areOnePerson({ query }: Asked, one: string, other: string): Promise<boolean> {
  const rows = await query(
    `select from app.same_person a join app.same_person b using (person_id) where a.staff_id = $1 and b.staff_id = $2`,
    [one, other],
  )
  return rows.length > 0
}
