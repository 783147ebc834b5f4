/** What a community holds that no purpose needs, as counts by field and building. Clauses 2.3, 2.5, 5.1. */

import { isFieldCode } from "../catalogue/field.ts"
import { cell } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { needsConsent } from "../consent/consent.ts"

/**
 * `no_purpose`: no purpose in force takes the field. `purpose_ended`: the purpose it came for is gone, or takes it no more.
 * `no_consent`: optional, and nobody consented, or they took it back. `unused`: lay there for half a year and nobody looked.
 */
export const excessReasons = ["no_purpose", "purpose_ended", "no_consent", "unused"] as const
export type ExcessReason = (typeof excessReasons)[number]

export const unusedDays = 180

/** Facts of one field that came for one purpose and lie with one building. */
export interface Held {
  readonly field: string
  readonly purpose: string
  readonly buildingId: string
  readonly count: number
  /** Of these, since before `unusedDays` ago. */
  readonly old: number
  /** Of these, of persons without a consent that covers them. */
  readonly unconsented: number
}

export interface Excess {
  readonly why: ExcessReason
  readonly field: string
  readonly purpose: string
  readonly buildingId: string
  readonly count: number
}

export interface Uses {
  /** Of the oldest trace; undefined: there is none. Milliseconds since the epoch. */
  readonly since: number | undefined
  /** Fields that somebody looked at, or that were used, in the last `unusedDays`. */
  readonly fields: ReadonlySet<string>
}

/** Each fact counts once, under the first reason that holds. */
export function excessOf(
  regime: Regime,
  held: readonly Held[],
  { uses, now }: { uses: Uses; now: number },
): Excess[] {
  return held.flatMap((one) => {
    const found = reasonOf(regime, one, { uses, now })
    if (found === undefined) return []
    const { field, purpose, buildingId } = one
    return [{ why: found.why, field, purpose, buildingId, count: found.count }]
  })
}

type Found = { readonly why: ExcessReason; readonly count: number } | undefined

function reasonOf(regime: Regime, one: Held, { uses, now }: { uses: Uses; now: number }): Found {
  if (!isTakenByAny(regime, one.field)) return { why: "no_purpose", count: one.count }
  if (!isTaken(regime, one.purpose, one.field)) return { why: "purpose_ended", count: one.count }
  if (needsConsent(regime, one.purpose, one.field) && one.unconsented > 0)
    return { why: "no_consent", count: one.unconsented }
  if (one.old > 0 && canTell(uses, now) && !uses.fields.has(one.field))
    return { why: "unused", count: one.old }
  return undefined
}

/** Nothing is called unused before the traces go back far enough. */
export function canTell({ since }: Pick<Uses, "since">, now: number): boolean {
  return since !== undefined && now - since >= unusedDays * 86_400_000
}

function isTakenByAny(regime: Regime, field: string): boolean {
  return regime.purposes.some(({ code }) => isTaken(regime, code, field))
}

/** A landline stands for the phone. */
function isTaken(regime: Regime, purpose: string, field: string): boolean {
  const isKnown = regime.purposes.some(({ code }) => code === purpose)
  const codes = field === "landline" ? ["landline", "phone"] : [field]
  return isKnown && codes.some((code) => isFieldCode(code) && cell(regime, purpose, code) !== "forbidden")
}

/** Field and purpose pairs whose consent is to be looked up. */
export function consentPairs(
  regime: Regime,
  held: readonly Pick<Held, "field" | "purpose">[],
): Array<Pick<Held, "field" | "purpose">> {
  const pairs = new Map(held.map(({ field, purpose }) => [`${field}/${purpose}`, { field, purpose }]))
  return [...pairs.values()].filter(({ field, purpose }) => needsConsent(regime, purpose, field))
}

export function isSameLine(
  a: Pick<Excess, "why" | "field" | "purpose" | "buildingId">,
  b: Pick<Excess, "why" | "field" | "purpose" | "buildingId">,
): boolean {
  return a.why === b.why && a.field === b.field && a.purpose === b.purpose && a.buildingId === b.buildingId
}
