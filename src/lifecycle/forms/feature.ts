/** Features of a form: a field that belongs to one is asked when that is switched on, never before. Clause 2.6. */

import type { FieldCode, Words } from "../catalogue/field.ts"

export const featureCodes = ["pay_for_another"] as const
export type FeatureCode = (typeof featureCodes)[number]

export interface Feature {
  readonly code: FeatureCode
  readonly purpose: string
  readonly label: Words
  readonly fields: readonly FieldCode[]
}

const features: readonly Feature[] = [
  {
    code: "pay_for_another",
    purpose: "fee",
    label: { "zh-CN": "代缴费（替别人交）", en: "Paying for another home" },
    fields: ["location"],
  },
]

export function featuresOf(purpose: string): readonly FeatureCode[] {
  return features.filter((one) => one.purpose === purpose).map(({ code }) => code)
}

/** The feature that the field waits for; null: it may be asked at once. */
export function featureOf(purpose: string, field: FieldCode): FeatureCode | null {
  return features.find((one) => one.purpose === purpose && one.fields.includes(field))?.code ?? null
}

export function featureLabel(code: FeatureCode): Words {
  const found = features.find((one) => one.code === code)
  if (found === undefined) throw new Error("a feature has no label")
  return found.label
}
