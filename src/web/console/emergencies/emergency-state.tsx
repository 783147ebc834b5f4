import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { EmergencySummary } from "../../../lifecycle/emergency/contract.ts"

const colours = { running: "red", to_review: "gold", overdue: "red", archived: "default" } as const

/** Where an emergency stands, told from its records. */
export function EmergencyState({ state }: Pick<EmergencySummary, "state">) {
  const { t } = useTranslation("emergency")
  return <Tag color={colours[state]}>{t(`state.${state}`)}</Tag>
}
