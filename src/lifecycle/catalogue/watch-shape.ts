/** What a regime says about looks that give reason to ask. Clauses 4.8, 6.4. */

export const watchCodes = [
  "own_home",
  "relative",
  "colleague",
  "neighbour",
  "off_duty",
  "no_order",
  "repeated",
  "probe",
  "run",
  "haste",
  "near_caps",
  "patient",
] as const
export type WatchCode = (typeof watchCodes)[number]

/** So many times (days, homes) or more within so many days. */
export interface Often {
  readonly times: number
  readonly days: number
}

export interface WatchRules {
  /** Rules that are switched off. */
  readonly off: readonly WatchCode[]
  /** After a finding the same one about the same home is not raised again for so many days. */
  readonly quietDays: number
  /** An order taken in up to so many hours later, or had so many days before, is the reason of a look. */
  readonly orderWithinHours: number
  readonly orderHeldDays: number
  readonly ownHome: Often
  readonly relative: Often
  readonly colleague: Often
  readonly neighbour: Often
  /**
   * What a day counts for, of one household, under an order that nobody else had a hand in: honest callers come back too. What
   * they lead to, an order handed on, takes a day off.
   */
  readonly ownWeight: number
  /** So often of one household that among all that the person looks at it would happen by chance with at most this probability. */
  readonly chance: number
  /** Of one household. */
  readonly repeated: Often
  /** Of one household, over a span of at least so many days. */
  readonly patient: Often & { readonly spanDays: number }
  /** Between these hours, unless one works then on so many other days of the last four weeks; and on days without any work. */
  readonly offDuty: Often & {
    readonly night: readonly [from: number, until: number]
    readonly habitDays: number
  }
  /** Looks without an order, when they are at least this share of all. */
  readonly noOrder: Often & { readonly share: number }
  /** Asks that were refused or found nobody. */
  readonly probe: { readonly times: number; readonly minutes: number }
  /** Homes of one building, without an order. */
  readonly run: { readonly homes: number; readonly minutes: number }
  /** Signatures within so many seconds of opening; or all of so many given, never one refused; or one reason copied. */
  readonly haste: Often & { readonly seconds: number; readonly unbroken: number; readonly copied: number }
  /** This share of a line of 4.8. */
  readonly nearCaps: { readonly share: number }
}
