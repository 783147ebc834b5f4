/** What crosses the wire about statistics: counts of groups, never of fewer households than the regime says. Clause 4.13. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"

const inCommunity = z.object({ communityId: numberId })
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const table = z.object({
  /** Fewest households of a cell, when it was released. */
  fewest: z.number().int(),
  releasedAt: instant,
  rows: z.array(z.object({ code: z.string(), name: z.string() })),
  columns: z.array(z.string()),
  /** By row and column, the totals last; null is not shown. */
  shown: z.array(z.array(z.number().int().nullable())),
})
export type StatisticTable = z.infer<typeof table>

const statistics = z.object({
  month,
  /** Months that are over, newest first. */
  months: z.array(month),
  fewest: z.number().int(),
  /** Households by building and class; null: it was not counted when that month was over. */
  classes: table.nullable(),
  /** Orders by building and kind. */
  orders: table,
  /** Orders of the community by kind: the totals of each month's own table, the last of a line those of all kinds. */
  course: z.array(z.object({ month, shown: z.array(z.number().int().nullable()) })),
})
export type Statistics = z.infer<typeof statistics>

export const readStatistics = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/statistics",
  clause: "4.13",
  summary: "Counts by building, class, kind of order and month; groups of too few households are not told.",
  params: inCommunity,
  query: z.object({ month: month.optional() }),
  reply: statistics,
})

export const exportStatistics = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/statistics/export",
  clause: "4.13",
  summary: "The same tables as a workbook.",
  params: inCommunity,
  body: z.strictObject({ month: month.optional() }),
  reply: z.unknown(),
})
