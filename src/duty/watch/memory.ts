/** What watching remembers of one person: codes, ids and times, as JSON; no value of an owner. Clause 6.4. */

import { z } from "zod"

/** A finding rests on the last so many traces: more of one hour need not be remembered. */
export const mostEvidence = 20

const at = z.number()
/** A trace and its time. */
const mark = z.object({ at, trace: z.string() })
export type Mark = z.infer<typeof mark>

const visit = mark.extend({
  /** Under an order that nobody else has had a hand in; without any order when false. */
  isOwn: z.boolean(),
  /** Under break-glass. */
  isAlarm: z.boolean().optional(),
})
export type Visit = z.infer<typeof visit>

const signed = mark.extend({
  /** Since it was opened; null: never opened before. */
  seconds: z.number().nullable(),
  isGiven: z.boolean(),
  reason: z.string().nullable(),
})
export type Signed = z.infer<typeof signed>

const day = z.object({
  /** Looks without an order, looks with one, and whether there was any other work. */
  without: z.number(),
  within: z.number(),
  isWorked: z.boolean(),
})

export const memory = z.object({
  /** By home: looks that nobody else gave reason for, oldest first. */
  visits: z.record(z.string(), z.array(visit)),
  /** By home: when an order of theirs got another hand, which is what honest callers lead to. */
  handed: z.record(z.string(), z.array(at)),
  /** By home: when they last had an order of it. */
  orders: z.record(z.string(), at),
  /** By day since 1970 in the house's zone. */
  days: z.record(z.string(), day),
  /** By hour of the day: on which days of late there was work. */
  hours: z.record(z.string(), z.array(z.number())),
  offDuty: z.array(mark),
  misses: z.array(mark),
  /** Looks without an order of the last hours, with where. */
  walk: z.array(mark.extend({ home: z.string(), building: z.string() })),
  /** By use: when it was opened to be signed. */
  opened: z.record(z.string(), at),
  signed: z.array(signed),
  /** By line of 4.8: what was seen in the clear and when last, and how many that are. */
  plain: z.record(z.string(), z.object({ size: z.number(), seen: z.record(z.string(), at) })),
  /** By finding: when it was last raised. */
  raised: z.record(z.string(), at),
})
export type Memory = z.infer<typeof memory>

export function emptyMemory(): Memory {
  return {
    visits: {},
    handed: {},
    orders: {},
    days: {},
    hours: {},
    offDuty: [],
    misses: [],
    walk: [],
    opened: {},
    signed: [],
    plain: {},
    raised: {},
  }
}

const dayMilliseconds = 86_400_000
const longest = 366 * dayMilliseconds
const month = 32 * dayMilliseconds

/** Forgets what no rule looks at any more. */
export function forget(known: Memory, now: number): void {
  for (const [home, visits] of Object.entries(known.visits)) {
    const left = visits.filter((one) => one.at > now - longest)
    if (left.length === 0) delete known.visits[home]
    else known.visits[home] = left
  }
  for (const [home, times] of Object.entries(known.handed)) {
    known.handed[home] = times.filter((when) => when > now - longest)
    if (known.handed[home].length === 0) delete known.handed[home]
  }
  dropBefore(known.orders, now - month)
  dropBefore(known.opened, now - month)
  dropBefore(known.raised, now - longest)
  for (const line of Object.values(known.plain)) {
    dropBefore(line.seen, now - month)
    line.size = Object.keys(line.seen).length
  }
  const firstDay = Math.floor((now - month) / dayMilliseconds)
  for (const one of Object.keys(known.days)) if (Number(one) < firstDay) delete known.days[one]
  known.signed = known.signed.filter((one) => one.at > now - 3 * month)
}

function dropBefore(times: Record<string, number>, from: number): void {
  for (const [key, when] of Object.entries(times)) if (when < from) delete times[key]
}
