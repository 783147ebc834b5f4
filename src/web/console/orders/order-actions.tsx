import { App, Button } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { closeOrder, type OrderDetail, takeOrder } from "../../../lifecycle/use/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { useSession } from "../../parts/use-session.ts"
import { DispatchDialog } from "./dispatch-dialog.tsx"
import { useOrderMove } from "./use-order-move.ts"
import { useTakesOrders } from "./use-takes-orders.ts"

export interface OrderActionsProps {
  readonly communityId: string
  readonly order: OrderDetail
}

/** Take, dispatch, close; what is not possible says why. */
export function OrderActions({ communityId, order }: OrderActionsProps) {
  const { t } = useTranslation("orders")
  const { staffId } = useSession()
  const desk = useTakesOrders()
  const [isDispatching, setDispatching] = useState(false)
  const params = { communityId, orderId: order.orderId }
  const take = useOrderMove(communityId, () => call(takeOrder, { params, body: {} }))
  const over = order.state === "closed" ? t("order.alreadyClosed") : null
  const isMine = order.assignee?.staffId === staffId
  return (
    <>
      <Guard reason={over ?? desk ?? (isMine ? t("order.taken") : null)}>
        {(disabled) => (
          <Button disabled={disabled} loading={take.isPending} onClick={() => take.mutate()}>
            {t("order.take")}
          </Button>
        )}
      </Guard>
      <Guard reason={over ?? desk}>
        {(disabled) => (
          <Button
            type={order.state === "open" ? "primary" : "default"}
            disabled={disabled}
            onClick={() => setDispatching(true)}
          >
            {order.state === "open" ? t("order.dispatch") : t("order.redispatch")}
          </Button>
        )}
      </Guard>
      <CloseButton communityId={communityId} order={order} reason={over} />
      {isDispatching && (
        <DispatchDialog communityId={communityId} order={order} onDone={() => setDispatching(false)} />
      )}
    </>
  )
}

interface CloseButtonProps extends OrderActionsProps {
  readonly reason: string | null
}

function CloseButton({ communityId, order, reason }: CloseButtonProps) {
  const { t } = useTranslation("orders")
  const { modal, message } = App.useApp()
  const params = { communityId, orderId: order.orderId }
  const close = useOrderMove(communityId, () => call(closeOrder, { params, body: {} }))
  const confirm = () =>
    modal.confirm({
      title: t("order.closeTitle"),
      content: t("order.closeText"),
      okText: t("order.close"),
      cancelText: t("order.cancel"),
      onOk: () =>
        close.mutateAsync().then(
          () => void message.success(t("order.closedDone")),
          // Said by the move itself; here it only keeps the dialog from staying open.
          () => undefined,
        ),
    })
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Button disabled={disabled} loading={close.isPending} onClick={confirm}>
          {t("order.close")}
        </Button>
      )}
    </Guard>
  )
}
