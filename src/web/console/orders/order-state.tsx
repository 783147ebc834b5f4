import { Tag } from "antd"
import type { OrderState as State } from "../../../lifecycle/use/contract.ts"
import { useWords } from "../../parts/use-words.ts"

const colors = { open: "gold", dispatched: "blue", closed: "default" } as const satisfies Record<
  State,
  string
>

/** What the history of an order amounts to. */
export function OrderState({ state }: { readonly state: State }) {
  const word = useWords()
  return <Tag color={colors[state]}>{word("orderStates", state)}</Tag>
}
