import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { Use } from "../../../lifecycle/use/contract.ts"

/** Where a use stands, told from its records. */
export function UseState({ use }: { readonly use: Pick<Use, "decided" | "archived"> }) {
  const { t } = useTranslation("uses")
  if (use.archived !== null) return <Tag>{t("state.archived")}</Tag>
  if (use.decided?.verdict === "refused") return <Tag color="red">{t("state.refused")}</Tag>
  return <Tag color="blue">{t("state.running")}</Tag>
}
