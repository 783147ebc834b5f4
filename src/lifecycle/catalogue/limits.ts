/** The numbers of a regime as they are in force, and a regime with others. Clauses 1.5, 4.8, 4.13, 6.4. */

import { capsOf } from "./approvals-v1.ts"
import { mosaicOf } from "./mosaic-v1.ts"
import { fewestHouseholds, isSettable, type OwnLimits, settable } from "./own-limits.ts"
import type { Regime } from "./regime-shape.ts"
import { watchOf } from "./watch-v1.ts"

/** Every number that can be set, as it is. */
export function limitsOf(regime: Regime): OwnLimits {
  const caps = capsOf(regime)
  const watch = watchOf(regime)
  const rules = {
    caps: {
      warnAt: caps.warnAt,
      lines: Object.fromEntries(caps.lines.map(({ code, limit }) => [code, limit])),
    },
    mosaic: mosaicOf(regime),
    statistics: { fewestHouseholds: fewestOf(regime) },
    watch,
  }
  const numbers = leavesOf(rules, "").filter(([name]) => settable.has(name))
  return { numbers: Object.fromEntries(numbers), off: watch.off }
}

/** No regime goes below five. Clause 4.13. */
export function fewestOf({ statistics, own }: Regime): number {
  const said = own?.numbers["statistics.fewestHouseholds"] ?? statistics?.fewestHouseholds
  return Math.max(fewestHouseholds, said ?? fewestHouseholds)
}

function leavesOf(value: unknown, name: string): [string, number][] {
  if (typeof value === "number") return [[name, value]]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, name === "" ? key : `${name}.${key}`))
}

/** Holds what differs from the regime's own rules; nothing when nothing does. What it does not have is passed over. */
export function withLimits(regime: Regime, { numbers, off }: OwnLimits): Regime {
  const { own: _own, ...bare } = regime
  const usual = limitsOf(bare)
  const differing = Object.entries(numbers).filter(
    ([name, value]) => usual.numbers[name] !== undefined && usual.numbers[name] !== value,
  )
  const isUsual = differing.length === 0 && off.toSorted().join() === usual.off.toSorted().join()
  return isUsual ? bare : { ...bare, own: { numbers: Object.fromEntries(differing), off } }
}

/** The first number that is out of its bounds; those that a regime had before there were bounds may stay. */
export function unsettable(before: OwnLimits, after: OwnLimits): string | undefined {
  return Object.entries(after.numbers).find(
    ([name, value]) => before.numbers[name] !== value && !isSettable(name, value),
  )?.[0]
}
