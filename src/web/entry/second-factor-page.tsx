import { useTranslation } from "react-i18next"
import { EntryFrame } from "./entry-frame.tsx"
import { FactorForm } from "./factor-form.tsx"
import { useGoOn } from "./use-go-on.ts"

/** A powerful post does nothing until it has a second factor. Clause 4.1. */
export function SecondFactorPage() {
  const { t } = useTranslation("entry")
  const goOn = useGoOn()
  return (
    <EntryFrame title={t("factor.title")} hint={t("factor.hint")}>
      <FactorForm onDone={goOn} />
    </EntryFrame>
  )
}
