/** Sheets of paper by number, and the codes at the counter. Clause 2.8. */

import type { QueryResultRow } from "pg"
import type { Command } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Asked } from "./channel-sql.ts"

export interface SheetsAsked {
  readonly purpose: string
  readonly copies: number
  readonly regimeVersion: number
  readonly by: string
}

/** Consecutive numbers, in order: two that print at once wait for each other. */
export async function writeSheets(
  command: Command,
  communityId: string,
  sheets: SheetsAsked,
): Promise<number[]> {
  await command.query("select pg_advisory_xact_lock(hashtextextended('form_sheet/' || $1, 0))", [communityId])
  const rows = await command.query<{ sheet: string }>(
    `insert into app.form_sheet (community_id, sheet, purpose, regime_version, printed_by, at)
     select $1, coalesce((select max(sheet) from app.form_sheet where community_id = $1), 0) + n, $2, $3, $4, $5
     from generate_series(1, $6::int) n returning sheet`,
    [communityId, sheets.purpose, sheets.regimeVersion, sheets.by, new Date(command.now), sheets.copies],
  )
  return rows.map(({ sheet }) => Number(sheet)).toSorted((a, b) => a - b)
}

export interface SheetRow {
  sheet: string
  purpose: string
  regime_version: number
  printed_by: string
  at: Date
  entered: boolean
}

export function listSheets({ query }: Asked, communityId: string): Promise<SheetRow[]> {
  return query<SheetRow & QueryResultRow>(
    `select f.sheet, f.purpose, f.regime_version, s.name as printed_by, f.at, exists (
       select from app.form_submission m where m.community_id = f.community_id and m.sheet = f.sheet) as entered
     from app.form_sheet f join app.staff s on s.staff_id = f.printed_by
     where f.community_id = $1 order by f.sheet desc limit 200`,
    [communityId],
  )
}

export async function findSheet(
  { query }: Asked,
  communityId: string,
  sheet: number,
): Promise<{ purpose: string; at: Date } | undefined> {
  const rows = await query<{ purpose: string; at: Date }>(
    "select purpose, at from app.form_sheet where community_id = $1 and sheet = $2",
    [communityId, sheet],
  )
  return rows[0]
}

export interface LinkRow {
  link_id: string
  purpose: string
  token: string
  made_by: string
  at: Date
  stopped_at: Date | null
}

export function listLinks({ query }: Asked, communityId: string): Promise<LinkRow[]> {
  return query<LinkRow & QueryResultRow>(
    `select l.link_id, l.purpose, l.token, s.name as made_by, l.at, e.at as stopped_at
     from app.form_link l join app.staff s on s.staff_id = l.made_by
     left join app.form_link_stopped e on e.community_id = l.community_id and e.link_id = l.link_id
     where l.community_id = $1 order by l.at desc limit 100`,
    [communityId],
  )
}

/** The code that opens a form now; undefined for one that is unknown or stopped. */
export async function findLink(
  { query }: Asked,
  communityId: string,
  token: string,
): Promise<{ link_id: string; purpose: string } | undefined> {
  const rows = await query<{ link_id: string; purpose: string }>(
    `select l.link_id, l.purpose from app.form_link l
     where l.community_id = $1 and l.token = $2 and not exists (
       select from app.form_link_stopped e where e.community_id = l.community_id and e.link_id = l.link_id)`,
    [communityId, token],
  )
  return rows[0]
}

export interface NewLink {
  readonly linkId: string
  readonly purpose: string
  readonly token: string
  readonly by: string
}

/** Stops whatever code the purpose had: one at a time hangs at the counter. */
export async function writeLink(command: Command, communityId: string, link: NewLink): Promise<void> {
  await stopLinks(command, communityId, { by: link.by, purpose: link.purpose })
  await command.query(
    "insert into app.form_link (community_id, link_id, purpose, token, made_by, at) values ($1, $2, $3, $4, $5, $6)",
    [communityId, link.linkId, link.purpose, link.token, link.by, new Date(command.now)],
  )
}

/** How many were stopped. Of two that hang or stop a code at the same moment the second waits for the first. */
export async function stopLinks(
  command: Command,
  communityId: string,
  which: { by: string; purpose?: string; linkId?: string },
): Promise<number> {
  await command.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`form_link/${communityId}`])
  const rows = await command.query(
    `insert into app.form_link_stopped (community_id, link_id, stopped_by, at)
     select l.community_id, l.link_id, $2, $3 from app.form_link l
     where l.community_id = $1 and ($4::text is null or l.purpose = $4) and ($5::uuid is null or l.link_id = $5)
       and not exists (select from app.form_link_stopped e where e.community_id = l.community_id and e.link_id = l.link_id)
     returning link_id`,
    [communityId, which.by, new Date(command.now), which.purpose ?? null, which.linkId ?? null],
  )
  return rows.length
}

export interface CommunityRow {
  tenant_id: string
  company: string
  community: string
}

export async function findCommunity(
  reader: Pick<Reader, "query"> | Asked,
  communityId: string,
): Promise<CommunityRow | undefined> {
  const rows = await reader.query<CommunityRow & QueryResultRow>(
    `select c.tenant_id, t.name as company, c.name as community from app.community c join app.tenant t using (tenant_id)
     where c.community_id = $1 and c.tenant_id <> 0 and c.removed_at is null`,
    [communityId],
  )
  return rows[0]
}
