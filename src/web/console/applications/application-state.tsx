import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { ApplicationDetail } from "../../../lifecycle/apply/contract.ts"

const colours = { pending: "gold", refused: "red", granted: "green", ended: "default" } as const

/** Where an application stands, told from its records. */
export function ApplicationState({ state }: Pick<ApplicationDetail, "state">) {
  const { t } = useTranslation("applications")
  return <Tag color={colours[state]}>{t(`state.${state}`)}</Tag>
}
