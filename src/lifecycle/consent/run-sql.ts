/** Uses that run on consent: started, walked, stopped. Clauses 2.5, 2.7, 4.2. */

import type { QueryResultRow } from "pg"

import type { Occasion } from "./run-contract.ts"
import type { Asked, Stopped } from "./sql.ts"

export interface RunRow extends QueryResultRow {
  run_id: string
  seq: string
  feature: string
  purpose: string
  fields: string[]
  occasion: Occasion
  rule: string
  unlisted: number
  started_by: string
  /** The server's own hand, which walks, sees no staff and has no use for it. */
  started_by_name: string
  started_post: string
  started_at: Date
  ended_at: Date | null
  end_reason: "done" | "stopped" | null
  listed: number
  queued: number
  stopped: number
}

const runSelect = `
  select r.run_id, r.seq, r.feature, r.purpose, r.fields, r.occasion, r.rule, r.unlisted, r.started_by, s.name as started_by_name,
    r.started_post, r.started_at, e.at as ended_at, e.reason as end_reason,
    (select count(*)::int from app.consent_run_person p where p.community_id = r.community_id and p.run_id = r.run_id) as listed,
    (select count(*)::int from app.consent_message m where m.community_id = r.community_id and m.run_id = r.run_id
      and m.outcome = 'queued') as queued,
    (select count(*)::int from app.consent_message m where m.community_id = r.community_id and m.run_id = r.run_id
      and m.outcome = 'stopped') as stopped
  from app.consent_run r left join app.staff s on s.staff_id = r.started_by
  left join app.consent_run_ended e on e.community_id = r.community_id and e.run_id = r.run_id`

export async function readRun(
  { query }: Asked,
  communityId: string,
  runId: string,
): Promise<RunRow | undefined> {
  const rows = await query<RunRow>(`${runSelect} where r.community_id = $1 and r.run_id = $2`, [
    communityId,
    runId,
  ])
  return rows[0]
}

/** The newest first. */
export function listRuns({ query }: Asked, communityId: string): Promise<RunRow[]> {
  return query<RunRow>(`${runSelect} where r.community_id = $1 order by r.seq desc limit 50`, [communityId])
}

/** In every community of the context. */
export function findOpenRuns({ query }: Asked): Promise<{ community_id: string; run_id: string }[]> {
  return query(
    `select r.community_id, r.run_id from app.consent_run r where not exists (
       select from app.consent_run_ended e where e.community_id = r.community_id and e.run_id = r.run_id) order by r.seq`,
  )
}

export interface RunPersonRow extends QueryResultRow {
  person_id: string
  subject_ref: string
  outcome: "queued" | "stopped" | null
  card: string
}

/** Those on the list who live in the viewer's buildings, with the masked line of their first home; one where it is named. */
export function readRunPersons(
  { query }: Asked,
  communityId: string,
  { runId, personId = null }: { runId: string; personId?: string | null },
): Promise<RunPersonRow[]> {
  return query<RunPersonRow>(
    `select p.person_id, p.subject_ref, m.outcome, r.card from app.consent_run_person p
     left join app.consent_message m on m.community_id = p.community_id and m.run_id = p.run_id and m.person_id = p.person_id
     join lateral (select card, sort_key from app.residence r where r.community_id = p.community_id and r.person_id = p.person_id
       order by sort_key limit 1) r on true
     where p.community_id = $1 and p.run_id = $2 and ($3::uuid is null or p.person_id = $3)
     order by r.sort_key limit 500`,
    [communityId, runId, personId],
  )
}

export interface RunRecordRow extends QueryResultRow {
  class: string
  version: number
  sealed: Buffer
}

export async function readRunRecord(
  { query }: Asked,
  communityId: string,
  { personId, class: code }: { personId: string; class: string },
): Promise<RunRecordRow | undefined> {
  const rows = await query<RunRecordRow>(
    "select class, version, sealed from app.record where community_id = $1 and subject_id = $2 and class = $3",
    [communityId, personId, code],
  )
  return rows[0]
}

export interface NewRun {
  readonly runId: string
  readonly feature: string
  readonly purpose: string
  readonly fields: readonly string[]
  readonly occasion: Occasion
  readonly rule: string
  readonly startedBy: string
  readonly startedPost: string
  readonly regimeVersion: number
  readonly at: string
}

/**
 * The list: whoever in the viewer's buildings has consented to every field by now. The others are counted. Returns their
 * pseudonyms.
 */
export async function writeRun(tx: Asked, communityId: string, run: NewRun): Promise<string[]> {
  const consenting = (at: "$6" | "$11") => `
    select distinct on (e.person_id) e.person_id, e.kind, e.purpose, e.fields,
      e.at + t.valid_days * interval '24 hours' <= ${at}::timestamptz as is_over
    from app.consent_event e
    join app.consent_text t on t.community_id = e.community_id and t.feature = e.feature and t.version = e.text_version
    where e.community_id = $1 and e.feature = $3 and e.kind in ('given', 'refused', 'withdrawn', 'lapsed')
    order by e.person_id, e.seq desc`
  await tx.query(
    `insert into app.consent_run (community_id, run_id, feature, purpose, fields, occasion, rule, unlisted, started_by,
       started_post, regime_version, started_at)
     select $1, $2, $3, $4, $5, $6, $7, count(*) filter (where a.person_id is null), $8, $9, $10, $11
     from app.person p left join (${consenting("$11")}) a
       on a.person_id = p.person_id and a.kind = 'given' and a.purpose = $4 and a.fields @> $5 and a.is_over is not true
     where p.community_id = $1`,
    [
      communityId,
      run.runId,
      run.feature,
      run.purpose,
      run.fields,
      run.occasion,
      run.rule,
      run.startedBy,
      run.startedPost,
      run.regimeVersion,
      run.at,
    ],
  )
  const rows = await tx.query<{ subject_ref: string }>(
    `insert into app.consent_run_person (community_id, run_id, person_id, building_ids, subject_ref)
     select p.community_id, $2, p.person_id, p.building_ids, p.subject_ref from app.person p join (${consenting("$6")}) a
       on a.person_id = p.person_id and a.kind = 'given' and a.purpose = $4 and a.fields @> $5 and a.is_over is not true
     where p.community_id = $1 returning subject_ref`,
    [communityId, run.runId, run.feature, run.purpose, run.fields, run.at],
  )
  return rows.map((row) => row.subject_ref)
}

export async function lockRun({ query }: Asked, runId: string): Promise<void> {
  await query("select pg_advisory_xact_lock(hashtextextended($1, 18))", [runId])
}

/** One process at a time walks a run; false: another does. Held until the transaction ends. */
export async function tryLockRun({ query }: Asked, runId: string): Promise<boolean> {
  const [row] = await query<{ mine: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1, 18)) as mine",
    [runId],
  )
  return row?.mine ?? false
}

export interface WaitingRow extends QueryResultRow {
  person_id: string
  building_ids: string[]
  subject_ref: string
}

export function readWaiting(
  { query }: Asked,
  communityId: string,
  { runId, limit }: { runId: string; limit: number },
): Promise<WaitingRow[]> {
  return query<WaitingRow>(
    `select p.person_id, p.building_ids::text[] as building_ids, p.subject_ref from app.consent_run_person p
     where p.community_id = $1 and p.run_id = $2 and not exists (select from app.consent_message m
       where m.community_id = p.community_id and m.run_id = p.run_id and m.person_id = p.person_id)
     order by p.person_id limit $3`,
    [communityId, runId, limit],
  )
}

/** The person must not answer while their entry is made: waits for a withdrawal that is being written. */
export async function lockPersons({ query }: Asked, communityId: string, personIds: readonly string[]) {
  await query(
    "select pg_advisory_xact_lock(hashtextextended($1::text || '/' || p, 17)) from unnest($2::text[]) p order by p",
    [communityId, personIds],
  )
}

export interface NewMessage {
  readonly personId: string
  readonly buildingIds: readonly string[]
  readonly outcome: "queued" | "stopped"
}

export async function writeMessage(
  tx: Asked,
  communityId: string,
  { runId, message, at }: { runId: string; message: NewMessage; at: string },
): Promise<void> {
  await tx.query("insert into app.consent_message values ($1, $2, $3, $4, $5, $6) on conflict do nothing", [
    communityId,
    runId,
    message.personId,
    message.buildingIds,
    message.outcome,
    at,
  ])
}

/** Takes the person out of every use of the feature that still runs. Returns these uses, and those that had reached them. */
export async function stopPerson(
  tx: Asked,
  communityId: string,
  { personId, feature, at }: { personId: string; feature: string; at: number },
): Promise<Stopped[]> {
  const rows = await tx.query<QueryResultRow & Stopped>(
    `with open as (
       select r.run_id, r.purpose, r.fields, p.building_ids from app.consent_run_person p
       join app.consent_run r on r.community_id = p.community_id and r.run_id = p.run_id
       where p.community_id = $1 and p.person_id = $2 and r.feature = $3 and not exists (
         select from app.consent_run_ended e where e.community_id = r.community_id and e.run_id = r.run_id)),
     made as (
       insert into app.consent_message (community_id, run_id, person_id, building_ids, outcome, at)
       select $1, run_id, $2, building_ids, 'stopped', $4 from open on conflict do nothing returning run_id)
     select o.run_id as "runId", o.purpose, o.fields, m.run_id is null as "wasQueued"
     from open o left join made m on m.run_id = o.run_id`,
    [communityId, personId, feature, new Date(at).toISOString()],
  )
  return rows.map(({ runId, purpose, fields, wasQueued }) => ({ runId, purpose, fields, wasQueued }))
}

export async function writeRunEnd(
  tx: Asked,
  communityId: string,
  end: { runId: string; reason: "done" | "stopped"; by: string | null; at: string },
): Promise<void> {
  await tx.query(
    `insert into app.consent_run_ended (community_id, run_id, reason, ended_by, queued, stopped, at)
     select $1, $2, $3, $4, count(*) filter (where outcome = 'queued'), count(*) filter (where outcome = 'stopped'), $5
     from app.consent_message where community_id = $1 and run_id = $2 on conflict do nothing`,
    [communityId, end.runId, end.reason, end.by, end.at],
  )
}
