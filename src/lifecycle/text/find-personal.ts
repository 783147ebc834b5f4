/** The guard of free text: finds what a repair, a complaint or a remark should not hold. Pure; the same in browser and server. Clause 2.9. */

import { flatten } from "./digit-run.ts"
import { findNumbers } from "./find-numbers.ts"
import { findWords } from "./find-words.ts"
import type { Finding } from "./finding.ts"

/** In the order of the text; of two that overlap, the sure or the longer. One pass of each rule: linear in the text. */
export function findPersonal(text: string): Finding[] {
  const flat = flatten(text)
  const all = [...findNumbers(flat), ...findWords(flat)].sort((a, b) => a.start - b.start || b.end - a.end)
  const found: Finding[] = []
  for (const one of all) {
    const last = found.at(-1)
    if (last === undefined || one.start >= last.end) found.push(one)
    else if (isBetter(one, last)) found.splice(-1, 1, one)
  }
  return found
}

function isBetter(one: Finding, other: Finding): boolean {
  if (one.confidence !== other.confidence) return one.confidence === "sure"
  return one.end - one.start > other.end - other.start
}
