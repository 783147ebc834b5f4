import { App, Modal, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { dispatchOrder, type OrderDetail } from "../../../lifecycle/use/contract.ts"
import { call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useHandlerOptions } from "./handler-options.ts"
import { useOrderMove } from "./use-order-move.ts"

export interface DispatchDialogProps {
  readonly communityId: string
  readonly order: OrderDetail
  readonly onDone: () => void
}

/** Hands the order to somebody; the former handler's grant ends. Clause 4.5. */
export function DispatchDialog({ communityId, order, onDone }: DispatchDialogProps) {
  const { t } = useTranslation("orders")
  const { message } = App.useApp()
  const [handler, setHandler] = useState<string | null>(null)
  const handlers = useHandlerOptions(communityId)
  const params = { communityId, orderId: order.orderId }
  const dispatch = useOrderMove(communityId, (staffId: string) =>
    call(dispatchOrder, { params, body: { staffId } }),
  )
  const submit = () => {
    if (handler === null) return
    dispatch.mutate(handler, {
      onSuccess: ({ assignee }) => {
        message.success(t("order.dispatched", { name: assignee?.name ?? "" }))
        onDone()
      },
    })
  }
  return (
    <Modal
      open
      title={order.state === "open" ? t("order.dispatch") : t("order.redispatch")}
      okText={t("order.dispatch")}
      cancelText={t("order.cancel")}
      okButtonProps={{ disabled: handler === null }}
      confirmLoading={dispatch.isPending}
      onOk={submit}
      onCancel={onDone}
      width={420}
    >
      <Select
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog asks for this one thing
        autoFocus
        aria-label={t("order.dispatchTo")}
        placeholder={t("order.dispatchTo")}
        style={{ width: "100%" }}
        loading={handlers.loading}
        showSearch={{ optionFilterProp: "label" }}
        value={handler}
        onChange={setHandler}
        options={handlers.options.filter(({ value }) => value !== order.assignee?.staffId)}
      />
      {order.assignee !== null && <p className="hd-faint">{t("order.dispatchHint")}</p>}
      <RefusalAlert error={handlers.error} />
    </Modal>
  )
}
