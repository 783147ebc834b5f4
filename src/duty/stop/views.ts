/** Rows as they cross the wire. */

import { stateOf } from "./attempt.ts"
import type { AttemptRow } from "./attempt-sql.ts"
import type { Attempt, Lesson } from "./contract.ts"
import type { LessonRow } from "./lesson-sql.ts"
import type { Proposal, Trained } from "./proposal-contract.ts"
import type { ProposalRow } from "./proposal-sql.ts"
import { isTrained } from "./standing.ts"
import type { TrainedRow } from "./training-sql.ts"

export function attemptView(row: AttemptRow): Attempt {
  return {
    attemptId: row.attempt_id,
    at: row.at.toISOString(),
    by: { staffId: row.actor, name: row.actor_name, post: row.post },
    channel: row.channel,
    purpose: row.purpose,
    field: row.field,
    reason: row.reason,
    regimeVersion: row.regime_version,
    state: stateOf(row.rulings.map(({ verdict }) => verdict)),
    rulings: row.rulings.map((one) => ({
      verdict: one.verdict,
      by: { staffId: one.by_staff, name: one.by_name, post: one.by_post },
      at: new Date(one.at).toISOString(),
    })),
    lessonId: row.lesson_id,
  }
}

export function lessonView(row: LessonRow): Lesson {
  return {
    lessonId: row.lesson_id,
    field: row.field,
    purpose: row.purpose,
    clause: row.clause,
    zh: row.text_zh,
    en: row.text_en,
    at: row.at.toISOString(),
  }
}

export function proposalView(row: ProposalRow): Proposal {
  const answeredAt = row.answered_at?.toISOString()
  return {
    proposalId: row.proposal_id,
    field: row.field,
    purpose: row.purpose,
    why: row.why,
    by: { staffId: row.by_staff, name: row.by_name, post: row.by_post },
    at: row.at.toISOString(),
    answer:
      row.verdict === null || answeredAt === undefined ? null : { verdict: row.verdict, at: answeredAt },
  }
}

export function trainedView(row: TrainedRow, today: string): Trained {
  return {
    staff: { staffId: row.staff_id, name: row.name, post: row.post },
    since: row.since,
    course: row.course,
    passedOn: row.passed_on,
    validUntil: row.valid_until,
    isValid: isTrained({ trainedUntil: row.valid_until }, today),
  }
}
