import { useTranslation } from "react-i18next"
import type { OrderDetail } from "../../../lifecycle/use/contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

/** What happened to the order, oldest first; nothing is ever changed. */
export function OrderHistory({ history }: Pick<OrderDetail, "history">) {
  const { t } = useTranslation("orders")
  const word = useWords()
  return (
    <ol className="hd-history">
      {history.map(({ kind, by, to, at }) => (
        <li key={`${at} ${kind}`}>
          <strong>{t(`order.events.${kind}`)}</strong>
          {to !== null && kind === "dispatched" && <span> {t("order.to", { name: to.name })}</span>}
          <span className="hd-by">
            {by.name} · {word("posts", by.post)} · <When at={at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
