/** Rows as the wire shows them. */

import type { z } from "zod"
import type { Post } from "../../duty/people/post.ts"
import { posts } from "../../duty/people/post.ts"
import type { orderDetail, orderSummary, use } from "./contract.ts"
import type { OrderEventRow, OrderRow, RegisterRow, UseRow } from "./sql.ts"

export function who(
  staffId: string,
  name: string,
  post: string,
): { staffId: string; name: string; post: Post } {
  return { staffId, name, post: postOf(post) }
}

function postOf(word: string): Post {
  const post = posts.find((one) => one === word)
  if (post === undefined) throw new Error("a post that does not exist")
  return post
}

function whoOrNull(staffId: string | null, name: string | null, post: string | null) {
  return staffId === null || name === null || post === null ? null : who(staffId, name, post)
}

export function summaryOf(row: OrderRow): z.input<typeof orderSummary> {
  return {
    orderId: row.order_id,
    number: row.number,
    kind: row.kind,
    state: row.closed_at !== null ? "closed" : row.assignee !== null ? "dispatched" : "open",
    place: row.place,
    buildingId: row.building_id,
    phone: row.masks["phone"] ?? null,
    openedAt: row.opened_at.toISOString(),
    openedBy: who(row.opened_by, row.opened_by_name, row.opened_post),
    assignee: whoOrNull(row.assignee, row.assignee_name, row.assignee_post),
    closedAt: row.closed_at?.toISOString() ?? null,
  }
}

export interface OrderParts {
  readonly order: OrderRow
  readonly history: readonly OrderEventRow[]
  readonly text: string | null
  readonly lookable: readonly string[]
  readonly lookRefusal: string | null
  readonly lookSeconds: number
}

export function detailOf(parts: OrderParts): z.input<typeof orderDetail> {
  const { order, history, lookable, ...rest } = parts
  return {
    ...summaryOf(order),
    ...rest,
    lookable: [...lookable],
    useId: order.use_id,
    personId: order.person_id,
    name: order.masks["name"] ?? null,
    history: history.map((row) => ({
      kind: row.kind,
      by: who(row.by_staff, row.by_name, row.by_post),
      to: whoOrNull(row.to_staff, row.to_name, row.to_post),
      at: row.at.toISOString(),
    })),
  }
}

export function useView(row: UseRow, register: readonly RegisterRow[]): z.input<typeof use> {
  return {
    useId: row.use_id,
    orderId: row.order_id,
    orderNumber: row.number,
    orderKind: row.kind,
    place: row.place,
    purpose: row.purpose,
    fields: row.fields,
    regimeVersion: row.regime_version,
    applied: {
      by: who(row.applicant, row.applicant_name, row.applicant_post),
      at: row.applied_at.toISOString(),
    },
    decided: decidedOf(row),
    registered: register
      .filter((one) => one.use_id === row.use_id)
      .map((one) => ({
        traceId: one.trace_id,
        by: who(one.actor, one.actor_name, one.post),
        at: one.at.toISOString(),
        fields: one.fields,
      })),
    archived: archivedOf(row),
  }
}

function decidedOf(row: UseRow) {
  if (row.verdict === null || row.decided_at === null) return null
  return {
    by: whoOrNull(row.decided_by, row.decided_by_name, row.decided_post),
    at: row.decided_at.toISOString(),
    verdict: row.verdict,
    rule: row.rule,
  }
}

function archivedOf(row: UseRow) {
  if (row.archived_at === null) return null
  return {
    by: whoOrNull(row.archived_by, row.archived_by_name, row.archived_post),
    at: row.archived_at.toISOString(),
    looks: row.looks ?? 0,
  }
}
