/** An approver's haste: signed within seconds of opening, never one refused, one reason copied. Clause 6.4. */

import type { WatchRules } from "../../lifecycle/catalogue/watch-shape.ts"
import type { WatchEvent } from "./event.ts"
import type { Memory, Signed } from "./memory.ts"

const dayMilliseconds = 86_400_000
const secondMilliseconds = 1_000

export interface Hasty {
  readonly code: "haste"
  readonly home: null
  readonly marks: readonly Signed[]
}

export function hasteOf(known: Memory, event: WatchEvent, rules: WatchRules["haste"]): Hasty[] {
  const { kind, useId, at, traceId: trace } = event
  if (kind === "opened" && useId !== null) known.opened[useId] = at
  if (kind !== "signed") return []
  const opened = useId === null ? undefined : known.opened[useId]
  const seconds = opened === undefined ? null : (at - opened) / secondMilliseconds
  known.signed.push({ at, trace, seconds, isGiven: event.isGiven, reason: event.reason })
  const found = [
    quickOf(known.signed, at, rules),
    unbrokenOf(known.signed, rules),
    copiedOf(known.signed, rules),
  ]
  return found.filter((marks) => marks.length > 0).map((marks) => ({ code: "haste", home: null, marks }))
}

/** Given at once: to refuse at a glance is no haste. */
function quickOf(
  signed: readonly Signed[],
  now: number,
  { days, seconds, times }: WatchRules["haste"],
): Signed[] {
  const quick = signed.filter(
    (one) => one.isGiven && one.at > now - days * dayMilliseconds && (one.seconds ?? 0) < seconds,
  )
  return quick.length >= times ? quick : []
}

function unbrokenOf(signed: readonly Signed[], { unbroken }: WatchRules["haste"]): readonly Signed[] {
  const last = signed.slice(-unbroken)
  return last.length >= unbroken && last.every(({ isGiven }) => isGiven) ? last : []
}

function copiedOf(signed: readonly Signed[], { copied }: WatchRules["haste"]): readonly Signed[] {
  const last = signed.filter(({ reason }) => reason !== null).slice(-copied)
  return last.length >= copied && last.every(({ reason }) => reason === last[0]?.reason) ? last : []
}
