/**
 * A clock that was set back writes times into traces that cannot be told from true ones, so no plain text is shown under it.
 * It is measured against the newest trace, from the last one on by which somebody accepted the clock. Clause 3.12.
 */

import type { Place, PlacedTrace } from "./place.ts"

export const acceptClock = "ledger.accept_clock"

/** What clocks may differ by when the server moves to another machine. Milliseconds. */
export const clockTolerance = 60_000

export interface ClockMark {
  /** The largest time of a trace, in milliseconds since the epoch; 0 when there is none. */
  readonly newest: number
  /** The trace from which on times are compared; undefined when no clock was accepted yet. */
  readonly from: Place | undefined
}

export const noMark: ClockMark = { newest: 0, from: undefined }

/** The mark after more traces, which come in any order. */
export function markAfter(mark: ClockMark, placed: readonly PlacedTrace[]): ClockMark {
  const accepted = placed
    .filter(({ trace }) => trace.act === acceptClock)
    .reduce<Place | undefined>(laterOf, undefined)
  const from = accepted === undefined ? mark.from : laterOf(mark.from, accepted)
  const isMoved = from !== mark.from
  const counted = placed.filter((one) => from === undefined || !isBefore(one, from))
  const times = counted.map(({ trace }) => trace.at)
  const newest = times.reduce((most, at) => Math.max(most, at), isMoved ? 0 : mark.newest)
  return { newest, from: from && { tx: from.tx, seq: from.seq } }
}

/** Of two marks what holds for both: a later accepted clock counts alone. */
export function joined(one: ClockMark, other: ClockMark): ClockMark {
  if (isSame(one.from, other.from)) return { newest: Math.max(one.newest, other.newest), from: one.from }
  if (one.from === undefined) return other
  return other.from === undefined || isBefore(other.from, one.from) ? one : other
}

/** By how many milliseconds the clock is behind; 0 when it is right, or nearly. */
export function behindBy({ newest }: ClockMark, now: number, tolerance: number): number {
  return newest - now > tolerance ? newest - now : 0
}

/** Whether a clock that is off by so much may be accepted. */
export function standsFor(off: number, tolerance: number): boolean {
  return Math.abs(off) <= tolerance
}

function isSame(one: Place | undefined, other: Place | undefined): boolean {
  return one?.tx === other?.tx && one?.seq === other?.seq
}

function laterOf(one: Place | undefined, other: Place): Place {
  return one === undefined || isBefore(one, other) ? other : one
}

function isBefore(one: Place, other: Place): boolean {
  if (one.tx !== other.tx) return BigInt(one.tx) < BigInt(other.tx)
  return BigInt(one.seq) < BigInt(other.seq)
}
