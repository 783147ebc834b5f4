import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { Guard } from "../../parts/guard.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { useTakesOrders } from "../orders/use-takes-orders.ts"

export interface OrderLinkProps {
  readonly homeId: string
  readonly personId: string
  /** The home's label, for those who hear the button instead of seeing its row. */
  readonly home: string
}

/** Starts an order for one person in one home. */
export function OrderLink({ homeId, personId, home }: OrderLinkProps) {
  const { t } = useTranslation("owners")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  const reason = useTakesOrders()
  const start = () =>
    void navigate({ to: paths.newOrder(communityId), search: { home: homeId, person: personId } })
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Button size="small" disabled={disabled} aria-label={t("reportFor", { home })} onClick={start}>
          {t("report")}
        </Button>
      )}
    </Guard>
  )
}
