/** What the guard of free text finds and misses: `npm run score:text -- [sentences] [seed]`. Clause 2.9. */

import { findPersonal } from "../src/lifecycle/text/find-personal.ts"
import { makeSentences, type Sentence } from "./text-sentences.ts"

export interface Score {
  readonly sentences: number
  readonly plain: number
  readonly obfuscated: number
  readonly precision: number
  /** Milliseconds for ten thousand characters: the fastest of many, because a busy machine is not the guard. */
  readonly milliseconds: number
  readonly missed: readonly Sentence[]
  readonly wrong: readonly Sentence[]
}

export function scoreText(count: number, seed: number): Score {
  const sentences = makeSentences(seed, count)
  const judged = sentences.map((sentence) => {
    const kinds = findPersonal(sentence.text).map(({ kind }) => kind)
    return {
      sentence,
      isFound: sentence.kind !== null && kinds.includes(sentence.kind),
      foreign: kinds.filter((kind) => kind !== sentence.kind).length,
      own: kinds.filter((kind) => kind === sentence.kind).length,
    }
  })
  const share = (style: string) => {
    const of = judged.filter(({ sentence }) => sentence.style === style)
    return of.filter(({ isFound }) => isFound).length / of.length
  }
  const own = judged.reduce((sum, one) => sum + one.own, 0)
  const foreign = judged.reduce((sum, one) => sum + one.foreign, 0)
  return {
    sentences: count,
    plain: share("plain"),
    obfuscated: share("obfuscated"),
    precision: own / (own + foreign),
    milliseconds: timeOf(sentences),
    missed: judged
      .filter(({ sentence, isFound }) => sentence.kind !== null && !isFound)
      .map(({ sentence }) => sentence),
    wrong: judged.filter(({ foreign: more }) => more > 0).map(({ sentence }) => sentence),
  }
}

function timeOf(sentences: readonly Sentence[]): number {
  const text = sentences
    .map(({ text: said }) => said)
    .join("。")
    .slice(0, 10_000)
  const times = Array.from({ length: 30 }, () => {
    const begin = performance.now()
    findPersonal(text)
    return performance.now() - begin
  }).toSorted((a, b) => a - b)
  return (times[0] ?? 0) * (10_000 / text.length)
}

function main(): void {
  const [count = "3000", seed = "708"] = process.argv.slice(2)
  const score = scoreText(Number(count), Number(seed))
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`
  const lines = [
    `sentences            ${score.sentences} (seed ${seed})`,
    `recall, plain        ${percent(score.plain)}  (at least 98)`,
    `recall, obfuscated   ${percent(score.obfuscated)}  (at least 90)`,
    `precision            ${percent(score.precision)}  (at least 95)`,
    `10,000 characters    ${score.milliseconds.toFixed(1)} ms  (at most 20)`,
    ...score.missed.slice(0, 20).map(({ kind, text }) => `missed ${kind ?? ""}: ${text}`),
    ...score.wrong.slice(0, 20).map(({ text }) => `wrong: ${text}`),
  ]
  process.stdout.write(`${lines.join("\n")}\n`)
}

if (process.argv[1]?.endsWith("text-score.ts") === true) main()
