/**
 * P13: a decision of the engine against @casl/ability on the same policy, in the same process, round by round. Before anything
 * is timed both answer every question, and must agree.
 */

import { applicationContest, type Contest, lookContest, questions, rowContest } from "./decision-policy.ts"
import { type Line, spreadOf } from "./report.ts"

const passes = 400
const owed = 1
const goal = 4

export function decisionLines(rounds: number): Line[] {
  return [lookContest(), rowContest(), applicationContest()].map((contest) => lineOf(contest, rounds))
}

function lineOf(contest: Contest, rounds: number): Line {
  refuseDifferent(contest)
  const { workload, product, plain } = contest
  for (const warm of [product, plain, product, plain]) nanoseconds(warm)
  const pairs = Array.from({ length: rounds }, (_, round) => {
    const [first, second] = round % 2 === 0 ? [product, plain] : [plain, product]
    const times = [nanoseconds(first), nanoseconds(second)] as const
    return round % 2 === 0 ? { product: times[0], plain: times[1] } : { product: times[1], plain: times[0] }
  })
  const ratio = spreadOf(pairs.map((one) => one.plain / one.product))
  return {
    id: "P13",
    workload,
    value: spreadOf(pairs.map((one) => one.product)).median,
    unit: "ns",
    ratio: ratio.median,
    quartiles: ratio.quartiles,
    baseline: spreadOf(pairs.map((one) => one.plain)).median,
    goal,
    met: ratio.median >= goal,
    note: `owed ${owed}: ${ratio.median >= owed ? "met" : "NOT MET"}`,
  }
}

function refuseDifferent({ workload, product, plain }: Contest): void {
  const answers = new Set<string>()
  for (let at = 0; at < questions; at += 1) {
    const [ours, theirs] = [[product(at)], [plain(at)]].map((one) => one.flat().toSorted().join())
    if (ours !== theirs) throw new Error(`${workload}: the two decide differently at ${at}`)
    answers.add(ours ?? "")
  }
  if (answers.size < 2) throw new Error(`${workload}: every question has the same answer`)
}

/** What the answers add up to, so that the compiler can leave none of them out. */
let weight = 0

function nanoseconds(answer: Contest["product"]): number {
  const begin = performance.now()
  for (let pass = 0; pass < passes; pass += 1)
    for (let at = 0; at < questions; at += 1) weight += answer(at).length
  if (weight < 0) throw new Error("a length below nothing")
  return ((performance.now() - begin) * 1e6) / (passes * questions)
}
