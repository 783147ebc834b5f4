/**
 * Watching: one trace after the other of one person, against the rules of the regime. A finding is a reason to ask, no verdict.
 * Knows the past from its memory alone, so that the same traces always give the same findings. Clauses 4.8, 6.4.
 */

import type { CapRules } from "../../lifecycle/catalogue/approval-shape.ts"
import type { WatchCode, WatchRules } from "../../lifecycle/catalogue/watch-shape.ts"
import { capLineOf } from "../../lifecycle/use/cap-line.ts"
import type { Ties, WatchEvent } from "./event.ts"
import { hasteOf } from "./haste.ts"
import { forget, type Mark, type Memory, mostEvidence, type Visit } from "./memory.ts"
import { dayOf, offDutyOf, rememberHour } from "./off-duty.ts"
import { daysOf, oneHouseholdOf } from "./one-household.ts"

export interface Finding {
  readonly code: WatchCode
  /** The home it is about; null when it is about none. */
  readonly home: string | null
  /** The trace that raised it. */
  readonly traceId: string
  readonly at: number
  /** Traces it rests on, newest last. */
  readonly evidence: readonly string[]
}

export interface Watching {
  readonly rules: WatchRules
  readonly caps: CapRules
  readonly ties: Ties
}

interface Raised {
  readonly code: WatchCode
  readonly home: string | null
  readonly marks: readonly Mark[]
}

const hourMilliseconds = 3_600_000
const minuteMilliseconds = 60_000
const dayMilliseconds = 86_400_000

/** Takes the trace into the memory, and says what it gives reason for. */
export function watch(known: Memory, event: WatchEvent, watching: Watching): Finding[] {
  const isNewWeek = known.days[dayOf(event.at)] === undefined && Number(dayOf(event.at)) % 7 === 0
  if (isNewWeek) forget(known, event.at)
  remember(known, event, watching)
  const raised = [
    ...lookFindings(known, event, watching),
    // Emergencies keep no hours.
    ...(event.ground === "alarm" ? [] : offDutyOf(known, event, watching.rules.offDuty)),
    ...missesOf(known, event, watching.rules),
    ...hasteOf(known, event, watching.rules.haste),
    ...nearCapsOf(known, event, watching),
  ]
  rememberHour(known, event)
  return raised.flatMap((one) => fresh(known, event, { one, rules: watching.rules }))
}

/** Unless its rule is off, or the same was raised not long ago. */
function fresh(
  known: Memory,
  { traceId, at }: WatchEvent,
  { one, rules }: { one: Raised; rules: WatchRules },
): Finding[] {
  const key = `${one.code} ${one.home ?? ""}`
  const last = known.raised[key]
  if (rules.off.includes(one.code)) return []
  if (last !== undefined && at - last < rules.quietDays * dayMilliseconds) return []
  known.raised[key] = at
  const evidence = [...new Set([...one.marks.map(({ trace }) => trace), traceId])].slice(-mostEvidence)
  return [{ code: one.code, home: one.home, traceId, at, evidence }]
}

function remember(known: Memory, event: WatchEvent, { rules }: Watching): void {
  const { at, home, kind } = event
  const isWork = ["order", "handed", "signed"].includes(kind) || event.ground === "given"
  if (isWork) dayIn(known, at).isWorked = true
  if (home === null) return
  if (kind === "order") found(known, { home, at, rules })
  if (kind === "handed") handOn(known, { home, at, rules })
  if (kind === "look") rememberLook(known, event, { home, rules })
}

const hasOrder: ReadonlySet<WatchEvent["ground"]> = new Set(["own", "given"])

function rememberLook(
  known: Memory,
  { at, ground, building, traceId: trace }: WatchEvent,
  { home, rules }: { home: string; rules: WatchRules },
): void {
  const isHeld = at - (known.orders[home] ?? -Infinity) < rules.orderHeldDays * dayMilliseconds
  const isWithin = isHeld || hasOrder.has(ground)
  // Each emergency is reviewed by two; whose home it was and how often, only this remembers. It is no look without an order.
  const isAlarm = ground === "alarm"
  if (!isAlarm) dayIn(known, at)[isWithin ? "within" : "without"] += 1
  const visit = { at, trace, isOwn: isWithin, ...(isAlarm ? { isAlarm } : {}) }
  if (ground !== "given") rememberVisit((known.visits[home] ??= []), visit)
  if (!isWithin && building !== null) known.walk.push({ at, trace, home, building })
}

/** Days are what counts: under orders of one's own the last look of a day stands for the others. */
function rememberVisit(visits: Visit[], visit: Visit): void {
  const last = visits.at(-1)
  if (last?.isOwn === true && visit.isOwn && dayOf(last.at) === dayOf(visit.at)) visits.pop()
  visits.push(visit)
}

function dayIn(known: Memory, at: number) {
  return (known.days[dayOf(at)] ??= { without: 0, within: 0, isWorked: false })
}

/** An order is the reason of the looks shortly before it, and of those for some days after. */
function found(known: Memory, { home, at, rules }: { home: string; at: number; rules: WatchRules }): void {
  known.orders[home] = at
  const since = at - rules.orderWithinHours * hourMilliseconds
  for (const visit of known.visits[home] ?? []) {
    if (visit.isOwn || visit.at < since) continue
    visit.isOwn = true
    if (visit.isAlarm === true) continue
    const day = dayIn(known, visit.at)
    day.without -= 1
    day.within += 1
  }
  known.walk = known.walk.filter((one) => one.home !== home)
}

/** Somebody else has a hand in it now: the looks that led to it need no other reason. */
function handOn(known: Memory, { home, at, rules }: { home: string; at: number; rules: WatchRules }): void {
  known.visits[home] = (known.visits[home] ?? []).filter((one) => !isRecent(one, at, rules))
  ;(known.handed[home] ??= []).push(at)
}

function isRecent({ at }: Mark, now: number, { orderHeldDays, orderWithinHours }: WatchRules): boolean {
  return at >= now - orderHeldDays * dayMilliseconds - orderWithinHours * hourMilliseconds
}

function lookFindings(known: Memory, event: WatchEvent, { rules, ties }: Watching): Raised[] {
  const { home, kind, ground, at } = event
  if (kind !== "look" || home === null || ground === "given") return []
  const visits = known.visits[home] ?? []
  const within = (days: number) => visits.filter((one) => one.at > at - days * dayMilliseconds)
  const without = (days: number) => within(days).filter(({ isOwn }) => !isOwn)
  const tied = [
    { code: "own_home", isTied: ties.own.has(home), often: rules.ownHome, marks: within },
    { code: "relative", isTied: ties.relatives.has(home), often: rules.relative, marks: within },
    { code: "colleague", isTied: ties.colleagues.has(home), often: rules.colleague, marks: without },
    { code: "neighbour", isTied: ties.neighbours.has(home), often: rules.neighbour, marks: without },
  ] as const
  const often = tied.flatMap(({ code, isTied, often: { times, days }, marks }): Raised[] => {
    if (!isTied) return []
    const counted = marks(days)
    return daysOf(counted, 1) >= times ? [{ code, home, marks: counted }] : []
  })
  return [
    ...often,
    ...oneHouseholdOf(known, { home, at }, rules),
    ...walkOf(known, event, rules),
    ...(ground === "alarm" ? [] : withoutOrder(known, event, rules)),
  ]
}

/** Door after door of one building. */
function walkOf(known: Memory, { at, building }: WatchEvent, { run }: WatchRules): Raised[] {
  known.walk = known.walk.filter((one) => one.at > at - run.minutes * minuteMilliseconds)
  const there = known.walk.filter((one) => one.building === building)
  const homes = new Set(there.map(({ home }) => home)).size
  return homes >= run.homes ? [{ code: "run", home: null, marks: there }] : []
}

function withoutOrder(known: Memory, { at }: WatchEvent, { noOrder }: WatchRules): Raised[] {
  const today = Number(dayOf(at))
  const days = Object.entries(known.days).filter(([day]) => Number(day) > today - noOrder.days)
  const without = days.reduce((sum, [, day]) => sum + day.without, 0)
  const within = days.reduce((sum, [, day]) => sum + day.within, 0)
  const isOften = without >= noOrder.times && without >= noOrder.share * (without + within)
  return isOften ? [{ code: "no_order", home: null, marks: [] }] : []
}

function missesOf(known: Memory, { kind, at, traceId: trace }: WatchEvent, { probe }: WatchRules): Raised[] {
  if (kind !== "miss") return []
  known.misses = [
    ...known.misses.filter((one) => one.at > at - probe.minutes * minuteMilliseconds),
    { at, trace },
  ]
  return known.misses.length >= probe.times ? [{ code: "probe", home: null, marks: known.misses }] : []
}

function nearCapsOf(known: Memory, { plain, home, at }: WatchEvent, { caps, rules }: Watching): Raised[] {
  return plain.flatMap((field): Raised[] => {
    const { code: line, limit } = capLineOf(caps, field)
    const told = (known.plain[line] ??= { size: 0, seen: {} })
    const key = `${home ?? ""} ${field}`
    const isNew = told.seen[key] === undefined
    if (isNew) told.size += 1
    told.seen[key] = at
    const most = limit * rules.nearCaps.share
    const isQuiet = at - (known.raised["near_caps "] ?? -Infinity) < rules.quietDays * dayMilliseconds
    if (!isNew || told.size < most || isQuiet) return []
    const counted = Object.values(told.seen).filter((when) => when > at - caps.days * dayMilliseconds).length
    return counted >= most ? [{ code: "near_caps", home: null, marks: [] }] : []
  })
}
