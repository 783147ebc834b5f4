/** From a leaked sample to the accounts that have seen its persons, from traces alone. Clause 8.4. */

export interface Sight {
  readonly staffId: string
  /** Distinct persons of the sample whose plain text the account has seen. */
  readonly seen: number
  /** Distinct persons it has seen in all, in the same time. */
  readonly seenInAll: number
}

export interface Viewer extends Sight {
  /** How much likelier the list is when this account made it than by chance: 10 to this power. */
  readonly strength: number
}

/** Somebody who leaks what they looked at has looked at nearly all of it; a few may be added from elsewhere. */
const seenByTheLeaker = 0.95

/** The likeliest first; nobody who is likelier innocent. `persons`: of the sample that are known here. `population`: of the community. */
export function rankViewers(
  sights: readonly Sight[],
  { persons, population }: { persons: number; population: number },
): Viewer[] {
  return sights
    .map((sight) => ({ ...sight, strength: strengthOf(sight, persons, population) }))
    .filter(({ strength }) => strength > 0)
    .toSorted((a, b) => b.strength - a.strength)
}

/** Whoever has seen everybody is no likelier than chance: that they have seen these says nothing. */
function strengthOf({ seen, seenInAll }: Sight, persons: number, population: number): number {
  const chance = Math.min(0.999, Math.max(1 / population, seenInAll / population))
  const missed = Math.max(0, persons - seen)
  const nats =
    seen * Math.log(seenByTheLeaker / chance) + missed * Math.log((1 - seenByTheLeaker) / (1 - chance))
  return nats / Math.LN10
}
