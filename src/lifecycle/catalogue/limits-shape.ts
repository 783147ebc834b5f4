/** The numbers of a regime that a company sets for itself: how much, how often, how soon it is asked about. Clauses 1.5, 4.8, 4.13, 6.4. */

import { z } from "zod"
import { watchCodes } from "./watch-shape.ts"

const count = z.number().int().min(0).max(100_000)
const share = z.number().min(0).max(1)
const often = z.object({ times: z.number().min(0).max(10_000), days: count.min(1).max(366) })

/** Clause 4.13: below five a group tells of each of its households. */
export const statisticsShape = z.object({ fewestHouseholds: z.number().int().min(5).max(1000) })

export const watchShape = z.object({
  off: z.array(z.enum(watchCodes)),
  quietDays: count,
  orderWithinHours: count,
  orderHeldDays: count,
  ownHome: often,
  relative: often,
  colleague: often,
  neighbour: often,
  ownWeight: share,
  chance: share,
  repeated: often,
  patient: often.extend({ spanDays: count }),
  offDuty: often.extend({ night: z.tuple([count.max(23), count.max(23)]), habitDays: count }),
  noOrder: often.extend({ share }),
  probe: z.object({ times: count.min(1), minutes: count.min(1) }),
  run: z.object({ homes: count.min(1), minutes: count.min(1) }),
  haste: often.extend({ seconds: count, unbroken: count.min(1), copied: count.min(1) }),
  nearCaps: z.object({ share }),
})

export const limitsShape = z.object({
  caps: z.object({ warnAt: share, lines: z.record(z.string().max(40), count) }),
  mosaic: z.object({ applyAt: count.min(1), refuseAt: count.min(1) }),
  statistics: statisticsShape,
  watch: watchShape,
})
export type Limits = z.infer<typeof limitsShape>
