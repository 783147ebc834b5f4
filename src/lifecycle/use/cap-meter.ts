/**
 * The meter of 4.8: each field of each record that somebody sees in the clear counts once in thirty days, over all communities
 * and accounts of theirs; and of 1.5: what they have put together of one household. Exact for looks at the same moment on every process: the database counts, under a lock a person.
 * What was counted a moment ago is remembered here, so that looking again costs nothing; what waits is counted together.
 */

import type { ClientConfig } from "pg"
import type { Clock } from "../../platform/clock.ts"
import { Lane } from "../../platform/lane.ts"
import type { CapRules } from "../catalogue/approval-shape.ts"
import type { MosaicRules } from "../catalogue/mosaic-shape.ts"
import { type CapState, capLineOf, capState } from "./cap-line.ts"
import {
  type CountRow,
  countCaps,
  mergeCaps,
  meterHand,
  type TakenRow,
  type Taking,
  takeLooks,
  takeLooksValues,
} from "./cap-sql.ts"
import { type Bound, boundOf, mosaicText } from "./mosaic.ts"
import { type ExposureRow, readExposure, readOwnExposure } from "./mosaic-sql.ts"

const dayMilliseconds = 86_400_000
/** A look again within this is not told to the database: the thirty days may run from so much earlier. */
const rememberedMilliseconds = 600_000
const mostRemembered = 200_000
const largestGroup = 256
const mostShown = 100
/** Accounts of one person are read by somebody; whoever it is. */
const nobody = "00000000-0000-0000-0000-000000000000"

export interface Seen {
  readonly staffId: string
  readonly communityId: string
  readonly recordId: string
  readonly field: string
  readonly homeId: string
  /** Whom the field is of in the household: the person, or for a matter of service its order. */
  readonly subjectId: string
  /** Somebody has approved it, beyond the standing rule of an order. */
  readonly isApproved: boolean
}

/** `count` is with this look. */
export interface Counted {
  readonly line: string
  readonly count: number
  readonly limit: number
  /** `reached`: the look may not be answered. */
  readonly state: CapState
  /** Why, when it is not the line of 4.8 that was reached. Clause 1.5. */
  readonly bound?: Bound
}

export interface MeterRules {
  readonly caps: CapRules
  readonly mosaic: MosaicRules
}

export interface Gauge {
  readonly line: string
  readonly count: number
  readonly limit: number
  readonly state: CapState
}

const nothingTaken: TakenRow = { count: -1, exposure: 0 }

interface Waiting {
  readonly taking: Taking
  readonly resolve: (taken: TakenRow) => void
  readonly reject: (error: unknown) => void
}

export class CapMeter {
  readonly #lane: Lane
  readonly #clock: Clock
  readonly #rules: () => MeterRules
  readonly #known = new Map<string, { readonly until: number; readonly counted: Counted }>()
  #waiting: Waiting[] = []
  #flushing = false

  constructor(config: ClientConfig, clock: Clock, rules: () => MeterRules) {
    this.#lane = new Lane({ ...config, application_name: "hudun caps" }, { connections: 1 })
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
    const { caps, mosaic } = this.#rules()
    const { code: line, limit } = capLineOf(caps, seen.field)
    const most = seen.isApproved ? mosaic.refuseAt : mosaic.applyAt
    const taken = await this.#counted({ ...seen, line, limit, most })
    const count = taken.count ?? -1
    if (count < 0)
      return { line, count: limit, limit, state: "reached", ...boundOf(mosaic, count, taken.exposure) }
    const counted: Counted = { line, count, limit, state: count >= limit * caps.warnAt ? "warned" : "free" }
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.set(key, { until: now + rememberedMilliseconds, counted })
    return counted
  }

  /** Where these people stand under every line. */
  async gauges(staffIds: readonly string[]): Promise<ReadonlyMap<string, readonly Gauge[]>> {
    const { caps: rules } = this.#rules()
    const since = this.#since(rules.days)
    const rows = await this.#lane.read<CountRow>(meterHand(staffIds[0] ?? ""), countCaps, [staffIds, since])
    const counts = new Map(rows.map((row) => [`${row.staff_id} ${row.line}`, row.count]))
    const gauge = (staffId: string): Gauge[] =>
      rules.lines.map(({ code: line, limit }) => {
        const count = counts.get(`${staffId} ${line}`) ?? 0
        return { line, count, limit, state: capState(rules, count, limit) }
      })
    return new Map(staffIds.map((staffId) => [staffId, gauge(staffId)]))
  }

  /** Who has put together how much of which household: of all homes the closest to a line, of one home everybody. Clause 1.5. */
  async exposure(communityId: string, homeId: string | undefined): Promise<readonly ExposureRow[]> {
    const { mosaic } = this.#rules()
    const values = [communityId, this.#since(mosaic.days), homeId ?? null, mosaicText(mosaic), mostShown]
    return this.#lane.read<ExposureRow>(meterHand(nobody), readExposure, values)
  }

  /** How much one has put together of each household, most first. */
  async ownExposure(staffId: string): Promise<readonly number[]> {
    const { mosaic } = this.#rules()
    const values = [staffId, this.#since(mosaic.days), mosaicText(mosaic)]
    const rows = await this.#lane.read<{ exposure: number }>(meterHand(staffId), readOwnExposure, values)
    return rows.map(({ exposure }) => exposure)
  }

  #since(days: number): string {
    return new Date(this.#clock() - days * dayMilliseconds).toISOString()
  }

  /** Call it when two accounts turned out to be one person. */
  async merge(staffIds: readonly string[]): Promise<void> {
    this.#known.clear()
    await this.#lane.read(meterHand(staffIds[0] ?? ""), mergeCaps, [staffIds])
  }

  async close(): Promise<void> {
    await this.#lane.close()
  }

  #counted(taking: Taking): Promise<TakenRow> {
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
      const { caps, mosaic } = this.#rules()
      const rules = { now: this.#clock(), days: caps.days, mosaic: mosaicText(mosaic) }
      const values = takeLooksValues(takings, rules)
      try {
        const rows = await this.#lane.read<TakenRow>(meterHand(takings[0]?.staffId ?? ""), takeLooks, values)
        for (const [index, waiting] of group.entries()) this.#answer(waiting, rows[index] ?? nothingTaken)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#flushing = false
  }

  /** The first of a household is counted: the next one is asked again, on what it added. */
  #answer(waiting: Waiting, taken: TakenRow): void {
    if (taken.count === null) this.#waiting.push(waiting)
    else waiting.resolve(taken)
  }
}
