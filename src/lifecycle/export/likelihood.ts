/**
 * How much likelier a found list is when it came from a copy than when it came from anywhere else, in nats. Clause 8.4.
 * Each kind of evidence is a likelihood ratio against chance, so that an innocent list exceeds t by chance less than e⁻ᵗ often.
 */

import { windowRows } from "./fingerprint.ts"
import { type CellKind, type Channel, cellKinds, channels } from "./spelling.ts"

/** A distinct value of the sample that the copy knows, as the copy spells it and as it was found. */
export interface Pair {
  readonly style: number
  readonly seen: Readonly<Record<Channel, number>>
}

/** Shares of cells that somebody wrote anew. */
const rewritten = [0.02, 0.1, 0.3, 0.6] as const

/** What a look says for a copy that would have it, and for one that would not; one pair for each share. */
type Weights = readonly (readonly [match: number, miss: number])[]

/** By how often each look occurs in the sample, whoever made it. */
export type Background = Readonly<Record<Channel, ReadonlyMap<number, Weights>>>

/** Shares with one more of each, so that what was seen once is not certain. */
export function backgroundOf(seen: readonly Pair["seen"][]): Background {
  const weights = (channel: Channel): ReadonlyMap<number, Weights> => {
    const counts = new Map<number, number>()
    for (const one of seen) counts.set(one[channel], (counts.get(one[channel]) ?? 0) + 1)
    return new Map(
      [...counts].map(([look, count]) => [look, weightsOf((count + 1) / (seen.length + counts.size))]),
    )
  }
  return {
    as_it_was: weights("as_it_was"),
    without_blanks: weights("without_blanks"),
    bare: weights("bare"),
  }
}

function weightsOf(base: number): Weights {
  return rewritten.map((share) => [Math.log((1 - share + share * base) / base), Math.log(share)])
}

export interface Spelled {
  readonly nats: number
  readonly cells: number
  readonly matching: number
}

/** The best of the channels and shares, less what choosing among them costs; never below nothing. */
export function spellingEvidence(pairs: readonly Pair[], background: Background): Spelled {
  const tries = channels.flatMap((channel) => sums(pairs, channel, background))
  const best = Math.max(0, ...tries) - Math.log(tries.length)
  const matching = pairs.filter(({ style, seen }) => hasBit(seen.as_it_was, style)).length
  return { nats: Math.max(0, best), cells: pairs.length, matching }
}

function sums(pairs: readonly Pair[], channel: Channel, background: Background): number[] {
  const totals = rewritten.map(() => 0)
  for (const { style, seen } of pairs) {
    const side = hasBit(seen[channel], style) ? 0 : 1
    for (const [at, weight] of (background[channel].get(seen[channel]) ?? []).entries())
      totals[at] = (totals[at] ?? 0) + weight[side]
  }
  return totals
}

function hasBit(set: number, bit: number): boolean {
  return ((set >> bit) & 1) === 1
}

/** Shares of neighbours that changed places. */
const moved = [0.02, 0.2] as const

export interface Ordered {
  readonly nats: number
  readonly pairs: number
  readonly agreeing: number
}

/**
 * Neighbours of the sample that stand in one window of the copy: in its order always, by chance half of the time.
 * @param positions of the sample's rows in the copy, in the sample's order
 */
export function orderEvidence(positions: readonly number[]): Ordered {
  let pairs = 0
  let agreeing = 0
  for (const [at, right] of positions.entries()) {
    const left = positions[at - 1]
    if (left === undefined || left === right) continue
    if (Math.floor(left / windowRows) !== Math.floor(right / windowRows)) continue
    pairs += 1
    if (left < right) agreeing += 1
  }
  const tries = moved.map(
    (share) => agreeing * Math.log(2 * (1 - share)) + (pairs - agreeing) * Math.log(2 * share),
  )
  return { nats: Math.max(0, Math.max(0, ...tries) - Math.log(tries.length + 1)), pairs, agreeing }
}

/** A number that the company owns is in no list by accident. */
export const decoyNats = Math.log(10_000)
/** A decoy that the copy does not hold: somebody would have had to merge it in. */
export const foreignDecoyNats = -4

export function emptyKinds<Value>(make: () => Value): Record<CellKind, Value> {
  const [home, name, phone, plate, other] = cellKinds.map(make)
  if (
    home === undefined ||
    name === undefined ||
    phone === undefined ||
    plate === undefined ||
    other === undefined
  )
    throw new Error("a kind of cell is missing")
  return { home, name, phone, plate, other }
}
