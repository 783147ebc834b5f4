/** What may happen to an open order: taken, handed on, closed. Each is one command. Clauses 4.3, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { standingRule } from "../catalogue/regime.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import type { GrantRow } from "./grants-together.ts"
import { lendRecords } from "./lending-sql.ts"
import { countLooks, listHandlers, type OrderRow, readGrants, readOrder } from "./sql.ts"
import {
  endGrants,
  lockOrder,
  pointTo,
  type Stamp,
  writeArchive,
  writeEvent,
  writeGrants,
} from "./write-sql.ts"

const dayMilliseconds = 86_400_000

interface Deed {
  readonly regime: Regime
  readonly command: Command
  readonly order: OrderRow
  readonly grants: readonly GrantRow[]
  readonly by: Stamp
}

/** Makes the viewer the order's handler at the desk. */
export async function takeOrder(house: House, actor: Actor, orderId: string): Promise<void> {
  await onOpenOrder(house, { actor, orderId }, async (deed) => {
    const to = { staffId: actor.staffId ?? "", post: actor.post }
    await handTo(deed, { kind: "taken", to })
    await lendRecords(deed.command, actor, deed.order.use_id)
    deed.command.trace(traceOf(deed, "order.take"))
  })
}

/** Hands the order to a colleague; the grants of whoever had it before end. */
export async function dispatchOrder(
  house: House,
  actor: Actor,
  { orderId, staffId }: { orderId: string; staffId: string },
): Promise<void> {
  await onOpenOrder(house, { actor, orderId }, async (deed) => {
    const handlers = await listHandlers(deed.command, actor.communityId, {
      at: deed.by.at,
      buildingId: deed.order.building_id,
    })
    const handler = handlers.find((one) => one.staff_id === staffId)
    if (handler === undefined) throw new Refusal("order.assignee_unknown")
    await handTo(deed, { kind: "dispatched", to: { staffId, post: handler.post } })
    await lendRecords(deed.command, actor, deed.order.use_id)
    deed.command.trace(traceOf(deed, "order.dispatch"))
  })
}

/** Closing ends every grant and archives the use. */
export async function closeOrder(house: House, actor: Actor, orderId: string): Promise<void> {
  await onOpenOrder(house, { actor, orderId }, async (deed) => {
    const { command, order, grants, by } = deed
    refuseStranger(actor, order)
    const live = grants.filter((grant) => !grant.ended).map((grant) => grant.grant_id)
    const { building_id: buildingId, use_id: useId } = order
    await writeEvent(command, { eventId: command.newId(), orderId, buildingId, kind: "closed", to: null }, by)
    await endGrants(command, by.communityId, { grantIds: live, reason: "closed", at: by.at })
    const looks = await looksOf(house, actor.communityId, useId)
    await writeArchive(command, { orderId, useId, buildingId, looks }, by)
    await lendRecords(command, actor, useId)
    command.trace(traceOf(deed, "order.close"))
  })
}

/** Counted by the server's own hand: whoever closes may not see the traces of the others. */
async function looksOf({ spine }: House, communityId: string, useId: string): Promise<number> {
  const context = { communities: communityId, buildings: "", classes: "", posts: "publisher", actor: "" }
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    spine.database.read<Row>(context, text, values)
  return countLooks({ query }, communityId, useId)
}

/** At the desk an order is closed by whoever took the call or took it over: another clerk takes it first. */
function refuseStranger(actor: Actor, order: OrderRow): void {
  const isOwn = order.opened_by === actor.staffId || order.assignee === actor.staffId
  if (actor.post === "clerk" && !isOwn) throw new Refusal("order.not_handler")
}

async function onOpenOrder(
  house: House,
  { actor, orderId }: { actor: Actor; orderId: string },
  work: (deed: Deed) => Promise<void>,
): Promise<void> {
  await act(house.spine, actor, async (command) => {
    await lockOrder(command, actor.communityId, orderId)
    const order = await readOrder(command, actor.communityId, orderId)
    if (order === undefined) throw new Refusal("thing.absent")
    if (order.closed_at !== null) throw new Refusal("order.closed")
    if (actor.post === "repairer" && order.assignee !== actor.staffId) throw new Refusal("order.not_handler")
    const grants = await readGrants(command, actor.communityId, order.use_id)
    const at = new Date(command.now).toISOString()
    await work({
      regime: house.regime(),
      command,
      order,
      grants,
      by: { communityId: actor.communityId, at, staffId: actor.staffId, post: actor.post },
    })
  })
}

interface Handing {
  readonly kind: "taken" | "dispatched"
  readonly to: { readonly staffId: string; readonly post: string }
}

async function handTo(deed: Deed, { kind, to }: Handing): Promise<void> {
  const { command, order, grants, by } = deed
  const { order_id: orderId, building_id: buildingId } = order
  await writeEvent(command, { eventId: command.newId(), orderId, buildingId, kind, to }, by)
  const former = grants.filter(
    (grant) => !grant.ended && grant.grantee !== null && grant.grantee === order.assignee,
  )
  // Handed again to whoever has it already, it stays theirs.
  const leaving = former.filter(({ grantee }) => grantee !== order.opened_by && grantee !== to.staffId)
  await endGrants(command, by.communityId, {
    grantIds: leaving.map((one) => one.grant_id),
    reason: "handed_on",
    at: by.at,
  })
  const hasOwn = grants.some(
    (grant) => !grant.ended && grant.valid_until.getTime() > command.now && grant.grantee === to.staffId,
  )
  if (!hasOwn) await writeGrants(command, grantsFor(deed, to.staffId), by)
  await pointTo(command, by.communityId, { orderId: order.order_id, to })
}

/** The new handler may see what the opening granted, no more. */
function grantsFor({ regime, command, order, grants }: Deed, staffId: string) {
  const windowDays = standingRule(regime, order.kind)?.windowDays ?? 1
  const granted = Map.groupBy(grants, (grant) => `${grant.subject_id}/${grant.class}`)
  return [...granted.values()].flatMap(([first]) =>
    first === undefined
      ? []
      : [
          {
            grantId: command.newId(),
            useId: order.use_id,
            subjectId: first.subject_id,
            class: first.class,
            subjectRef: first.subject_ref,
            buildingId: order.building_id,
            grantee: staffId,
            granteePost: null,
            fields: first.fields,
            purpose: first.purpose,
            until: new Date(command.now + windowDays * dayMilliseconds).toISOString(),
          },
        ],
  )
}

function traceOf({ regime, order }: Deed, act: string) {
  const purpose = standingRule(regime, order.kind)?.purpose ?? order.kind
  return { act, clause: "4.3", purpose, useId: order.use_id, subjects: [order.subject_ref] }
}
