import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { PlanSummary } from "../../../lifecycle/excess/contract.ts"

const colour = { drawn: "warning", handed_over: "processing", withdrawn: "default" } as const

export function PlanState({ state }: Pick<PlanSummary, "state">) {
  const { t } = useTranslation("excess")
  return <Tag color={colour[state]}>{t(`states.${state}`)}</Tag>
}
