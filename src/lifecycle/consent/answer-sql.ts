/** What each person's newest answers are worth at this moment, and which of them have lapsed unnoticed. Clauses 2.5, 2.7. */

import type { QueryResultRow } from "pg"
import type { Answer } from "./consent.ts"
import type { Language } from "./consent-text.ts"
import { answerNow, coverable, type Moment } from "./lapse.ts"
import type { Asked } from "./sql.ts"

interface AnswerRow extends QueryResultRow, Answer {
  person_id: string
  at: Date
  valid_days: number | null
}

export type PersonAnswer = Answer & { readonly personId: string }

/** The newest answer of each of these persons to each feature: what counts at this moment. */
export async function readAnswers(
  { query }: Asked,
  communityId: string,
  { personIds, moment }: { personIds: readonly string[]; moment: Moment },
): Promise<PersonAnswer[]> {
  const rows = await query<AnswerRow>(
    `select distinct on (e.person_id, e.feature) e.person_id, e.purpose, e.fields, e.at, t.valid_days,
       -- What a child said before it was noted that they are one is no yes: the guardian consents. Clause 2.10.
       case when e.kind = 'given' and e.guardian is null and m.person_id is not null then 'lapsed' else e.kind end as kind
     from app.consent_event e
     left join app.minor m on m.community_id = e.community_id and m.person_id = e.person_id
     join app.consent_text t on t.community_id = e.community_id and t.feature = e.feature and t.version = e.text_version
     where e.community_id = $1 and e.person_id = any ($2::uuid[]) and e.kind in ('given', 'refused', 'withdrawn', 'lapsed')
     order by e.person_id, e.feature, e.seq desc`,
    [communityId, personIds],
  )
  return rows.map(({ kind, purpose, fields, at, person_id: personId, valid_days: validDays }) => ({
    personId,
    ...answerNow({ kind, purpose, fields, at: at.getTime(), validDays }, moment),
  }))
}

/** Of these persons, those who are noted as under 14. Clause 2.10. */
export async function readMinors(
  { query }: Asked,
  communityId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await query<{ person_id: string }>(
    "select person_id from app.minor where community_id = $1 and person_id = any ($2::uuid[])",
    [communityId, personIds],
  )
  return rows.map((row) => row.person_id)
}

export interface LapsedRow extends QueryResultRow {
  person_id: string
  feature: string
  language: Language
  text_version: number
}

/** A yes of a person of the roster that has lapsed while nothing was written about it. */
export function findLapsed(
  { query }: Asked,
  communityId: string,
  { regime, now }: Moment,
): Promise<LapsedRow[]> {
  return query<LapsedRow>(
    `select a.person_id, a.feature, a.language, a.text_version from (
       select distinct on (e.person_id, e.feature) e.person_id, e.feature, e.kind, e.purpose, e.fields, e.language, e.text_version,
         e.at from app.consent_event e
       where e.community_id = $1 and not e.of_form and e.kind in ('given', 'refused', 'withdrawn', 'lapsed')
       order by e.person_id, e.feature, e.seq desc) a
     join app.consent_text t on t.community_id = $1 and t.feature = a.feature and t.version = a.text_version
     join app.person p on p.community_id = $1 and p.person_id = a.person_id
     where a.kind = 'given' and (a.at + t.valid_days * interval '24 hours' <= $3
       or not exists (select from unnest(a.fields) field where a.purpose || '/' || field = any ($2::text[])))`,
    [communityId, coverable(regime), new Date(now).toISOString()],
  )
}
