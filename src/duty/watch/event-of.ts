/** From a trace, with what the database knows of its use, to what watching looks at. Clause 6.4. */

import type { WatchEvent } from "./event.ts"

export interface TracedRow {
  readonly trace_id: string
  readonly at: Date
  readonly actor: string | null
  readonly act: string
  readonly outcome: "done" | "refused"
  readonly use_id: string | null
  readonly fields: readonly string[]
  readonly subjects: number
  readonly home_id: string | null
  readonly building_id: string | null
  readonly is_order: boolean
  /** Nobody but the actor has had a hand in the order. */
  readonly is_own: boolean
  readonly reason: string | null
  /** Why the glass was broken, where the use is one in an emergency. */
  readonly emergency: string | null
}

/** Fire goes through a building, and whoever warns it from door to door; a fall or a stuck lift concerns one household. */
const goesFurther: ReadonlySet<string> = new Set(["fire", "flood", "gas"])

export function eventOf(row: TracedRow): WatchEvent {
  const kind = kindOf(row)
  return {
    traceId: row.trace_id,
    at: row.at.getTime(),
    kind,
    home: row.home_id,
    building: goesFurther.has(row.emergency ?? "") ? null : row.building_id,
    ground: groundOf(row),
    plain: row.act === "use.look" && row.outcome === "done" ? row.fields : [],
    useId: row.use_id,
    isGiven: row.act === "use.approve",
    reason: row.reason,
  }
}

function groundOf(row: TracedRow): WatchEvent["ground"] {
  if (row.use_id === null) return "none"
  if (row.emergency !== null) return "alarm"
  return row.is_order && row.is_own ? "own" : "given"
}

const kinds: Readonly<Record<string, WatchEvent["kind"]>> = {
  "use.look": "look",
  "roster.person": "look",
  "emergency.break": "look",
  "order.open": "order",
  "order.read": "order",
  "order.take": "order",
  "order.close": "order",
  "order.dispatch": "handed",
  "application.read": "opened",
  "use.approve": "signed",
  "use.refuse": "signed",
}

/** Only these say that somebody sought a person or a home: other refusals have reasons of their own. */
const seeking = /^(use\.look|roster\.(person|find_\w+))$/

function kindOf({ act, outcome, subjects, home_id: home }: TracedRow): WatchEvent["kind"] {
  const isFind = act.startsWith("roster.find_")
  if (seeking.test(act) && (outcome === "refused" || (isFind && subjects === 0))) return "miss"
  if (outcome === "refused") return "other"
  if (isFind) return home === null ? "other" : "look"
  return kinds[act] ?? "other"
}
