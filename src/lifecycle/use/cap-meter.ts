/**
 * The meter of 4.8: each field of each record that somebody sees in the clear counts once in thirty days, over all communities
 * and accounts of theirs. Exact for looks at the same moment on every process: the database counts, under a lock a person.
 * What was counted a moment ago is remembered here, so that looking again costs nothing; what waits is counted together.
 */

import type { ClientConfig } from "pg"
import type { Clock } from "../../platform/clock.ts"
import { Lane } from "../../platform/lane.ts"
import type { CapRules } from "../catalogue/approval-shape.ts"
import { type CapState, capLineOf, capState } from "./cap-line.ts"
import {
  type CountRow,
  countCaps,
  mergeCaps,
  meterHand,
  type Taking,
  takeCaps,
  takeCapsValues,
} from "./cap-sql.ts"

const dayMilliseconds = 86_400_000
/** A look again within this is not told to the database: the thirty days may run from so much earlier. */
const rememberedMilliseconds = 600_000
const mostRemembered = 200_000
const largestGroup = 256

export interface Seen {
  readonly staffId: string
  readonly communityId: string
  readonly recordId: string
  readonly field: string
}

/** `count` is with this look. */
export interface Counted {
  readonly line: string
  readonly count: number
  readonly limit: number
  /** `reached`: the look may not be answered. */
  readonly state: CapState
}

export interface Gauge {
  readonly line: string
  readonly count: number
  readonly limit: number
  readonly state: CapState
}

interface Waiting {
  readonly taking: Taking
  readonly resolve: (count: number) => void
  readonly reject: (error: unknown) => void
}

export class CapMeter {
  readonly #lane: Lane
  readonly #clock: Clock
  readonly #rules: () => CapRules
  readonly #known = new Map<string, { readonly until: number; readonly counted: Counted }>()
  #waiting: Waiting[] = []
  #flushing = false

  constructor(config: ClientConfig, clock: Clock, rules: () => CapRules) {
    this.#lane = new Lane(config, { connections: 1 })
    this.#clock = clock
    this.#rules = rules
  }

  /** Counts a look before it is answered. */
  async take(seen: Seen): Promise<Counted> {
    const key = `${seen.staffId} ${seen.recordId} ${seen.field}`
    const known = this.#known.get(key)
    const now = this.#clock()
    if (known !== undefined && known.until > now && known.until - now <= rememberedMilliseconds)
      return known.counted
    const rules = this.#rules()
    const { code: line, limit } = capLineOf(rules, seen.field)
    const count = await this.#counted({ ...seen, line, limit })
    if (count < 0) return { line, count: limit, limit, state: "reached" }
    const counted: Counted = { line, count, limit, state: count >= limit * rules.warnAt ? "warned" : "free" }
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.set(key, { until: now + rememberedMilliseconds, counted })
    return counted
  }

  /** Where these people stand under every line. */
  async gauges(staffIds: readonly string[]): Promise<ReadonlyMap<string, readonly Gauge[]>> {
    const rules = this.#rules()
    const since = new Date(this.#clock() - rules.days * dayMilliseconds).toISOString()
    const rows = await this.#lane.read<CountRow>(meterHand(staffIds[0] ?? ""), countCaps, [staffIds, since])
    const counts = new Map(rows.map((row) => [`${row.staff_id} ${row.line}`, row.count]))
    const gauge = (staffId: string): Gauge[] =>
      rules.lines.map(({ code: line, limit }) => {
        const count = counts.get(`${staffId} ${line}`) ?? 0
        return { line, count, limit, state: capState(rules, count, limit) }
      })
    return new Map(staffIds.map((staffId) => [staffId, gauge(staffId)]))
  }

  /** Call it when two accounts turned out to be one person. */
  async merge(staffIds: readonly string[]): Promise<void> {
    this.#known.clear()
    await this.#lane.read(meterHand(staffIds[0] ?? ""), mergeCaps, [staffIds])
  }

  async close(): Promise<void> {
    await this.#lane.close()
  }

  #counted(taking: Taking): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ taking, resolve, reject })
      if (this.#flushing) return
      this.#flushing = true
      // One turn of the event loop gathers whatever else is ready to be counted.
      setImmediate(() => void this.#flush())
    })
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, largestGroup)
      const takings = group.map(({ taking }) => taking)
      const values = takeCapsValues(takings, { now: this.#clock(), days: this.#rules().days })
      try {
        const rows = await this.#lane.read<{ count: number }>(
          meterHand(takings[0]?.staffId ?? ""),
          takeCaps,
          values,
        )
        for (const [index, { resolve }] of group.entries()) resolve(rows[index]?.count ?? -1)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#flushing = false
  }
}
