import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App } from "antd"
import {
  listOrders,
  listUses,
  type OrderDetail,
  readOrder,
  readUse,
} from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"

/** A move of an order: its answer takes the place of the order shown, and the lists are asked anew. */
export function useOrderMove<Wanted = void>(
  communityId: string,
  move: (wanted: Wanted) => Promise<OrderDetail>,
) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  return useMutation({
    mutationFn: move,
    onSuccess: (order) => {
      const { queryKey } = ask(readOrder, { params: { communityId, orderId: order.orderId } })
      client.setQueryData(queryKey, order)
      for (const { path } of [listOrders, listUses, readUse])
        void client.invalidateQueries({ queryKey: [path] })
    },
    onError: (error) => message.error(ofError(error), 6),
  })
}
