/** Scans of stored text in SQL: how far each has come, the records it goes through, what it found. */

import type { Reader } from "../../platform/database.ts"
import type { Decided, FoundIn } from "./stored-text.ts"

export interface ScanRow {
  scan_id: string
  occasion: "nightly" | "by_hand"
  day: string
  total: number
  at: Date
  step: number
  after_subject: string
  after_class: string
  scanned: number
  unreadable: number
  found: number
  is_last: boolean
  step_at: Date | null
}

const selectScans = `
  select s.scan_id, s.occasion, to_char(s.day, 'YYYY-MM-DD') as day, s.total, s.at, coalesce(p.step, 0) as step,
    coalesce(p.after_subject, '00000000-0000-0000-0000-000000000000') as after_subject, coalesce(p.after_class, '') as after_class,
    coalesce(p.scanned, 0) as scanned, coalesce(p.unreadable, 0) as unreadable, coalesce(p.found, 0) as found,
    coalesce(p.is_last, false) as is_last, p.at as step_at
  from app.text_scan s
  left join lateral (select * from app.text_scan_step p where p.community_id = s.community_id and p.scan_id = s.scan_id
    order by p.step desc limit 1) p on true
  where s.community_id = $1`

export function listScans(tx: Reader, communityId: string, limit: number): Promise<ScanRow[]> {
  return tx.query<ScanRow>(`${selectScans} order by s.seq desc limit $2`, [communityId, limit])
}

export async function readScan(
  tx: Reader,
  communityId: string,
  scanId: string,
): Promise<ScanRow | undefined> {
  const [row] = await tx.query<ScanRow>(`${selectScans} and s.scan_id = $2`, [communityId, scanId])
  return row
}

/** The one that is under way: there is one at most. */
export async function findRunning(tx: Reader, communityId: string): Promise<ScanRow | undefined> {
  return (await listScans(tx, communityId, 5)).find((row) => !row.is_last)
}

/** The day of the last nightly scan; before the first, the day on which the community came. */
export async function lastNight(tx: Reader, communityId: string): Promise<{ day: string } | undefined> {
  const [row] = await tx.query<{ day: string }>(
    `select to_char(coalesce((select max(day) from app.text_scan where community_id = $1 and occasion = 'nightly'),
       (c.created_at at time zone 'Asia/Shanghai')::date), 'YYYY-MM-DD') as day
     from app.community c where c.community_id = $1`,
    [communityId],
  )
  return row
}

/** Held to the end of the transaction: one scan begins at a time in a community. */
export async function lockScans(tx: Reader, communityId: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('text-scan ' || $1, 0))", [communityId])
}

/** Held to the end of the transaction: one process takes a batch of a scan at a time. */
export async function tryLockScan(tx: Reader, scanId: string): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('text-scan ' || $1, 0)) as mine",
    [scanId],
  )
  return row?.mine ?? false
}

export interface NewScan {
  readonly scanId: string
  readonly occasion: "nightly" | "by_hand"
  readonly day: string
  readonly total: number
  readonly by: string | null
  readonly post: string
  readonly at: string
}

export async function writeScan(tx: Reader, communityId: string, scan: NewScan): Promise<void> {
  await tx.query(
    `insert into app.text_scan (community_id, scan_id, occasion, day, total, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [communityId, scan.scanId, scan.occasion, scan.day, scan.total, scan.by, scan.post, scan.at],
  )
}

export interface Step {
  readonly scanId: string
  readonly step: number
  readonly after: { readonly subjectId: string; readonly class: string }
  readonly scanned: number
  readonly unreadable: number
  readonly found: number
  readonly isLast: boolean
  readonly at: string
}

export async function writeStep(tx: Reader, communityId: string, step: Step): Promise<void> {
  await tx.query(
    `insert into app.text_scan_step (community_id, scan_id, step, after_subject, after_class, scanned, unreadable, found, is_last, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      communityId,
      step.scanId,
      step.step,
      step.after.subjectId,
      step.after.class,
      step.scanned,
      step.unreadable,
      step.found,
      step.isLast,
      step.at,
    ],
  )
}

export interface TextRecordRow {
  subject_id: string
  class: string
  version: number
  building_ids: string[]
  sealed: Buffer
}

/** What a person's record holds stands in its masks; an order's text does not. */
const holdsText = "class = any ($2) and (class = 'service' or masks ?| $3)"

export async function countTexts(
  tx: Reader,
  communityId: string,
  { classes, fields }: { classes: readonly string[]; fields: readonly string[] },
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from app.record where community_id = $1 and ${holdsText}`,
    [communityId, classes, fields],
  )
  return row?.count ?? 0
}

export interface Batch {
  readonly classes: readonly string[]
  readonly fields: readonly string[]
  readonly after: { readonly subjectId: string; readonly class: string }
  readonly limit: number
}

export function readTexts(tx: Reader, communityId: string, batch: Batch): Promise<TextRecordRow[]> {
  return tx.query<TextRecordRow>(
    `select subject_id, class, version, building_ids::text[] as building_ids, sealed from app.record
     where community_id = $1 and ${holdsText} and (subject_id, class) > ($4::uuid, $5)
     order by subject_id, class limit $6`,
    [communityId, batch.classes, batch.fields, batch.after.subjectId, batch.after.class, batch.limit],
  )
}

export interface BelongingRow {
  subject_id: string
  subject_ref: string
  order_id: string | null
  number: string | null
}

/** Of which order or person the records are; one that is neither is a form. */
export function readBelonging(
  tx: Reader,
  communityId: string,
  subjectIds: readonly string[],
): Promise<BelongingRow[]> {
  return tx.query<BelongingRow>(
    `select distinct g.subject_id, o.subject_ref, o.order_id, o.number from app.use_grant g
     join app.work_order o on o.community_id = g.community_id and o.use_id = g.use_id
     where g.community_id = $1 and g.subject_id = any ($2::uuid[]) and g.class = 'service' and g.subject_id is distinct from o.person_id
     union all select person_id, subject_ref, null, null from app.person where community_id = $1 and person_id = any ($2::uuid[])`,
    [communityId, subjectIds],
  )
}

/** Waiting findings, what an officer kept last, and what was kept when an order was written. */
export function readDecided(
  tx: Reader,
  communityId: string,
  subjectIds: readonly string[],
): Promise<Array<Decided & { subjectId: string }>> {
  return tx.query<Decided & { subjectId: string }>(
    `select f.subject_id as "subjectId", f.field, f.kind, bool_or(r.finding_id is null) as "isOpen",
       coalesce(max(f.count) filter (where r.verdict = 'keep'), 0)::int as kept
     from app.text_finding f left join app.text_ruling r on r.community_id = f.community_id and r.finding_id = f.finding_id
     where f.community_id = $1 and f.subject_id = any ($2::uuid[]) group by 1, 2, 3
     union all
     select s.subject_id, case o.kind when 'repair' then 'repair' else 'complaint' end, k.kind, false, count(*)::int
     from (select distinct subject_id, use_id from app.use_grant
       where community_id = $1 and subject_id = any ($2::uuid[]) and class = 'service') s
     join app.work_order o on o.community_id = $1 and o.use_id = s.use_id and o.person_id is distinct from s.subject_id
     join app.text_kept k on k.community_id = $1 and k.order_id = o.order_id
     group by 1, 2, 3`,
    [communityId, subjectIds],
  )
}

export interface NewFinding extends FoundIn {
  readonly findingId: string
  readonly record: TextRecordRow
  readonly of: BelongingRow | undefined
}

export async function writeFindings(
  tx: Reader,
  communityId: string,
  { scanId, findings, at }: { scanId: string; findings: readonly NewFinding[]; at: string },
): Promise<void> {
  for (const { findingId, record, of, field, kind, count } of findings) {
    await tx.query(
      `insert into app.text_finding (community_id, finding_id, scan_id, subject_id, class, field, kind, count, building_ids,
         order_id, order_number, subject_ref, found_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        communityId,
        findingId,
        scanId,
        record.subject_id,
        record.class,
        field,
        kind,
        count,
        record.building_ids,
        of?.order_id ?? null,
        of?.number ?? null,
        of?.subject_ref ?? null,
        at,
      ],
    )
  }
}

export function listCommunities(tx: Reader): Promise<Array<{ community_id: string; tenant_id: string }>> {
  return tx.query<{ community_id: string; tenant_id: string }>(
    "select community_id, tenant_id from app.community where community_id <> 0 and removed_at is null order by community_id",
  )
}
