import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Segmented, Select } from "antd"
import { useTranslation } from "react-i18next"
import {
  listOrders,
  type OrderSummary,
  orderKind,
  orderKinds,
  orderState,
  orderStates,
} from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { ListPage } from "../../parts/list-page.tsx"
import type { NothingProps } from "../../parts/nothing.tsx"
import { type Filters, useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { useOrderColumns } from "./order-columns.tsx"
import { useTakesOrders } from "./use-takes-orders.ts"
import "./orders.css"

/** Orders within one's reach, newest first; a repairer sees his own. Clause 4.3. */
export function OrdersPage() {
  const { t } = useTranslation("orders")
  const { communityId } = useCommunity()
  const filters = useFilters()
  const { after } = usePaging()
  const state = orderState.safeParse(filters.values["state"]).data
  const kind = orderKind.safeParse(filters.values["kind"]).data
  const query = useQuery({
    ...ask(listOrders, { params: { communityId }, query: { state, kind, after } }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      personal
      actions={<NewOrderButton />}
      query={query}
      rows={(reply): readonly OrderSummary[] => reply.orders}
      next={(reply) => reply.next}
      rowKey={(order) => order.orderId}
      columns={useOrderColumns(communityId)}
      empty={useEmpty(filters, state !== undefined || kind !== undefined)}
      filters={<OrderFilters filters={filters} state={state} kind={kind} />}
    />
  )
}

function NewOrderButton() {
  const { t } = useTranslation("orders")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  return (
    <Guard reason={useTakesOrders()}>
      {(disabled) => (
        <Button
          type="primary"
          icon={<Icon name="plus" />}
          disabled={disabled}
          onClick={() => void navigate({ to: paths.newOrder(communityId) })}
        >
          {t("open")}
        </Button>
      )}
    </Guard>
  )
}

interface OrderFiltersProps {
  readonly filters: Filters
  readonly state: OrderSummary["state"] | undefined
  readonly kind: OrderSummary["kind"] | undefined
}

function OrderFilters({ filters, state, kind }: OrderFiltersProps) {
  const { t } = useTranslation("orders")
  const word = useWords()
  return (
    <>
      <Segmented
        aria-label={t("filters.state")}
        value={state ?? "all"}
        onChange={(chosen) => filters.set({ state: chosen === "all" ? undefined : chosen })}
        options={[
          { value: "all", label: t("filters.allStates") },
          ...orderStates.map((value) => ({ value, label: word("orderStates", value) })),
        ]}
      />
      <Select
        aria-label={t("filters.kind")}
        className="hd-order-kind"
        placeholder={t("filters.allKinds")}
        allowClear
        value={kind}
        onChange={(chosen: string | undefined) => filters.set({ kind: chosen })}
        options={orderKinds.map((value) => ({ value, label: word("orderKinds", value) }))}
      />
    </>
  )
}

function useEmpty(filters: Filters, filtered: boolean): NothingProps {
  const { t } = useTranslation("orders")
  const takesOrders = useTakesOrders() === null
  if (filtered) {
    const clear = () => filters.set({ state: undefined, kind: undefined })
    return {
      title: t("empty.filtered"),
      hint: t("empty.filteredHint"),
      action: <Button onClick={clear}>{t("empty.clear")}</Button>,
    }
  }
  if (!takesOrders) return { title: t("empty.repairer"), hint: t("empty.repairerHint") }
  return { title: t("empty.none"), hint: t("empty.noneHint"), action: <NewOrderButton /> }
}
