/** Drafts of the regime, their saved changes and signatures, and the versions that came of them. Clauses 2.2, 2.3. */

import type { Reader } from "../../platform/database.ts"
import { parseRegime } from "./regime-schema.ts"
import type { Regime } from "./regime-shape.ts"
import { sealed, versionLock } from "./sql.ts"

export interface SignatureRow {
  place: number
  signed_by: string
  name: string
  post: string
  signed_at: Date
  active_since: Date | null
}

export interface DraftRow {
  draft_id: string
  title: string
  back_to: number | null
  made_by: string
  made_name: string
  change: number
  based_on: number
  changed_by: string
  changed_name: string
  changed_at: Date
  ended_at: Date | null
  version: number | null
}

const draftSelect = `
  select d.draft_id, d.title, d.back_to, d.made_by, m.name as made_name, c.change, c.based_on, c.changed_by,
    s.name as changed_name, c.changed_at, e.ended_at, e.version
  from app.regime_draft d
  join app.staff m on m.staff_id = d.made_by
  join lateral (select * from app.regime_change c where c.draft_id = d.draft_id order by c.change desc limit 1) c on true
  join app.staff s on s.staff_id = c.changed_by
  left join app.regime_draft_end e on e.draft_id = d.draft_id`

export async function findDraft(reader: Reader, draftId: string): Promise<DraftRow | undefined> {
  const [row] = await reader.query<DraftRow>(`${draftSelect} where d.draft_id = $1`, [draftId])
  return row
}

/** Open ones, the one changed last first. */
export function listDrafts(reader: Reader): Promise<DraftRow[]> {
  return reader.query<DraftRow>(
    `${draftSelect} where e.draft_id is null order by c.changed_at desc limit 200`,
  )
}

export interface ChangeRow {
  change: number
  changed_by: string
  name: string
  changed_at: Date
}

export function listChanges(reader: Reader, draftId: string): Promise<ChangeRow[]> {
  return reader.query<ChangeRow>(
    `select c.change, c.changed_by, s.name, c.changed_at from app.regime_change c
     join app.staff s on s.staff_id = c.changed_by where c.draft_id = $1 order by c.change desc`,
    [draftId],
  )
}

export async function readChange(reader: Reader, draftId: string, change: number): Promise<Regime> {
  const [row] = await reader.query<{ content: unknown }>(
    "select content from app.regime_change where draft_id = $1 and change = $2",
    [draftId, change],
  )
  if (row === undefined) throw new Error("a draft has no content")
  return parseRegime(row.content)
}

/** Of one saved state. */
export function listSignatures(reader: Reader, draftId: string, change: number): Promise<SignatureRow[]> {
  return reader.query<SignatureRow>(
    `select g.place, g.signed_by, s.name, g.post, g.signed_at, g.active_since from app.regime_signature g
     join app.staff s on s.staff_id = g.signed_by where g.draft_id = $1 and g.change = $2 order by g.place`,
    [draftId, change],
  )
}

export interface VersionRow {
  version: number
  active_since: Date
  draft_id: string | null
  change: number | null
  title: string | null
  back_to: number | null
}

/** Newest first. */
export function listVersions(reader: Reader): Promise<VersionRow[]> {
  return reader.query<VersionRow>(
    `select v.version, v.active_since, e.draft_id, e.change, d.title, d.back_to from app.regime_version v
     left join app.regime_draft_end e on e.version = v.version
     left join app.regime_draft d on d.draft_id = e.draft_id order by v.version desc limit 500`,
  )
}

/** Every signature of the versions listed, by draft. */
export function listVersionSignatures(reader: Reader): Promise<(SignatureRow & { draft_id: string })[]> {
  return reader.query<SignatureRow & { draft_id: string }>(
    `select g.draft_id, g.place, g.signed_by, s.name, g.post, g.signed_at, g.active_since
     from app.regime_draft_end e
     join app.regime_signature g on g.draft_id = e.draft_id and g.change = e.change
     join app.staff s on s.staff_id = g.signed_by order by g.place`,
  )
}

/** In a command: nobody else changes, signs or activates until it ends. */
export async function lockRegime(command: Reader): Promise<void> {
  await command.query("select pg_advisory_xact_lock($1)", [versionLock])
}

export async function writeDraft(
  command: Reader,
  draft: { draftId: string; title: string; backTo: number | null },
  by: { staffId: string; at: string },
): Promise<void> {
  await command.query(
    "insert into app.regime_draft (draft_id, title, back_to, made_by, made_at) values ($1, $2, $3, $4, $5)",
    [draft.draftId, draft.title, draft.backTo, by.staffId, by.at],
  )
}

export async function writeChange(
  command: Reader,
  saved: { draftId: string; change: number; basedOn: number; regime: Regime },
  by: { staffId: string; at: string },
): Promise<void> {
  const { text, digest } = sealed(saved.regime)
  await command.query(
    `insert into app.regime_change (draft_id, change, based_on, content, digest, changed_by, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [saved.draftId, saved.change, saved.basedOn, text, digest, by.staffId, by.at],
  )
}

export async function writeSignature(
  command: Reader,
  signed: { draftId: string; change: number; place: 1 | 2; post: string; activeSince: string | null },
  by: { staffId: string; at: string },
): Promise<void> {
  await command.query(
    `insert into app.regime_signature (draft_id, change, place, signed_by, post, active_since, digest, signed_at)
     select draft_id, change, $3, $4, $5, $6, digest, $7 from app.regime_change where draft_id = $1 and change = $2`,
    [signed.draftId, signed.change, signed.place, by.staffId, signed.post, signed.activeSince, by.at],
  )
}

export async function writeEnd(
  command: Reader,
  ended: { draftId: string; version: number | null; change: number | null },
  by: { staffId: string; at: string },
): Promise<void> {
  await command.query(
    "insert into app.regime_draft_end (draft_id, version, change, ended_by, ended_at) values ($1, $2, $3, $4, $5)",
    [ended.draftId, ended.version, ended.change, by.staffId, by.at],
  )
}

/** By the clock of the database, which decides what is in force. */
export async function databaseNow(command: Reader): Promise<Date> {
  const [row] = await command.query<{ at: Date }>("select date_trunc('milliseconds', now()) as at")
  if (row === undefined) throw new Error("the database has no clock")
  return row.at
}

/** Whether the company of the actor is the demonstration while there is a company of its own here. */
export async function isGuest(command: Reader, tenantId: string): Promise<boolean> {
  const rows = await command.query(
    `select from app.tenant t where t.tenant_id = $1 and t.is_demonstration
       and exists (select from app.tenant r where r.tenant_id <> 0 and not r.is_demonstration)`,
    [tenantId],
  )
  return rows.length > 0
}
