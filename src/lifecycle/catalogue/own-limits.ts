/**
 * The numbers that a company sets for itself, each by a name like `watch.ownHome.times`, and between what bounds. A regime
 * holds only those that differ from its rules: whoever sets one cap goes on with the product's rules for everything else.
 * Clauses 1.5, 4.8, 4.13, 6.4.
 */

import type { WatchCode } from "./watch-shape.ts"

export interface OwnLimits {
  readonly numbers: Readonly<Record<string, number>>
  /** Rules of watchfulness that are switched off. */
  readonly off: readonly WatchCode[]
}

export interface Bounds {
  readonly least: number
  readonly most: number
}

const often = (rule: string, times: number, days: number): [string, Bounds][] => [
  [`watch.${rule}.times`, { least: 1, most: times }],
  [`watch.${rule}.days`, { least: 1, most: days }],
]
const between = (name: string, least: number, most: number): [string, Bounds] => [name, { least, most }]

/** A smaller group tells of each of its households. Clause 4.13. */
export const fewestHouseholds = 5

/**
 * Caps end at the lines of the law for insiders. No rule counts over longer than its memory keeps (`duty/watch/memory.ts`):
 * orders and looks without one for a month, signatures for three, findings and looks at a household for a year.
 */
export const settable: ReadonlyMap<string, Bounds> = new Map([
  between("caps.lines.trajectory", 1, 25),
  between("caps.lines.service", 1, 250),
  between("caps.lines.other", 1, 2_500),
  between("caps.warnAt", 0.1, 1),
  between("mosaic.applyAt", 1, 80),
  between("mosaic.refuseAt", 1, 80),
  between("statistics.fewestHouseholds", fewestHouseholds, 1_000),
  between("watch.quietDays", 0, 365),
  ...often("ownHome", 30, 365),
  ...often("relative", 30, 365),
  ...often("colleague", 60, 365),
  ...often("neighbour", 60, 365),
  ...often("offDuty", 30, 365),
  between("watch.offDuty.night.0", 0, 23),
  between("watch.offDuty.night.1", 0, 23),
  ...often("noOrder", 200, 31),
  between("watch.noOrder.share", 0.05, 1),
  ...often("repeated", 60, 365),
  between("watch.probe.times", 1, 100),
  between("watch.probe.minutes", 1, 1_440),
  between("watch.run.homes", 2, 100),
  between("watch.run.minutes", 1, 1_440),
  ...often("haste", 50, 95),
  between("watch.haste.seconds", 1, 120),
  between("watch.nearCaps.share", 0.1, 1),
  ...often("patient", 120, 365),
])

/** Shares have two digits, so that a percent shows all of them; everything else is whole. */
export function isSettable(name: string, value: number): boolean {
  const bounds = settable.get(name)
  if (bounds === undefined || value < bounds.least || value > bounds.most) return false
  return isShare(name) ? Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 : Number.isInteger(value)
}

export function isShare(name: string): boolean {
  return name === "caps.warnAt" || name.endsWith(".share")
}

/** Rules with one's own numbers in them; those that the rules do not have are passed over. */
export function overlaid<Rules extends object>(
  rules: Rules,
  prefix: string,
  own: OwnLimits | undefined,
): Rules {
  const copy = structuredClone(rules)
  for (const [name, value] of Object.entries(own?.numbers ?? {}))
    if (name.startsWith(`${prefix}.`)) put(copy, name.split(".").slice(1), value)
  return copy
}

function put(rules: object, path: readonly string[], value: number): void {
  const [key = "", ...rest] = path
  const known: unknown = Object.hasOwn(rules, key) ? Reflect.get(rules, key) : undefined
  if (rest.length > 0 && typeof known === "object" && known !== null) put(known, rest, value)
  if (rest.length === 0 && typeof known === "number") Reflect.set(rules, key, value)
}

/** Asked at every look: made once for each regime. */
export function remembered<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key) ?? { value: make(key) }
    known.set(key, found)
    return found.value
  }
}
