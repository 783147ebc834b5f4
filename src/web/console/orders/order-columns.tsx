import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import type { OrderSummary } from "../../../lifecycle/use/contract.ts"
import type { ListColumn } from "../../parts/list-page.tsx"
import { MaskedText } from "../../parts/masked-text.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { OrderState } from "./order-state.tsx"

export function useOrderColumns(communityId: string): readonly ListColumn<OrderSummary>[] {
  const { t } = useTranslation("orders")
  const word = useWords()
  return useMemo(
    () => [
      {
        key: "number",
        title: t("columns.number"),
        card: "title",
        render: (order) => <PathLink to={paths.order(communityId, order.orderId)}>{order.number}</PathLink>,
      },
      { key: "place", title: t("columns.place"), card: "title", render: (order) => order.place },
      { key: "kind", title: t("columns.kind"), render: (order) => word("orderKinds", order.kind) },
      { key: "phone", title: t("columns.phone"), render: (order) => <MaskedText mask={order.phone} /> },
      {
        key: "opened",
        title: t("columns.opened"),
        render: (order) => (
          <>
            <When at={order.openedAt} /> <span className="hd-faint">{order.openedBy.name}</span>
          </>
        ),
      },
      {
        key: "assignee",
        title: t("columns.assignee"),
        render: (order) => order.assignee?.name ?? <span className="hd-faint">{t("nobody")}</span>,
      },
      {
        key: "state",
        title: t("columns.state"),
        card: "extra",
        width: 100,
        render: (order) => <OrderState state={order.state} />,
      },
    ],
    [communityId, t, word],
  )
}
