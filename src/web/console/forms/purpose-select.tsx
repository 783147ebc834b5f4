import { Select } from "antd"
import { useTranslation } from "react-i18next"
import type { FormView } from "../../../lifecycle/forms/contract.ts"
import { useSay } from "../../parts/use-say.ts"

export interface PurposeSelectProps {
  readonly forms: readonly FormView[] | undefined
  readonly value: string | null
  readonly onChange: (purpose: string | null) => void
}

/** The purposes that the channel takes now. */
export function PurposeSelect({ forms = [], value, onChange }: PurposeSelectProps) {
  const { t } = useTranslation("forms")
  const say = useSay()
  return (
    <Select<string | null>
      aria-label={t("purpose")}
      placeholder={t("choosePurpose")}
      style={{ minWidth: 220 }}
      value={value}
      onChange={onChange}
      options={forms.map((one) => ({ value: one.purpose, label: say(one.label) }))}
    />
  )
}
