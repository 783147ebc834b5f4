import { useTranslation } from "react-i18next"
import { EntryFrame } from "./entry-frame.tsx"
import { PasswordForm } from "./password-form.tsx"
import { useGoOn } from "./use-go-on.ts"

/** Nothing else is open until the first password is changed. Clause 4.1. */
export function FirstPasswordPage() {
  const { t } = useTranslation("entry")
  const goOn = useGoOn()
  return (
    <EntryFrame title={t("password.title")} hint={t("password.hint")}>
      <PasswordForm onDone={goOn} />
    </EntryFrame>
  )
}
