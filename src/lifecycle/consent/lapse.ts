/**
 * When a consent ends by itself: its days are over, or the regime in force leaves it nothing to cover. It counts for nothing from
 * that moment on; the event that tells so is written afterwards. Clauses 2.3, 2.5, 2.7.
 */

import { isFieldCode } from "../catalogue/field.ts"
import { cellsOf, mayCollect } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { type Answer, answerOf, type ConsentEvent, needsConsent, type Scope } from "./consent.ts"

const dayMilliseconds = 86_400_000

/** What a consent is held against. */
export interface Moment {
  readonly regime: Regime
  /** Milliseconds since the epoch. */
  readonly now: number
}

interface Dated {
  /** When it was said. */
  readonly at: number
  /** As the text that was read says; null: until it is taken back. */
  readonly validDays: number | null
}

export type DatedAnswer = Answer & Dated
export type DatedEvent = ConsentEvent & Dated

/** Whether consent can cover the field: the purpose is there, may take it, and not without asking. Clause 2.3. */
export function canCover(regime: Regime, purpose: string, field: string): boolean {
  const isThere = regime.purposes.some(({ code }) => code === purpose)
  const mayTake = isFieldCode(field) && mayCollect(regime, purpose, field)
  return isThere && mayTake && needsConsent(regime, purpose, field)
}

/** All that consent can cover, as `purpose/field`. */
export function coverable(regime: Regime): string[] {
  return cellsOf(regime)
    .filter(({ purpose, field }) => canCover(regime, purpose, field))
    .map(({ purpose, field }) => `${purpose}/${field}`)
}

/** What is left of the fields that were given. */
export function coveredFields({ purpose, fields }: Scope, regime: Regime): readonly string[] {
  return fields.filter((field) => canCover(regime, purpose, field))
}

/** Whether a yes has ended by itself. */
export function hasLapsed(given: Scope & Dated, { regime, now }: Moment): boolean {
  const isOver = given.validDays !== null && given.at + given.validDays * dayMilliseconds <= now
  return isOver || coveredFields(given, regime).length === 0
}

/** The answer as it counts now. A yes covers what the regime still lets it cover, and nothing once it has lapsed. */
export function answerNow(answer: DatedAnswer, moment: Moment): Answer {
  const { kind, purpose, fields } = answer
  if (kind !== "given") return { kind, purpose, fields }
  if (hasLapsed(answer, moment)) return { kind: "lapsed", purpose, fields }
  return { kind, purpose, fields: coveredFields(answer, moment.regime) }
}

/** The history as it counts now: a yes that has lapsed is followed by its lapse, written down or not. */
export function withLapse(events: readonly DatedEvent[], moment: Moment): readonly ConsentEvent[] {
  const answer = answerOf(events)
  if (answer?.kind !== "given" || !hasLapsed(answer, moment)) return events
  const { purpose, fields } = answer
  return [...events, { kind: "lapsed", purpose, fields, at: moment.now }]
}
