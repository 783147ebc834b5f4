/**
 * A form is made from the matrix and from nothing else: a field that the purpose may not take has no way into it, and what
 * is optional comes with a switch that is off and a sentence that says what for. Clauses 2.1, 2.3, 2.5, 2.6.
 */

import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import { type FieldCode, isFieldCode, type Words } from "../catalogue/field.ts"
import { cell, cellNote } from "../catalogue/regime.ts"
import type { Purpose, Regime } from "../catalogue/regime-shape.ts"
import { type FeatureCode, featureOf, featuresOf } from "./feature.ts"

export const inputKinds = ["text", "long_text", "phone", "home", "number", "place", "device"] as const
/** How a field is asked: `place` is read from the phone itself, `device` is agreed to here and taken nowhere but there. */
export type InputKind = (typeof inputKinds)[number]

export interface FormField {
  readonly code: FieldCode
  readonly label: Words
  readonly need: "required" | "optional"
  readonly input: InputKind
  /** Of an optional field: what for, and what happens without it. One sentence. Clause 2.5. */
  readonly sentence: Words | null
  /** The feature that the field belongs to: it is not asked before that is used. Clause 2.6. */
  readonly feature: FeatureCode | null
}

export interface Form {
  readonly purpose: Purpose
  readonly regimeVersion: number
  /** Required ones first, each group in the order of the catalogue. */
  readonly fields: readonly FormField[]
  readonly features: readonly FeatureCode[]
}

/** Undefined: the regime has no such purpose. */
export function formOf(regime: Regime, purposeCode: string): Form | undefined {
  const purpose = regime.purposes.find(({ code }) => code === purposeCode)
  if (purpose === undefined) return undefined
  const fields = regime.fields.flatMap(({ code, label }) =>
    isFieldCode(code) ? fieldOf(regime, purpose, { code, label }) : [],
  )
  const required = fields.filter(({ need }) => need === "required")
  const optional = fields.filter(({ need }) => need === "optional")
  return {
    purpose,
    regimeVersion: regime.version,
    fields: [...required, ...optional],
    features: featuresOf(purpose.code),
  }
}

/** The form as one channel has it: what the channel does not list is not asked there. Clause 2.8. */
export function within(form: Form, listed: readonly string[]): Form {
  return { ...form, fields: form.fields.filter(({ code }) => listed.includes(code)) }
}

function fieldOf(
  regime: Regime,
  purpose: Purpose,
  { code, label }: { code: FieldCode; label: Words },
): FormField[] {
  const need = cell(regime, purpose.code, code)
  if (need === "forbidden") return []
  const isOptional = need === "optional"
  const sentence = isOptional ? sentenceOf(purpose, label, cellNote(regime, purpose.code, code)) : null
  return [
    { code, label, need, input: inputs[code] ?? "text", sentence, feature: featureOf(purpose.code, code) },
  ]
}

const inputs: Readonly<Partial<Record<FieldCode, InputKind>>> = {
  phone: "phone",
  landline: "phone",
  home: "home",
  area: "number",
  bank_card: "number",
  location: "place",
  face: "device",
  repair: "long_text",
  complaint: "long_text",
  household: "long_text",
  health: "long_text",
}

function sentenceOf({ service }: Purpose, label: Words, note: Words | undefined): Words {
  const zh = note === undefined ? "" : `（${note["zh-CN"]}）`
  const en = note === undefined ? "" : ` (${note.en})`
  return {
    "zh-CN": `${label["zh-CN"]}${zh}用于：${service["zh-CN"]}。不提供，照样办理。`,
    en: `${label.en}${en} is for: ${service.en}. Without it you are served all the same.`,
  }
}

const longest = 500

/** What the form may carry, as a schema: a key that is no field of it is refused. Clause 2.3. */
function bodyOf(form: Form) {
  const text = z.string().trim().max(longest)
  return z.strictObject(Object.fromEntries(form.fields.map(({ code }) => [code, text.optional()])))
}

/** The values by field, the empty ones left out. Throws `form.field_forbidden`, naming the key and never its value. */
export function readBody(form: Form, body: unknown): Readonly<Partial<Record<FieldCode, string>>> {
  const parsed = bodyOf(form).safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (issue?.code === "unrecognized_keys")
      throw new Refusal("form.field_forbidden", { field: nameOf(issue.keys[0] ?? "") })
    throw new Refusal("request.malformed", { field: nameOf(String(issue?.path[0] ?? "values")) })
  }
  const values: Partial<Record<FieldCode, string>> = {}
  for (const { code } of form.fields) {
    const value = parsed.data[code]
    if (value !== undefined && value !== "") values[code] = value
  }
  return values
}

/** A key that the client sent is repeated only when it is a word of the catalogue: it may be anything, a phone too. */
function nameOf(key: string): string {
  return isFieldCode(key) ? key : "?"
}
