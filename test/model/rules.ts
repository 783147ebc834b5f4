/* oxlint-disable complexity -- a sentence of the regime a line: taken apart, nobody could hold it against the paper */
/**
 * The rules of use as one would tell them to a new colleague, written without the product's code: a town of six people, one
 * home in building 1, one order and two applications. The tests hold the product against this. Clauses 3.8, 4.2–4.5, 6.3.
 */

export const roles = ["clerk", "colleague", "repairer", "supervisor", "archivist", "manager"] as const
export type Role = (typeof roles)[number]

export type Command =
  | { readonly do: "open" | "take" | "close"; readonly by: Role }
  | { readonly do: "dispatch"; readonly by: Role; readonly to: Role }
  | {
      readonly do: "apply"
      readonly by: Role
      readonly hours: number
      readonly single: boolean
      readonly forOrder: boolean
      readonly fields: readonly string[]
    }
  | {
      readonly do: "sign"
      readonly by: Role
      readonly at: number
      readonly verdict: "approved" | "refused"
      readonly narrower: boolean
    }
  | { readonly do: "end"; readonly by: Role; readonly at: number }
  | { readonly do: "look"; readonly by: Role; readonly at: number; readonly field: string }
  | { readonly do: "stand_in" }
  | { readonly do: "move"; readonly who: Role; readonly to: "1" | "2" }
  | { readonly do: "leave" | "suspend" | "lift"; readonly who: Role }
  | { readonly do: "sell" }

const hour = 3_600_000
const orderDays = 30
const dutyHours = 8
/** To be decided within, and to be used for the first time within. */
const patienceHours = 24

interface Order {
  readonly opener: Role
  readonly openedAt: number
  isOpen: boolean
  handler: Role | null
  /** Until when each person who has or had the order may look. */
  readonly lent: Map<Role, number>
}

interface Application {
  readonly applicant: Role
  readonly single: boolean
  readonly forOrder: boolean
  readonly chain: readonly Role[]
  readonly appliedAt: number
  readonly signers: Role[]
  signedAt: number
  fields: readonly string[]
  hours: number
  /** When it is over, once it has been used. */
  until: number | null
  isRefused: boolean
  isEnded: boolean
  readonly spent: Set<string>
}

export class Town {
  now = 0
  isSold = false
  order: Order | undefined
  readonly applications: Application[] = []
  readonly gone = new Set<Role>()
  readonly suspended = new Set<Role>()
  readonly building = new Map<Role, "1" | "2">()
  standInUntil = 0

  /** Clerks and supervisors have their buildings, managers all; who has left has none. */
  reaches(who: Role): boolean {
    if (this.gone.has(who)) return false
    if (who === "manager") return true
    return isDesk(who) && (this.building.get(who) ?? "1") === "1"
  }

  /** Whoever has left or is suspended does nothing; somebody may still stand in for the suspended. */
  isOut(who: Role): boolean {
    return this.gone.has(who) || this.suspended.has(who)
  }

  /** A closed order is out of sight of the clerks who had no part in it; a repairer has sight of what is handed to him. */
  private seesOrder(who: Role): boolean {
    const { order } = this
    if (order === undefined || this.gone.has(who)) return false
    if (who === "repairer") return order.handler === who
    if (isClerk(who) && !order.isOpen && order.opener !== who && order.handler !== who) return false
    return this.reaches(who)
  }

  /** Whoever opened the order, whoever has it, and the supervisor of the building, for thirty days or until it is closed. */
  opensOrder(who: Role, field: string): boolean {
    const { order, now } = this
    if (order === undefined || !order.isOpen || this.isOut(who) || !this.seesOrder(who)) return false
    const asPost = who === "supervisor" && now < order.openedAt + orderDays * 24 * hour
    const isLent = asPost || now < (order.lent.get(who) ?? 0)
    // What the order holds stays with it. Once the family has sold and gone, the phone on file is out of reach of whoever has
    // buildings; a manager has the community, and a repairer what the running order lends him.
    const isOnFile = !this.isSold || who === "manager" || who === "repairer"
    return isLent && (field === "repair" || (field === "phone" && isOnFile))
  }

  /** Whoever applied, when everybody has signed, for what was left of it, as long as it runs and they reach the home. */
  opensApplication(who: Role, at: number, field: string): boolean {
    const one = this.applications[at]
    if (one === undefined || one.applicant !== who || this.isOut(who)) return false
    return this.isGranted(one) && one.fields.includes(field) && this.reaches(who) && !this.isSold
  }

  /** The same, and for single use only what has not been shown yet. */
  sees(who: Role, at: number, field: string): boolean {
    const one = this.applications[at]
    return this.opensApplication(who, at, field) && !(one?.single === true && one.spent.has(field))
  }

  private isGranted(one: Application): boolean {
    if (one.isRefused || one.isEnded || one.signers.length < one.chain.length) return false
    if (one.forOrder && this.order?.isOpen !== true) return false
    return this.now < (one.until ?? one.signedAt + patienceHours * hour)
  }

  private isPending(one: Application): boolean {
    const isWaiting = one.signers.length < one.chain.length && !one.isRefused && !one.isEnded
    return isWaiting && this.now < one.appliedAt + patienceHours * hour
  }

  /** Carries a command out if it is allowed; whether it was. */
  perform(command: Command): boolean {
    if ("by" in command && this.isOut(command.by)) return false
    switch (command.do) {
      case "open":
        return this.open(command.by)
      case "take":
        return isDesk(command.by) && this.hand(command.by, command.by)
      case "dispatch":
        return isDesk(command.by) && this.canHandle(command.to) && this.hand(command.by, command.to)
      case "close":
        return this.close(command.by)
      case "apply":
        return this.apply(command)
      case "sign":
        return this.sign(command)
      case "end":
        return this.end(command.by, command.at)
      case "look":
        return this.look(command.by, command.at, command.field)
      default:
        return this.performOnPeople(command)
    }
  }

  private performOnPeople(
    command: Extract<Command, { do: "stand_in" | "move" | "leave" | "suspend" | "lift" | "sell" }>,
  ): boolean {
    switch (command.do) {
      case "stand_in":
        if (this.gone.has("supervisor")) return false
        this.standInUntil = this.now + dutyHours * hour
        return true
      case "move":
        this.building.set(command.who, command.to)
        return true
      case "leave":
        this.gone.add(command.who)
        return true
      case "suspend":
        if (this.gone.has(command.who)) return false
        this.suspended.add(command.who)
        return true
      case "lift":
        if (this.gone.has(command.who)) return false
        this.suspended.delete(command.who)
        return true
      case "sell":
        this.isSold = true
        return true
    }
  }

  private open(by: Role): boolean {
    if (!isDesk(by) || !this.reaches(by) || this.isSold) return false
    const until = this.now + orderDays * 24 * hour
    const lent = new Map([[by, until]])
    this.order = { opener: by, openedAt: this.now, isOpen: true, handler: null, lent }
    return true
  }

  private canHandle(who: Role): boolean {
    if (this.suspended.has(who)) return false
    return who === "repairer" ? !this.gone.has(who) : who !== "manager" && this.reaches(who)
  }

  /** Whoever had it loses it, except who opened it; whoever gets it may look for thirty days. */
  private hand(by: Role, to: Role): boolean {
    const { order, now } = this
    if (order === undefined || !order.isOpen || !this.seesOrder(by)) return false
    if (order.handler !== null && order.handler !== order.opener && order.handler !== to)
      order.lent.delete(order.handler)
    if (now >= (order.lent.get(to) ?? 0)) order.lent.set(to, now + orderDays * 24 * hour)
    order.handler = to
    return true
  }

  /** At the desk, only whoever opened or has the order; above it, whoever supervises. */
  private close(by: Role): boolean {
    const { order } = this
    if (order === undefined || !order.isOpen || !this.seesOrder(by)) return false
    if (isClerk(by) && order.opener !== by && order.handler !== by) return false
    order.isOpen = false
    return true
  }

  private apply({ by, hours, single, forOrder, fields }: Extract<Command, { do: "apply" }>): boolean {
    if (!isDesk(by) || !this.reaches(by) || this.isSold) return false
    if (forOrder && (this.order?.isOpen !== true || !this.seesOrder(by))) return false
    const above: Role = by === "supervisor" ? "manager" : "supervisor"
    const chain: readonly Role[] = this.isNight() && above !== "manager" ? [above, "manager"] : [above]
    const start = { signers: [], signedAt: 0, until: null, isRefused: false, isEnded: false }
    const wish = { applicant: by, single, forOrder, chain, appliedAt: this.now, fields, hours }
    this.applications.push({ ...start, ...wish, spent: new Set() })
    return true
  }

  /** From ten at night until six, in China. */
  private isNight(): boolean {
    const clock = new Date(this.now + 8 * hour).getUTCHours()
    return clock >= 22 || clock < 6
  }

  /** In turn; nobody their own, nobody twice; the archivist for the supervisor while the roster says so. */
  private sign({ by, at, verdict, narrower }: Extract<Command, { do: "sign" }>): boolean {
    const one = this.applications[at]
    if (one === undefined || !this.isPending(one) || this.gone.has(by) || by === one.applicant) return false
    const next = one.chain[one.signers.length]
    const standsIn = by === "archivist" && next === "supervisor" && this.now < this.standInUntil
    const isTurn = next === by || standsIn
    if (!isTurn || next === undefined || !this.reaches(next) || one.signers.includes(by)) return false
    one.signers.push(by)
    one.signedAt = this.now
    if (verdict === "refused") one.isRefused = true
    else if (narrower) Object.assign(one, { fields: ["phone"], hours: 2 })
    return true
  }

  /** Handed back or withdrawn by the applicant; what is granted, revoked by the supervisor of the building or the manager. */
  private end(by: Role, at: number): boolean {
    const one = this.applications[at]
    if (one === undefined || this.gone.has(by)) return false
    if (!this.isPending(one) && !this.isGranted(one)) return false
    const supervises = this.isGranted(one) && (by === "supervisor" || by === "manager") && this.reaches(by)
    if (!supervises && one.applicant !== by) return false
    one.isEnded = true
    return true
  }

  /** The first look starts the clock. */
  private look(by: Role, at: number, field: string): boolean {
    const one = this.applications[at]
    if (one === undefined || !this.sees(by, at, field)) return false
    one.until ??= this.now + one.hours * hour
    one.spent.add(field)
    return true
  }
}

function isDesk(who: Role): boolean {
  return isClerk(who) || who === "supervisor" || who === "manager"
}

function isClerk(who: Role): boolean {
  return who === "clerk" || who === "colleague"
}
