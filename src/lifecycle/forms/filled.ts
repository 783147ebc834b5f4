/** A form as somebody filled it in: what is taken, what is doubtful, what was switched on. Clauses 2.3, 2.5, 2.6. */

import { Refusal } from "../../base/refusal.ts"
import { type HomePlace, parseHome } from "../catalogue/address.ts"
import { type FieldCode, fieldOf } from "../catalogue/field.ts"
import { mask } from "../catalogue/mask.ts"
import { parseField } from "../catalogue/parse.ts"
import type { FieldValues } from "../store/roster.ts"
import type { FeatureCode } from "./feature.ts"
import { type Form, type FormField, readBody } from "./form.ts"

export interface Said {
  readonly values: Readonly<Record<string, unknown>>
  /** Optional fields whose switch is on. */
  readonly agreed: readonly string[]
  /** Features that are in use. */
  readonly features: readonly string[]
}

export interface Filled {
  readonly purpose: string
  readonly regimeVersion: number
  /** Canonical, without the home. */
  readonly facts: Readonly<Record<string, string>>
  readonly home: HomePlace | undefined
  readonly doubts: ReadonlyArray<{ readonly field: FieldCode; readonly reason: string }>
  /** Of those that were switched on and given. */
  readonly agreed: readonly FieldCode[]
  readonly features: readonly FeatureCode[]
  readonly fields: readonly FieldCode[]
}

/**
 * Nothing passes but what the form asks, and of what is optional only what is switched on.
 * @throws Refusal `form.field_forbidden`, `form.not_agreed`, `form.feature_off`, `form.value_missing`, `form.value_invalid`
 */
export function fill(form: Form, said: Said): Filled {
  const values = readBody(form, said.values)
  const features = form.features.filter((one) => said.features.includes(one))
  const given = form.fields.filter(({ code }) => values[code] !== undefined)
  for (const field of given) refuseUnasked(field, said.agreed, features)
  for (const field of form.fields) refuseMissing(field, values)
  const facts: Record<string, string> = {}
  const doubts: Array<{ field: FieldCode; reason: string }> = []
  for (const { code, input } of given) {
    const { value, doubt } = canonical(code, values[code] ?? "")
    // What stays on a device is agreed to here and never sent. Clause 2.10.
    if (input !== "device") facts[code] = value
    if (doubt !== undefined) doubts.push({ field: code, reason: doubt })
  }
  const { home, ...rest } = facts
  return {
    purpose: form.purpose.code,
    regimeVersion: form.regimeVersion,
    facts: rest,
    home: home === undefined ? undefined : parseHome(home),
    doubts,
    agreed: given.filter(({ need }) => need === "optional").map(({ code }) => code),
    features,
    fields: given.map(({ code }) => code),
  }
}

function refuseUnasked(
  { code, need, feature }: FormField,
  agreed: readonly string[],
  features: readonly FeatureCode[],
): void {
  if (feature !== null && !features.includes(feature)) throw new Refusal("form.feature_off", { field: code })
  if (need === "optional" && !agreed.includes(code)) throw new Refusal("form.not_agreed", { field: code })
}

/** A landline stands in where no mobile phone is given. */
function refuseMissing(
  { code, need }: FormField,
  values: Readonly<Partial<Record<FieldCode, string>>>,
): void {
  if (need === "optional" || values[code] !== undefined) return
  if (code === "phone" && values.landline !== undefined) return
  throw new Refusal("form.value_missing", { field: code })
}

function canonical(code: FieldCode, typed: string): { value: string; doubt: string | undefined } {
  const parsed = parseField(code, typed)
  if (parsed.kind === "value") return { value: parsed.value, doubt: undefined }
  if (parsed.kind === "doubtful") return { value: parsed.value, doubt: parsed.reason }
  if (parsed.kind === "empty") throw new Refusal("form.value_missing", { field: code })
  throw new Refusal("form.value_invalid", { field: code, reason: parsed.reason })
}

/** field → masks, as an inbox shows them. Clause 3.10. */
export function masksOf({ facts }: Pick<Filled, "facts">): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, [mask(field, value)]]))
}

/** What of the form belongs to the person and not to the one service: that alone goes into the roster. */
export function rosterFacts({ facts }: Pick<Filled, "facts">): FieldValues {
  const kept: Partial<Record<FieldCode, readonly string[]>> = {}
  for (const [code, value] of Object.entries(facts)) {
    const field = fieldOf(code)
    if (isOfPerson(field.class, field.retention)) Object.assign(kept, { [code]: [value] })
  }
  return kept
}

function isOfPerson(fieldClass: string, retention: string): boolean {
  return fieldClass !== "service" && fieldClass !== "trajectory" && retention !== "face"
}
