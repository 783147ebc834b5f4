/* oxlint-disable complexity -- one case for each kind of step */
/** Histories drawn at random: what may happen to a home, its order and its applications in a few steps. */

import { type Command, type Role, roles } from "./rules.ts"

/** Numbers from 0 to 1 that repeat with the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}

const minute = 60_000
/** No sum of a few of them comes near to an hour at which something ends: 2, 8, 24 hours, 30 days. */
const leaps = [
  0,
  0,
  0,
  0,
  0,
  0,
  23 * minute,
  23 * minute,
  187 * minute,
  187 * minute,
  551 * minute,
  1_513 * minute,
  44_719 * minute,
]

/** How far the clock goes ahead before each step, for all histories of a round. */
export function leapsOf(random: () => number, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) => (step === 0 ? 0 : pick(random, leaps)))
}

const begin: ReadonlyArray<Command["do"]> = ["open", "open", "apply", "apply"]
const often: ReadonlyArray<Command["do"]> = [
  "dispatch",
  "dispatch",
  "apply",
  "sign",
  "sign",
  "sign",
  "look",
  "look",
]
const seldom: ReadonlyArray<Command["do"]> = [
  "take",
  "close",
  "end",
  "stand_in",
  "move",
  "leave",
  "suspend",
  "suspend",
  "lift",
  "sell",
  "open",
]
const kinds = [...often, ...often, ...seldom, "apply" as const, "take" as const]

/** The first step opens or applies, most others follow from it; some are forbidden, as they should be. */
export function historyOf(random: () => number, steps: number): Command[] {
  return Array.from({ length: steps }, (_, step) =>
    commandOf(random, pick(random, step === 0 ? begin : kinds)),
  )
}

const applicants: readonly Role[] = ["clerk", "clerk", "colleague", "supervisor"]
const signers: readonly Role[] = ["supervisor", "supervisor", "supervisor", "archivist", "manager", "clerk"]

function commandOf(random: () => number, kind: Command["do"]): Command {
  const one = <Item>(...items: readonly Item[]) => pick(random, items)
  const at = one(0, 0, 1)
  switch (kind) {
    case "open":
    case "take":
    case "close":
      return { do: kind, by: one<Role>("clerk", "clerk", "colleague", "repairer", "supervisor", "manager") }
    case "dispatch":
      return {
        do: kind,
        by: one<Role>("clerk", "colleague", "supervisor"),
        to: one("repairer", "repairer", ...roles),
      }
    case "apply": {
      const forOrder = random() < 0.3
      const fields = forOrder || random() < 0.5 ? ["phone"] : ["phone", "name"]
      return { do: kind, by: one(...applicants), hours: one(2, 8), single: random() < 0.3, forOrder, fields }
    }
    case "sign":
      return {
        do: kind,
        by: one(...signers),
        at,
        verdict: one("approved", "approved", "approved", "refused"),
        narrower: random() < 0.3,
      }
    case "end":
      return { do: kind, by: one<Role>("clerk", "colleague", "supervisor", "manager"), at }
    case "look":
      return { do: kind, by: one(...applicants), at, field: one("phone", "name") }
    case "move":
      return { do: kind, who: one<Role>("clerk", "colleague", "supervisor"), to: one("1", "2") }
    case "leave":
    case "suspend":
    case "lift":
      return { do: kind, who: one<Role>("clerk", "colleague", "repairer", "supervisor") }
    case "stand_in":
    case "sell":
      return { do: kind }
  }
}
