import { DatePicker } from "antd"
import { useTranslation } from "react-i18next"

export interface Agreed {
  readonly from: string
  readonly until: string
}

export interface VisitWindowProps {
  readonly disabled: boolean
  readonly onChange: (agreed: Agreed | null) => void
}

/** When the repairer is expected; may be left open. */
export function VisitWindow({ disabled, onChange }: VisitWindowProps) {
  const { t } = useTranslation("visit")
  return (
    <DatePicker.RangePicker
      aria-label={t("link.window")}
      disabled={disabled}
      showTime={{ format: "HH:mm", minuteStep: 30 }}
      format="YYYY-MM-DD HH:mm"
      placeholder={[t("link.window"), ""]}
      onChange={(range) => {
        const [from, until] = range ?? []
        onChange(from && until ? { from: from.toISOString(), until: until.toISOString() } : null)
      }}
    />
  )
}
