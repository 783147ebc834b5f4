import { useState } from "react"
import type { FormFieldView, FormView } from "../../lifecycle/forms/contract.ts"

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
  readonly said: () => { values: Record<string, string>; agreed: string[]; features: string[] }
  readonly clear: () => void
}

/** A form while it is filled in: kept in the page alone, never in the address or in the browser's storage. */
export function useFilling(form: FormView): Filling {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [on, setOn] = useState<readonly string[]>([])
  const [features, setFeatures] = useState<readonly string[]>([])
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
  return {
    shown,
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
    }),
    clear: () => {
      setValues({})
      setOn([])
      setFeatures([])
    },
  }
}
