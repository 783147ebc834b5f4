/** A trace, as far as watching looks at it. Clause 6.4. */

export interface WatchEvent {
  readonly traceId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /**
   * `look`: a home's people were looked at, masked or plain · `order`: work at an order or an application · `handed`: an order
   * got another hand · `miss`: refused, or nobody found · `opened`, `signed`: an application to be signed · `other`
   */
  readonly kind: "look" | "order" | "handed" | "miss" | "opened" | "signed" | "other"
  /** The home it was about; null when it was about none, or many. */
  readonly home: string | null
  /** Null also in an emergency that may go from door to door. */
  readonly building: string | null
  /** Who gave reason: nobody, oneself by an order nobody else had a hand in or by breaking the glass, or somebody else too. */
  readonly ground: "none" | "own" | "alarm" | "given"
  /** What was shown in the clear. */
  readonly plain: readonly string[]
  readonly useId: string | null
  /** Of a signature. */
  readonly isGiven: boolean
  readonly reason: string | null
}

/** Homes that a person has something to do with beyond their work. */
export interface Ties {
  readonly own: ReadonlySet<string>
  readonly relatives: ReadonlySet<string>
  readonly colleagues: ReadonlySet<string>
  readonly neighbours: ReadonlySet<string>
}

export interface Place {
  readonly homeId: string
  readonly buildingId: string
  readonly unit: string
  readonly room: string
}

/** Doors of the same floor and unit, and those right above and below. Rooms that are no numbers: the same unit. */
export function areNeighbours(one: Place, other: Place): boolean {
  if (one.homeId === other.homeId || one.buildingId !== other.buildingId || one.unit !== other.unit)
    return false
  const [a, b] = [Number.parseInt(one.room, 10), Number.parseInt(other.room, 10)]
  if (Number.isNaN(a) || Number.isNaN(b)) return true
  const floors = Math.abs(Math.floor(a / 100) - Math.floor(b / 100))
  return floors === 0 || (floors === 1 && a % 100 === b % 100)
}
