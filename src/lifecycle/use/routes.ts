/** Orders, looks and the four records. Clauses 4.1–4.3, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, type LookReader, look, timely } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { standingRule } from "../catalogue/regime.ts"
import { capRoutes } from "./cap-routes.ts"
import * as contract from "./contract.ts"
import { decideLook, lookableFields } from "./grant.ts"
import type { GrantRow } from "./grants-together.ts"
import { textField } from "./intake.ts"
import { grantOf, lookAtField, openGranted, throughGrants } from "./look.ts"
import { mosaicRoutes } from "./mosaic-routes.ts"
import { openOrder } from "./open-order.ts"
import { closeOrder, dispatchOrder, takeOrder } from "./order-acts.ts"
import {
  listHandlers,
  listOrders,
  listUses,
  type OrderRow,
  readGrants,
  readHistory,
  readOrder,
  readRegister,
  readUse,
} from "./sql.ts"
import { detailOf, summaryOf, useView, who } from "./views.ts"

const desk: readonly Post[] = ["clerk", "supervisor", "manager"]
const atOrders: readonly Post[] = [...desk, "repairer"]
const atUses: readonly Post[] = [...desk, "auditor"]

export function useRoutes(http: Http, house: House): void {
  orderRoutes(http, house)
  orderActRoutes(http, house)
  fourStepRoutes(http, house)
  capRoutes(http, house)
  mosaicRoutes(http, house)
}

function orderRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.listOrders, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, atOrders)
    return look(spine, actor, async (reader) => {
      const { state, kind, after, limit } = query
      const rows = await listOrders(reader, { ...params, state, kind, after: position(after), limit })
      const shown = rows.slice(0, limit)
      return {
        trace: {
          act: "order.list",
          clause: "4.3",
          subjects: subjectsOf(shown),
          fields: ["phone", "home"],
        },
        answer: {
          orders: shown.map(summaryOf),
          next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        },
      }
    })
  })

  http.on(contract.readOrder, async ({ params, request }) =>
    readDetail(house, await door.actor(request, params.communityId, atOrders), params.orderId),
  )

  http.on(contract.lookAtContact, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, atOrders)
    const shown = await lookAtField(house, actor, { useId: params.useId, field: body.field })
    return { ...shown, values: [...shown.values] }
  })

  http.on(contract.listHandlers, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    const at = new Date(spine.clock()).toISOString()
    const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
      spine.database.read<Row>(actor.context, text, values)
    const rows = await listHandlers({ query }, params.communityId, { at, buildingId: null })
    return { handlers: rows.map((row) => who(row.staff_id, row.name, row.post)) }
  })
}

function orderActRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.openOrder, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    await openOrder(house, throughGrants(actor), body)
    return readDetail(house, actor, body.orderId)
  })

  http.on(contract.takeOrder, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    await takeOrder(house, actor, params.orderId)
    return readDetail(house, actor, params.orderId)
  })

  http.on(contract.dispatchOrder, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    await dispatchOrder(house, actor, { orderId: params.orderId, staffId: body.staffId })
    return readDetail(house, actor, params.orderId)
  })

  http.on(contract.closeOrder, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, atOrders)
    await closeOrder(house, actor, params.orderId)
    return readDetail(house, actor, params.orderId)
  })
}

function fourStepRoutes(http: Http, { spine, door }: House): void {
  http.on(contract.listUses, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, atUses)
    return look(spine, actor, async (reader) => {
      const { state, after, limit } = query
      const rows = await listUses(reader, { ...params, state, after: position(after), limit })
      const shown = rows.slice(0, limit)
      const register = await readRegister(
        reader,
        params.communityId,
        shown.map((row) => row.use_id),
      )
      const next = rows.length > limit ? (shown.at(-1)?.seq ?? null) : null
      return {
        trace: { act: "use.list", clause: "4.2", subjects: subjectsOf(shown), fields: ["home"] },
        answer: { uses: shown.map((row) => useView(row, register)), next },
      }
    })
  })

  http.on(contract.readUse, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, atUses)
    return look(spine, actor, async (reader) => {
      const row = await readUse(reader, params.communityId, params.useId)
      if (row === undefined) throw new Refusal("thing.absent")
      const register = await readRegister(reader, params.communityId, [params.useId])
      const { purpose, use_id: useId } = row
      return {
        trace: {
          act: "use.read",
          clause: "4.2",
          purpose,
          useId,
          subjects: [row.subject_ref],
          fields: ["home"],
        },
        answer: useView(row, register),
      }
    })
  })
}

/** Each once, however many of the rows are about them. */
function subjectsOf(rows: readonly { readonly subject_ref: string }[]): string[] {
  return [...new Set(rows.map((row) => row.subject_ref))]
}

/** The order with its text, if a grant of the viewer's opens it; opening it is registered with the use. */
function readDetail(house: House, actor: Actor, orderId: string) {
  return look(house.spine, throughGrants(actor), async (reader) => {
    const order = await readOrder(reader, actor.communityId, orderId)
    if (order === undefined) throw new Refusal("thing.absent")
    const history = await readHistory(reader, actor.communityId, orderId)
    const rows = await readGrants(reader, actor.communityId, order.use_id)
    const opened = await openText(house, actor, { order, rows, reader })
    return {
      trace: {
        act: "order.read",
        clause: "4.3",
        purpose: standingRule(house.regime(), order.kind)?.purpose ?? order.kind,
        useId: order.use_id,
        subjects: [order.subject_ref],
        fields: opened.fields,
      },
      answer: detailOf({ order, history, ...opened.view }),
      isPlain: opened.view.text !== null,
    }
  })
}

interface Reading {
  readonly order: OrderRow
  readonly rows: readonly GrantRow[]
  readonly reader: LookReader
}

async function openText(house: House, actor: Actor, { order, rows, reader }: Reading) {
  const grants = rows.map(grantOf)
  const viewer = { staffId: actor.staffId, posts: actor.context.posts.split(",") }
  const field = textField(order.kind)
  const decision = decideLook(grants, viewer, { field, now: reader.now })
  const lookSeconds = standingRule(house.regime(), order.kind)?.lookSeconds ?? 0
  // While the mirror is away the order is shown without its text: clause 3.11.
  const { second } = house.spine
  const lookRefusal =
    "refusal" in decision ? timely(second, new Refusal(decision.refusal)).code : second.refusal()?.code
  if ("refusal" in decision || lookRefusal !== undefined) {
    return { fields: [], view: { text: null, lookable: [], lookRefusal: lookRefusal ?? null, lookSeconds } }
  }
  const facts = await openGranted(
    house,
    actor,
    rows.find((row) => row.grant_id === decision.grant.grantId),
  )
  const text = facts[field]
  const lookable = lookableFields(grants, viewer, reader.now).filter((one) => one !== field)
  return {
    fields: [field],
    view: { text: typeof text === "string" ? text : null, lookable, lookRefusal: null, lookSeconds },
  }
}

/** A cursor here is the sequence number of the last row. */
function position(after: string | undefined): string | undefined {
  if (after !== undefined && !/^\d{1,19}$/.test(after))
    throw new Refusal("request.malformed", { field: "after" })
  return after
}
