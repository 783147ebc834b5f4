import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import type { Kept } from "../../../lifecycle/text/kept.ts"
import {
  dispatchOrder,
  listOrders,
  type OrderDetail,
  type OrderKind,
  openOrder,
  readOrder,
} from "../../../lifecycle/use/contract.ts"
import { ask, call } from "../../client.ts"
import type { Caller } from "./caller.ts"
import { newId } from "./new-id.ts"

/** What the clerk filled in. */
export interface Matter {
  readonly kind: OrderKind
  readonly phone?: string
  readonly plate?: string
  readonly text: string
  /** What was found in the text and stays, with its reason. */
  readonly kept?: readonly Kept[]
  /** Staff id of whom to dispatch to at once. */
  readonly handler?: string
}

export interface TakenIn {
  readonly order: OrderDetail
  /** The order is there, but this stopped the dispatch; `null`: nothing did. */
  readonly trouble: unknown
}

/** Opens an order and, when a handler is named, dispatches it. Sent again after an error it is still one order. */
export function useIntake(communityId: string, caller: Caller) {
  const client = useQueryClient()
  const [orderId] = useState(() => newId())
  return useMutation({
    mutationFn: async (matter: Matter): Promise<TakenIn> => {
      const order = await call(openOrder, { params: { communityId }, body: orderOf(orderId, caller, matter) })
      if (matter.handler === undefined) return { order, trouble: null }
      return dispatched(communityId, order, matter.handler)
    },
    onSuccess: ({ order }) => {
      // The answer is the order's page: asking for it once more would be one more trace.
      const { queryKey } = ask(readOrder, { params: { communityId, orderId: order.orderId } })
      client.setQueryData(queryKey, order)
      void client.invalidateQueries({ queryKey: [listOrders.path] })
    },
    gcTime: 0,
  })
}

async function dispatched(communityId: string, order: OrderDetail, staffId: string): Promise<TakenIn> {
  const params = { communityId, orderId: order.orderId }
  try {
    return { order: await call(dispatchOrder, { params, body: { staffId } }), trouble: null }
  } catch (trouble) {
    return { order, trouble }
  }
}

/** Only what the matrix allows for the kind; an empty box is not sent. Clause 2.3. */
export function orderOf(orderId: string, caller: Caller, { kind, phone, plate, text, kept = [] }: Matter) {
  const isTyped = (value: string | undefined): value is string => value !== undefined && value.trim() !== ""
  return {
    orderId,
    kind,
    homeId: caller.homeId,
    text,
    ...(kept.length === 0 ? {} : { kept: [...kept] }),
    ...(caller.person === null ? {} : { personId: caller.person.personId }),
    ...(isTyped(phone) ? { phone } : {}),
    ...(kind === "parking" && isTyped(plate) ? { plate } : {}),
  }
}
