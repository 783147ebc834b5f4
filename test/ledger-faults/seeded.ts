/** Chance that repeats: mulberry32. */

export interface Chance {
  /** From 0 up to but without `below`. */
  int(below: number): number
  pick<Value>(values: readonly Value[]): Value
}

export function seeded(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    pick(values) {
      const value = values[int(values.length)]
      if (value === undefined) throw new Error("nothing to pick")
      return value
    },
  }
}
