/** What stood in an order's text gets the field it belongs to: shown in the order, granted to whoever has the order. Clauses 2.9, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import { mayCollect, standingRule } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { type OrderRow, readOrder } from "./sql.ts"
import { countOwnGrants, lockOrder, writeMoved } from "./write-sql.ts"

export type Target = "phone" | "plate"
export type Unmovable = "no_field" | "no_order" | "closed" | "filled" | "forbidden"

/** Why a value may not move into this field of this order; `purpose` is set where it may. */
export async function movableTo(
  tx: Pick<Command, "query">,
  communityId: string,
  { regime, orderId, field }: { regime: Regime; orderId: string | null; field: Target | undefined },
): Promise<{ readonly unmovable: Unmovable | null; readonly purpose: string }> {
  const order = orderId === null ? undefined : await readOrder(tx, communityId, orderId)
  const purpose = order === undefined ? "" : (standingRule(regime, order.kind)?.purpose ?? "")
  return { unmovable: whyNot({ regime, order, purpose, field }), purpose }
}

interface Asked {
  readonly regime: Regime
  readonly order: OrderRow | undefined
  readonly purpose: string
  readonly field: Target | undefined
}

function whyNot({ regime, order, purpose, field }: Asked): Unmovable | null {
  if (field === undefined) return "no_field"
  if (order === undefined) return "no_order"
  if (order.closed_at !== null) return "closed"
  if (!mayCollect(regime, purpose, field)) return "forbidden"
  return null
}

export interface Moved {
  readonly orderId: string
  /** Of the order's own record. */
  readonly subjectId: string
  readonly field: Target
  readonly mask: string
}

/** Inside the command that writes the record. Throws `text.unmovable` when the order was closed meanwhile. */
export async function moveOut(command: Command, actor: Actor, moved: Moved): Promise<void> {
  const { communityId, staffId, post } = actor
  await lockOrder(command, communityId, moved.orderId)
  const order = await readOrder(command, communityId, moved.orderId)
  if (order === undefined || order.closed_at !== null) throw new Refusal("text.unmovable")
  const count = await countOwnGrants(command, communityId, moved.subjectId)
  const grantIds = Array.from({ length: count }, () => command.newId())
  const by = { communityId, staffId, post, at: new Date(command.now).toISOString() }
  await writeMoved(command, { ...moved, grantIds }, by)
}
