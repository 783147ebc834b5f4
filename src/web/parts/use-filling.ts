import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import type { FormFieldView, FormView, saidParts } from "../../lifecycle/forms/contract.ts"

type Consent = NonNullable<z.input<typeof saidParts.consent>>
/** What shows that somebody agreed. */
export type Shown = Consent["evidence"]

export interface Filling {
  /** What is asked now: a field that waits for a feature is not among them before that is used. Clause 2.6. */
  readonly shown: readonly FormFieldView[]
  readonly value: (field: string) => string
  readonly put: (field: string, value: string) => void
  readonly isOn: (field: string) => boolean
  /** Switching off forgets what was typed. */
  readonly turn: (field: string, on: boolean) => void
  readonly uses: (feature: string) => boolean
  readonly use: (feature: string, on: boolean) => void
  readonly firstMissing: () => FormFieldView | undefined
  /** What is switched on and given, and needs a yes that is shown. Clause 2.5. */
  readonly toConsent: readonly FormFieldView[]
  readonly isShown: boolean
  /** `null`: nothing shows it yet. */
  readonly show: (evidence: Shown | null) => void
  readonly said: () => {
    values: Record<string, string>
    agreed: string[]
    features: string[]
    consent?: Consent
  }
  readonly clear: () => void
}

/** A form while it is filled in: kept in the page alone, never in the address or in the browser's storage. */
export function useFilling(form: FormView): Filling {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [on, setOn] = useState<readonly string[]>([])
  const [features, setFeatures] = useState<readonly string[]>([])
  const [evidence, setEvidence] = useState<Shown | null>(null)
  const { i18n } = useTranslation()
  const shown = form.fields.filter(({ feature }) => feature === null || features.includes(feature))
  const value = (field: string) => values[field] ?? ""
  const isOn = (field: string) => on.includes(field)
  const turn = (field: string, next: boolean) => {
    setOn((now) =>
      next ? [...now.filter((one) => one !== field), field] : now.filter((one) => one !== field),
    )
    if (!next) setValues((now) => ({ ...now, [field]: "" }))
  }
  const given = () =>
    shown.filter(({ code, need }) => value(code).trim() !== "" && (need === "required" || isOn(code)))
  const toConsent = given().filter(({ need, consent }) => need === "optional" && consent !== null)
  const consentOf = (): { consent?: Consent } => {
    if (evidence === null || toConsent.length === 0) return {}
    const versions = Object.fromEntries(toConsent.map(({ code, consent }) => [code, consent?.version ?? 0]))
    // A sheet was read when it was printed, not now.
    const read = evidence.kind === "paper" ? {} : { versions }
    return { consent: { language: i18n.language === "en" ? "en" : "zh-CN", evidence, ...read } }
  }
  return {
    shown,
    toConsent,
    isShown: evidence !== null,
    show: setEvidence,
    value,
    put: (field, next) => setValues((now) => ({ ...now, [field]: next })),
    isOn,
    turn,
    uses: (feature) => features.includes(feature),
    use: (feature, next) => {
      setFeatures((now) => (next ? [...now, feature] : now.filter((one) => one !== feature)))
      if (!next) for (const field of form.fields) if (field.feature === feature) turn(field.code, false)
    },
    firstMissing: () =>
      shown.find(
        ({ code, need }) =>
          need === "required" && value(code).trim() === "" && !(code === "phone" && value("landline") !== ""),
      ),
    said: () => ({
      values: Object.fromEntries(given().map(({ code }) => [code, value(code)])),
      agreed: given()
        .filter(({ need }) => need === "optional")
        .map(({ code }) => code),
      features: [...features],
      ...consentOf(),
    }),
    clear: () => {
      setValues({})
      setOn([])
      setFeatures([])
      setEvidence(null)
    },
  }
}
