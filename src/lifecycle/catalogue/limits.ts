/** Reading and setting the numbers of a regime, each by a name like `watch.ownHome.times`. Clauses 1.5, 4.8, 4.13, 6.4. */

import { capsOf, capsV1 } from "./approvals-v1.ts"
import { type Limits, limitsShape } from "./limits-shape.ts"
import { mosaicOf } from "./mosaic-v1.ts"
import type { Regime } from "./regime-shape.ts"
import { watchOf } from "./watch-v1.ts"

/** Where a regime says nothing. Clause 4.13. */
const fewestHouseholds = 5

export function limitsOf(regime: Regime): Limits {
  const [caps, { applyAt, refuseAt }] = [capsOf(regime), mosaicOf(regime)]
  return limitsShape.parse({
    caps: {
      warnAt: caps.warnAt,
      lines: Object.fromEntries(caps.lines.map(({ code, limit }) => [code, limit])),
    },
    mosaic: { applyAt, refuseAt },
    statistics: regime.statistics ?? { fewestHouseholds },
    watch: watchOf(regime),
  })
}

/**
 * Lines that the regime does not have are left out. Numbers that are as they were stay unsaid, so that a company which sets
 * none goes on with those of the product.
 */
export function withLimits(regime: Regime, limits: Limits): Regime {
  if (isSame(limitsOf(regime), limits)) return regime
  const { caps, mosaic, statistics, watch } = limits
  const { lines, ...others } = capsOf(regime)
  return {
    ...regime,
    caps: {
      ...others,
      warnAt: caps.warnAt,
      lines: lines.map((line) => ({ ...line, limit: caps.lines[line.code] ?? line.limit })),
    },
    mosaic: { ...mosaicOf(regime), ...mosaic },
    statistics,
    watch,
  }
}

function isSame(one: Limits, other: Limits): boolean {
  const said = (limits: Limits) => {
    const numbers = [...numbersOf(limits)].map(([name, value]) => `${name} ${value}`)
    return [...numbers, ...limits.watch.off].toSorted().join()
  }
  return said(one) === said(other)
}

/** What the law draws for insiders, by the code of the line. Clause 4.8. */
export const lawfulCaps: ReadonlyMap<string, number> = new Map(
  capsV1.lines.map(({ code, limit }) => [code, limit]),
)

/** A company may be stricter, never laxer. */
export function capsAboveTheLaw(regime: Regime): readonly { readonly code: string; readonly most: number }[] {
  return capsOf(regime).lines.flatMap(({ code, limit }) => {
    const most = lawfulCaps.get(code) ?? limit
    return limit > most ? [{ code, most }] : []
  })
}

/** Every number by its name. */
export function numbersOf(limits: Limits): ReadonlyMap<string, number> {
  return new Map(leavesOf(limits, ""))
}

function leavesOf(value: unknown, name: string): [string, number][] {
  if (typeof value === "number") return [[name, value]]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, name === "" ? key : `${name}.${key}`))
}

/** Undefined when there is no number of that name, or it cannot be this one. */
export function withNumber(limits: Limits, name: string, value: number): Limits | undefined {
  if (!numbersOf(limits).has(name)) return undefined
  const copy = structuredClone(limits)
  let parent: unknown = copy
  const path = name.split(".")
  for (const key of path.slice(0, -1)) parent = isObject(parent) ? Reflect.get(parent, key) : undefined
  if (!isObject(parent)) return undefined
  Reflect.set(parent, path.at(-1) ?? "", value)
  return limitsShape.safeParse(copy).data
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null
}
