import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { isFieldCode } from "../../../lifecycle/catalogue/field.ts"
import { listOrders } from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { useCommunity } from "../../parts/use-community.ts"

/** Purposes of the regime in force, each with the fields that it may use. */
export function usePurposes() {
  const { i18n } = useTranslation()
  const { data } = useQuery(ask(readRegime, {}))
  return (data?.purposes ?? []).map(({ code, label, cells }) => ({
    code,
    label: i18n.language === "en" ? label.en : label["zh-CN"],
    fields: Object.entries(cells).flatMap(([field, rule]) =>
      rule !== "forbidden" && isFieldCode(field) ? [field] : [],
    ),
  }))
}

/** Orders that an application can stand on. */
export function useOpenOrders() {
  const { communityId } = useCommunity()
  const { data } = useQuery(ask(listOrders, { params: { communityId }, query: { limit: 100 } }))
  return (data?.orders ?? [])
    .filter(({ state }) => state !== "closed")
    .map(({ orderId, number, place }) => ({ value: orderId, label: `${number} · ${place}` }))
}
