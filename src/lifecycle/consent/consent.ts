/** Consent of one person to one feature, as its events tell it. Clauses 2.5–2.7. */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import { isFieldCode } from "../catalogue/field.ts"
import { cell } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"

export const eventKinds = ["asked", "re_asked", "given", "refused", "withdrawn", "lapsed"] as const
export type EventKind = (typeof eventKinds)[number]

export const consentStates = ["none", "asked", "given", "stale", "refused", "withdrawn", "lapsed"] as const
/** `stale`: given, and the text in force now wants more than was given. */
export type ConsentState = (typeof consentStates)[number]

/** What an event or a text speaks of. */
export interface Scope {
  readonly purpose: string
  readonly fields: readonly string[]
}

export interface ConsentEvent extends Scope {
  readonly kind: EventKind
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface TextInForce extends Scope {
  readonly coolDownDays: number
}

const dayMilliseconds = 86_400_000

/** The last answer; being asked is none. */
export function answerOf<Event extends ConsentEvent>(events: readonly Event[]): Event | undefined {
  return events.findLast(({ kind }) => kind !== "asked" && kind !== "re_asked")
}

/** Events in the order in which they happened. Off by default: without an event nothing is given. Clause 2.5. */
export function stateOf(events: readonly ConsentEvent[], text: Scope | undefined): ConsentState {
  const answer = answerOf(events)
  const isOpen = events.length > 0 && events.at(-1) !== answer
  if (answer?.kind === "given") return text !== undefined && isWider(text, answer) ? "stale" : "given"
  if (isOpen) return "asked"
  if (answer === undefined || answer.kind === "asked" || answer.kind === "re_asked") return "none"
  return answer.kind
}

/** Whether the text wants another purpose or a field that was not given. Clause 2.6. */
export function isWider(text: Scope, given: Scope): boolean {
  return text.purpose !== given.purpose || text.fields.some((field) => !given.fields.includes(field))
}

/** From when on one may be asked again after a no; undefined: one may be asked. Clause 2.6. */
export function coolingUntil(events: readonly ConsentEvent[], text: TextInForce): number | undefined {
  const answer = answerOf(events)
  if (answer?.kind !== "refused" && answer?.kind !== "withdrawn") return undefined
  return answer.at + text.coolDownDays * dayMilliseconds
}

export interface Step {
  readonly kind: EventKind
  /** The person came by themselves: nobody asks, so no cool-down holds them back. */
  readonly isOwnWish: boolean
  readonly now: number
}

export type StepRefusal = { readonly code: RefusalCode; readonly until?: number }

/** Why this cannot be the next event; undefined: it can. */
export function refuseStep(
  events: readonly ConsentEvent[],
  text: TextInForce,
  step: Step,
): StepRefusal | undefined {
  const { from, otherwise } = stepsFrom[step.kind]
  if (!from.includes(stateOf(events, text))) return { code: otherwise }
  return step.kind === "withdrawn" || step.kind === "lapsed" ? undefined : cooling(events, text, step)
}

const off: readonly ConsentState[] = ["none", "asked", "refused", "withdrawn", "lapsed"]
const notYet = { from: [...off, "stale"], otherwise: "consent.given_already" } as const
const ends = { from: ["given", "stale"], otherwise: "consent.not_given" } as const

/** From which states a step may be taken. */
const stepsFrom: Readonly<
  Record<EventKind, { readonly from: readonly ConsentState[]; readonly otherwise: RefusalCode }>
> = {
  asked: { from: off, otherwise: "consent.given_already" },
  re_asked: { from: ["stale"], otherwise: "consent.nothing_new" },
  given: notYet,
  refused: notYet,
  withdrawn: ends,
  lapsed: ends,
}

function cooling(
  events: readonly ConsentEvent[],
  text: TextInForce,
  { isOwnWish, now }: Step,
): StepRefusal | undefined {
  const until = coolingUntil(events, text)
  return until === undefined || until <= now || isOwnWish ? undefined : { code: "consent.cool_down", until }
}

/**
 * Whether the purpose may use the field of a person only with their consent: always when consent is the purpose's ground, else
 * when the matrix calls the field optional. A landline stands for the phone; what a written request names needs the request
 * instead. Clauses 2.3, 2.5.
 */
export function needsConsent(regime: Regime, purpose: string, field: string): boolean {
  const basis = regime.purposes.find(({ code }) => code === purpose)?.basis ?? ""
  if (basis.startsWith("PIPL 13(1)")) return true
  if (basis.startsWith("PIPL 13(3)")) return false
  const code = field === "landline" ? "phone" : field
  return isFieldCode(code) && cell(regime, purpose, code) === "optional"
}

/** The newest answer of a person to one feature. */
export interface Answer extends Scope {
  readonly kind: Exclude<EventKind, "asked" | "re_asked">
}

/** Why these fields may not be used for the purpose now; undefined: consent covers every one of them. Clauses 2.5, 2.7. */
export function refuseUse(
  answers: readonly Answer[],
  { purpose, fields }: Scope,
): "consent.missing" | "consent.withdrawn" | undefined {
  const about = answers.filter((answer) => answer.purpose === purpose)
  const isGiven = (field: string) => about.some((one) => one.kind === "given" && one.fields.includes(field))
  const open = fields.filter((field) => !isGiven(field))
  if (open.length === 0) return undefined
  const isTakenBack = (field: string) =>
    about.some((one) => one.kind === "withdrawn" && one.fields.includes(field))
  return open.some(isTakenBack) ? "consent.withdrawn" : "consent.missing"
}
