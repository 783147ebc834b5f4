/** Impact assessments: editions and who signed them off. Rows are added and never changed. Clause 2.11. */

import type { Reader } from "../../platform/database.ts"
import { type AssessmentText, assessmentText } from "./assessment-contract.ts"
import type { Need } from "./assessment-need.ts"
import { sealed } from "./sql.ts"

export interface AssessmentRow {
  assessment_id: string
  purpose: string
  edition: number
  content: unknown
  written_by: string
  written_name: string
  written_at: Date
  signed_by: string | null
  signed_name: string | null
  post: string | null
  signed_at: Date | null
}

const newest = `
  select a.assessment_id, a.purpose, e.edition, e.content, e.written_by, w.name as written_name, e.written_at,
    g.signed_by, s.name as signed_name, g.post, g.signed_at
  from app.assessment a
  join lateral (select * from app.assessment_edition e where e.assessment_id = a.assessment_id
    order by e.edition desc limit 1) e on true
  join app.staff w on w.staff_id = e.written_by
  left join app.assessment_signature g on g.assessment_id = e.assessment_id and g.edition = e.edition
  left join app.staff s on s.staff_id = g.signed_by`

export async function findAssessment(
  reader: Reader,
  assessmentId: string,
): Promise<AssessmentRow | undefined> {
  const [row] = await reader.query<AssessmentRow>(`${newest} where a.assessment_id = $1`, [assessmentId])
  return row
}

export function listAssessmentRows(reader: Reader): Promise<AssessmentRow[]> {
  return reader.query<AssessmentRow>(`${newest} order by e.written_at desc limit 500`)
}

/** What assessments speak of that are signed and not past their review: of each the newest edition that is signed. */
export async function readAssessed(reader: Reader, today: string): Promise<Need[]> {
  const rows = await reader.query<{ purpose: string; content: unknown }>(
    `select distinct on (a.assessment_id) a.purpose, e.content from app.assessment a
     join app.assessment_edition e on e.assessment_id = a.assessment_id
     join app.assessment_signature g on g.assessment_id = e.assessment_id and g.edition = e.edition
     order by a.assessment_id, e.edition desc`,
  )
  return rows.flatMap(({ purpose, content }) => {
    const { fields, isShared, isPublished, reviewBy } = assessmentText.parse(content)
    return reviewBy < today ? [] : [{ purpose, fields, isShared, isPublished }]
  })
}

export async function writeAssessment(
  command: Reader,
  made: { assessmentId: string; purpose: string },
  by: { staffId: string; at: string },
): Promise<void> {
  await command.query(
    "insert into app.assessment (assessment_id, purpose, made_by, made_at) values ($1, $2, $3, $4)",
    [made.assessmentId, made.purpose, by.staffId, by.at],
  )
}

export async function writeEdition(
  command: Reader,
  made: { assessmentId: string; edition: number; text: AssessmentText },
  by: { staffId: string; at: string },
): Promise<void> {
  const { text, digest } = sealed(made.text)
  await command.query(
    `insert into app.assessment_edition (assessment_id, edition, content, digest, written_by, written_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [made.assessmentId, made.edition, text, digest, by.staffId, by.at],
  )
}

export async function writeSignOff(
  command: Reader,
  signed: { assessmentId: string; edition: number; post: string },
  by: { staffId: string; at: string },
): Promise<void> {
  await command.query(
    `insert into app.assessment_signature (assessment_id, edition, written_by, signed_by, post, digest, signed_at)
     select assessment_id, edition, written_by, $3, $4, digest, $5 from app.assessment_edition
     where assessment_id = $1 and edition = $2`,
    [signed.assessmentId, signed.edition, by.staffId, signed.post, by.at],
  )
}
