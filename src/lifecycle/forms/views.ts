/** Forms, channels, sheets as they cross the wire. */

import type { Regime } from "../catalogue/regime-shape.ts"
import { type Channel, fieldsFor } from "./channel.ts"
import type { ChannelRegister, FormView } from "./contract.ts"
import { featureLabel } from "./feature.ts"
import type { Form } from "./form.ts"
import { fieldsToConsent, textToRead } from "./form-consent.ts"

export function formViewOf(regime: Regime, form: Form, texts: Parameters<typeof textToRead>[0]): FormView {
  const asked = fieldsToConsent(regime, form)
  const { purpose, regimeVersion, fields, features } = form
  return {
    purpose: purpose.code,
    label: purpose.label,
    service: purpose.service,
    basis: purpose.basis,
    regimeVersion,
    fields: fields.map((field) => ({
      ...field,
      consent: asked.includes(field) ? textToRead(texts, form, field) : null,
    })),
    features: features.map((code) => ({ code, label: featureLabel(code) })),
  }
}

export interface RegisterParts {
  readonly register: readonly Channel[]
  readonly colleagues: ReadonlyMap<string, string>
  readonly changes: ReadonlyArray<{ channel: string; changed_by: string; at: Date }>
}

export function registerView(
  regime: Regime,
  { register, colleagues, changes }: RegisterParts,
): ChannelRegister {
  const named = (staffId: string | null) =>
    staffId === null ? null : { staffId, name: colleagues.get(staffId) ?? "—" }
  return {
    channels: register.map((one) => {
      const change = changes.find(({ channel }) => channel === one.channel)
      return {
        ...one,
        purposes: [...one.purposes],
        fields: [...one.fields],
        responsible: named(one.responsible),
        changedAt: change?.at.toISOString() ?? null,
        changedBy: change?.changed_by ?? null,
      }
    }),
    colleagues: [...colleagues].map(([staffId, name]) => ({ staffId, name })),
    purposes: regime.purposes.map(({ code, label }) => ({ code, label, fields: fieldsFor(regime, [code]) })),
    fields: regime.fields.map(({ code, label }) => ({ code, label })),
  }
}

/** As it is printed: `10-000123`. */
export function sheetNumber(communityId: string, sheet: number): string {
  return `${communityId}-${String(sheet).padStart(6, "0")}`
}
