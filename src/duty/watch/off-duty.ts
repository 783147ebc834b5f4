/**
 * Off duty: looks at an hour at which somebody does not work, in the night, or on a day without any work. There is no roster of
 * shifts: the hours in which somebody works are known from their own work. Clause 6.4.
 */

import type { WatchRules } from "../../lifecycle/catalogue/watch-shape.ts"
import type { WatchEvent } from "./event.ts"
import { type Mark, type Memory, mostEvidence } from "./memory.ts"

const dayMilliseconds = 86_400_000
const hourMilliseconds = 3_600_000
/** Asia/Shanghai, which keeps one time all year. */
const zoneHours = 8
const habitWindow = 28
const newDays = 10

/** Days since 1970 in the house's zone. */
export function dayOf(at: number): string {
  return String(Math.floor((at + zoneHours * hourMilliseconds) / dayMilliseconds))
}

function hourOf(at: number): number {
  return Math.floor(at / hourMilliseconds + zoneHours) % 24
}

/** Work that others gave is habit; what one looks at by oneself is not. */
export function rememberHour(known: Memory, { at, kind, ground }: WatchEvent): void {
  if (kind === "other" || (kind === "look" && ground !== "given")) return
  const day = Number(dayOf(at))
  const days = (known.hours[hourOf(at)] ?? []).filter((one) => one > day - habitWindow)
  known.hours[hourOf(at)] = days.includes(day) ? days : [...days, day]
}

interface OffDuty {
  readonly code: "off_duty"
  readonly home: null
  readonly marks: readonly Mark[]
}

export function offDutyOf(known: Memory, event: WatchEvent, rules: WatchRules["offDuty"]): OffDuty[] {
  const { at, kind, ground, home, traceId: trace } = event
  if (kind !== "look" || ground === "given" || home === null) return []
  if (!isOff(known, at, rules)) return []
  rememberOff(known.offDuty, { at, trace })
  // What one hour is, all looks of it are: somebody who works in the night has thousands.
  const hours = new Map<number, boolean>()
  const isOffThen = (when: number) => {
    const hour = Math.floor(when / hourMilliseconds)
    const isKnown = hours.get(hour) ?? isOff(known, when, rules)
    hours.set(hour, isKnown)
    return isKnown
  }
  const since = at - rules.days * dayMilliseconds
  if ((known.offDuty[0]?.at ?? at) <= since) known.offDuty = known.offDuty.filter((one) => one.at > since)
  const marks = known.offDuty.filter((one) => isOffThen(one.at))
  const days = new Set(marks.map((one) => dayOf(one.at))).size
  return days >= rules.times ? [{ code: "off_duty", home: null, marks }] : []
}

/** Of one hour no more than a finding would show. */
function rememberOff(marks: Mark[], mark: Mark): void {
  const hourOfMark = ({ at }: Mark) => Math.floor(at / hourMilliseconds)
  const first = marks.length - mostEvidence
  const earliest = marks[first]
  if (earliest !== undefined && hourOfMark(earliest) === hourOfMark(mark)) marks.splice(first, 1)
  marks.push(mark)
}

/** Asked again later: a first look of the day no longer stands alone once work has begun. */
function isOff(known: Memory, at: number, rules: WatchRules["offDuty"]): boolean {
  return !isUsual(known, at, rules) && (isNight(at, rules) || known.days[dayOf(at)]?.isWorked !== true)
}

function isNight(at: number, { night: [from, until] }: Pick<WatchRules["offDuty"], "night">): boolean {
  const hour = hourOf(at)
  return from < until ? hour >= from && hour < until : hour >= from || hour < until
}

function isUsual(known: Memory, at: number, { habitDays, night }: WatchRules["offDuty"]): boolean {
  const day = Number(dayOf(at))
  const hour = hourOf(at)
  const all = Object.values(known.hours).flat()
  // Of somebody new only a night without work is known to be no time of theirs.
  if (new Set(all).size < newDays)
    return !isNight(at, { night }) || known.days[String(day)]?.isWorked === true
  const near = [hour - 1, hour, hour + 1].flatMap((one) => known.hours[(one + 24) % 24] ?? [])
  return new Set(near.filter((one) => one !== day && one > day - habitWindow)).size >= habitDays
}
