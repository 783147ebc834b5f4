/** Whom the tracing of leaks names, rightly and wrongly: `npm run score:leak -- [leaks] [innocents] [copies] [seed]`. Clause 4.7. */

import { traceLeak } from "../src/lifecycle/export/leak.ts"
import { readSample } from "../src/lifecycle/export/sample.ts"
import {
  chanceOf,
  community,
  copyOf,
  decoyHouseholds,
  innocentList,
  type Leaked,
  leak,
  secretOf,
} from "./leak-lists.ts"

export interface Score {
  /** Of 60 rows and more, and of fewer. */
  readonly long: Counts
  readonly short: Counts
  readonly innocents: number
  readonly falselyAccused: number
  /** Milliseconds a trace, the middle one. */
  readonly milliseconds: number
  readonly missed: readonly Omit<Leaked, "rows">[]
}

interface Counts {
  readonly leaks: number
  readonly right: number
  readonly wrong: number
}

export interface Size {
  readonly leaks: number
  readonly innocents: number
  /** All of the same list: the hardest case. */
  readonly copies: number
  readonly rows: number
  readonly seed: number
}

const enough = 60

export function scoreLeaks({ leaks, innocents, copies, rows, seed }: Size): Score {
  const list = community(rows, seed)
  const others = community(rows, seed + 99).map(([home = "", name = "", phone = ""]) => [
    home,
    name,
    phone.replace(/^139/, "137"),
  ])
  const decoys = decoyHouseholds(24, seed)
  const made = Array.from({ length: copies }, (_, at) =>
    copyOf(list, decoys, { secret: secretOf(seed + at), copyId: `copy ${at}` }),
  )
  const suspects = made.map(({ suspect }) => suspect)
  const chance = chanceOf(seed)
  const judged = Array.from({ length: leaks }, (_, at) => {
    const copy = made[at % copies]
    if (copy === undefined) throw new Error("no copies")
    const leaked = leak(copy.rows, chance)
    const begin = performance.now()
    const { named } = traceLeak(readSample(leaked.rows), suspects)
    return { leaked, named, source: copy.suspect.copyId, took: performance.now() - begin }
  })
  const accused = Array.from(
    { length: innocents },
    (_, at) => traceLeak(readSample(innocentList(list, others, seed + 5_000 + at)), suspects).named,
  ).filter((named) => named !== undefined)
  const times = judged.map(({ took }) => took).toSorted((a, b) => a - b)
  return {
    long: countsOf(judged.filter(({ leaked }) => leaked.rows.length >= enough)),
    short: countsOf(judged.filter(({ leaked }) => leaked.rows.length < enough)),
    innocents,
    falselyAccused: accused.length,
    milliseconds: times[Math.floor(times.length / 2)] ?? 0,
    missed: judged
      .filter(({ named, source, leaked }) => named !== source && leaked.rows.length >= enough)
      .map(({ leaked: { columns, order, tidied } }) => ({ columns, order, tidied })),
  }
}

function countsOf(judged: readonly { named: string | undefined; source: string }[]): Counts {
  return {
    leaks: judged.length,
    right: judged.filter(({ named, source }) => named === source).length,
    wrong: judged.filter(({ named, source }) => named !== undefined && named !== source).length,
  }
}

function main(): void {
  const [leaks = 1_000, innocents = 200, copies = 1_000, seed = 1] = process.argv.slice(2).map(Number)
  const score = scoreLeaks({ leaks, innocents, copies, rows: 300, seed })
  const { long, short } = score
  const percent = ({ right, leaks: of }: Counts) =>
    `${((100 * right) / of).toFixed(2)} % of ${of} (wrong: ${wrongOf(score)})`
  console.log(`copies of one list of 300 rows: ${copies}, seed ${seed}`)
  console.log(`right copy named at 60 rows and more: ${percent(long)}`)
  console.log(`at fewer rows: ${short.right} of ${short.leaks} named rightly, ${short.wrong} wrongly`)
  console.log(`falsely accused: ${score.falselyAccused} of ${score.innocents} innocent lists`)
  console.log(`a trace over ${copies} copies: ${score.milliseconds.toFixed(1)} ms`)
  for (const missed of score.missed.slice(0, 20)) console.log(`missed: ${JSON.stringify(missed)}`)
}

function wrongOf({ long }: Score): number {
  return long.wrong
}

if (import.meta.main) main()
