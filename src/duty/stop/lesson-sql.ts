/** Lessons in SQL. */

import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"

export interface NewLesson {
  readonly lessonId: string
  readonly attemptId: string
  readonly field: string
  readonly purpose: string | null
  readonly clause: string
  readonly zh: string
  readonly en: string
  readonly at: string
}

export async function writeLesson(tx: Reader, actor: Actor, lesson: NewLesson): Promise<void> {
  await tx.query(
    `insert into app.lesson (community_id, lesson_id, attempt_id, field, purpose, clause, text_zh, text_en, by_staff, by_post, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      actor.communityId,
      lesson.lessonId,
      lesson.attemptId,
      lesson.field,
      lesson.purpose,
      lesson.clause,
      lesson.zh,
      lesson.en,
      actor.staffId,
      actor.post,
      lesson.at,
    ],
  )
}

export interface LessonRow {
  lesson_id: string
  field: string
  purpose: string | null
  clause: string
  text_zh: string
  text_en: string
  at: Date
}

/** Newest first, two hundred at most: a page, not an archive. */
export function listLessons(
  tx: Reader,
  communityId: string,
  field: string | undefined,
): Promise<LessonRow[]> {
  return tx.query<LessonRow>(
    `select lesson_id, field, purpose, clause, text_zh, text_en, at from app.lesson
     where community_id = $1 and ($2::text is null or field = $2) order by seq desc limit 200`,
    [communityId, field ?? null],
  )
}

/** Names of everybody of the company: none of them stands in a lesson. */
export async function staffNames(tx: Reader, tenantId: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>("select name from app.staff where tenant_id = $1", [tenantId])
  return rows.map(({ name }) => name)
}
