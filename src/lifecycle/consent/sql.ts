/** Texts, events and minors as they lie in the database. Clauses 2.5–2.7, 2.10. */

import type { QueryResultRow } from "pg"
import type { Reader } from "../../platform/database.ts"
import type { ConsentState, EventKind } from "./consent.ts"
import type { Language, TextWords } from "./consent-text.ts"

/** A reader under any row security: that of a command, of a look, or of the server's own hand. */
export type Asked = Pick<Reader, "query">

export type RenderedWords = TextWords & { readonly rendered: string }

export interface TextRow extends QueryResultRow {
  feature: string
  version: number
  purpose: string
  fields: string[]
  words: Record<Language, RenderedWords>
  hashes: Record<Language, string>
  cool_down_days: number
  /** Null: a yes holds until it is taken back. */
  valid_days: number | null
  /** Null: a form's own sentence, out of the regime. */
  written_by: string | null
  since: Date
}

const textColumns =
  "feature, version, purpose, fields, words, hashes, cool_down_days, valid_days, written_by, since"

/** The newest version of each feature, or of one. */
export function readTextsInForce(
  { query }: Asked,
  communityId: string,
  feature: string | null = null,
): Promise<TextRow[]> {
  return query<TextRow>(
    `select distinct on (feature) ${textColumns} from app.consent_text
     where community_id = $1 and ($2::text is null or feature = $2) order by feature, version desc`,
    [communityId, feature],
  )
}

/** Every version of every feature, newest first. */
export function readTextHistory({ query }: Asked, communityId: string): Promise<TextRow[]> {
  return query<TextRow>(
    `select ${textColumns} from app.consent_text where community_id = $1 order by feature, version desc`,
    [communityId],
  )
}

export async function writeText(
  tx: Asked,
  communityId: string,
  text: Omit<TextRow, "since"> & { at: string },
) {
  await tx.query(
    `insert into app.consent_text (community_id, ${textColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      communityId,
      text["feature"],
      text["version"],
      text["purpose"],
      text["fields"],
      JSON.stringify(text["words"]),
      JSON.stringify(text["hashes"]),
      text["cool_down_days"],
      text["valid_days"],
      text["written_by"],
      text.at,
    ],
  )
}

export interface EventRow extends QueryResultRow {
  event_id: string
  person_id: string
  subject_ref: string
  feature: string
  kind: EventKind
  purpose: string
  fields: string[]
  text_version: number
  text_hash: string
  /** `server`: nobody answered, it has lapsed. */
  channel: "desk" | "paper" | "phone_page" | "phone_call" | "server"
  language: Language
  asked_by: string | null
  asked_post: string | null
  evidence: "none" | "signature" | "code" | "paper"
  paper_number: string | null
  paper_place: string | null
  guardian: "father" | "mother" | "other" | null
  stopped: Stopped[] | null
  at: Date
  /** As the text that was read says. */
  valid_days: number | null
}

/** A use that a withdrawal or a lapse ended for this person. */
export interface Stopped {
  readonly runId: string
  readonly purpose: string
  readonly fields: readonly string[]
  /** Whether the person's entry had been made before: what is sent is not unsent. */
  readonly wasQueued: boolean
}

const eventColumns = `event_id, person_id, subject_ref, feature, kind, purpose, fields, text_version, text_hash, channel, language,
  asked_by, asked_post, evidence, paper_number, paper_place, guardian, stopped, at`
const readColumns = `${eventColumns}, (select t.valid_days from app.consent_text t where t.community_id = e.community_id
  and t.feature = e.feature and t.version = e.text_version) as valid_days`

/** Everything about one person, in order; of one feature where it is named. */
export function readEvents(
  { query }: Asked,
  communityId: string,
  { personId, feature = null }: { personId: string; feature?: string | null },
): Promise<EventRow[]> {
  return query<EventRow>(
    `select ${readColumns} from app.consent_event e
     where community_id = $1 and person_id = $2 and ($3::text is null or feature = $3) order by seq`,
    [communityId, personId, feature],
  )
}

export async function readEvent(
  { query }: Asked,
  communityId: string,
  eventId: string,
): Promise<EventRow | undefined> {
  const rows = await query<EventRow>(
    `select ${readColumns} from app.consent_event e where community_id = $1 and event_id = $2`,
    [communityId, eventId],
  )
  return rows[0]
}

export interface PersonRow {
  subject_ref: string
  building_ids: string[]
  is_minor: boolean
  /** The month is known in which they are no longer under 14. */
  has_end: boolean
  is_young: boolean
}

/** Undefined outside one's reach. Locks the person's consent for the rest of the command. */
export async function lockPerson(
  { query }: Asked,
  communityId: string,
  personId: string,
): Promise<PersonRow | undefined> {
  await query("select pg_advisory_xact_lock(hashtextextended($1, 17))", [`${communityId}/${personId}`])
  return readPersonRow({ query }, communityId, personId)
}

export async function readPersonRow(
  { query }: Asked,
  communityId: string,
  personId: string,
): Promise<PersonRow | undefined> {
  const rows = await query<PersonRow & QueryResultRow>(
    `select p.subject_ref, p.building_ids::text[] as building_ids, m.person_id is not null as is_minor,
       exists (select from app.age_month a where a.community_id = p.community_id and a.person_id = p.person_id and a.under = 14) as has_end,
       exists (select from app.age_month a where a.community_id = p.community_id and a.person_id = p.person_id and a.under = 18) as is_young
     from app.person p left join app.minor m on m.community_id = p.community_id and m.person_id = p.person_id
     where p.community_id = $1 and p.person_id = $2`,
    [communityId, personId],
  )
  return rows[0]
}

export type NewEvent = Omit<EventRow, "at" | "valid_days"> & {
  /** Of the subject of a form, whom the roster does not know. */
  readonly of_form: boolean
  readonly building_ids: readonly string[]
  readonly evidence_id: string | null
  readonly at: string
}

export async function writeConsentEvent(tx: Asked, communityId: string, event: NewEvent): Promise<void> {
  await tx.query(
    `insert into app.consent_event (community_id, ${eventColumns}, building_ids, evidence_id, of_form)
     select $1, e.event_id, e.person_id, e.subject_ref, e.feature, e.kind, e.purpose, e.fields, e.text_version, e.text_hash,
       e.channel, e.language, e.asked_by, e.asked_post, e.evidence, e.paper_number, e.paper_place, e.guardian,
       nullif(e.stopped, 'null'), e.at, e.building_ids, e.evidence_id, e.of_form
     from jsonb_populate_record(null::app.consent_event, $2) e`,
    [communityId, JSON.stringify(event)],
  )
}

/** The same yes, now of a person of the roster: text, evidence and channel as they were. */
export async function copyEvent(
  tx: Asked,
  communityId: string,
  copy: { from: string; eventId: string; personId: string; person: PersonRow; at: string },
): Promise<void> {
  await tx.query(
    `insert into app.consent_event (community_id, ${eventColumns}, building_ids, evidence_id)
     select community_id, $3, $4, $5, feature, kind, purpose, fields, text_version, text_hash, channel, language, asked_by,
       asked_post, evidence, paper_number, paper_place, guardian, stopped, $6, $7, evidence_id
     from app.consent_event where community_id = $1 and event_id = $2`,
    [
      communityId,
      copy.from,
      copy.eventId,
      copy.personId,
      copy.person.subject_ref,
      copy.at,
      copy.person.building_ids,
    ],
  )
}

const newest = `
  select distinct on (e.person_id, e.feature) e.person_id, e.feature, e.kind, e.purpose, e.fields from app.consent_event e
  where e.community_id = $1 and not e.of_form and e.kind in ('given', 'refused', 'withdrawn', 'lapsed')
  order by e.person_id, e.feature, e.seq desc`
const inForce = `
  select distinct on (feature) feature, purpose, fields from app.consent_text where community_id = $1
  order by feature, version desc`
const stateNow = `case when a.kind <> 'given' then a.kind
  when a.purpose <> t.purpose or not t.fields <@ a.fields then 'stale' else 'given' end`

/** Persons by state, within the viewer's reach; whoever never answered is not counted. */
export function countStates(
  { query }: Asked,
  communityId: string,
): Promise<{ feature: string; state: ConsentState; count: number }[]> {
  return query(
    `select a.feature, ${stateNow} as state, count(*)::int as count from (${newest}) a join (${inForce}) t using (feature)
     group by 1, 2 order by 1, 2`,
    [communityId],
  )
}

/** How many have given less than this scope. */
export async function countNarrower(
  { query }: Asked,
  communityId: string,
  scope: { feature: string; purpose: string; fields: readonly string[] },
): Promise<number> {
  const rows = await query<{ count: number }>(
    `select count(*)::int as count from (${newest}) a
     where a.feature = $2 and a.kind = 'given' and (a.purpose <> $3 or not $4::text[] <@ a.fields)`,
    [communityId, scope.feature, scope.purpose, scope.fields],
  )
  return rows[0]?.count ?? 0
}

/** The masked line of each person in the state. */
export function listInState(
  { query }: Asked,
  communityId: string,
  asked: { feature: string; state: string; limit: number },
): Promise<{ subject_ref: string; card: string }[]> {
  return query(
    `select r.subject_ref, r.card from (${newest}) a join (${inForce}) t using (feature)
     join lateral (select card, sort_key, subject_ref from app.residence r
       where r.community_id = $1 and r.person_id = a.person_id order by sort_key limit 1) r on true
     where a.feature = $2 and ${stateNow} = $3 order by r.sort_key limit $4`,
    [communityId, asked.feature, asked.state, asked.limit],
  )
}

/** The trace that an event left, and whoever answers for the data there. */
export async function readReceiptParts(
  { query }: Asked,
  communityId: string,
  eventId: string,
): Promise<{ trace_id: string | null; company: string; community: string } | undefined> {
  const rows = await query<{ trace_id: string | null; company: string; community: string }>(
    `select n.name as company, c.name as community, (select t.trace_id from app.trace t
       where t.community_id = $1 and t.use_id = $2 order by t.seq limit 1) as trace_id
     from app.community c join app.tenant n using (tenant_id) where c.community_id = $1`,
    [communityId, eventId],
  )
  return rows[0]
}
