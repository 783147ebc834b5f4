import { useQuery } from "@tanstack/react-query"
import { Descriptions } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { type OrderDetail, readOrder } from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { MaskedText } from "../../parts/masked-text.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { Contact } from "./contact.tsx"
import { OrderActions } from "./order-actions.tsx"
import { OrderHistory } from "./order-history.tsx"
import { OrderState } from "./order-state.tsx"
import { useTakesOrders } from "./use-takes-orders.ts"
import { VisitSection } from "./visit-section.tsx"
import "./orders.css"

/** One order: what it is about, its contact under a look, its moves and its history. Clauses 4.2, 4.3. */
export function OrderPage() {
  const { t } = useTranslation("orders")
  const { communityId } = useCommunity()
  const orderId = usePathParam("orderId")
  const query = useQuery(ask(readOrder, { params: { communityId, orderId } }))
  const order = query.data
  return (
    <Page
      title={order === undefined ? t("order.loading") : t("order.title", { number: order.number })}
      hint={order && <OrderState state={order.state} />}
      back={<PathLink to={paths.orders(communityId)}>‹ {t("order.back")}</PathLink>}
      actions={order && <OrderActions communityId={communityId} order={order} />}
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {order && <OrderBody communityId={communityId} order={order} />}
    </Page>
  )
}

interface OrderPartProps {
  readonly communityId: string
  readonly order: OrderDetail
}

function OrderBody({ communityId, order }: OrderPartProps) {
  const { t } = useTranslation("orders")
  const isDesk = useTakesOrders() === null
  return (
    <div className="hd-order">
      <div>
        <section className="hd-section" aria-label={t("order.text")}>
          <h2>{t("order.text")}</h2>
          {order.text === null ? (
            <p className="hd-faint">{t("order.textHidden")}</p>
          ) : (
            <p className="hd-order-text">{order.text}</p>
          )}
        </section>
        <Contact communityId={communityId} order={order} />
        {isDesk && <VisitSection communityId={communityId} order={order} />}
        <section className="hd-section" aria-label={t("order.facts")}>
          <h2>{t("order.facts")}</h2>
          <OrderFacts communityId={communityId} order={order} />
        </section>
      </div>
      <section className="hd-section" aria-label={t("order.history")}>
        <h2>{t("order.history")}</h2>
        <OrderHistory history={order.history} />
        <PathLink to={paths.use(communityId, order.useId)}>{t("order.use")} ›</PathLink>
      </section>
    </div>
  )
}

function OrderFacts({ communityId, order }: OrderPartProps) {
  const { t } = useTranslation("orders")
  const word = useWords()
  const items: readonly (readonly [string, string, ReactNode])[] = [
    ["place", t("order.place"), order.place],
    ["kind", t("columns.kind"), word("orderKinds", order.kind)],
    ["caller", t("order.caller"), <CallerName key="caller" communityId={communityId} order={order} />],
    ["phone", t("order.phone"), <MaskedText key="phone" mask={order.phone} />],
    ["assignee", t("order.assignee"), order.assignee?.name ?? t("nobody")],
    ["opened", t("order.opened"), <When key="opened" at={order.openedAt} />],
  ]
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={items.map(([key, label, children]) => ({ key, label, children }))}
    />
  )
}

/** A repairer knows the place and the matter; the owner's page is for the desk. */
function CallerName({ communityId, order }: OrderPartProps) {
  const { t } = useTranslation("orders")
  const { classes } = useCommunity()
  if (order.name === null) return <span className="hd-faint">{t("order.callerUnknown")}</span>
  if (order.personId === null || classes.length === 0) return <MaskedText mask={order.name} />
  return (
    <PathLink to={paths.person(communityId, order.personId)}>
      <MaskedText mask={order.name} />
    </PathLink>
  )
}
